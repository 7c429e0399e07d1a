"""The bare writer of a journal, in forks of the harness: killed anywhere in its work, or after each system call."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from sync.journal import Journal
from tests.harness.kill.acknowledging import acknowledge
from tests.harness.kill.hearing import listening
from tests.harness.kill.stepping import in_child, killed_after, stop_here
from tests.harness.kill.witness import DEVICE, FAR, Tally, Witness, whole
from tests.sync.journals import JOB, T0, Scribe, picture
from worktime.slots import slot_of
from worktime.tracking_values import Start, Tick

V1 = Path(__file__).with_name("journal_v1.sql")
V1_PICTURES = 2
LONGEST_LIFE_S = 0.4
PICTURE_EVERY_S = 7
LIVES = 10
"""So many writers in a row recover and go on with one home."""


def kill_at_any_time(tally: Tally, kills: int, source: random.Random, plant: str | None) -> None:
    """Kill writers at instants that are uniform in time, from their first to their last moment."""
    while kills > 0:
        with _home() as home:
            witness = Witness(home, tally)
            for life in range(min(kills, LIVES)):
                _kill_one(witness, source.uniform(0, LONGEST_LIFE_S), partial(_write, home, life, plant))
            witness.recovered(_recover(home))
            kills -= LIVES


def kill_in_picture(tally: Tally, stride: int, plant: str | None) -> None:
    """Kill a writer after each ``stride``-th system call of a picture's write, file and row."""

    def act(home: Path, pipe: int) -> None:
        acknowledge(pipe, plant)
        scribe = _start(home, T0)
        scribe.do(*(Tick(second, second) for second in range(T0 + 1, T0 + 4)))
        stop_here()
        scribe.take(slot_of(T0), 1, T0 + 3)

    with _home() as template:
        scribe = _start(template, T0 - 100)
        scribe.work(T0 - 100, 50)
        scribe.journal.close()
        calls = 0
        while _one_step(tally, template, calls, act):
            calls += stride


def kill_in_opening(tally: Tally, stride: int) -> None:
    """Kill a program after each ``stride``-th system call of the opening of a new journal, and of one of version 1."""

    def act(home: Path, pipe: int) -> None:
        acknowledge(pipe)
        stop_here()
        _start(home, T0 + 2000)

    for make in (lambda _home: None, _make_v1):
        with _home() as template:
            make(template)
            calls = 0
            while _one_step(tally, template, calls, act, before=_kept(template)):
                tally.kills_in_opening += 1
                calls += stride


def _kill_one(witness: Witness, life_s: float, act: Callable[[int], None]) -> None:
    with listening(witness.hear) as ear:
        pid = in_child(lambda: act(ear.writing))
        ear.let_go()
        ear.listen(life_s)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    if status != signal.SIGKILL:
        raise RuntimeError(f"the writer ended by itself: {status}")
    witness.killed()


def _one_step(
    tally: Tally, template: Path, calls: int, act: Callable[[Path, int], None], *, before: list[object] | None = None
) -> bool:
    """Kill one writer on a copy of ``template``; ``before``: what the journal held and must hold again."""
    with _home() as home:
        if template.exists():
            shutil.copytree(template, home)
        witness = Witness(home, tally)
        with listening(witness.hear) as ear:
            killed = killed_after(calls, lambda: act(home, ear.writing))
        if killed:
            witness.killed()
            witness.recovered(_recover(home))
            tally.changed += before is not None and _kept(home)[: len(before)] != before
        return killed


# In the child


def _start(home: Path, at: int) -> Scribe:
    scribe = Scribe(Journal(home, new_device=lambda: DEVICE))
    recovered = scribe.journal.recover(at)
    scribe.do(recovered)
    scribe.do(Start(JOB, max(at, scribe.state.until)))
    return scribe


def _write(home: Path, life: int, plant: str | None, pipe: int) -> None:
    """Record as fast as it goes, a second at a time, with a picture every few seconds that replaces the last one."""
    acknowledge(pipe, plant)
    scribe = _start(home, T0 + life * 1_000_000)
    scribe.pictures = life * 1_000_000
    begin = scribe.state.until
    for second in range(begin + 1, begin + 900_000):
        scribe.do(Tick(second, second))
        if second % PICTURE_EVERY_S == 0:
            scribe.take(slot_of(second), 1, second, leaving=True)


# In the harness


@contextlib.contextmanager
def _home() -> Iterator[Path]:
    """A place for a home that does not exist yet."""
    with tempfile.TemporaryDirectory(prefix="fairhour-kill-") as folder:
        yield Path(folder) / "home"


def _recover(home: Path) -> set[UUID]:
    """Do as the next start does; returns what it erased."""
    scribe, erased = Scribe(Journal(home, new_device=lambda: DEVICE)), set[UUID]()
    erase = scribe.journal.erase

    def told_erase(picture: UUID) -> None:
        erased.add(picture)
        erase(picture)

    scribe.journal.erase = told_erase  # type: ignore[method-assign]
    scribe.do(scribe.journal.recover(T0 + 500_000_000))
    scribe.journal.close()
    return erased


def _kept(home: Path) -> list[object]:
    """What a journal holds, oldest first, in a copy of its folder: reading it would bring it up to date."""
    if not home.exists():
        return []
    with _home() as copy:
        shutil.copytree(home, copy)
        journal = Journal(copy, new_device=lambda: DEVICE)
        facts = [journal.facts(*key) for key in journal.keys(0, FAR)]
        pictures = [
            each.picture and whole(journal, each.picture.picture.id, each.picture.picture.sha256) for each in facts
        ]
        journal.close()
    return list(zip(facts, pictures, strict=True))


def _make_v1(home: Path) -> None:
    (home / "pictures").mkdir(mode=0o700, parents=True)
    with contextlib.closing(sqlite3.connect(home / "journal.sqlite3")) as connection:
        connection.executescript(V1.read_text())
    for number in range(1, V1_PICTURES + 1):
        taken, data = picture(0, 1, T0, number=number)
        (home / "pictures" / f"{taken.picture.sha256}.webp").write_bytes(data)
        (home / "pictures" / f"{taken.picture.sha256}.jpg").write_bytes(b"small")
