"""The tracking machine's effects, compared whole and in order: what is made durable, announced, asked and erased."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk, reference
from worktime.derive import Facts, Stay
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    Erased,
    Flagged,
    IdleTaken,
    Left,
    Pictured,
    Progress,
    Unpictured,
)
from worktime.slots import slot_of
from worktime.tracking_values import (
    AHEAD_S,
    IDLE_S,
    Alarm,
    Announce,
    AskReturn,
    CancelAlarm,
    Cause,
    Comment,
    Delete,
    Effect,
    ErasePicture,
    Event,
    Grab,
    Keep,
    Locked,
    Notice,
    Paused,
    PictureTaken,
    Record,
    Recovered,
    Resume,
    Running,
    SessionEnd,
    Start,
    Stop,
    Suspended,
    Tick,
)
from worktime.wire import Flag, NoPicture, Span

SLOT = slot_of(T0)


def entered(at: int, attempt: int, *, job: UUID = JOB_A, work_view: bool = True, drawn: bool = True) -> Record:
    return Record(Entered(job=job, slot=slot_of(at), at=at, work_view=work_view, attempt=attempt, drawn=drawn))


def left(at: int, active_s: int = 0, *, slot: int = SLOT) -> Record:
    return Record(Left(job=JOB_A, slot=slot, at=at, active_s=active_s))


def kept(start: int, until: int, active_s: int = 0, attempt: int = 1) -> Keep:
    counted = Progress(job=JOB_A, slot=slot_of(start), start=start, until=until, attempt=attempt, active_s=active_s)
    return Keep(counted)


def worked(seconds: int, *, work_view: bool = True) -> Desk:
    """A desk at which job A has run for so long, with input all the time."""
    desk = Desk()
    desk.do(Start(JOB_A, T0, work_view=work_view))
    desk.run(seconds)
    return desk


def test_start_tick_stop_and_the_picture_on_leaving() -> None:
    desk = Desk()
    assert desk.do(Start(JOB_A, T0)) == (
        entered(T0, 1),
        Alarm(JOB_A, SLOT, 1, T0 + 360),
        Announce(Notice.STARTED),
        kept(T0, T0),
    )
    assert desk.state.phase == Running(JOB_A, True, since=T0, job_since=T0, last_input=T0, slot=SLOT, moment=T0 + 360)
    assert desk.do(Tick(T0 + 2, T0 + 1)) == (kept(T0, T0 + 2, 2),)
    assert desk.do(Stop(T0 + 3)) == (
        left(T0 + 3, 2),
        CancelAlarm(),
        Grab(JOB_A, SLOT, 1),
        Announce(Notice.STOPPED),
    )
    picture = reference(1, T0 + 3)
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=True, flat=True, picture=picture)) == (
        Record(Pictured(job=JOB_A, slot=SLOT, attempt=1, leaving=True, flat=True, picture=picture)),
        Announce(Notice.PICTURE),
    )


def test_the_picture_at_its_moment() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 10, T0))
    picture, again = reference(1, T0 + 9), reference(2, T0 + 10)
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=False, flat=False, picture=picture)) == (
        Record(Pictured(job=JOB_A, slot=SLOT, attempt=1, leaving=False, flat=False, picture=picture)),
        Announce(Notice.PICTURE),
    )
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=False, flat=False, picture=again)) == (
        ErasePicture(JOB_A, SLOT, again.id),
    )


def test_the_newest_picture_on_leaving_takes_the_place_of_the_one_before() -> None:
    desk = worked(10)
    desk.do(Stop(T0 + 10))
    first, second = reference(1, T0 + 10), reference(2, T0 + 11)
    desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=True, flat=False, picture=first))
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=True, flat=False, picture=second)) == (
        Record(Pictured(job=JOB_A, slot=SLOT, attempt=1, leaving=True, flat=False, picture=second)),
        ErasePicture(JOB_A, SLOT, first.id),
        Announce(Notice.PICTURE),
    )


def test_a_picture_of_the_slot_before_leaves_this_slots_moment_alone() -> None:
    desk = Desk(moment=lambda _entry, end: end - 1)
    desk.do(Start(JOB_A, T0))
    desk.alarm = None  # the camera is at work until after the slot
    for second in range(10, 731, 10):
        desk.do(Tick(T0 + second, T0 + second))
    running = desk.state.phase
    assert isinstance(running, Running)
    assert running.moment == T0 + 1439
    picture = reference(1, T0 + 719)
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=False, flat=False, picture=picture)) == (
        Record(Pictured(job=JOB_A, slot=SLOT, attempt=1, leaving=False, flat=False, picture=picture)),
        Announce(Notice.PICTURE),
    )
    assert desk.state.phase == running


@pytest.mark.parametrize(("ahead", "counts_from"), [(AHEAD_S, AHEAD_S), (AHEAD_S + 1, 0)])
def test_a_start_long_before_what_was_counted_last_counts_from_itself(ahead: int, counts_from: int) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0 + ahead))
    desk.do(Stop(T0 + ahead))
    desk.do(Start(JOB_A, T0))
    assert desk.state.until == T0 + counts_from


def test_a_switch_of_jobs() -> None:
    desk = worked(10)
    assert desk.do(Start(JOB_B, T0 + 10)) == (
        left(T0 + 10, 10),
        CancelAlarm(),
        Grab(JOB_A, SLOT, 1),
        entered(T0 + 10, 1, job=JOB_B),
        Alarm(JOB_B, SLOT, 1, T0 + 365),
        Announce(Notice.SWITCHED),
    )
    assert desk.do(Start(JOB_A, T0 + 10, work_view=False))[-2:] == (
        entered(T0 + 10, 2, work_view=False, drawn=False),
        Announce(Notice.SWITCHED),
    )


@pytest.mark.parametrize(
    ("event", "cause", "picture"),
    [
        (
            Locked(T0 + 10),
            Cause.LOCKED,
            (
                Record(Unpictured(job=JOB_A, slot=SLOT, attempt=1, reason=NoPicture.LOCKED)),
                Announce(Notice.NO_PICTURE),
            ),
        ),
        (
            Suspended(T0 + 10),
            Cause.SUSPENDED,
            (
                Record(Unpictured(job=JOB_A, slot=SLOT, attempt=1, reason=NoPicture.SUSPENDED)),
                Announce(Notice.NO_PICTURE),
            ),
        ),
        (SessionEnd(T0 + 10), Cause.SESSION_END, (Grab(JOB_A, SLOT, 1),)),
    ],
)
def test_a_pause_and_going_on_after_it(event: Event, cause: Cause, picture: tuple[Effect, ...]) -> None:
    desk = worked(10)
    assert desk.do(event) == (left(T0 + 10, 10), CancelAlarm(), *picture, Announce(Notice.PAUSED, cause))
    assert desk.state.phase == Paused(JOB_A, True, cause, since=T0 + 10, away_from=T0 + 10)
    assert desk.do(Resume(T0 + 20)) == (
        entered(T0 + 20, 2),
        Alarm(JOB_A, SLOT, 2, T0 + 370),
        Announce(Notice.RESUMED, cause),
        kept(T0 + 20, T0 + 20, attempt=2),
    )


def test_a_hole_is_flagged_paused_and_asked_about() -> None:
    desk = worked(10, work_view=False)
    assert desk.do(Tick(T0 + 21, T0 + 21)) == (
        Record(Flagged(job=JOB_A, slot=SLOT, flag=Flag.CLOCK_JUMP)),
        left(T0 + 10, 10),
        Announce(Notice.PAUSED, Cause.HOLE),
        AskReturn(JOB_A, Cause.HOLE, T0 + 10, T0 + 21),
    )
    asked = Paused(JOB_A, False, Cause.HOLE, since=T0 + 10, away_from=T0 + 10, asked=True)
    assert desk.state.phase == asked
    assert desk.do(Locked(T0 + 30)) == ()
    assert desk.state.phase == Paused(JOB_A, False, Cause.LOCKED, since=T0 + 10, away_from=T0 + 10, asked=False)


def test_idle_takes_its_seconds_and_the_pictures_of_what_it_emptied() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0 + 60
    desk.run(1499, active=False)
    first, second, third = (desk.facts(JOB_A, SLOT + number) for number in range(3))
    assert (first.picture is not None, second.picture is not None, third.picture) == (True, True, None)
    assert second.picture is not None
    assert desk.alarm == Alarm(JOB_A, SLOT + 2, 1, T0 + 1800), "drawn, and not come yet"
    assert desk.do(Tick(T0 + 1500, T0 + 60)) == (
        left(T0 + 1500, slot=SLOT + 2),
        CancelAlarm(),
        Record(IdleTaken(job=JOB_A, slot=SLOT, start=T0 + 60, end=T0 + 720)),
        Record(IdleTaken(job=JOB_A, slot=SLOT + 1, start=T0 + 720, end=T0 + 1440)),
        Record(Erased(job=JOB_A, slot=SLOT + 1, attempt=1, reason=NoPicture.IDLE)),
        ErasePicture(JOB_A, SLOT + 1, second.picture.picture.id),
        Record(IdleTaken(job=JOB_A, slot=SLOT + 2, start=T0 + 1440, end=T0 + 1500)),
        Record(Erased(job=JOB_A, slot=SLOT + 2, attempt=1, reason=NoPicture.IDLE)),
        Announce(Notice.PAUSED, Cause.IDLE),
    )
    assert desk.state.phase == Paused(JOB_A, True, Cause.IDLE, since=T0 + 1500, away_from=T0 + 60)
    assert desk.do(Tick(T0 + 1505, T0 + 1499)) == ()
    assert desk.do(Tick(T0 + 1506, T0 + 1500)) == (AskReturn(JOB_A, Cause.IDLE, T0 + 60, T0 + 1506),)


def test_deleting_in_the_running_slot_takes_no_picture_of_what_is_deleted() -> None:
    desk = worked(10)
    desk.do(Stop(T0 + 10))
    desk.camera()
    desk.do(Start(JOB_A, T0 + 20))
    desk.now = T0 + 20
    desk.run(10)
    (picture,) = desk.spool
    assert desk.do(Delete(JOB_A, SLOT, T0 + 30)) == (
        left(T0 + 30, 10),
        CancelAlarm(),
        Record(Deleted(job=JOB_A, slot=SLOT, at=T0 + 30, attempt=2)),
        ErasePicture(JOB_A, SLOT, picture),
        entered(T0 + 30, 3),
        Alarm(JOB_A, SLOT, 3, T0 + 375),
        Announce(Notice.DELETED),
    )


def test_deleting_an_earlier_segment_leaves_the_running_one_alone() -> None:
    desk = worked(730)
    (picture,) = desk.spool
    assert desk.do(Delete(JOB_A, SLOT, T0 + 730)) == (
        Record(Deleted(job=JOB_A, slot=SLOT, at=T0 + 730, attempt=1)),
        ErasePicture(JOB_A, SLOT, picture),
        Announce(Notice.DELETED),
    )


def test_a_comment_for_nothing_that_runs_is_for_nothing() -> None:
    desk = Desk()
    assert desk.do(Comment("Landing page")) == ()
    assert desk.state.memos == {}
    desk.do(Start(JOB_A, T0))
    assert desk.do(Comment("Landing page")) == (Record(Commented(job=JOB_A, slot=SLOT, text="Landing page")),)


@pytest.mark.parametrize("work_view", [True, False])
def test_a_start_after_a_crash_closes_what_was_open_and_asks(work_view: bool) -> None:
    cut = Facts(
        JOB_A,
        SLOT,
        stay=Stay(T0, T0 + 50, work_view, active_s=40, keys=3, clicks=4),
        attempts=1,
        awaits=1 if work_view else None,
    )
    desk = Desk()
    given_up = (Record(Unpictured(job=JOB_A, slot=SLOT, attempt=1, reason=NoPicture.CRASHED)),)
    assert desk.do(Recovered(T0 + 500, (cut,))) == (
        Record(Left(job=JOB_A, slot=SLOT, at=T0 + 50, active_s=40, keys=3, clicks=4)),
        Record(Flagged(job=JOB_A, slot=SLOT, flag=Flag.CRASH_RECOVERED)),
        *(given_up if work_view else ()),
        Announce(Notice.RECOVERED, Cause.CRASHED),
        AskReturn(JOB_A, Cause.CRASHED, T0 + 50, T0 + 500),
    )
    assert desk.state.phase == Paused(JOB_A, work_view, Cause.CRASHED, since=T0 + 50, away_from=T0 + 50, asked=True)


@pytest.mark.parametrize(("ahead", "counts_from"), [(AHEAD_S, AHEAD_S), (AHEAD_S + 1, 0)])
def test_a_record_a_whole_day_ahead_still_holds_and_one_second_more_does_not(ahead: int, counts_from: int) -> None:
    end = T0 + ahead
    known = Facts(JOB_A, slot_of(end - 1), spans=(Span(end - 1, end, True),), attempts=1)
    desk = Desk()
    assert desk.do(Recovered(T0, (known,))) == ()
    assert desk.state.until == (end if counts_from else 0)
    desk.do(Start(JOB_B, T0))
    assert desk.state.until == T0 + counts_from


@pytest.mark.parametrize("hole_s", [10, 30])
def test_what_counts_as_a_hole_does_not_change_on_the_way(hole_s: int) -> None:
    desk = Desk(hole_s=hole_s)
    desk.do(Start(JOB_A, T0))
    assert desk.do(Tick(T0 + hole_s, T0)) == (kept(T0, T0 + hole_s, hole_s),)
    assert desk.do(Tick(T0 + 2 * hole_s + 1, T0 + hole_s))[-1] == AskReturn(
        JOB_A, Cause.HOLE, T0 + hole_s, T0 + 2 * hole_s + 1
    )


@pytest.mark.parametrize(("keys", "clicks"), [(2, 0), (0, 2), (None, 2), (2, None)])
def test_keys_or_clicks_of_a_second_that_was_counted_already_are_kept(keys: int | None, clicks: int | None) -> None:
    desk = worked(10)
    effects = desk.do(Tick(T0 + 10, T0 + 10, keys=keys, clicks=clicks))
    counted = Progress(job=JOB_A, slot=SLOT, start=T0, until=T0 + 10, attempt=1, active_s=10, keys=keys, clicks=clicks)
    assert effects == (Keep(counted),)
    assert desk.do(Tick(T0 + 10, T0 + 10, keys=0, clicks=0)) == ()


def test_a_segment_is_remembered_while_idle_can_reach_it_or_its_picture_is_on_its_way() -> None:
    desk = worked(720)
    desk.do(Stop(T0 + 720))
    desk.do(Start(JOB_B, T0 + 720))
    desk.run(IDLE_S - 1)
    assert (JOB_A, SLOT) in desk.state.facts
    desk.run(1)
    assert (JOB_A, SLOT) not in desk.state.facts

    desk = worked(10)
    desk.do(Stop(T0 + 10))
    desk.grabs.clear()
    desk.do(Start(JOB_B, T0 + 10))
    desk.now = T0 + 10
    desk.run(3 * IDLE_S)
    picture = reference(99, T0 + 10)
    assert desk.do(PictureTaken(JOB_A, SLOT, 1, leaving=True, flat=False, picture=picture)) == (
        Record(Pictured(job=JOB_A, slot=SLOT, attempt=1, leaving=True, flat=False, picture=picture)),
        Announce(Notice.PICTURE),
    )
    assert (JOB_A, SLOT) not in desk.state.facts


@pytest.mark.parametrize("ahead", [0, 10, 11])
def test_a_crash_loses_ticks_but_no_picture_except_one_of_a_hole(ahead: int) -> None:
    desk = Desk(moment=lambda entry, _end: entry + 50 + ahead)
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.deliver(JOB_A, SLOT, 1, leaving=False, at=T0 + 50 + ahead)
    (picture,) = desk.spool
    cut = desk.facts(JOB_A, SLOT)
    desk = Desk()
    erased = (
        Record(Erased(job=JOB_A, slot=SLOT, attempt=1, reason=NoPicture.CRASHED)),
        ErasePicture(JOB_A, SLOT, picture),
    )
    assert desk.do(Recovered(T0 + 500, (cut,))) == (
        left(T0 + 50, 50),
        Record(Flagged(job=JOB_A, slot=SLOT, flag=Flag.CRASH_RECOVERED)),
        *(erased if ahead > 10 else ()),
        Announce(Notice.RECOVERED, Cause.CRASHED),
        AskReturn(JOB_A, Cause.CRASHED, T0 + 50, T0 + 500),
    )


def test_keys_and_clicks_of_a_tick_across_two_slots_go_to_the_first() -> None:
    desk = worked(715)
    effects = desk.do(Tick(T0 + 722, T0 + 714, keys=3, clicks=1))
    assert Record(Left(job=JOB_A, slot=SLOT, at=T0 + 720, active_s=715, keys=3, clicks=1)) in effects
    assert effects[-1] == kept(T0 + 720, T0 + 722)
