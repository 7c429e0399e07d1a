"""Idle, lock and job switches across midnights, week ends and changes of the clocks: nothing shifts there."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.worktime.tracking_desk import JOB_A, JOB_B, Desk
from worktime.derive import content
from worktime.slots import SLOT_S
from worktime.tracking_values import IDLE_S, Cause, Paused, Start
from worktime.weeks import split_by_day, week_of
from worktime.wire import NoPicture

BOUNDARIES = {
    "a work week ends": ("America/New_York", "2026-11-16T00:00"),
    "a work week of 169 hours ends": ("America/New_York", "2026-11-02T00:00"),
    "the clocks go forward": ("America/New_York", "2026-03-08T03:00"),
    "the clocks go back": ("America/New_York", "2026-11-01T01:00"),
    "midnight at +5:30, in the middle of a slot": ("Asia/Kolkata", "2026-06-01T00:00"),
    "midnight at +5:45": ("Asia/Kathmandu", "2026-06-01T00:00"),
    "midnight at +9:30": ("Australia/Darwin", "2026-06-01T00:00"),
    "a date that is skipped": ("Pacific/Apia", "2011-12-31T00:00"),
    "the year ends": ("UTC", "2027-01-01T00:00"),
}
WORKED_S = 3000
GRID = 20


def boundary(name: str) -> tuple[str, int]:
    zone, text = BOUNDARIES[name]
    return zone, int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize("before", [1, 700, 1439])
@pytest.mark.parametrize("name", BOUNDARIES)
@pytest.mark.parametrize("switch_after", [None, 0, 500])
def test_idle_takes_exactly_its_24_minutes_across(name: str, before: int, switch_after: int | None) -> None:
    zone, edge = boundary(name)
    last_input = edge - before
    began = last_input - WORKED_S
    desk = Desk(hole_s=10 * GRID)
    desk.now = began
    desk.do(Start(JOB_A, began))
    desk.run(WORKED_S, grid=GRID)
    desk.last_input = last_input
    if switch_after is not None:
        desk.run(switch_after, grid=GRID, active=False)
        desk.do(Start(JOB_B, desk.now))
    desk.run(last_input + IDLE_S - desk.now, grid=GRID, active=False)

    assert isinstance(desk.state.phase, Paused)
    assert (desk.state.phase.cause, desk.state.phase.away_from) == (Cause.IDLE, last_input)
    segments = desk.segments().values()
    counted = [interval for segment in segments for interval in segment.intervals]
    idle = [interval for segment in segments for interval in segment.idle]
    assert sum(split_by_day(counted, zone).values()) == WORKED_S
    assert sum(split_by_day(idle, zone).values()) == IDLE_S
    assert (min(counted)[0], max(counted)[1]) == (began, last_input)
    assert (min(idle)[0], max(idle)[1]) == (last_input, last_input + IDLE_S)
    # The hand's way: every second looked at for itself.
    days = Counter(
        datetime.fromtimestamp(second, ZoneInfo(zone)).date().isoformat() for second in range(began, last_input)
    )
    assert split_by_day(counted, zone) == days
    weeks = {week_of(start) for start, _ in (*counted, *idle)}
    assert weeks == {week_of(began), week_of(last_input + IDLE_S - 1)}


@pytest.mark.parametrize("name", BOUNDARIES)
def test_pictures_that_were_uploaded_go_where_no_time_is_left(name: str) -> None:
    _, edge = boundary(name)
    last_input = edge - 800
    began = last_input - WORKED_S
    desk = Desk(hole_s=10 * GRID)
    desk.now = began
    desk.do(Start(JOB_A, began))
    desk.run(WORKED_S, grid=GRID)
    desk.last_input = last_input
    desk.run(IDLE_S - GRID, grid=GRID, active=False)
    uploaded = {key: content(desk.facts(*key), 1) for key in desk.segments()}
    desk.run(GRID, grid=GRID, active=False)
    for key, first in uploaded.items():
        revised = content(desk.facts(*key), 2)
        assert first is not None
        assert revised is not None
        if key[1] * SLOT_S >= last_input:
            assert (revised.spans, revised.picture, revised.no_picture) == ((), None, NoPicture.IDLE)
            assert first.picture is None or first.picture.id not in desk.spool
        else:
            assert revised.picture == first.picture, "a segment that keeps time keeps its picture"
            assert revised.tracked_s == min(first.tracked_s, last_input - max(began, key[1] * SLOT_S))
            assert revised.picture is not None
            assert revised.picture.id in desk.spool
    assert sum(1 for first in uploaded.values() if first and first.picture) > 4
