"""A desk for the tracking machine in tests: keeps what must be durable, plays the camera, and checks on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID

from worktime.derive import Facts, content, replay
from worktime.observations import Observation, Progress
from worktime.slots import slot_end, slot_of
from worktime.tracking import step
from worktime.tracking_quiet import QuietCount
from worktime.tracking_values import (
    Alarm,
    Announce,
    AskReturn,
    CancelAlarm,
    Effect,
    ErasePicture,
    Event,
    Grab,
    Keep,
    Notice,
    PictureFailed,
    PictureTaken,
    Record,
    Recovered,
    Running,
    State,
    Tick,
)
from worktime.wire import NoPicture, PictureRef, Segment

JOB_A = UUID("01890000-0000-7000-8000-00000000000a")
JOB_B = UUID("01890000-0000-7000-8000-00000000000b")
T0 = 1_700_000_640
"""A second at which a slot (and an hour's third slot) begins."""


def reference(number: int, taken_at: int) -> PictureRef:
    """A picture that is told from others by its number."""
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    return PictureRef(
        id=UUID(int=number), sha256=sha, size=1000 + number, width=8, height=8, monitors=1, taken_at=taken_at
    )


class Desk:
    """Feeds events to the machine and carries out its effects in memory."""

    def __init__(
        self, *, hole_s: int = 10, moment: Callable[[int, int], int] | None = None, seen: tuple[Observation, ...] = ()
    ) -> None:
        self.state = State(hole_s=hole_s)
        self.now = T0
        self.journal: dict[tuple[UUID, int], list[Observation]] = {}
        self._made: dict[tuple[UUID, int], tuple[int, Facts]] = {}
        self.tick: Progress | None = None
        self.alarm: Alarm | None = None
        self.late: list[Alarm] = []
        self.grabs: list[Grab] = []
        self.asked: list[AskReturn] = []
        self.notices: list[Announce] = []
        self.drawn: list[tuple[int, int, int]] = []
        self.spool: set[UUID] = set()
        self.pictures = 0
        self.last_input: int | None = None
        self.quiet_ticks = 0
        self._quiet: QuietCount | None = None
        self._moment = moment or (lambda entry, end: entry + (end - entry) // 2)
        for each in seen:
            self.write(each)

    def do(self, event: Event) -> tuple[Effect, ...]:
        """Feed one event, carry out its effects, and return them."""
        quietly = self._quietly(event)
        self.state, effects = step(self.state, event, self._draw)
        if quietly is not None and self._quiet is not None:
            assert (self._quiet.state, (Keep(quietly),)) == (self.state, effects)
            self.quiet_ticks += 1
        for effect in effects:
            match effect:
                case Record(seen):
                    self.write(seen)
                case Keep(progress):
                    self.tick = progress
                case Alarm():
                    if self.alarm is not None:
                        assert self.alarm.at < self.now, "an alarm was replaced without need"
                        self.late.append(self.alarm)
                    self.alarm = effect
                case CancelAlarm():
                    self.alarm = None
                case Grab():
                    self.grabs.append(effect)
                case ErasePicture():
                    self.spool.discard(effect.picture)
                case AskReturn():
                    self.asked.append(effect)
                case Announce():
                    self.notices.append(effect)
        return effects

    def _quietly(self, event: Event) -> Progress | None:
        """Give a tick to the quiet count as well; it goes on over all that it can count, as in the recorder."""
        if not isinstance(event, Tick):
            self._quiet = None
            return None
        self._quiet = self._quiet or QuietCount.begin(self.state)
        if self._quiet is None:
            return None
        kept = self._quiet.add(event.at, event.last_input, event.keys, event.clicks)
        if kept is None:
            assert self._quiet.state == self.state, "nothing is counted of what it leaves to the machine"
            self._quiet = None
        return kept

    def write(self, seen: Observation) -> None:
        """Keep an observation for good."""
        self.journal.setdefault((seen.job, seen.slot), []).append(seen)

    @property
    def seen(self) -> tuple[Observation, ...]:
        """Everything that was observed, segment by segment."""
        return tuple(seen for mine in self.journal.values() for seen in mine)

    def crash(self, pictures: tuple[PictureTaken, ...]) -> None:
        """The program dies, and starts again with what is durable; ``pictures`` are in the spool, but untold."""
        newest = max((slot for _, slot in self.journal), default=0)
        known = [self.facts(*key) for key in sorted(self.journal, key=lambda key: key[1])]
        memos = {facts.job: facts.comment for facts in known}
        found = tuple(
            facts for facts in known if facts.slot >= newest - 3 or facts.stay is not None or facts.awaits is not None
        )
        self.state = State(hole_s=self.state.hole_s)
        self._quiet = None
        self.alarm = None
        self.late.clear()
        self.grabs.clear()
        self.do(Recovered(self.now, found, pictures, tuple((job, memo) for job, memo in memos.items() if memo)))

    def run(self, seconds: int, *, grid: int = 1, active: bool = True) -> None:
        """Let time pass with a tick every ``grid`` seconds; the camera delivers at once."""
        end = self.now + seconds
        while self.now < end:
            self.now += grid
            if active or self.last_input is None:
                self.last_input = self.now - grid
            self.camera()
            self.do(Tick(self.now, self.last_input))
            self.camera()

    def camera(self) -> None:
        """Take the pictures whose time has come and those asked for on leaving, and own up to what was late."""
        self.own_up()
        if self.alarm is not None and self.alarm.at < self.now:
            alarm, self.alarm = self.alarm, None
            self.deliver(alarm.job, alarm.slot, alarm.attempt, leaving=False, at=alarm.at)
        while self.grabs:
            grab = self.grabs.pop(0)
            self.deliver(grab.job, grab.slot, grab.attempt, leaving=True, at=min(self.now, slot_end(grab.slot) - 1))

    def own_up(self) -> None:
        """Tell the machine of the alarms that were replaced before the camera came to them."""
        while self.late:
            alarm = self.late.pop(0)
            self.do(PictureFailed(alarm.job, alarm.slot, alarm.attempt, NoPicture.LATE))

    def deliver(
        self, job: UUID, slot: int, attempt: int, *, leaving: bool, at: int, flat: bool = False
    ) -> tuple[Effect, ...]:
        """Put a new picture into the spool and tell the machine."""
        self.pictures += 1
        picture = reference(self.pictures, at)
        self.spool.add(picture.id)
        return self.do(PictureTaken(job, slot, attempt, leaving, flat, picture))

    def facts(self, job: UUID, slot: int) -> Facts:
        """What the journal would say of a segment."""
        mine = self.journal.get((job, slot), [])
        count, facts = self._made.get((job, slot), (0, Facts(job, slot)))
        if count != len(mine) or facts.stay is not None or not mine:
            facts = replay(job, slot, mine, self.tick)
            self._made[job, slot] = len(mine), facts
        return facts

    def segment(self, job: UUID, second: int) -> Segment | None:
        """The segment of ``job`` in the slot of ``second``, as it would be sent."""
        return content(self.facts(job, slot_of(second)), 1)

    def segments(self) -> dict[tuple[UUID, int], Segment]:
        """Every segment that would be sent."""
        made = {key: content(self.facts(*key), 1) for key in self.journal}
        return {key: segment for key, segment in made.items() if segment is not None}

    def heard(self, notice: Notice) -> int:
        """How often the user was told this."""
        return sum(1 for each in self.notices if each.notice is notice)

    @property
    def running(self) -> bool:
        return isinstance(self.state.phase, Running)

    def _draw(self, entry: int, end: int) -> int:
        moment = self._moment(entry, end)
        assert entry <= moment < end
        assert slot_of(entry) == slot_of(end - 1)
        self.drawn.append((entry, end, moment))
        return moment


def spans(segment: Segment | None) -> list[tuple[int, int]]:
    """The counted spans of a segment that has to be there, in seconds since T0."""
    assert segment is not None
    return [(span.start - T0, span.end - T0) for span in segment.spans]
