"""The tracking machine against a deliberately naive model that walks second by second and keeps a note for each."""

from __future__ import annotations

from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk
from worktime.slots import slot_of
from worktime.tracking_values import (
    Delete,
    Event,
    Locked,
    PictureFailed,
    Resume,
    SessionEnd,
    Start,
    Stop,
    Suspended,
    Tick,
    Unlocked,
    WorkView,
)
from worktime.wire import NoPicture

IDLE = 24 * 60
SLOT = 12 * 60


class Naive:
    """What rules.md says, one second at a time; it knows nothing of spans, slots' edges or observations."""

    def __init__(self, hole_s: int) -> None:
        self.hole_s = hole_s
        self.job: UUID | None = None
        self.paused: UUID | None = None
        self.work_view = True
        self.until = 0
        self.since = 0
        self.input = 0
        self.counted: dict[int, tuple[UUID, bool]] = {}
        self.idle: dict[int, UUID] = {}
        self.watched: set[tuple[UUID, int]] = set()

    def start(self, job: UUID, at: int, *, work_view: bool) -> None:
        if self.job is None:
            self.until = max(self.until, at)
            self.since = self.input = self.until
        if job != self.job:
            self.work_view = work_view
        self.job, self.paused = job, None
        self.watched.add((job, self.until))

    def pause(self) -> None:
        self.paused, self.job = self.job, None

    def pass_to(self, at: int, last_input: int | None = None, *, seen: bool = False) -> None:
        if self.job is None or at < self.until:
            return
        if at - self.until > self.hole_s:
            self.pause()
            return
        if seen:
            self.input = max(self.input, at if last_input is None else min(last_input, at))
        quiet_from = max(self.input, self.since)
        while self.until < at and self.until - quiet_from < IDLE:
            self.counted[self.until] = (self.job, self.work_view)
            self.watched |= {(self.job, self.until), (self.job, self.until + 1)}
            self.until += 1
        if at - quiet_from >= IDLE:
            for second in range(quiet_from, quiet_from + IDLE):
                if second in self.counted:
                    self.idle[second] = self.counted.pop(second)[0]
            self.pause()

    def delete(self, job: UUID, slot: int) -> None:
        for second in range(slot * SLOT, slot * SLOT + SLOT):
            if self.counted.get(second, (None, True))[0] == job:
                del self.counted[second]


class TrackingAgainstNaive(RuleBasedStateMachine):
    """Random days at a desk: both must count the same seconds, and pictures must obey their rules."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = 1

    @initialize(grid=st.sampled_from([1, 3]), moments=st.randoms(use_true_random=False))
    def begin(self, grid: int, moments: st.DataObject) -> None:
        self.grid = grid
        randrange = moments.randrange  # type: ignore[attr-defined]
        self.desk = Desk(hole_s=10 * grid, moment=lambda entry, end: int(randrange(entry, end)))
        self.naive = Naive(10 * grid)
        self.now = T0
        self.input = T0
        self.in_flight: list[tuple[UUID, int, int, bool, int]] = []
        self.for_good: dict[tuple[UUID, int], UUID] = {}

    def tell(self, event: Event) -> None:
        self.desk.now = self.now
        self.desk.do(event)

    def collect(self) -> None:
        """The camera works beside the machine: what it took is delivered later, in any order."""
        alarm = self.desk.alarm
        if alarm is not None and alarm.at < self.now:
            self.desk.alarm = None
            self.in_flight.append((alarm.job, alarm.slot, alarm.attempt, False, alarm.at))
        for grab in self.desk.grabs:
            self.in_flight.append((grab.job, grab.slot, grab.attempt, True, min(self.now, grab.slot * SLOT + SLOT - 1)))
        self.desk.grabs.clear()
        self.desk.own_up()

    def pass_seconds(self, seconds: int, *, working: bool, blind: bool) -> None:
        for _ in range(seconds // self.grid):
            before = self.now
            self.now += self.grid
            if working:
                self.input = before
            self.collect()
            seen = None if blind else self.input
            self.tell(Tick(self.now, seen))
            self.collect()
            self.naive.pass_to(self.now, seen, seen=True)

    @rule(seconds=st.integers(1, 900), working=st.booleans(), blind=st.sampled_from([False, False, False, True]))
    def time_passes(self, seconds: int, working: bool, blind: bool) -> None:
        self.pass_seconds(seconds, working=working, blind=blind)

    @rule(job=st.sampled_from([JOB_A, JOB_B]), seconds=st.integers(1, 1500), working=st.booleans())
    def works_for_a_while(self, job: UUID, seconds: int, working: bool) -> None:
        if self.naive.job is None:
            self.starts(job, work_view=True)
        self.pass_seconds(seconds, working=working, blind=False)

    @rule(extra=st.integers(0, 8))
    def long_idle(self, extra: int) -> None:
        self.pass_seconds(IDLE + extra * self.grid, working=False, blind=False)

    @rule(seconds=st.integers(1, 40), camera=st.booleans())
    def the_process_stands_still(self, seconds: int, camera: bool) -> None:
        self.now += seconds * self.grid
        if camera:
            self.collect()

    @rule(job=st.sampled_from([JOB_A, JOB_B]), work_view=st.sampled_from([True, True, False]))
    def starts(self, job: UUID, work_view: bool) -> None:
        self.naive.pass_to(self.now)
        self.naive.start(job, self.now, work_view=work_view)
        self.tell(Start(job, self.now, work_view))
        self.collect()

    @rule()
    def stops(self) -> None:
        self.naive.pass_to(self.now)
        self.naive.job = self.naive.paused = None
        self.tell(Stop(self.now))
        self.collect()

    @rule(kind=st.sampled_from([Locked, Suspended, SessionEnd]))
    def goes_away(self, kind: type[Locked] | type[Suspended] | type[SessionEnd]) -> None:
        self.naive.pass_to(self.now)
        if self.naive.job is not None:
            self.naive.pause()
        self.tell(kind(self.now))
        self.collect()

    @rule()
    def comes_back(self) -> None:
        self.tell(Unlocked(self.now))

    @rule()
    def resumes(self) -> None:
        if self.naive.paused is not None:
            self.naive.start(self.naive.paused, self.now, work_view=self.naive.work_view)
        self.tell(Resume(self.now))
        self.collect()

    @rule(on=st.booleans())
    def switches_work_view(self, on: bool) -> None:
        self.naive.pass_to(self.now)
        if self.naive.job is not None or self.naive.paused is not None:
            self.naive.work_view = on
        self.tell(WorkView(on, self.now))
        self.collect()

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data(), works=st.sampled_from([True, True, True, False]))
    def camera_delivers(self, data: st.DataObject, works: bool) -> None:
        job, slot, attempt, leaving, at = self.in_flight.pop(data.draw(st.integers(0, len(self.in_flight) - 1)))
        if works:
            self.desk.deliver(job, slot, attempt, leaving=leaving, at=at)
        else:
            self.tell(PictureFailed(job, slot, attempt, NoPicture.FAILED))

    @rule()
    def camera_delivers_all(self) -> None:
        while self.in_flight:
            job, slot, attempt, leaving, at = self.in_flight.pop(0)
            self.desk.deliver(job, slot, attempt, leaving=leaving, at=at)

    @rule(job=st.sampled_from([JOB_A, JOB_B]), back=st.integers(0, 1))
    def deletes(self, job: UUID, back: int) -> None:
        slot = slot_of(self.now) - back
        self.tell(Tick(self.now, None))
        self.naive.pass_to(self.now, None, seen=True)
        known = self.desk.state.facts.get((job, slot))
        if known is not None and known.picture is not None:
            self.naive.delete(job, slot)
        self.tell(Delete(job, slot, self.now))
        self.collect()

    @invariant()
    def the_same_seconds_are_counted(self) -> None:
        if not hasattr(self, "desk"):
            return
        counted: dict[int, tuple[UUID, bool]] = {}
        idle: dict[int, UUID] = {}
        for segment in self.desk.segments().values():
            for span in segment.spans:
                for second in range(span.start, span.end):
                    assert second not in counted, "a second is counted once"
                    counted[second] = (segment.job, span.work_view)
            for start, end in segment.idle:
                idle.update(dict.fromkeys(range(start, end), segment.job))
            assert segment.active_s <= SLOT
        assert counted == self.naive.counted
        assert idle == self.naive.idle
        assert self.desk.running == (self.naive.job is not None)

    @invariant()
    def pictures_obey(self) -> None:
        if not hasattr(self, "desk"):
            return
        shown = set()
        for (job, slot), segment in self.desk.segments().items():
            if segment.picture is not None:
                assert segment.picture.id not in shown, "no picture is shown twice"
                shown.add(segment.picture.id)
                assert segment.spans
                assert segment.no_picture is None
            elif not segment.running:
                assert segment.no_picture is not None, "a missing picture has a reason"
                worked = any(span.work_view for span in segment.spans)
                assert (segment.no_picture is NoPicture.WORK_VIEW_OFF) == (bool(segment.spans) and not worked)
            waits = self.desk.facts(job, slot).awaits
            if waits is not None:
                alarm = self.desk.alarm
                coming = [each[:3] for each in self.in_flight]
                if alarm is not None:
                    coming.append((alarm.job, alarm.slot, alarm.attempt))
                assert (job, slot, waits) in coming, "a picture that is waited for is on its way"
        current = self.desk.state.current
        if current is not None and current.picture is not None:
            # A picture can be there in the very second in which tracking entered, before it has counted.
            shown.add(current.picture.picture.id)
        assert shown == self.desk.spool, "what is not shown is erased"

    @invariant()
    def a_picture_taken_at_its_moment_stays(self) -> None:
        if not hasattr(self, "desk"):
            return
        for key, facts in self.desk.state.facts.items():
            if facts.picture is None:
                self.for_good.pop(key, None)
            elif not facts.picture.leaving:
                picture = facts.picture.picture
                assert self.for_good.setdefault(key, picture.id) == picture.id, "it is not replaced"
                assert facts.awaits is None, "and no other is waited for"
                ahead = self.naive.job == facts.job and picture.taken_at >= self.naive.until
                assert ahead or (facts.job, picture.taken_at) in self.naive.watched, "it shows recorded time"
            else:
                assert key not in self.for_good, "nor by one taken on leaving"
        alarm = self.desk.alarm
        if alarm is not None and alarm.at >= self.now:
            assert (alarm.job, alarm.slot) not in self.for_good, "and no other is to be taken"

    @invariant()
    def the_machine_and_the_journal_agree(self) -> None:
        if not hasattr(self, "desk"):
            return
        for (job, slot), facts in self.desk.state.facts.items():
            if facts.stay is None:
                assert facts == self.desk.facts(job, slot)
        waiting = sum(1 for facts in self.desk.state.facts.values() if facts.awaits is not None)
        assert len(self.desk.state.facts) - waiting <= 8, "old segments are let go"


TestTrackingAgainstNaive = TrackingAgainstNaive.TestCase
TestTrackingAgainstNaive.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
