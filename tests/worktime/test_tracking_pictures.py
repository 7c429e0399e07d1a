"""Moments and pictures of a segment: drawn on entry, taken on leaving, drawn anew on re-entry, late, flat, refused."""

from __future__ import annotations

import pytest

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk
from worktime.slots import slot_of
from worktime.tracking_values import (
    Alarm,
    ErasePicture,
    Grab,
    Locked,
    Notice,
    PictureFailed,
    Start,
    Stop,
    Suspended,
    Tick,
)
from worktime.wire import Flag, NoPicture, PictureRef

SLOT = slot_of(T0)


def taken(desk: Desk) -> PictureRef:
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.picture is not None
    return segment.picture


def test_the_moment_is_drawn_from_what_is_left_when_tracking_enters() -> None:
    desk = Desk()
    desk.now = T0 + 300
    desk.do(Start(JOB_A, T0 + 300))
    desk.run(450)
    assert [(entry - T0, end - T0) for entry, end, _ in desk.drawn] == [(300, 720), (720, 1440)]


def test_leaving_before_the_moment_takes_the_picture_as_it_leaves() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Stop(T0 + 100))
    assert desk.alarm is None
    assert [(grab.job, grab.slot, grab.attempt) for grab in desk.grabs] == [(JOB_A, SLOT, 1)]
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.running, "the picture is on its way: a missing one does not mean none"
    desk.camera()
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert not segment.running
    assert taken(desk).taken_at == T0 + 100


def test_entering_again_draws_anew_and_the_new_picture_replaces_the_one_taken_on_leaving() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Stop(T0 + 100))
    desk.camera()
    burnt = taken(desk)
    desk.do(Start(JOB_A, T0 + 200))
    desk.now = T0 + 200
    desk.run(520)
    assert desk.drawn[1][:2] == (T0 + 200, T0 + 720)
    assert taken(desk).id != burnt.id
    assert desk.spool == {taken(desk).id}


def test_a_picture_taken_at_its_moment_is_the_segments_picture_for_good() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(500)
    desk.do(Stop(T0 + 500))
    desk.do(Start(JOB_A, T0 + 600))
    desk.now = T0 + 600
    desk.run(120)
    assert len(desk.drawn) == 2, "one for this slot, one for the next"
    assert taken(desk).taken_at == T0 + 360


def test_leaving_again_before_the_new_moment_takes_a_newer_picture() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Stop(T0 + 10))
    desk.camera()
    desk.do(Start(JOB_A, T0 + 20))
    desk.now = T0 + 20
    desk.run(10)
    desk.do(Stop(T0 + 30))
    desk.camera()
    assert taken(desk).taken_at == T0 + 30
    assert len(desk.spool) == 1


def test_a_picture_of_an_earlier_stay_that_comes_late_does_not_replace_a_newer_one() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Stop(T0 + 10))
    desk.grabs.clear()
    desk.do(Start(JOB_A, T0 + 20))
    desk.now = T0 + 20
    desk.run(500)
    newer = taken(desk)
    desk.deliver(JOB_A, SLOT, 1, leaving=True, at=T0 + 10)
    assert taken(desk) == newer
    assert desk.spool == {newer.id}


def test_a_lock_keeps_the_picture_that_was_taken_on_leaving_before() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Stop(T0 + 10))
    desk.camera()
    desk.do(Start(JOB_A, T0 + 20))
    desk.do(Tick(T0 + 25, T0 + 25))
    desk.do(Locked(T0 + 26))
    assert taken(desk).taken_at == T0 + 10


def test_a_new_draw_after_a_lock_gives_the_segment_its_picture() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Locked(T0 + 10))
    desk.do(Start(JOB_A, T0 + 100))
    desk.now = T0 + 100
    desk.run(620)
    assert taken(desk).taken_at == T0 + 410


def test_a_picture_whose_slot_was_over_is_late_and_erased() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 5, T0 + 5))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 720)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.no_picture is NoPicture.LATE
    assert desk.spool == set()


@pytest.mark.parametrize("reason", [NoPicture.PERMISSION, NoPicture.FAILED, NoPicture.LATE])
def test_a_failed_picture_keeps_the_time_and_says_why(reason: NoPicture) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(PictureFailed(JOB_A, SLOT, 1, reason))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture) == (10, reason)
    assert desk.heard(Notice.NO_PICTURE) == 1


def test_a_flat_picture_is_kept_and_flagged() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 5, T0 + 5))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 4, flat=True)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.picture is not None
    assert segment.flags == (Flag.FLAT_PICTURE,)


def test_two_jobs_in_one_slot_have_a_picture_each() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    effects = desk.do(Start(JOB_B, T0 + 10))
    alarms = [effect for effect in effects if isinstance(effect, Alarm)]
    assert [(alarm.job, alarm.at) for alarm in alarms] == [(JOB_B, T0 + 365)]
    assert [(grab.job, grab.slot) for grab in desk.grabs] == [(JOB_A, SLOT)]


def test_a_picture_for_a_segment_that_nobody_knows_is_erased() -> None:
    desk = Desk()
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0)
    assert desk.spool == set()


def test_a_moment_s_picture_that_comes_after_tracking_entered_again_is_the_segment_s_for_good() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(360)
    desk.now = T0 + 361
    desk.alarm = None  # it went off at 360, and the camera is still at work
    desk.do(Tick(desk.now, desk.now))
    desk.do(Stop(desk.now))
    desk.do(Start(JOB_A, desk.now))
    assert len(desk.drawn) == 2, "nothing has come yet, so a moment is drawn"
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 360)
    moment = taken(desk)
    assert desk.alarm is None, "the second moment is given up"
    desk.run(10)
    desk.do(Stop(T0 + 371))
    assert desk.grabs == [], "nothing is taken on leaving"
    desk.deliver(JOB_A, SLOT, 2, leaving=True, at=T0 + 371)
    assert taken(desk) == moment
    assert desk.spool == {moment.id}
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert not segment.running


def test_a_moment_s_picture_replaces_one_taken_on_leaving_later() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 5, T0 + 5))
    desk.alarm = None
    desk.do(Stop(T0 + 5))
    desk.do(Start(JOB_A, T0 + 5))
    desk.do(Stop(T0 + 5))
    desk.deliver(JOB_A, SLOT, 2, leaving=True, at=T0 + 5)
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0)
    assert taken(desk).taken_at == T0
    assert desk.spool == {taken(desk).id}


def test_a_moment_in_the_second_of_the_stop_gives_one_picture() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(360)
    assert desk.alarm is not None
    desk.alarm = None
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 360)
    desk.do(Stop(T0 + 360))
    assert desk.grabs == []
    assert taken(desk).taken_at == T0 + 360


@pytest.mark.parametrize("known_before", [True, False])
def test_a_picture_of_a_sleep_that_is_found_out_afterwards_is_not_shown(known_before: bool) -> None:
    desk = Desk(moment=lambda entry, _end: entry + 55)
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    if known_before:
        desk.do(Suspended(T0 + 50))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 55)
    if not known_before:
        desk.do(Suspended(T0 + 50))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.picture, segment.no_picture) == (50, None, NoPicture.SUSPENDED)
    assert not segment.running
    assert desk.spool == set()
    assert desk.heard(Notice.NO_PICTURE) == 1


def test_leaving_in_the_second_of_the_moment_takes_the_picture_then() -> None:
    desk = Desk(moment=lambda entry, _end: entry + 50)
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Stop(T0 + 50))
    assert desk.alarm is None
    assert desk.grabs == [Grab(JOB_A, SLOT, 1)]


@pytest.mark.parametrize("locked_after", [50, 51, 200])
def test_a_lock_keeps_the_picture_that_was_taken_at_its_moment(locked_after: int) -> None:
    desk = Desk(moment=lambda entry, _end: entry + 50)
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.alarm = None
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 50)
    desk.run(locked_after - 50)
    desk.do(Locked(T0 + locked_after))
    assert taken(desk).taken_at == T0 + 50
    assert desk.spool == {taken(desk).id}


def test_what_is_to_be_erased_is_named() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0)
    picture = next(iter(desk.spool))
    assert ErasePicture(JOB_A, SLOT, picture) in desk.do(Stop(T0))


def test_a_picture_taken_in_the_second_of_the_lock_is_kept() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(360)
    desk.do(Locked(T0 + 360))
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 360)
    assert taken(desk).taken_at == T0 + 360


def test_there_and_back_in_one_slot_each_job_has_its_own_newest_picture() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Start(JOB_B, T0 + 100))
    desk.run(100)
    first = taken(desk)
    desk.do(Start(JOB_A, T0 + 200))
    desk.camera()
    desk.run(520)
    desk.do(Stop(T0 + 720))
    desk.camera()
    assert [entry - T0 for entry, _, _ in desk.drawn] == [0, 100, 200, 720]
    assert taken(desk).id != first.id
    other = desk.segment(JOB_B, T0)
    assert other is not None
    assert other.picture is not None
    assert (other.tracked_s, other.picture.taken_at) == (100, T0 + 200)
    assert desk.spool == {taken(desk).id, other.picture.id}
