"""Every work week from 2000 to 2050 against a walk over all 447,000 hours that knows the law of New York alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from worktime.intervals import cut_by_slot
from worktime.weeks import next_week, previous_week, review_end, submit_due, week_end, week_hours, week_of

HOUR = 3600


def sunday(year: int, month: int, number: int) -> date:
    """Return the month's Sunday of that number; the last one for -1."""
    days = [date(year, month, 1) + timedelta(days=day) for day in range(31)]
    return [day for day in days if day.month == month and day.weekday() == 6][number]


def clock_changes(year: int) -> tuple[date, date]:
    """Return the days on which the clocks go forward and back at 02:00: by the law of 1986, then by that of 2005."""
    if year < 2007:
        return sunday(year, 4, 0), sunday(year, 10, -1)
    return sunday(year, 3, 1), sunday(year, 11, 0)


def walk(first: int, last: int) -> Iterator[tuple[int, date, int]]:
    """Give each UTC hour's second with the date and the hour that New York's clocks show, from a 1 January on."""
    day, hour = date(first, 1, 1), 0
    second = int(datetime(first, 1, 1, 5, tzinfo=UTC).timestamp())
    forward, back = clock_changes(first)
    has_gone_back = False
    while day.year <= last:
        yield second, day, hour
        second += HOUR
        hour += 1
        if hour == 2 and day == forward:
            hour = 3
        elif hour == 2 and day == back and not has_gone_back:
            hour, has_gone_back = 1, True
        elif hour == 24:
            day, hour, has_gone_back = day + timedelta(days=1), 0, False
            if (day.month, day.day) == (1, 1):
                forward, back = clock_changes(day.year)


@pytest.mark.no_cover
def test_every_hour_of_51_years_is_in_the_week_in_which_the_walk_finds_it() -> None:
    start = None
    mondays, submissions, reviews = [], [], []
    for second, day, hour in walk(2000, 2051):
        if day.weekday() == 0 and hour == 0:
            start = second
            mondays.append(second)
        if day.weekday() == 0 and hour == 7:
            submissions.append(second)
        if day.weekday() == 5 and hour == 0 and mondays:
            reviews.append(second)
        if start is not None:
            assert week_of(second + len(mondays) % HOUR) == start
    hours = [(following - monday) // HOUR for monday, following in pairwise(mondays)][:2661]
    assert (len(hours), hours.count(167), hours.count(169), hours.count(168)) == (2661, 51, 51, 2559)
    for number, monday in enumerate(mondays[:2661]):
        assert week_end(monday) == next_week(monday) == mondays[number + 1]
        assert previous_week(mondays[number + 1]) == monday
        assert week_hours(monday) == hours[number]
        assert submit_due(monday) == submissions[number + 1]
        assert review_end(monday) == reviews[number + 1]


def test_the_slots_of_a_week_whose_clocks_change_add_up_to_it() -> None:
    changed = [monday for monday in _mondays() if week_hours(monday) != 168]
    assert len(changed) == 102
    for monday in changed:
        cells = cut_by_slot((monday, week_end(monday)))
        assert len(cells) == 5 * week_hours(monday)
        assert all(end - start == 720 for _, (start, end) in cells)


def _mondays() -> Iterator[int]:
    monday = week_of(int(datetime(2000, 1, 3, 12, tzinfo=UTC).timestamp()))
    for _ in range(2661):
        yield monday
        monday = next_week(monday)
