"""The random moment: inside what is left, every second with the same chance."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime.moments import draw


@given(st.integers(0, 10**10), st.integers(1, 720), st.randoms())
def test_a_moment_lies_in_what_is_left(entry: int, left: int, source: random.Random) -> None:
    assert entry <= draw(entry, entry + left, source.randrange) < entry + left


@pytest.mark.parametrize(("given_number", "moment"), [(0, 100), (19, 119)])
def test_the_source_is_asked_for_exactly_the_seconds_left(given_number: int, moment: int) -> None:
    def source(below: int) -> int:
        assert below == 20
        return given_number

    assert draw(100, 120, source) == moment


def test_every_second_of_a_slot_has_the_same_chance() -> None:
    source = random.Random(1)
    seen = Counter(draw(0, 12, source.randrange) for _ in range(12_000))
    # Chi-square with 11 degrees of freedom: 31.3 is passed by chance once in a thousand seeds; this one is fixed.
    assert sum((seen[second] - 1000) ** 2 / 1000 for second in range(12)) < 31.3


@pytest.mark.parametrize("end", [100, 99])
def test_an_empty_range_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match="no second is left"):
        draw(100, end, random.Random(1).randrange)
