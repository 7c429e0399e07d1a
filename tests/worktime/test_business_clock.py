"""The business clock's arithmetic: exact at every rate, the same in two processes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime.business_clock import MAX_TICKS_PER_SECOND, ClockOrigin

ORIGINS = st.builds(
    ClockOrigin,
    utc_us=st.integers(0, 4 * 10**15),
    mono_ns=st.integers(0, 10**16),
    rate=st.integers(1, 3600),
)


@given(ORIGINS, st.integers(0, 10**7))
def test_a_second_is_reached_at_the_reading_that_is_named_and_not_before(origin: ClockOrigin, ahead: int) -> None:
    second = origin.utc_us // 1_000_000 + ahead
    reading = origin.mono_ns_of(second)
    assert origin.second_at(reading) >= second
    assert origin.second_at(reading - 1) < second


@given(ORIGINS, st.integers(-(10**13), 10**13), st.integers(0, 10**12))
def test_business_time_never_runs_backwards(origin: ClockOrigin, at: int, later: int) -> None:
    assert origin.us_at(at) <= origin.us_at(at + later)


@given(ORIGINS)
def test_the_text_form_comes_back(origin: ClockOrigin) -> None:
    assert ClockOrigin.decode(origin.encode()) == origin


def test_sixty_times_faster() -> None:
    origin = ClockOrigin(utc_us=1_000_000_000, mono_ns=5_000_000_000, rate=60)
    assert origin.second_at(5_000_000_000) == 1000
    assert origin.second_at(6_000_000_000) == 1060
    assert origin.datetime_at(6_500_000_000) == datetime(1970, 1, 1, 0, 18, 10, tzinfo=UTC)
    assert origin.mono_ns_of(1060) == 6_000_000_000
    assert origin.mono_ns_of(1001) == 5_016_666_667, "rounded up: a second is not there before it has begun"


def test_a_clock_is_handed_on_as_text() -> None:
    origin = ClockOrigin(utc_us=1_000_000_000, mono_ns=5_000_000_000, rate=60)
    assert origin.encode() == "1000000000:5000000000:60"
    assert ClockOrigin.decode("1000000000:5000000000:60") == origin


@pytest.mark.parametrize(("rate", "tick"), [(1, 1), (20, 1), (21, 2), (60, 3), (3600, 180)])
def test_ticks_never_come_more_often_than_the_machine_can_take(rate: int, tick: int) -> None:
    assert ClockOrigin(0, 0, rate).tick_s == tick
    assert rate / tick <= MAX_TICKS_PER_SECOND


@pytest.mark.parametrize("rate", [0, -1, 3601])
def test_a_rate_out_of_bounds_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="clock rate"):
        ClockOrigin(0, 0, rate)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1:2",
        "1:2:3:4",
        "a:b:c",
        "1:2:0",
        "1::3",
        "1.0:2:3",
        "1_0:2:3",
        " 1:2:3",
        "\u0661:2:3",
        "1" * 5000 + ":2:3",
        "1:2:3\n",
    ],
)
def test_a_clock_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="clock"):
        ClockOrigin.decode(text)
