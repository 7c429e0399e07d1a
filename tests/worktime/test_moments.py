"""The random moment: inside what is left, every second with the same chance."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk
from worktime.moments import draw
from worktime.tracking_values import Locked, Resume, Start, Stop


@given(st.integers(0, 10**10), st.integers(1, 720), st.randoms())
def test_a_moment_lies_in_what_is_left(entry: int, left: int, source: random.Random) -> None:
    assert entry <= draw(entry, entry + left, source.randrange) < entry + left


@pytest.mark.parametrize(("given_number", "moment"), [(0, 100), (19, 119)])
def test_the_source_is_asked_for_exactly_the_seconds_left(given_number: int, moment: int) -> None:
    def source(below: int) -> int:
        assert below == 20
        return given_number

    assert draw(100, 120, source) == moment


def is_even(seen: Counter[int], values: range) -> bool:
    """Chi-square, by its normal approximation: one seed in a thousand is off by chance, and the seeds are fixed."""
    assert set(seen) <= set(values)
    expected = seen.total() / len(values)
    free = len(values) - 1
    statistic = sum((seen[value] - expected) ** 2 / expected for value in values)
    return abs(statistic - free) < 3.3 * math.sqrt(2 * free)


def test_every_second_of_a_slot_has_the_same_chance() -> None:
    source = random.Random(1)
    assert is_even(Counter(draw(0, 720, source.randrange) for _ in range(72_000)), range(720))


def test_a_source_that_leans_is_found() -> None:
    source = random.Random(1)
    assert not is_even(
        Counter(draw(0, 720, lambda n: source.randrange(n) * 99 // 100) for _ in range(72_000)), range(720)
    )
    assert not is_even(Counter(draw(0, 720, lambda n: source.randrange(n - 7)) for _ in range(72_000)), range(720))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("events", "minutes"),
    [
        ((Start(JOB_A, T0),), range(12)),
        ((Start(JOB_A, T0 + 240),), range(4, 12)),
        ((Start(JOB_A, T0), Stop(T0 + 1), Start(JOB_A, T0 + 300)), range(5, 12)),
        ((Start(JOB_A, T0), Locked(T0 + 1), Resume(T0 + 300)), range(5, 12)),
        ((Start(JOB_A, T0), Start(JOB_B, T0 + 1)), range(12)),
        ((Start(JOB_A, T0 + 358), Start(JOB_B, T0 + 359), Start(JOB_A, T0 + 360)), range(6, 12)),
    ],
    ids=["entered at its start", "late", "left early", "locked", "shared by two jobs", "there and back"],
)
def test_what_is_left_of_the_slot_is_drawn_from_evenly_however_it_was_entered(
    events: tuple[Start | Stop | Locked | Resume, ...], minutes: range
) -> None:
    source = random.Random(7)
    seen: Counter[int] = Counter()
    for _ in range(120 * len(minutes)):
        desk = Desk(moment=lambda entry, end: draw(entry, end, source.randrange))
        for event in events:
            desk.now = event.at
            desk.do(event)
        assert desk.alarm is not None
        seen[(desk.alarm.at - T0) // 60] += 1
    assert is_even(seen, minutes)


@pytest.mark.parametrize("end", [100, 99])
def test_an_empty_range_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match="no second is left"):
        draw(100, end, random.Random(1).randrange)
