"""The tracking machine against the naive model, over all its events: the same seconds, the same questions, and
pictures that obey their rules."""

from __future__ import annotations

from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.search import examples
from tests.worktime.naive_tracking import BLIND, COUNTED, DELETED, IDLE, IDLED, SLOT, Naive
from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk, reference
from worktime.tracking_values import (
    AskReturn,
    Cause,
    ClockJump,
    Comment,
    Delete,
    Event,
    Locked,
    PictureFailed,
    PictureTaken,
    Private,
    Resume,
    SessionEnd,
    Start,
    Stop,
    Suspended,
    Tick,
    Unlocked,
    Woken,
    WorkView,
)
from worktime.wire import Flag, NoPicture

JOBS = (JOB_A, JOB_B)
BEGINNINGS = (
    T0,
    1_793_595_600 - 1000,  # before Monday 2026-11-02 00:00 in New York, and a day after its clocks went back
    1_772_953_200 - 700,  # before 2026-03-08 02:00 in New York, which does not exist
    1_780_252_200 - 360,  # before midnight in India, in the middle of a slot
)
AWAY: dict[type[Locked] | type[Suspended] | type[SessionEnd], str] = {
    Locked: "locked",
    Suspended: "suspended",
    SessionEnd: "session_end",
}
LATEST = 3
"""Seconds by which an event may come late."""


class TrackingAgainstNaive(RuleBasedStateMachine):
    """Random days at a desk, with a camera that answers late, twice in a slot, in any order, or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = 1

    @initialize(
        grid=st.sampled_from([1, 3]), moments=st.randoms(use_true_random=False), begins=st.sampled_from(BEGINNINGS)
    )
    def begin(self, grid: int, moments: st.DataObject, begins: int) -> None:
        self.grid = grid
        randrange = moments.randrange  # type: ignore[attr-defined]
        self.desk = Desk(hole_s=10 * grid, moment=lambda entry, end: int(randrange(entry, end)))
        self.naive = Naive(begins, 10 * grid)
        self.now = self.input = self.floor = begins
        self.in_flight: list[tuple[UUID, int, int, bool, int]] = []
        self.unwanted: set[tuple[UUID, int, int]] = set()
        self.for_good: dict[tuple[UUID, int], UUID] = {}

    def tell(self, event: Event) -> None:
        self.desk.now = self.now
        self.desk.do(event)
        self.collect()

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

    def back(self, seconds: int) -> int:
        """An event may come a little late; but never from before the program's start."""
        return max(self.floor, self.now - seconds)

    def pass_seconds(self, seconds: int, *, working: bool, blind: bool, keys: int = 0) -> None:
        for _ in range(seconds // self.grid):
            before = self.now
            self.now += self.grid
            if working:
                self.input = before
            self.collect()
            seen = None if blind else self.input
            self.tell(Tick(self.now, seen, keys=keys or None))
            self.naive.tick(self.now, seen, keys)

    # Time

    @rule(
        seconds=st.integers(1, 900),
        working=st.booleans(),
        blind=st.sampled_from([False, False, False, True]),
        keys=st.integers(0, 2),
    )
    def time_passes(self, seconds: int, working: bool, blind: bool, keys: int) -> None:
        self.pass_seconds(seconds, working=working, blind=blind, keys=keys)

    @rule(job=st.sampled_from([0, 1]), seconds=st.integers(1, 1500), working=st.booleans())
    def works_for_a_while(self, job: int, seconds: int, working: bool) -> None:
        if self.naive.job is None:
            self.starts(job, work_view=True, late=0)
        self.pass_seconds(seconds, working=working, blind=False)

    @rule(extra=st.integers(0, 8))
    def long_idle(self, extra: int) -> None:
        self.pass_seconds(IDLE + extra * self.grid, working=False, blind=False)

    @rule(keys=st.integers(0, 3), late=st.integers(0, LATEST))
    def a_tick_comes_twice_or_late(self, keys: int, late: int) -> None:
        at = self.back(late)
        self.naive.tick(at, self.input, keys)
        self.tell(Tick(at, self.input, keys=keys or None))

    @rule(seconds=st.integers(1, 40), camera=st.booleans())
    def the_process_stands_still(self, seconds: int, camera: bool) -> None:
        self.now += seconds * self.grid
        if camera:
            self.collect()

    @rule(late=st.integers(0, LATEST))
    def the_wall_clock_jumps(self, late: int) -> None:
        self.naive.jump(self.back(late))
        self.tell(ClockJump(self.back(late)))

    # What the user does

    @rule(job=st.sampled_from([0, 1]), work_view=st.sampled_from([True, True, False]), late=st.integers(0, LATEST))
    def starts(self, job: int, work_view: bool, late: int) -> None:
        at = self.back(late)
        self.naive.start(job, at, work_view=work_view)
        self.tell(Start(JOBS[job], at, work_view))

    @rule(late=st.integers(0, LATEST))
    def stops(self, late: int) -> None:
        self.naive.stop(self.back(late))
        self.tell(Stop(self.back(late)))

    @rule()
    def resumes(self) -> None:
        self.naive.resume(self.now)
        self.tell(Resume(self.now))

    @rule(on=st.booleans())
    def switches_work_view(self, on: bool) -> None:
        self.naive.set_work_view(on, self.now)
        self.tell(WorkView(on, self.now))

    @rule(text=st.sampled_from(["", "Import", "Layout"]), job=st.sampled_from([None, 0, 1]))
    def comments(self, text: str, job: int | None) -> None:
        self.naive.comment(text, job)
        self.tell(Comment(text, None if job is None else JOBS[job]))

    @precondition(lambda self: self.desk.segments())
    @rule(text=st.sampled_from(["", "Later"]), data=st.data())
    def comments_on_one_segment(self, text: str, data: st.DataObject) -> None:
        job, slot = data.draw(st.sampled_from(sorted(self.desk.segments())))
        self.naive.comments[JOBS.index(job), slot] = text
        self.tell(Comment(text, job, slot, self.desk.facts(job, slot)))

    @precondition(lambda self: self.desk.segments())
    @rule(data=st.data(), tells=st.booleans())
    def deletes(self, data: st.DataObject, tells: bool) -> None:
        job, slot = data.draw(st.sampled_from(sorted(self.desk.segments())[-6:]))
        self.naive.tick(self.now, None)
        self.tell(Tick(self.now, None))
        facts = self.desk.facts(job, slot)
        known = tells or (job, slot) in self.desk.state.facts
        self.naive.delete(JOBS.index(job), slot, self.now, has_picture=known and facts.picture is not None)
        self.tell(Delete(job, slot, self.now, facts if tells else None))

    # What the machine does

    @rule(kind=st.sampled_from(sorted(AWAY, key=str)), late=st.integers(0, LATEST))
    def goes_away(self, kind: type[Locked] | type[Suspended] | type[SessionEnd], late: int) -> None:
        at = self.back(late)
        self.naive.go_away(AWAY[kind], at)
        self.tell(kind(at))

    @rule(kind=st.sampled_from([Unlocked, Woken]))
    def comes_back(self, kind: type[Unlocked] | type[Woken]) -> None:
        self.naive.unlock(self.now)
        self.tell(kind(self.now))

    @rule(seconds=st.sampled_from([5, 300, 900, 3600]), late=st.integers(0, LATEST))
    def wants_privacy(self, seconds: int, late: int) -> None:
        at = self.back(late)
        self.collect()
        self.naive.want_privacy(at, seconds)
        paused = self.desk.state.phase is not None
        self.tell(Private(at, seconds))
        if paused:
            assert self.desk.alarm is None
            assert not any(facts.awaits for facts in self.desk.state.facts.values()), "no picture is waited for"
            self.unwanted |= {each[:3] for each in self.in_flight}

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

    @rule(data=st.data(), seconds=st.integers(0, 3000))
    def the_program_is_killed(self, data: st.DataObject, seconds: int) -> None:
        """Some of what the camera was at is in the spool by then; nothing else of it ever comes."""
        spooled = []
        for job, slot, attempt, leaving, at in self.in_flight:
            if data.draw(st.booleans()):
                self.desk.pictures += 1
                picture = reference(self.desk.pictures, at)
                self.desk.spool.add(picture.id)
                spooled.append(PictureTaken(job, slot, attempt, leaving, False, picture))
        self.in_flight.clear()
        self.now += seconds
        self.floor = self.desk.now = self.now
        self.naive.crash(self.now)
        self.desk.crash(tuple(spooled))

    # What must hold

    @invariant()
    def the_same_seconds_are_counted(self) -> None:
        if not hasattr(self, "desk"):
            return
        first = self.naive.first
        seconds = bytearray(len(self.naive.seconds))
        for (job, _), segment in self.desk.segments().items():
            number = JOBS.index(job)
            parts = [(span.start, span.end, COUNTED if span.work_view else BLIND) for span in segment.spans]
            parts += [(start, end, IDLED) for start, end in segment.idle]
            for start, end, what in parts:
                assert not any(seconds[start - first : end - first]), "a second is counted once"
                seconds[start - first : end - first] = bytes([what + number]) * (end - start)
        # A deleted second may have been counted again since; the model knows it as that.
        theirs = self.naive.seconds.translate(bytes.maketrans(bytes([DELETED, DELETED + 1]), bytes(2)))
        assert seconds == theirs
        assert self.desk.running == (self.naive.job is not None)

    @invariant()
    def the_same_is_said_about_them(self) -> None:
        if not hasattr(self, "desk"):
            return
        for (job, slot), segment in self.desk.segments().items():
            where = (JOBS.index(job), slot)
            assert segment.active_s == min(SLOT, self.naive.active[where])
            assert (segment.keys or 0) == self.naive.keys[where]
            assert segment.comment == self.naive.comments[where]
            assert (Flag.CLOCK_JUMP in segment.flags) == (where in self.naive.jumped)
            assert (Flag.CRASH_RECOVERED in segment.flags) == (where in self.naive.crashed)

    @invariant()
    def the_same_is_asked(self) -> None:
        if hasattr(self, "desk"):
            expected = [AskReturn(JOBS[job], Cause(why), start, end) for job, why, start, end in self.naive.asked]
            assert self.desk.asked == expected

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
    def nothing_that_was_on_its_way_shows_what_was_private(self) -> None:
        if hasattr(self, "desk"):
            for (job, slot), facts in self.desk.state.facts.items():
                assert facts.picture is None or (job, slot, facts.picture.attempt) not in self.unwanted

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
                job = JOBS.index(facts.job)
                ahead = self.naive.job == job and picture.taken_at >= self.naive.until
                # Whoever is told late that recording has ended may have taken it by then, as one on leaving would be.
                moments = range(picture.taken_at - LATEST, picture.taken_at + 1)
                assert ahead or any((job, at) in self.naive.watched for at in moments), "it shows recorded time"
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
TestTrackingAgainstNaive.settings = settings(max_examples=examples(60), stateful_step_count=40, deadline=None)
