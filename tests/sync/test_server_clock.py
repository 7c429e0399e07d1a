"""How far this computer's clock is off, as the marketplace's answers tell."""

from __future__ import annotations

import pytest

from sync.server_clock import ServerClock, Skew


def test_nothing_is_known_before_the_first_answer() -> None:
    assert ServerClock().skew is None
    assert ServerClock().problem is None


def test_the_answer_that_took_least_time_counts() -> None:
    clock = ServerClock()
    clock.heard(1000, 1100, 1160)
    clock.heard(1060, 1160, 1160)
    clock.heard(1120, 1220, 1290)
    assert clock.skew == Skew(100, 1)
    for _ in range(8):
        clock.heard(2000, 2000, 2010)
    assert clock.skew == Skew(5, 6), "old answers are forgotten: clocks are set"


@pytest.mark.parametrize(
    ("server", "said"), [(3600, "60 min ahead"), (7200 - 130, "2 min ahead"), (7200 * 2, "2 h behind")]
)
def test_a_large_skew_is_told(server: int, said: str) -> None:
    clock = ServerClock()
    clock.heard(server, 7200, 7200)
    assert clock.problem is not None
    assert said in clock.problem.message


def test_a_skew_that_a_slow_answer_may_have_made_is_not_told() -> None:
    clock = ServerClock()
    clock.heard(1000, 1000, 1400)
    assert clock.problem is None
