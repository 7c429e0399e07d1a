"""Other hours by themselves: an entry's bounds, its place behind tracked time, time away cut at the week's end."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worktime.booking import WEEK, WEEK_2
from worktime import wire
from worktime.errors import FairhourError
from worktime.other_hours import WeekPart, by_week, most_s, place
from worktime.weeks import week_of

GOOD: dict[str, Any] = {"id": UUID(int=1), "job": UUID(int=2), "week_start": WEEK, "seconds": 60, "note": "A call"}


def test_an_entry_has_at_most_the_hours_of_its_week() -> None:
    autumn, spring = week_of(1_793_520_000), week_of(1_772_950_000)  # the clocks change on the Sunday
    assert [most_s(week) // 3600 for week in (WEEK, autumn, spring)] == [168, 169, 167]


@given(st.lists(st.integers(1, 10_000), max_size=20), st.integers(-5, 60_000))
def test_places_are_given_in_the_order_of_entry_until_none_is_left(entries: list[int], left: int) -> None:
    placed = place(entries, left)
    assert sum(placed) == min(sum(entries), max(0, left))
    first_cut = next((at for at, (has, all_of) in enumerate(zip(placed, entries, strict=True)) if has < all_of), None)
    assert first_cut is None or not any(placed[first_cut + 1 :])


def test_time_away_over_the_weeks_end_is_two_entries() -> None:
    assert by_week(WEEK_2 - 100, WEEK_2 + 40) == (WeekPart(WEEK, 100), WeekPart(WEEK_2, 40))
    assert by_week(WEEK, WEEK_2) == (WeekPart(WEEK, WEEK_2 - WEEK),)
    assert by_week(WEEK + 5, WEEK + 5) == by_week(WEEK + 5, WEEK) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"seconds": 0},
        {"seconds": wire.MAX_WEEK_S + 1},
        {"note": ""},
        {"note": " \n\t"},
        {"note": "x" * (wire.MAX_NOTE + 1)},
        {"note": "a\0b"},
        {"revision": 0},
        {"revision": wire.MAX_REVISION + 1},
    ],
)
def test_an_entry_that_cannot_be_is_neither_built_nor_read(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"an entry has|the note"):
        wire.OtherHours(**{**GOOD, **changed})
    sent = msgspec.to_builtins(GOOD) | changed
    with pytest.raises(FairhourError):
        wire.decode(json.dumps({"v": 1, "entries": [sent]}).encode(), wire.OtherHoursBatch)


def test_an_entry_comes_back_as_it_was_sent() -> None:
    entry = wire.OtherHours(**GOOD, revision=3, removed=True)
    batch = wire.OtherHoursBatch(v=1, entries=(entry,))
    assert wire.decode(wire.encode(batch), wire.OtherHoursBatch) == batch
    assert wire.hours_digest(entry) != wire.hours_digest(msgspec.structs.replace(entry, revision=4))
