"""The process that records on a bad disk and then says what its journal holds: one JSON object on standard output."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from sync import journal_db
from sync.journal import Journal
from sync.reserve import Reserve
from sync.tick import Marks
from tests.sync.journals import DEVICE, picture
from tests.tracker_app.fakes import JOB, FakeListener, FakeProbe, FakeRecord, Hands
from tracker_app.clock import TrackerClock
from tracker_app.pace import Pace
from tracker_app.ports import Input
from tracker_app.recorder import Recorder
from worktime import observations
from worktime.derive import Facts
from worktime.errors import FairhourError, Problem
from worktime.observations import Observation, Progress
from worktime.slots import SLOT_S
from worktime.tracking_values import Alarm, Grab, PictureFailed, PictureTaken, Recovered
from worktime.wire import NoPicture

FULL_AFTER_S = 60
PICTURE_BYTES = 40_000
ALL = (0, 10**9)


class Watched:
    """The journal as the recorder sees it, with the list of what the machine made, and when a write first failed."""

    def __init__(self, journal: Journal, now: Callable[[], int]) -> None:
        self.journal = journal
        self._now = now
        self._seen: list[Iterable[Observation]] = []
        self.made: list[str] = []
        self.failed_at: int | None = None

    def append(self, seen: Iterable[Observation]) -> None:
        """Keep. A second try comes with the same list."""
        if not self._seen or self._seen[-1] is not seen:
            self._seen.append(seen)
            self.made += [observations.encode(each).decode() for each in seen]
        self._trying(lambda: self.journal.append(seen))

    def keep(self, progress: Progress) -> None:
        """Keep."""
        self._trying(lambda: self.journal.keep(progress))

    def ahead(self, seconds: int) -> Marks:
        """Keep second by second."""
        return self.journal.ahead(seconds)

    def barrier(self) -> None:
        """Force."""
        self.journal.barrier()

    def erase(self, picture: UUID) -> None:
        """Erase."""
        self._trying(lambda: self.journal.erase(picture))

    def recover(self, at: int) -> Recovered:
        """Recover."""
        return self.journal.recover(at)

    def facts(self, job: UUID, slot: int) -> Facts:
        """Read."""
        return self.journal.facts(job, slot)

    def keys(self, first_slot: int, end_slot: int) -> tuple[tuple[UUID, int], ...]:
        """Read."""
        return self.journal.keys(first_slot, end_slot)

    def _trying(self, write: Callable[[], None]) -> None:
        try:
            write()
        except FairhourError:
            self.failed_at = self._now() if self.failed_at is None else self.failed_at
            raise


class Camera:
    """Takes a picture at its moment, if the disk takes it."""

    def __init__(self, journal: Journal, clock: TrackerClock) -> None:
        self._journal = journal
        self._clock = clock
        self._wanted: deque[Alarm | Grab] = deque()
        self.kept = 0
        self.problem: Problem | None = None

    def warm_up(self) -> None:
        """There is nothing to load."""

    def alarm(self, alarm: Alarm) -> None:
        """Take it when its moment has come."""
        self.cancel()
        self._wanted.append(alarm)

    def cancel(self) -> None:
        """Forget the alarm."""
        self._wanted = deque(each for each in self._wanted if isinstance(each, Grab))

    def grab(self, grab: Grab) -> None:
        """Take it now."""
        self._wanted.append(grab)

    def due(self) -> list[PictureTaken | PictureFailed]:
        """Take what is due; returns the answers."""
        now = self._clock.second()
        due = [each for each in self._wanted if isinstance(each, Grab) or each.at <= now]
        self._wanted = deque(each for each in self._wanted if each not in due)
        return [self._take(each, now) for each in due]

    def _take(self, wanted: Alarm | Grab, now: int) -> PictureTaken | PictureFailed:
        at = min(now, (wanted.slot + 1) * SLOT_S - 1)
        taken, data = picture(wanted.slot, wanted.attempt, at, job=wanted.job, number=self.kept + 1, size=PICTURE_BYTES)
        try:
            self._journal.spooled(taken, data, b"small")
        except FairhourError:
            return PictureFailed(wanted.job, wanted.slot, wanted.attempt, NoPicture.FAILED)
        self.kept += 1
        return taken


class Day:
    """One run. ``fill``: somebody else takes all the room that is left, after a minute."""

    def __init__(self, home: Path, ticks: int, *, fill: bool) -> None:
        self.home, self.ticks, self.fill = home, ticks, fill
        self.hands = Hands()
        self.began_ns = self.hands.monotonic_ns
        self.journal = self._open()
        self.watched = Watched(self.journal, self._second)
        clock = self.hands.clock()
        self.clock, self.probe, self.camera = clock, FakeProbe(clock), Camera(self.journal, clock)
        self.recorder = Recorder(
            clock=clock,
            record=self.watched,
            probe=self.probe,
            camera=self.camera,
            listener=FakeListener(FakeRecord()),
            randbelow=lambda seconds: seconds // 2,
        )
        self.pace = Pace(1, lambda: None, lambda: self.hands.monotonic_ns / 1e9)
        self.pace.refreshed()
        self.told: dict[str, int] = {}

    def run(self) -> dict[str, object]:
        """Record, close, open anew, compare."""
        self.recorder.recover()
        self.recorder.start(JOB, work_view=True)
        for second in range(1, self.ticks + 1):
            self._tick()
            if self.fill and second == FULL_AFTER_S:
                _fill(self.home)
                self.watched.failed_at = second
            self._act(second % SLOT_S)
        self.recorder.stop()
        # What is owed at the end gets some seconds, as while a last picture is taken.
        for _ in range(5):
            self._tick()
        owed = len(self.recorder._owed)
        with suppress(FairhourError, OSError):
            self.journal.close()
        return {**self._found(self._open()), "owed": owed, "told_s": self._told_s(), "told": sorted(self.told)}

    def _found(self, journal: Journal) -> dict[str, object]:
        with journal._db.read() as cursor:
            there = [row[0].decode() for row in cursor.execute("SELECT body FROM observation ORDER BY seq")]
        facts = [journal.facts(*key) for key in journal.keys(*ALL)]
        journal.close()
        paused = sum(PAUSE_AT <= second % SLOT_S < RESUME_AT for second in range(self.ticks))
        return {
            "ticks": self.ticks,
            "segments": len(facts),
            "commented": sum(bool(each.comment) for each in facts),
            "pictures": self.camera.kept,
            "observations": len(self.watched.made),
            "missing": len(set(self.watched.made) - set(there)),
            "equal": there == self.watched.made,
            "seconds_lost": self.ticks - paused - sum(each.counted_s for each in facts),
        }

    def _open(self) -> Journal:
        return Journal(self.home, new_device=lambda: DEVICE, monotonic=lambda: self.hands.monotonic_ns / 1e9)

    def _second(self) -> int:
        return (self.hands.monotonic_ns - self.began_ns) // 10**9

    def _tick(self) -> None:
        self.hands.move(1.0)
        self.probe.seen = Input(self.clock.second())
        # As while no window is open: counted where that is enough, and looked at as seldom as the tracker does.
        if not (self.recorder.beat() and not self.pace.stirs(self._problems)):
            self.recorder.tick()
            if self.pace.look(seen=False) and self.pace.due(seen=False, news=self._problems()):
                self._tell()
        for answer in self.camera.due():
            self.recorder.picture(answer)

    def _problems(self) -> tuple[Problem | None, ...]:
        return self.recorder.problem, self.journal.problem

    def _tell(self) -> None:
        self.pace.refreshed()
        for problem in self._problems():
            if problem is not None and self.watched.failed_at is not None:
                self.told.setdefault(problem.code, self._second())

    def _act(self, into: int) -> None:
        if into == COMMENT_AT:
            self.recorder.comment(f"What was done at {self._second()}")
        elif into == PAUSE_AT:
            self.recorder.stop()
        elif into == RESUME_AT:
            self.recorder.start(JOB, work_view=True)
        elif into == OFFER_AT:
            with suppress(FairhourError):
                self.journal.outbox.pending_segments(self.clock.second(), 100)

    def _told_s(self) -> int | None:
        if not self.told or self.watched.failed_at is None:
            return None
        return min(self.told.values()) - self.watched.failed_at


COMMENT_AT, PAUSE_AT, RESUME_AT, OFFER_AT = 60, 300, 310, 400


def _fill(home: Path) -> None:
    """Take all the room that is left, to the last byte."""
    descriptor = os.open(home.parent / "filler", os.O_WRONLY | os.O_CREAT, 0o600)
    for size in (65536, 4096, 512, 1):
        try:
            while True:
                os.write(descriptor, bytes(size))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    os.close(descriptor)


def read_only(home: Path) -> dict[str, object]:
    """Open a journal on a disk that can't be written; says what the user is told."""
    try:
        Journal(home, new_device=lambda: DEVICE).close()
    except FairhourError as error:
        return {"told": [error.problem.code], "told_s": 0}
    return {"told": [], "told_s": None}


# Planted bugs


def _no_reserve() -> None:
    """Nothing is kept free for the record."""
    Reserve._make = lambda self: None  # type: ignore[method-assign]


def _big_log() -> None:
    """The log is folded in after 1,000 pages, as is SQLite's custom."""
    journal_db._CHECKPOINT_PAGES = 1000


PLANTS: dict[str, Callable[[], None]] = {"no-reserve": _no_reserve, "big-log": _big_log}


def main(home: Path, what: str, ticks: int, plant: str) -> None:
    """Run and print."""
    PLANTS.get(plant, lambda: None)()
    found = read_only(home) if what == "read-only" else Day(home, ticks, fill=what == "full").run()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
