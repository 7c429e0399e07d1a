"""The tracker's clock: monotonic, sleep included, jumps noticed, anchored only while nothing is recorded."""

from __future__ import annotations

import time

import pytest

from tests.tracker_app.fakes import T0, Hands
from tracker_app.clock import TrackerClock
from worktime.business_clock import ClockOrigin


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_it_begins_at_the_wall_clock_and_goes_with_the_monotonic_one(hands: Hands) -> None:
    clock = hands.clock()
    hands.move(90.5)
    assert (clock.second(), clock.now_us(), clock.tick_second()) == (T0 + 90, T0 * 1_000_000 + 90_500_000, T0 + 90)
    assert clock.real_s_until(T0 + 91) == pytest.approx(0.5)


def test_a_change_of_the_wall_clock_moves_no_second_but_is_noticed_once(hands: Hands) -> None:
    clock = hands.clock()
    hands.move(10)
    hands.wall_ns += 3600 * 10**9
    assert clock.second() == T0 + 10
    assert clock.jumped()
    hands.move(1)
    assert not clock.jumped()


def test_a_clock_that_is_slowly_corrected_has_not_jumped(hands: Hands) -> None:
    clock = hands.clock()
    for _ in range(100):
        hands.move(1)
        hands.wall_ns += 500_000
        assert not clock.jumped()


def test_sleep_passes_on_the_clock_and_is_noticed(hands: Hands) -> None:
    clock = hands.clock()
    assert not clock.slept()
    hands.sleep(3600)
    assert clock.second() == T0 + 3600
    assert clock.slept()
    assert not clock.slept()
    assert not clock.jumped()


def test_short_sleeps_add_up_to_one_that_is_noticed(hands: Hands) -> None:
    clock = hands.clock()
    hands.sleep(0.06)
    assert not clock.slept()
    hands.sleep(0.06)
    assert clock.slept()
    assert not clock.slept()


def test_being_held_up_between_two_readings_is_no_sleep_and_no_jump(hands: Hands) -> None:
    """A stopped process, or a busy machine, goes on seconds later with the next reading."""
    held_up = 0.0

    def boot() -> int:
        now = hands.monotonic_ns + hands.asleep_ns
        hands.move(held_up)
        return now

    clock = TrackerClock(monotonic_ns=lambda: hands.monotonic_ns, wall_ns=lambda: hands.wall_ns, boot_ns=boot)
    for held_up in (0.3, 5.0, 0.0):
        before = clock.reading()
        assert clock.reading() - before == pytest.approx(held_up * 1e9)
        assert not clock.slept()
        assert not clock.jumped()
    hands.wall_ns += 3600 * 10**9
    assert clock.jumped(), "what could not be seen while held up is seen afterwards"


def test_it_says_when_it_could_not_follow_the_wall_clock(hands: Hands) -> None:
    clock = hands.clock()
    told = [clock.off_the_wall]
    for not_before in (T0 + 1, T0 + 450, 0):
        clock.anchor(not_before)
        told.append(clock.off_the_wall)
    assert told == [False, False, True, False]


def test_it_is_set_anew_by_the_wall_clock_but_never_before_what_was_recorded(hands: Hands) -> None:
    clock = hands.clock()
    hands.wall_ns += 500 * 10**9
    clock.anchor(0)
    assert clock.second() == T0 + 500
    hands.wall_ns -= 300 * 10**9
    clock.anchor(T0 + 450)
    assert clock.second() == T0 + 450
    clock.anchor(T0 + 90 * 86_400)
    assert clock.second() == T0 + 200, "a record far ahead comes from a clock that was wrong"


def test_a_given_clock_is_neither_anchored_nor_does_it_know_jumps_and_sleep(hands: Hands) -> None:
    clock = hands.clock(rate=60)
    assert (clock.rate, clock.tick_s) == (60, 3)
    hands.move(1)
    hands.sleep(5)
    clock.anchor(0)
    assert clock.second() == T0 + 60
    assert not clock.jumped()
    assert not clock.slept()
    hands.move(0.02)
    assert (clock.second(), clock.tick_second(), clock.on_grid(T0 + 62)) == (T0 + 61, T0 + 60, T0 + 60)


def test_the_real_clocks_work() -> None:
    clock = TrackerClock()
    assert abs(clock.second() - time.time()) < 3
    assert not clock.slept()
    assert not clock.jumped()
    given = TrackerClock(ClockOrigin(T0 * 1_000_000, time.monotonic_ns(), 60))
    assert given.second() >= T0
    assert not given.slept()
