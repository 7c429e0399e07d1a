"""The quick way through a second: where it is taken, and where it is not.

That it says what ``step`` says is checked by the desk, at each tick of every test of the machine.
"""

from __future__ import annotations

from types import MappingProxyType

import pytest
from msgspec.structs import replace

from tests.worktime.tracking_desk import JOB_A, T0, Desk
from worktime.slots import SLOT_S
from worktime.tracking_quiet import QuietCount
from worktime.tracking_values import IDLE_S, Start, State, Stop


def is_quiet(state: State, at: int, last_input: int | None) -> bool:
    count = QuietCount.begin(state)
    assert count is not None
    return count.add(at, last_input, None, None) is not None


def worked(seconds: int) -> State:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(seconds)
    return desk.state


def test_all_seconds_of_an_hour_but_those_that_end_a_slot_are_quiet() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(3000)
    desk.run(600, active=False)
    assert desk.quiet_ticks == 3600 - 5


@pytest.mark.parametrize(
    ("at", "last_input", "quiet"),
    [
        (30, 30, False),
        (31, 31, True),
        (31, None, True),
        (40, 35, True),
        (41, 41, False),
        (SLOT_S, SLOT_S, False),
    ],
    ids=["counted already", "next", "unknown input", "a late one", "a hole", "the slot ends"],
)
def test_what_is_counted_quietly(at: int, last_input: int | None, quiet: bool) -> None:
    state = replace(worked(30), hole_s=10) if at < SLOT_S else replace(worked(SLOT_S - 1), hole_s=10)
    seen = None if last_input is None else T0 + last_input
    assert is_quiet(state, T0 + at, seen) is quiet


def test_idle_begins_in_no_quiet_second() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.run(IDLE_S - 2, active=False)
    last = desk.last_input
    assert last is not None
    assert not is_quiet(desk.state, last + IDLE_S, last)
    assert is_quiet(desk.state, last + IDLE_S, last + 1)


def test_nothing_is_counted_where_nothing_runs() -> None:
    desk = Desk()
    assert QuietCount.begin(desk.state) is None
    desk.do(Start(JOB_A, T0))
    running = desk.state
    desk.do(Stop(T0 + 5))
    assert QuietCount.begin(desk.state) is None
    current = running.current
    assert current is not None
    for facts in ({}, {current.key: replace(current, stay=None)}):
        assert QuietCount.begin(replace(running, facts=MappingProxyType(facts))) is None


@pytest.mark.parametrize("idle_s", [0, 30, IDLE_S - SLOT_S + 100, IDLE_S - 10, IDLE_S - 2])
@pytest.mark.parametrize("touched", [True, False])
def test_each_sure_second_is_counted_whatever_the_input_and_without_any_the_next_is_not(
    idle_s: int, touched: bool
) -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.run(idle_s, active=False)
    count = QuietCount.begin(desk.state)
    assert count is not None
    last, since, sure_s = desk.last_input, desk.state.until, count.sure_s
    for at in range(since + 1, since + sure_s + 1):
        assert count.add(at, at if touched else last, None, None) is not None
    if not touched:
        assert count.sure_s == 0
        assert count.add(since + sure_s + 1, last, None, None) is None, "a slot ends, or somebody is idle"
