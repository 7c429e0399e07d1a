"""The last input on the business clock, whatever the source does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.tracker_app.fakes import T0, FakeIdle, Hands
from tracker_app.input_probe import Probe
from tracker_app.ports import Input
from worktime.errors import Problem, failure


@dataclass(frozen=True)
class Tally:
    keys: int
    clicks: int


class Counting:
    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem
        self.closed = False

    def take(self) -> Tally:
        return Tally(3, 1)

    def close(self) -> None:
        self.closed = True


def opened(hands: Hands, source: FakeIdle, rate: int = 1) -> Probe:
    probe = Probe(hands.clock(rate), lambda: source)
    probe.open_soon().join(5)
    return probe


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_before_it_is_open_nothing_is_known(hands: Hands) -> None:
    assert Probe(hands.clock(), FakeIdle).look() == Input(None)


def test_ages_are_real_and_multiplied_by_the_rate(hands: Hands) -> None:
    probe = opened(hands, FakeIdle(500), rate=60)
    hands.move(10)
    assert probe.look().last == T0 + 570
    hands.move(0.034)
    assert probe.look().last == T0 + 570, "input inside a tick counts as the tick's first second"


def test_the_age_stands_as_it_was_asked_or_told(hands: Hands) -> None:
    probe = opened(hands, FakeIdle(1500), rate=60)
    ages = [probe.age_ms]
    probe.look()
    ages.append(probe.age_ms)
    probe.heard(hands.clock(60).now_us(), 250)
    assert [*ages, probe.age_ms] == [None, 1500, 250], "real, whatever the rate"


def test_the_last_input_never_moves_back(hands: Hands) -> None:
    source = FakeIdle(1000)
    probe = opened(hands, source)
    hands.move(10)
    assert probe.look().last == T0 + 9
    source.age_ms = 3000
    assert probe.look().last == T0 + 9


def test_a_source_that_fails_for_a_moment_is_believed_and_then_not(hands: Hands) -> None:
    source = FakeIdle(0)
    probe = opened(hands, source)
    hands.move(10)
    assert probe.look().last == T0 + 10
    source.age_ms = None
    hands.move(30)
    assert probe.look().last == T0 + 10
    assert probe.problem is not None
    hands.move(1)
    assert probe.look().last is None
    assert probe.age_ms is None
    source.age_ms = 0
    assert probe.look().last == T0 + 41
    assert probe.problem is None


def test_what_is_open_is_given_back_at_the_end(hands: Hands) -> None:
    source = FakeIdle(0)
    probe = opened(hands, source)
    probe.close()
    probe.close()
    assert source.closed == 1
    assert (probe.look(), probe.age) == (Input(None), None)


def test_a_source_that_does_not_close_keeps_nobody_from_the_rest_of_the_end(hands: Hands) -> None:
    class Stuck(FakeIdle):
        def close(self) -> None:
            raise OSError(9, "Bad file descriptor")

    probe = opened(hands, Stuck(0))
    probe.close()
    assert probe.look() == Input(None)


def test_what_is_open_only_after_the_end_is_given_back_too(hands: Hands) -> None:
    source = FakeIdle(0)
    probe = Probe(hands.clock(), lambda: source)
    probe.close()
    probe.open_soon().join(5)
    assert source.closed == 1
    assert probe.look() == Input(None)


def test_a_source_that_never_worked_says_why(hands: Hands) -> None:
    probe = opened(hands, FakeIdle(None))
    assert probe.look() == Input(None)
    assert probe.problem is not None
    assert probe.problem.code == "idle_failed"


def test_a_source_that_can_not_be_opened_leaves_nothing_known(hands: Hands) -> None:
    def broken() -> FakeIdle:
        raise RuntimeError("no display")

    probe = Probe(hands.clock(), broken)
    probe.open_soon().join(5)
    assert probe.look() == Input(None)


def turn(probe: Probe, *, on: bool) -> None:
    thread = probe.count(on=on)
    assert thread is not None
    thread.join(5)


def test_counts_are_taken_along_while_they_are_switched_on(hands: Hands) -> None:
    made: list[Counting] = []

    def counts() -> Counting:
        made.append(Counting())
        return made[-1]

    probe = Probe(hands.clock(), FakeIdle, counts)
    probe.open_soon().join(5)
    assert probe.look() == Input(T0), "off by default"
    assert probe.count(on=False) is None
    assert not made
    turn(probe, on=True)
    assert probe.count(on=True) is None
    assert probe.look() == Input(T0, 3, 1)
    turn(probe, on=False)
    assert [each.closed for each in made] == [True]
    assert probe.look() == Input(T0)
    turn(probe, on=True)
    assert probe.look() == Input(T0, 3, 1)
    assert len(made) == 2


def test_where_nothing_can_be_counted_the_reason_is_told_and_no_zero_is_recorded(hands: Hands) -> None:
    probe = Probe(
        hands.clock(), FakeIdle, lambda: Counting(failure("counts_unavailable", "No", "Hidden.", "Off.").problem)
    )
    probe.open_soon().join(5)
    turn(probe, on=True)
    assert probe.look() == Input(T0)
    assert probe.counting_problem is not None
    turn(probe, on=False)
    assert probe.counting_problem is None


def test_counting_that_breaks_is_written_down_and_stops_nothing(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Counting:
        raise RuntimeError("no display")

    probe = Probe(hands.clock(), FakeIdle, broken)
    probe.open_soon().join(5)
    turn(probe, on=True)
    assert "counting could not be switched" in caplog.text
    assert probe.look() == Input(T0)
