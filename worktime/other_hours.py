"""Other hours: what one entry may be, its places in the authorized hours, and time away as entries. Pure.

Where an entry stands is decided in ``worktime.book`` and, from stored rows, in ``marketplace.timesheets``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from worktime.weeks import week_end, week_hours, week_of


class WeekPart(NamedTuple):
    """Seconds of one ET work week."""

    week_start: int
    seconds: int


def most_s(week_start: int) -> int:
    """Return the most that one entry of the week can have: the week's own 167, 168 or 169 hours, in seconds."""
    return week_hours(week_start) * 3600


def place(seconds: Iterable[int], left: int) -> tuple[int, ...]:
    """Return how much of each entry is within the ``left`` authorized seconds, in order of entry.

    ``left`` is what tracked time leaves of them (rules.md, Timesheets 6).
    """
    out = []
    for entry in seconds:
        has = min(max(0, left), entry)
        left -= has
        out.append(has)
    return tuple(out)


def by_week(start: int, end: int) -> tuple[WeekPart, ...]:
    """Cut the UTC seconds ``[start, end)`` into work weeks; none where there are no seconds."""
    out = []
    while start < end:
        week = week_of(start)
        until = min(end, week_end(week))
        out.append(WeekPart(week, until - start))
        start = until
    return tuple(out)
