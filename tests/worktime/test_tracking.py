"""The tracking machine: start, stop, switch, slots, lock, sleep, holes, comments, Work View."""

from __future__ import annotations

import pytest

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk, spans
from worktime.slots import slot_of
from worktime.tracking_values import (
    AskReturn,
    Cause,
    ClockJump,
    Comment,
    Event,
    Locked,
    Notice,
    Paused,
    Resume,
    Running,
    SessionEnd,
    Start,
    Stop,
    Suspended,
    Tick,
    Unlocked,
    Woken,
    WorkView,
)
from worktime.wire import MAX_SPANS, Flag, NoPicture


def test_an_hour_has_five_segments_with_one_picture_each() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(3600)
    desk.do(Stop(T0 + 3600))
    segments = desk.segments()
    assert [segment.tracked_s for segment in segments.values()] == [720] * 5
    assert all(segment.picture is not None for segment in segments.values())
    assert not any(segment.running for segment in segments.values())
    assert len(desk.spool) == 5
    assert {segment.active_s for segment in segments.values()} == {720}


def test_the_segment_that_is_recorded_is_the_current_one() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(730)
    current = desk.state.current
    assert current is not None
    assert (current.key, current.counted_s) == ((JOB_A, slot_of(T0 + 720)), 10)
    desk.do(Stop(T0 + 730))
    assert desk.state.current is None


def test_seconds_are_counted_as_they_are_and_not_rounded_to_slots() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0 + 7))
    desk.now = T0 + 7
    desk.run(30)
    desk.do(Stop(T0 + 40))
    assert spans(desk.segment(JOB_A, T0)) == [(7, 40)]


def test_a_switch_closes_and_opens_at_the_same_second() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Start(JOB_B, T0 + 100))
    desk.run(100)
    desk.do(Stop(T0 + 200))
    desk.camera()
    first, second = desk.segment(JOB_A, T0), desk.segment(JOB_B, T0)
    assert spans(first) == [(0, 100)]
    assert spans(second) == [(100, 200)]
    assert first is not None
    assert second is not None
    assert first.picture is not None
    assert second.picture is not None
    assert first.picture.id != second.picture.id, "no picture is shown in two jobs"
    assert desk.heard(Notice.SWITCHED) == 1


def test_a_switch_starts_the_job_anew_and_goes_on_with_the_idle_window() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Start(JOB_B, T0 + 100))
    running = desk.state.phase
    assert isinstance(running, Running)
    assert (running.since, running.job_since) == (T0, T0 + 100)
    desk.run(700)
    assert isinstance(desk.state.phase, Running)
    assert desk.state.phase.job_since == T0 + 100, "going over to the next slot starts nothing"


def test_starting_the_running_job_again_changes_nothing() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    assert desk.do(Start(JOB_A, T0 + 10)) == ()


def test_stopping_at_a_slot_boundary_leaves_no_empty_segment() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.run(720)
    desk.do(Stop(T0 + 720))
    desk.camera()
    assert list(desk.segments()) == [(JOB_A, slot_of(T0))]
    assert len(desk.spool) == 1


def test_a_picture_taken_in_a_slot_that_never_counted_is_erased() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.deliver(JOB_A, slot_of(T0), 1, leaving=False, at=T0)
    assert len(desk.spool) == 1
    desk.do(Stop(T0))
    assert desk.spool == set()
    assert desk.segments() == {}


def test_stop_when_nothing_runs_and_resume_when_nothing_is_paused_do_nothing() -> None:
    desk = Desk()
    assert desk.do(Stop(T0)) == ()
    assert desk.do(Resume(T0)) == ()
    assert desk.do(Tick(T0, None)) == ()
    assert desk.do(Locked(T0)) == ()
    assert desk.do(ClockJump(T0)) == ()


@pytest.mark.parametrize(
    ("event", "cause", "reason"),
    [
        (Locked(T0 + 50), Cause.LOCKED, NoPicture.LOCKED),
        (Suspended(T0 + 50), Cause.SUSPENDED, NoPicture.SUSPENDED),
    ],
)
def test_lock_and_suspend_pause_at_once_and_cut_the_picture(event: Event, cause: Cause, reason: NoPicture) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(49)
    desk.do(event)
    segment = desk.segment(JOB_A, T0)
    assert spans(segment) == [(0, 50)]
    assert segment is not None
    assert segment.no_picture is reason
    assert not segment.running
    assert desk.grabs == []
    assert isinstance(desk.state.phase, Paused)
    assert desk.state.phase.cause is cause


def test_the_end_of_the_session_takes_the_picture_as_it_leaves() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(SessionEnd(T0 + 50))
    assert [(grab.job, grab.attempt) for grab in desk.grabs] == [(JOB_A, 1)]


def test_tracking_never_resumes_by_itself_but_asks_once() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Locked(T0 + 50))
    desk.do(Woken(T0 + 400))
    desk.do(Unlocked(T0 + 401))
    desk.do(Tick(T0 + 450, T0 + 449))
    assert desk.asked == [AskReturn(JOB_A, Cause.LOCKED, T0 + 50, T0 + 400)]
    assert not desk.running
    desk.do(Resume(T0 + 460))
    desk.now = T0 + 460
    desk.run(40)
    desk.do(Stop(T0 + 500))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 50), (460, 500)]


def test_who_comes_back_answers_nothing_and_goes_away_again_is_asked_again() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Locked(T0 + 50))
    desk.do(Unlocked(T0 + 100))
    desk.do(Suspended(T0 + 200))
    assert isinstance(desk.state.phase, Paused)
    assert (desk.state.phase.cause, desk.state.phase.since) == (Cause.SUSPENDED, T0 + 50)
    desk.do(Woken(T0 + 900))
    assert desk.asked == [
        AskReturn(JOB_A, Cause.LOCKED, T0 + 50, T0 + 100),
        AskReturn(JOB_A, Cause.SUSPENDED, T0 + 50, T0 + 900),
    ]


@pytest.mark.parametrize("event", [Locked(T0 + 61), Suspended(T0 + 61), SessionEnd(T0 + 61)])
def test_a_hole_that_ends_in_going_away_is_asked_about_on_return(event: Event) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(event)
    assert desk.asked == []
    desk.do(Unlocked(T0 + 300))
    assert desk.asked == [AskReturn(JOB_A, Cause.HOLE, T0 + 50, T0 + 300)]


@pytest.mark.parametrize("event", [Stop(T0 + 61), Start(JOB_A, T0 + 61), Start(JOB_B, T0 + 61)])
def test_a_hole_after_which_the_user_decides_is_not_asked_about(event: Event) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(event)
    assert desk.asked == []
    assert spans(desk.segment(JOB_A, T0)) == [(0, 50)]


def test_another_job_can_be_started_while_paused() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Locked(T0 + 50))
    desk.do(Start(JOB_B, T0 + 100))
    desk.now = T0 + 100
    desk.run(10)
    desk.do(Stop(T0 + 110))
    assert spans(desk.segment(JOB_B, T0)) == [(100, 110)]


def test_a_hole_between_ticks_is_not_counted_but_flagged_and_asked() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Tick(T0 + 61, T0 + 61))
    segment = desk.segment(JOB_A, T0)
    assert spans(segment) == [(0, 50)]
    assert segment is not None
    assert segment.flags == (Flag.CLOCK_JUMP,)
    assert segment.no_picture is NoPicture.SUSPENDED
    assert desk.asked == [AskReturn(JOB_A, Cause.HOLE, T0 + 50, T0 + 61)]


def test_a_late_tick_within_the_tolerance_is_counted() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Tick(T0 + 60, T0 + 60))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 60)]


def test_a_stop_after_a_hole_stops_at_the_last_tick() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Stop(T0 + 600))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 50)]
    assert desk.state.phase is None


def test_no_second_is_counted_twice_when_events_come_late() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(Tick(T0 + 20, T0 + 20))
    desk.do(Stop(T0 + 45))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 50)]
    desk.do(Start(JOB_B, T0 + 30))
    desk.do(Tick(T0 + 55, T0 + 55))
    assert spans(desk.segment(JOB_B, T0)) == [(50, 55)]


def test_a_jump_of_the_wall_clock_is_a_flag_and_moves_no_second() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(50)
    desk.do(ClockJump(T0 + 50))
    desk.do(ClockJump(T0 + 50))
    desk.run(10)
    segment = desk.segment(JOB_A, T0)
    assert spans(segment) == [(0, 60)]
    assert segment is not None
    assert segment.flags == (Flag.CLOCK_JUMP,)


def test_keyboard_and_mouse_counts_add_up_over_stays() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 1, T0, keys=3, clicks=1))
    desk.do(Stop(T0 + 1))
    desk.do(Start(JOB_A, T0 + 5))
    desk.do(Tick(T0 + 6, T0 + 5, keys=4, clicks=0))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.keys, segment.clicks, segment.active_s) == (7, 1, 2)


def test_input_in_a_second_that_a_command_has_counted_already_is_not_lost() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 1, T0, keys=3, clicks=1))
    desk.do(Tick(T0 + 1, T0, keys=2, clicks=4))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.keys, segment.clicks, segment.active_s, segment.tracked_s) == (5, 5, 1, 1)


def test_counts_stay_unknown_when_they_are_not_switched_on() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(5)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.keys, segment.clicks) == (None, None)


# Comments


def test_a_comment_is_for_the_running_segment_and_those_that_follow() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.do(Comment("Landing page"))
    desk.run(1000)
    desk.do(Start(JOB_B, T0 + 1000))
    desk.run(10)
    segments = desk.segments()
    assert [segment.comment for segment in segments.values()] == ["Landing page", "Landing page", ""]


def test_a_comment_can_be_written_before_the_start_changed_and_removed() -> None:
    desk = Desk()
    desk.do(Comment("Import", job=JOB_A))
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.comment == "Import"
    desk.do(Comment("", job=JOB_A, slot=slot_of(T0)))
    assert desk.do(Comment("", job=JOB_A, slot=slot_of(T0))) == ()
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.comment == ""


def test_entering_a_segment_again_leaves_what_was_written_on_it() -> None:
    desk = Desk()
    desk.do(Comment("Import", job=JOB_A))
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Comment("Layout", job=JOB_A, slot=slot_of(T0)))
    desk.do(Stop(T0 + 10))
    desk.do(Start(JOB_A, T0 + 20))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.comment == "Layout"


def test_a_comment_for_another_job_leaves_the_running_segment_alone() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    assert desk.do(Comment("later", job=JOB_B)) == ()


# Work View


def test_time_without_work_view_has_no_picture() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0, work_view=False))
    desk.run(720)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.no_picture is NoPicture.WORK_VIEW_OFF
    assert [span.work_view for span in segment.spans] == [False]
    assert desk.drawn == []


def test_switching_work_view_off_takes_the_picture_of_what_was_recorded_with_it() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(WorkView(on=False, at=T0 + 100))
    desk.camera()
    desk.run(100)
    desk.do(WorkView(on=False, at=T0 + 200))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert [(s.start - T0, s.end - T0, s.work_view) for s in segment.spans] == [(0, 100, True), (100, 200, False)]
    assert segment.picture is not None
    assert segment.picture.taken_at == T0 + 100


def test_work_view_is_remembered_over_a_pause() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.do(Locked(T0 + 10))
    desk.do(WorkView(on=False, at=T0 + 15))
    desk.do(Resume(T0 + 20))
    desk.now = T0 + 20
    desk.run(10)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert [span.work_view for span in segment.spans] == [True, False]


def test_more_starts_and_stops_than_the_wire_takes_cost_the_shortest_intervals() -> None:
    desk = Desk()
    for turn in range(70):
        at, seconds = T0 + 10 * turn, 1 if turn < 10 else 2
        desk.do(Start(JOB_A, at))
        desk.run(seconds)
        desk.do(Stop(at + seconds))
        desk.run(10 - seconds)
    segment = desk.segments()[JOB_A, slot_of(T0)]
    assert len(segment.spans) == MAX_SPANS
    assert segment.tracked_s == 120
    assert segment.spans[0].start == T0 + 100
