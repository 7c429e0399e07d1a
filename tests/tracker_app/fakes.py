"""Hand-written fakes of the recorder's ports, and a clock that moves by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

import msgspec

from tracker_app.clock import TrackerClock
from tracker_app.ports import Input
from worktime.business_clock import ClockOrigin
from worktime.derive import Facts, content, replay
from worktime.errors import FairhourError, Problem, failure
from worktime.observations import Observation, Progress
from worktime.slots import slot_of
from worktime.tracking_values import Alarm, Announce, AskReturn, Grab, Notice, Recovered
from worktime.wire import Segment

JOB, OTHER_JOB = UUID(int=7), UUID(int=8)
T0 = 1_700_000_640
"""The first second of a slot."""
SLOT = slot_of(T0)


class Hands:
    """The machine's three clocks, moved by hand."""

    def __init__(self) -> None:
        self.monotonic_ns = 5_000_000_000
        self.wall_ns = T0 * 1_000_000_000
        self.asleep_ns = 0

    def move(self, real_s: float) -> None:
        """Let time pass for all of them."""
        self.monotonic_ns += round(real_s * 1e9)
        self.wall_ns += round(real_s * 1e9)

    def sleep(self, real_s: float) -> None:
        """The machine sleeps: the monotonic clock stands still."""
        self.asleep_ns += round(real_s * 1e9)
        self.wall_ns += round(real_s * 1e9)

    def clock(self, rate: int = 1) -> TrackerClock:
        """A tracker's clock on these; one that runs fast is a given one, as in the sample mode."""
        given = None if rate == 1 else ClockOrigin(T0 * 1_000_000, self.monotonic_ns, rate)
        return TrackerClock(
            given,
            monotonic_ns=lambda: self.monotonic_ns,
            wall_ns=lambda: self.wall_ns,
            boot_ns=lambda: self.monotonic_ns + self.asleep_ns,
        )


class FakeMarks:
    """Seconds that a fake record keeps one by one."""

    def __init__(self, record: FakeRecord, seconds: int) -> None:
        self._record = record
        self.left = seconds

    def mark(self) -> bool:
        if self.left == 0:
            return False
        if self._record.broken is not None:
            raise OSError(28, "No space left on device")
        tick = self._record.tick
        assert tick is not None
        self.left -= 1
        self._record.tick = msgspec.structs.replace(tick, until=tick.until + 1)
        self._record.marks += 1
        return True


class FakeRecord:
    """A journal in memory. ``broken``: what every write raises."""

    def __init__(self) -> None:
        self.seen: list[Observation] = []
        self.tick: Progress | None = None
        self.marks = 0
        self.erased: list[UUID] = []
        self.barriers = 0
        self.broken: Problem | None = None
        self.recovered = Recovered(T0)

    def append(self, seen: Iterable[Observation]) -> None:
        self._check()
        self.seen.extend(seen)

    def keep(self, progress: Progress) -> None:
        self._check()
        self.tick = progress

    def ahead(self, seconds: int) -> FakeMarks:
        return FakeMarks(self, seconds)

    def barrier(self) -> None:
        self.barriers += 1
        if self.broken is not None:
            raise OSError(5, "Input/output error")

    def erase(self, picture: UUID) -> None:
        self._check()
        self.erased.append(picture)

    def recover(self, at: int) -> Recovered:
        return self.recovered

    def facts(self, job: UUID, slot: int) -> Facts:
        return replay(job, slot, [one for one in self.seen if (one.job, one.slot) == (job, slot)], self.tick)

    def keys(self, first_slot: int, end_slot: int) -> tuple[tuple[UUID, int], ...]:
        found = dict.fromkeys((one.job, one.slot) for one in self.seen if first_slot <= one.slot < end_slot)
        return tuple(sorted(found, key=lambda key: key[1]))

    def segment(self, job: UUID = JOB, slot: int = SLOT) -> Segment | None:
        return content(self.facts(job, slot), 1)

    def _check(self) -> None:
        if self.broken is not None:
            raise FairhourError(self.broken)


class FakeProbe:
    """Input that is set by hand. With a clock it tells its age, too, unless keys are counted."""

    def __init__(self, clock: TrackerClock | None = None) -> None:
        self.seen = Input(None)
        self.problem: Problem | None = None
        self._clock = clock

    @property
    def age(self) -> Callable[[], int] | None:
        known = self._clock is not None and self.seen.last is not None and self.seen.keys is None
        return self._idle_ms if known else None

    def look(self) -> Input:
        return self.seen

    def heard(self, now_us: int, age_ms: int) -> int:
        return (now_us - age_ms * 1000) // 1_000_000

    def _idle_ms(self) -> int:
        assert self._clock is not None
        if self.problem is not None or self.seen.last is None:
            raise FairhourError(self.problem or Problem("gone", "Gone", "Nothing is known.", "Nothing."))
        return max(0, self._clock.now_us() // 1000 - self.seen.last * 1000)


class FakeCamera:
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.warm = 0
        self.alarms: list[Alarm] = []
        self.cancelled = 0
        self.grabs: list[Grab] = []
        self.problem: Problem | None = None

    def warm_up(self) -> None:
        self.warm += 1

    def alarm(self, alarm: Alarm) -> None:
        self.alarms.append(alarm)

    def cancel(self) -> None:
        self.cancelled += 1

    def grab(self, grab: Grab) -> None:
        self.grabs.append(grab)


class FakeListener:
    """Notes what it is told, and what was durable by then."""

    def __init__(self, record: FakeRecord) -> None:
        self._record = record
        self.notices: list[tuple[Notice, int]] = []
        self.asked_for: list[AskReturn] = []
        self.facts: list[Facts] = []
        self.recordings = 0

    def announced(self, announce: Announce) -> None:
        self.notices.append((announce.notice, len(self._record.seen)))

    def asked(self, question: AskReturn) -> None:
        self.asked_for.append(question)

    def touched(self, facts: Facts) -> None:
        self.facts.append(facts)

    def recorded(self) -> None:
        self.recordings += 1


class FakeIdle:
    """An idle source whose age is set by hand; None: it fails."""

    def __init__(self, age_ms: int | None = 0) -> None:
        self.age_ms = age_ms
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def idle_ms(self) -> int:
        if self.age_ms is None:
            raise failure("idle_failed", "The last input is not known", "No answer.", "Wait.", retryable=True)
        return self.age_ms
