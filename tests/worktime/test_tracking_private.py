"""Now is private: nothing is counted, nothing is photographed, and at its end the user is asked."""

from __future__ import annotations

import pytest

from tests.worktime.tracking_desk import JOB_A, T0, Desk
from worktime.slots import slot_of
from worktime.tracking_values import (
    Announce,
    AskReturn,
    Cause,
    Locked,
    Notice,
    Paused,
    PictureFailed,
    Private,
    Resume,
    Start,
    Stop,
    Suspended,
    Tick,
    Unlocked,
    Woken,
)
from worktime.wire import NoPicture

SLOT = slot_of(T0)


@pytest.fixture
def desk() -> Desk:
    """Recording for 50 seconds; the slot's moment is at T0 + 360."""
    made = Desk()
    made.do(Start(JOB_A, T0))
    made.run(50)
    return made


def private(desk: Desk, seconds: int = 300) -> None:
    desk.do(Private(desk.now, seconds))


def test_it_pauses_at_once_and_takes_no_picture_on_leaving(desk: Desk) -> None:
    private(desk)
    assert (desk.alarm, desk.grabs) == (None, [])
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture, segment.running) == (50, NoPicture.PRIVATE, False)
    assert desk.state.phase == Paused(JOB_A, True, Cause.PRIVATE, T0 + 50, T0 + 50, ends=T0 + 350)
    assert (desk.heard(Notice.PAUSED), desk.heard(Notice.NO_PICTURE)) == (1, 1)


def test_it_is_asked_about_at_its_end_and_nothing_resumes_by_itself(desk: Desk) -> None:
    private(desk)
    desk.run(299)
    assert desk.asked == []
    desk.run(1000)
    assert desk.asked == [AskReturn(JOB_A, Cause.PRIVATE, T0 + 50, T0 + 350)], "once"
    assert desk.heard(Notice.RESUMED) == 0
    desk.do(Resume(desk.now))
    assert desk.heard(Notice.RESUMED) == 1
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.tracked_s == 50, "the time is not counted"


def test_who_resumes_in_the_slot_gets_its_picture_after_all(desk: Desk) -> None:
    private(desk)
    desk.run(100)
    desk.do(Resume(desk.now))
    desk.run(600)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.picture is not None


@pytest.mark.parametrize("kind", [Unlocked, Woken])
def test_unlocking_and_waking_do_not_end_it_early(desk: Desk, kind: type[Unlocked] | type[Woken]) -> None:
    private(desk)
    desk.do(Locked(desk.now + 10))
    desk.do(kind(desk.now + 20))
    assert desk.asked == []
    desk.do(kind(desk.now + 300))
    assert [question.cause for question in desk.asked] == [Cause.PRIVATE]


def test_once_more_makes_it_longer(desk: Desk) -> None:
    private(desk)
    desk.run(200)
    private(desk, 900)
    desk.run(800)
    assert desk.asked == []
    desk.run(100)
    assert [question.start for question in desk.asked] == [T0 + 250]


def test_a_pause_for_another_reason_can_become_private(desk: Desk) -> None:
    desk.do(Locked(desk.now))
    desk.do(Unlocked(desk.now + 5))
    desk.now += 10
    private(desk, 60)
    assert isinstance(desk.state.phase, Paused)
    assert (desk.state.phase.cause, desk.state.phase.asked) == (Cause.PRIVATE, False)
    desk.do(Suspended(desk.now + 5))
    desk.do(Woken(desk.now + 70))
    assert [question.cause for question in desk.asked] == [Cause.LOCKED, Cause.PRIVATE]


def test_while_stopped_there_is_nothing_to_pause(desk: Desk) -> None:
    desk.do(Stop(desk.now))
    assert desk.do(Private(desk.now, 300)) == ()
    assert desk.state.phase is None


def test_a_picture_on_its_way_is_not_wanted_any_more() -> None:
    desk = Desk(moment=lambda entry, _end: entry + 20)
    desk.do(Start(JOB_A, T0))
    for second in range(1, 26):
        desk.do(Tick(T0 + second, T0 + second))
    desk.now = T0 + 25
    private(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 20)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.picture, segment.no_picture, desk.spool) == (None, NoPicture.PRIVATE, set())


def test_nor_one_of_the_second_in_which_it_began() -> None:
    desk = Desk(moment=lambda entry, _end: entry + 20)
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 10, T0 + 10))
    desk.do(Tick(T0 + 20, T0 + 20))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 20)
    desk.now = T0 + 20
    private(desk)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.picture, segment.no_picture, desk.spool) == (None, NoPicture.PRIVATE, set())


def test_nor_one_that_comes_when_its_moment_was_the_last_second_of_before() -> None:
    desk = Desk(moment=lambda entry, _end: entry + 20)
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 10, T0 + 10))
    desk.now = T0 + 20
    private(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 20)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.picture, segment.no_picture, desk.spool) == (None, NoPicture.PRIVATE, set())


def test_after_a_hole_it_is_asked_about_once_at_its_end(desk: Desk) -> None:
    desk.now += 60
    effects = desk.do(Private(desk.now, 300))
    assert Announce(Notice.PAUSED, Cause.HOLE) in effects
    assert Announce(Notice.PAUSED, Cause.PRIVATE) in effects
    assert desk.asked == []
    desk.run(300)
    assert [question.cause for question in desk.asked] == [Cause.PRIVATE]


def test_a_picture_of_before_stays(desk: Desk) -> None:
    desk.run(400)
    before = desk.segment(JOB_A, T0)
    private(desk)
    after = desk.segment(JOB_A, T0)
    assert before is not None
    assert after is not None
    assert after.picture == before.picture is not None


def test_one_taken_on_leaving_stays_while_another_is_only_drawn(desk: Desk) -> None:
    desk.do(Stop(desk.now))
    desk.camera()
    desk.do(Start(JOB_A, desk.now + 10))
    desk.now += 20
    private(desk)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.picture is not None
    assert desk.alarm is None


def test_a_slot_that_ends_in_the_same_event_is_not_photographed() -> None:
    desk = Desk(moment=lambda _entry, end: end - 1)
    desk.do(Start(JOB_A, T0 + 715))
    desk.now = T0 + 722
    effects = desk.do(Private(desk.now, 300))
    assert not [effect for effect in effects if type(effect).__name__ == "Grab"]
    segments = desk.segments()
    assert {segment.no_picture for segment in segments.values()} == {NoPicture.PRIVATE}


def test_a_segment_of_no_time_keeps_no_picture() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0)
    private(desk)
    assert (desk.spool, desk.segments()) == (set(), {})


def left_and_entered_again(desk: Desk) -> None:
    """Leave the slot, so that the camera grabs (attempt 1), and enter it again before it has delivered (attempt 2)."""
    desk.do(Stop(desk.now))
    assert [grab.attempt for grab in desk.grabs] == [1]
    desk.grabs.clear()
    desk.do(Start(JOB_A, desk.now))
    desk.run(20)


def shown(desk: Desk) -> object:
    """The slot's picture, and why there is none."""
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    return segment.picture, segment.no_picture


def test_what_was_grabbed_on_leaving_earlier_and_is_on_its_way_is_not_taken_any_more(desk: Desk) -> None:
    left_and_entered_again(desk)
    private(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=True, at=T0 + 50)
    assert shown(desk) == (None, NoPicture.PRIVATE)
    assert desk.spool == set()


def test_nor_when_nothing_is_waited_for_any_more_and_the_reason_stays(desk: Desk) -> None:
    left_and_entered_again(desk)
    desk.do(PictureFailed(JOB_A, SLOT, 2, NoPicture.FAILED))
    private(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=True, at=T0 + 50)
    assert shown(desk) == (None, NoPicture.FAILED)
    assert desk.spool == set()


def test_one_taken_on_leaving_before_goes_where_a_later_one_may_be_on_its_way(desk: Desk) -> None:
    left_and_entered_again(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=True, at=T0 + 50)
    assert shown(desk) != (None, None)
    desk.do(Stop(desk.now))
    desk.do(PictureFailed(JOB_A, SLOT, 2, NoPicture.FAILED))
    desk.do(Start(JOB_A, desk.now))
    desk.do(PictureFailed(JOB_A, SLOT, 3, NoPicture.FAILED))
    private(desk)
    assert shown(desk) == (None, NoPicture.PRIVATE)
    assert desk.spool == set()
