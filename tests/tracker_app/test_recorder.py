"""The recorder: events in, effects out, in order; what the disk does not take is owed.

Each test passes its seconds with ticks alone, with beats wherever they do, and with leases where those do.
"""

from __future__ import annotations

import inspect
import random

import pytest

from tests.tracker_app.fakes import JOB, OTHER_JOB, SLOT, T0, FakeCamera, FakeListener, FakeProbe, FakeRecord, Hands
from tests.worktime.tracking_desk import reference
from tracker_app.ports import Input
from tracker_app.recorder import Recorder
from worktime.errors import FairhourError, Problem
from worktime.intervals import total, union
from worktime.observations import Commented, Entered, Left
from worktime.slots import slot_of
from worktime.tracking_values import Cause, Notice, PictureFailed, PictureTaken
from worktime.wire import Flag, NoPicture

FULL = Problem("disk_full", "The disk is full", "Nothing can be kept.", "Free some space.", retryable=True)


class Room:
    """A recorder with fakes around it. ``beats``: seconds are counted by beats where that is enough; ``leases``: some
    of them ahead."""

    def __init__(self, rate: int = 1, *, beats: bool = False, leases: bool = False) -> None:
        self.beats = beats or leases
        self.hands = Hands()
        self.clock = self.hands.clock(rate)
        self.record = FakeRecord()
        self.probe = FakeProbe(self.clock if leases else None)
        self.camera = FakeCamera()
        self.listener = FakeListener(self.record)
        self.recorder = Recorder(
            clock=self.clock,
            record=self.record,
            probe=self.probe,
            camera=self.camera,
            listener=self.listener,
            randbelow=lambda below: below // 2,
        )

    def run(self, real_s: float, *, working: bool = True) -> None:
        """Let time pass, with a tick each second of the grid."""
        step = self.clock.tick_s / self.clock.rate
        for _ in range(round(real_s / step)):
            if working:
                self.probe.seen = Input(self.clock.tick_second())
            self.hands.move(step)
            self.second()

    def second(self) -> None:
        """Tick, or what takes its place."""
        if not (self.beats and self.recorder.beat()):
            self.recorder.tick()

    def trouble(self) -> str:
        return self.recorder.problem.code if self.recorder.problem else ""


@pytest.fixture(params=[False, True], ids=["ticks", "beats"])
def beats(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=["ticks", "beats", "leases"])
def room(request: pytest.FixtureRequest) -> Room:
    return Room(beats=request.param == "beats", leases=request.param == "leases")


def test_moments_come_from_the_operating_systems_cryptographic_source() -> None:
    source = inspect.signature(Recorder).parameters["randbelow"].default
    assert (type(source.__self__), source.__name__) == (random.SystemRandom, "randrange")


def test_an_hour_is_counted_to_the_second_and_warm_before_it_begins(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    assert room.camera.warm == 1
    room.run(3600)
    room.recorder.stop()
    segments = [room.record.segment(JOB, SLOT + number) for number in range(5)]
    assert [segment.tracked_s for segment in segments if segment] == [720] * 5
    assert [alarm.at for alarm in room.camera.alarms] == [T0 + 720 * number + 360 for number in range(6)]


def test_what_is_told_is_durable_already(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    assert room.listener.notices == [(Notice.STARTED, 1)]


def test_a_tick_that_comes_late_or_twice_does_no_harm(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.hands.move(3.7)
    room.second()
    room.second()
    room.hands.move(0.2)
    room.second()
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 3


def test_a_stop_between_two_ticks_counts_up_to_its_second(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(5)
    room.hands.move(2.9)
    room.recorder.stop()
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 7
    assert [grab.attempt for grab in room.camera.grabs] == [1]
    assert room.camera.cancelled == 1


def test_a_command_for_a_second_to_come_is_done_at_exactly_that_second(beats: bool) -> None:
    room = Room(rate=60, beats=beats)
    room.recorder.start(JOB, work_view=True, at=T0 + 721)
    room.recorder.stop(at=T0 + 1441)
    room.run(40)
    segments = [room.record.segment(JOB, SLOT + number) for number in range(4)]
    assert [segment.tracked_s if segment else 0 for segment in segments] == [0, 719, 1, 0]
    with pytest.raises(FairhourError) as caught:
        room.recorder.stop(at=T0)
    assert caught.value.problem.code == "too_late"


def test_exactly_24_minutes_come_off_at_sixty_times_the_speed(beats: bool) -> None:
    room = Room(rate=60, beats=beats)
    room.recorder.start(JOB, work_view=True, at=T0 + 720)
    room.run(12 + 60)
    room.probe.seen = Input(T0 + 720 + 3600)
    room.run(24, working=False)
    assert room.recorder.paused is not None
    assert room.recorder.paused.cause is Cause.IDLE
    segments = [room.record.segment(JOB, SLOT + number) for number in range(9)]
    assert sum(segment.tracked_s for segment in segments if segment) == 3600
    assert sum(end - start for segment in segments if segment for start, end in segment.idle) == 1440
    room.probe.seen = Input(room.clock.tick_second())
    room.hands.move(0.05)
    room.recorder.tick()
    assert [question.cause for question in room.listener.asked_for] == [Cause.IDLE]
    room.recorder.resume()
    assert room.recorder.running is not None


def test_the_cameras_answers_reach_the_segment(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(10)
    picture = reference(1, T0 + 9)
    room.recorder.picture(PictureTaken(JOB, SLOT, 1, False, False, picture))
    segment = room.record.segment()
    assert segment is not None
    assert segment.picture == picture
    room.recorder.start(OTHER_JOB, work_view=True)
    room.recorder.picture(PictureFailed(OTHER_JOB, SLOT, 1, NoPicture.PERMISSION))
    room.run(1)
    other = room.record.segment(OTHER_JOB)
    assert other is not None
    assert other.no_picture is NoPicture.PERMISSION


def test_deleting_erases_the_picture_and_comments_go_where_they_belong(room: Room) -> None:
    room.recorder.comment("Import", job=JOB)
    room.recorder.start(JOB, work_view=True)
    room.run(10)
    picture = reference(1, T0 + 9)
    room.recorder.picture(PictureTaken(JOB, SLOT, 1, False, False, picture))
    room.run(7200)
    room.recorder.comment("Import, first part", job=JOB, slot=SLOT)
    room.recorder.delete(JOB, SLOT)
    assert room.record.erased == [picture.id]
    segment = room.record.segment()
    assert segment is not None
    assert (segment.no_picture, segment.comment) == (NoPicture.DELETED, "Import, first part")
    assert room.listener.facts[-1].key == (JOB, SLOT), "an old segment is told, too"


def test_work_view_can_be_switched_off(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(10)
    room.recorder.set_work_view(on=False)
    room.run(10)
    segment = room.record.segment()
    assert segment is not None
    assert [(span.end - span.start, span.work_view) for span in segment.spans] == [(10, True), (10, False)]


@pytest.mark.parametrize(
    ("act", "cause"),
    [("locked", Cause.LOCKED), ("suspended", Cause.SUSPENDED), ("session_ended", Cause.SESSION_END)],
)
def test_the_session_pauses_and_its_return_asks(room: Room, act: str, cause: Cause) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(10)
    getattr(room.recorder, act)()
    assert room.recorder.paused is not None
    assert room.recorder.paused.cause is cause
    assert (room.record.barriers > 0) == (act != "locked")
    room.hands.move(600)
    room.recorder.unlocked()
    room.recorder.woken()
    assert [question.end for question in room.listener.asked_for] == [T0 + 610]


def test_sleep_that_nobody_announced_is_not_counted(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(100)
    room.hands.sleep(4)
    room.run(1)
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 100
    assert room.recorder.paused is not None
    assert room.recorder.paused.cause is Cause.SUSPENDED
    assert len(room.listener.asked_for) == 1


@pytest.mark.parametrize("act", ["stop", "locked", "suspended", "session_ended"])
def test_sleep_is_not_counted_when_something_else_comes_before_the_next_tick(room: Room, act: str) -> None:
    """Eight seconds are less than a hole, and the timer of the next tick stood still as long."""
    room.recorder.start(JOB, work_view=True)
    room.run(100)
    room.hands.sleep(8)
    getattr(room.recorder, act)()
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 100


@pytest.mark.parametrize("tells", [("woken",), ("unlocked",), ("woken", "unlocked"), ("locked", "unlocked", "woken")])
@pytest.mark.parametrize("announced", [True, False])
def test_one_sleep_is_asked_about_once_whoever_tells_it_first(
    room: Room, tells: tuple[str, ...], announced: bool
) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(100)
    if announced:
        room.recorder.suspended()
    room.hands.sleep(3600)
    for tell in tells:
        getattr(room.recorder, tell)()
    asked = len(room.listener.asked_for)
    room.run(10)
    # Who locks the screen after waking went away again, and is asked once more on coming back.
    assert len(room.listener.asked_for) == asked == (2 if "locked" in tells else 1)
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 100


def test_a_clock_set_forth_and_back_makes_no_second_twice(room: Room) -> None:
    for jump_s in (3600, -4000, 300):
        room.hands.wall_ns += jump_s * 10**9
        room.run(1)
        room.recorder.start(JOB, work_view=False)
        room.run(500)
        room.recorder.stop()
    spans = [(span.start, span.end) for key in room.record.keys(0, 10**9) for span in room.record.facts(*key).counted]
    assert sum(end - start for start, end in spans) == 1500
    assert sum(end - start for start, end in spans) == total(union(spans))
    # The second stretch begins where the first ended, an hour ahead of the wall clock: both sides see that.
    second = room.record.segment(JOB, slot_of(T0 + 3600 + 501 + 10))
    assert second is not None
    assert Flag.CLOCK_JUMP in second.flags


def test_a_new_program_goes_on_after_what_an_earlier_one_left_ahead(room: Room) -> None:
    room.record.seen += [Entered(job=JOB, slot=SLOT + 2, at=T0 + 1500, work_view=False, attempt=1, drawn=False)]
    room.record.seen += [Left(job=JOB, slot=SLOT + 2, at=T0 + 1600)]
    room.recorder.start(JOB, work_view=False)
    assert room.recorder.state.until == T0 + 1600


def test_a_disk_that_can_not_be_read_holds_up_no_start(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_first: int, _end: int) -> tuple[()]:
        raise FairhourError(FULL)

    monkeypatch.setattr(room.record, "keys", unreadable)
    room.recorder.start(JOB, work_view=True)
    assert room.recorder.running is not None


def test_a_jump_of_the_wall_clock_is_flagged_and_moves_nothing(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(100)
    room.hands.wall_ns -= 3600 * 10**9
    room.run(100)
    room.recorder.stop()
    segment = room.record.segment()
    assert segment is not None
    assert (segment.tracked_s, segment.flags) == (200, (Flag.CLOCK_JUMP,))
    room.recorder.start(JOB, work_view=True)
    room.run(5)
    assert room.recorder.state.until == T0 + 205, "no second is made twice, and none is lost"
    room.recorder.stop()
    room.hands.wall_ns -= 400 * 86_400 * 10**9
    room.run(1)
    room.recorder.start(JOB, work_view=True)
    room.run(5)
    assert room.recorder.state.until == T0 - 400 * 86_400 - 3600 + 211, "a year ahead was a wrong clock"


def test_what_the_disk_does_not_take_is_owed_in_order_and_told(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.run(5)
    room.record.broken = FULL
    room.recorder.comment("one")
    room.recorder.comment("two")
    room.run(5)
    assert room.trouble() == "disk_full"
    assert room.recorder.running is not None
    room.recorder.suspended()
    room.record.broken = None
    room.run(1)
    assert room.trouble() == ""
    assert [one.text for one in room.record.seen if isinstance(one, Commented)] == ["one", "two"]
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 10


def test_a_start_recovers_and_does_not_begin_by_itself(room: Room) -> None:
    room.recorder.recover()
    assert room.recorder.running is None
    assert room.listener.notices == []
