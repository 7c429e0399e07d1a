"""The 24 idle minutes: what comes off, from where, and what happens to pictures (rules.md, Idle)."""

from __future__ import annotations

import pytest

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk, spans
from worktime.slots import slot_of
from worktime.tracking_values import (
    AskReturn,
    Cause,
    Locked,
    Notice,
    Paused,
    Resume,
    Start,
    Stop,
    Tick,
    Unlocked,
    WorkView,
)
from worktime.wire import NoPicture


def idle_desk(worked_s: int, *, grid: int = 1, started: int = T0) -> Desk:
    """Somebody works for a while, and then does nothing until the tracker pauses."""
    desk = Desk(hole_s=10 * grid)
    desk.now = started
    desk.do(Start(JOB_A, started))
    desk.run(worked_s, grid=grid)
    desk.last_input = started + worked_s
    desk.run(1440, grid=grid, active=False)
    return desk


@pytest.mark.parametrize("grid", [1, 3])
def test_exactly_24_minutes_come_off_and_tracking_pauses(grid: int) -> None:
    desk = idle_desk(3600, grid=grid)
    assert isinstance(desk.state.phase, Paused)
    assert (desk.state.phase.since, desk.state.phase.away_from) == (T0 + 5040, T0 + 3600)
    segments = desk.segments()
    assert sum(segment.tracked_s for segment in segments.values()) == 3600
    assert sum(end - start for segment in segments.values() for start, end in segment.idle) == 1440
    empty = [segment for segment in segments.values() if segment.tracked_s == 0]
    assert [segment.no_picture for segment in empty] == [NoPicture.IDLE, NoPicture.IDLE]
    assert len(desk.spool) == 5, "the pictures of the two empty segments are erased"
    assert not any(segment.running for segment in segments.values())


def test_one_second_less_stays_counted() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0
    desk.run(1439, active=False)
    desk.do(Locked(T0 + 1439))
    assert sum(segment.tracked_s for segment in desk.segments().values()) == 1439


def test_a_segment_that_keeps_time_keeps_its_picture() -> None:
    desk = idle_desk(1000)
    kept = desk.segment(JOB_A, T0 + 720)
    assert spans(kept) == [(720, 1000)]
    assert kept is not None
    assert kept.idle == ((T0 + 1000, T0 + 1440),)
    assert kept.picture is not None
    assert kept.picture.taken_at == T0 + 1080


def test_the_window_begins_at_the_start_of_tracking_when_that_is_later() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0 - 5000
    desk.run(1440, active=False)
    assert not desk.running
    assert all(segment.tracked_s == 0 for segment in desk.segments().values())


def test_the_window_goes_on_across_a_switch_of_jobs() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.last_input = T0 + 100
    desk.run(300, active=False)
    desk.do(Start(JOB_B, T0 + 400))
    desk.run(1140, active=False)
    assert not desk.running
    assert spans(desk.segment(JOB_A, T0)) == [(0, 100)]
    for second in (T0 + 400, T0 + 720, T0 + 1440):
        segment = desk.segment(JOB_B, second)
        assert segment is not None
        assert (segment.tracked_s, segment.no_picture) == (0, NoPicture.IDLE)


def test_a_late_tick_counts_nothing_beyond_the_threshold() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(10)
    desk.last_input = T0 + 10
    desk.run(1436, active=False)
    desk.do(Tick(T0 + 1455, T0 + 10))
    assert isinstance(desk.state.phase, Paused)
    assert desk.state.phase.since == T0 + 1450
    assert sum(segment.tracked_s for segment in desk.segments().values()) == 10


def test_input_at_the_last_second_before_the_threshold_keeps_everything() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0
    desk.run(1439, active=False)
    desk.do(Tick(T0 + 1440, T0 + 1439))
    assert desk.running
    assert sum(segment.tracked_s for segment in desk.segments().values()) == 1440


def test_a_stop_after_the_threshold_does_not_keep_the_idle_time() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0
    desk.run(1438, active=False)
    desk.do(Stop(T0 + 1441))
    assert sum(segment.tracked_s for segment in desk.segments().values()) == 0
    assert desk.state.phase is None


def test_an_age_that_can_t_be_known_is_not_held_against_the_user() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    for second in range(1, 1501):
        desk.now = T0 + second
        desk.camera()
        desk.do(Tick(T0 + second, None))
    assert desk.running
    assert sum(segment.tracked_s for segment in desk.segments().values()) == 1500
    assert sum(segment.active_s for segment in desk.segments().values()) == 0


def test_the_return_is_asked_once_when_input_comes_back() -> None:
    desk = idle_desk(60)
    desk.do(Tick(T0 + 2000, T0 + 60))
    assert desk.asked == []
    desk.do(Tick(T0 + 2001, T0 + 2000))
    desk.do(Tick(T0 + 2002, T0 + 2001))
    desk.do(Unlocked(T0 + 2003))
    assert desk.asked == [AskReturn(JOB_A, Cause.IDLE, T0 + 60, T0 + 2001)]
    assert desk.heard(Notice.PAUSED) == 1


def test_a_lock_while_idle_changes_nothing() -> None:
    desk = idle_desk(60)
    phase = desk.state.phase
    desk.do(Locked(T0 + 1600))
    assert desk.state.phase == phase


def test_resuming_in_the_emptied_slot_draws_a_new_picture() -> None:
    desk = idle_desk(0)
    desk.do(Resume(T0 + 1500))
    desk.now = T0 + 1500
    desk.run(660)
    segment = desk.segment(JOB_A, T0 + 1440)
    assert spans(segment) == [(1500, 2160)]
    assert segment is not None
    assert segment.picture is not None


def test_an_empty_segment_s_picture_on_its_way_does_not_come_in() -> None:
    desk = Desk(moment=lambda _entry, end: end - 1)
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0
    for second in range(1, 1441):
        desk.now = T0 + second
        if desk.alarm is not None and desk.alarm.at < desk.now:
            desk.alarm = None
        desk.do(Tick(desk.now, T0))
    desk.deliver(JOB_A, slot_of(T0), 1, leaving=False, at=T0 + 719)
    assert desk.spool == set()
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.picture, segment.no_picture) == (None, NoPicture.IDLE)


def test_seconds_without_work_view_come_off_too() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.last_input = T0
    desk.run(100, active=False)
    desk.do(WorkView(on=False, at=T0 + 100))
    desk.run(1340, active=False)
    assert not desk.running
    assert all(segment.tracked_s == 0 for segment in desk.segments().values())


def test_idle_just_after_the_start_of_a_slot_leaves_the_earlier_slots_whole() -> None:
    desk = idle_desk(720)
    assert spans(desk.segment(JOB_A, T0)) == [(0, 720)]
    assert desk.segment(JOB_A, T0 + 2160) is None, "the pause falls on a boundary: the next slot is not entered"


@pytest.mark.parametrize(("grid", "late"), [(1, 0), (1, 3), (3, 0), (3, 1), (3, 3)])
def test_a_threshold_on_a_slot_boundary_enters_no_eighth_slot_however_late_the_tick(grid: int, late: int) -> None:
    desk = Desk(hole_s=10 * grid)
    desk.do(Start(JOB_A, T0))
    desk.run(3600, grid=grid)
    desk.last_input = T0 + 3600
    desk.run(1440 - grid, grid=grid, active=False)
    desk.now = T0 + 5040 + late
    desk.camera()
    desk.do(Tick(desk.now, T0 + 3600))
    segments = list(desk.segments().values())
    assert [segment.tracked_s for segment in segments] == [720] * 5 + [0] * 2
    assert [segment.idle for segment in segments[5:]] == [
        ((T0 + 3600, T0 + 4320),),
        ((T0 + 4320, T0 + 5040),),
    ]
    assert {seen.slot - slot_of(T0) for seen in desk.seen} == set(range(7))
    assert isinstance(desk.state.phase, Paused)
    assert desk.state.phase.since == T0 + 5040
    assert desk.alarm is None
    assert desk.grabs == []
