"""Work weeks and their due times in New York, and the days and hours in which a viewer sees them.

A week is named by the epoch second of its Monday 00:00 ET and has 167, 168 or 169 hours: nothing here adds 7 x 24 h.
A viewer's day starts at the first instant of its local date and never starts twice, so days always add up to what
was cut, also where midnight does not exist, comes twice or is skipped with its whole date. No clock is read here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worktime.intervals import Interval, union

WORK_WEEK_ZONE = "America/New_York"
ASSISTANCE_S = 7 * 86_400
"""Seconds after a rejection in which the freelancer can ask for assistance (rules.md, Work View 3)."""
SUBMIT_AT = time(7)
"""Local time on the Monday after the week at which its timesheet is submitted (rules.md, Timesheets 1)."""
REVIEW_DAYS = 5
"""Days from the Monday after the week to the Saturday 00:00 ET on which its review ends (rules.md, "review")."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_370_764_799  # the end of 9998: a week and its review always fit in the calendar after it
_HOUR_S = 3600


def week_of(second: int) -> int:
    """Return the start of the work week that contains the UTC second ``second`` (1970 to 9998, else ValueError)."""
    if not 0 <= second <= _LAST_SECOND:
        raise ValueError(f"second {second} is outside the calendar")
    # New York's offset has been whole hours since 1883, so an hour of UTC lies in one week: one entry serves 3600.
    return _week_of_hour(second // _HOUR_S)


@lru_cache(maxsize=4096)
def _week_of_hour(hour: int) -> int:
    day = _local(hour * _HOUR_S, zone(WORK_WEEK_ZONE)).date()
    return _second_of(day - timedelta(days=day.weekday()))


def week_end(start: int) -> int:
    """Return the first second after the week that starts at ``start``. ValueError when no week starts there."""
    return _second_of(_monday(start) + timedelta(days=7))


def next_week(start: int) -> int:
    """Return the start of the week after the one that starts at ``start``. ValueError when no week starts there."""
    return week_end(start)


def previous_week(start: int) -> int:
    """Return the start of the week before the one that starts at ``start``. ValueError when no week starts there."""
    return _second_of(_monday(start) - timedelta(days=7))


def week_hours(start: int) -> int:
    """Return the hours of the week: 168, one less or more when the clocks change in it."""
    return (week_end(start) - start) // _HOUR_S


def submit_due(start: int) -> int:
    """Return when the week's timesheet is submitted: Monday 07:00 ET after it (rules.md, Timesheets 1)."""
    return _second_of(_monday(start) + timedelta(days=7), SUBMIT_AT)


def review_end(start: int) -> int:
    """Return when the week's review has ended: Saturday 00:00:00 ET after it, not included (rules.md, "review")."""
    return _second_of(_monday(start) + timedelta(days=7 + REVIEW_DAYS))


def review_end_from(start: int, submitted_at: int) -> int:
    """Return when the review of the week's timesheet ends that was submitted at the second ``submitted_at``.

    The Saturday after the week's own Monday, also for an early submission; one that came later has the next Saturday
    instead, because every second gets a review (rules.md, Timesheets 1 and 2).
    """
    end = review_end(start)
    return end if submitted_at < end else saturday_after(submitted_at)


def saturday_after(second: int) -> int:
    """Return the first Saturday 00:00 ET after ``second``: when a review ends, and a failed charge is tried again."""
    week = previous_week(week_of(second))
    end = review_end(week)
    return end if end > second else review_end(next_week(week))


@lru_cache(maxsize=4096)
def _monday(start: int) -> date:
    """Return the local date on which the week starts; ValueError when ``start`` is no week's start."""
    local = _local(start, zone(WORK_WEEK_ZONE))
    if local.weekday() != 0 or local.time() != time(0):
        raise ValueError(f"no work week starts at second {start} ({local.isoformat()} in New York)")
    return local.date()


@lru_cache(maxsize=4096)
def _second_of(day: date, at: time = time(0)) -> int:
    """Return the second of a New York local time; the clocks change at 02:00, so these times exist exactly once."""
    return _epoch(datetime.combine(day, at, tzinfo=zone(WORK_WEEK_ZONE)))


class Day(NamedTuple):
    """Seconds ``[start, end)`` of one local day. ``date``: ISO 8601, in the viewer's zone."""

    date: str
    start: int
    end: int


class LocalHour(NamedTuple):
    """An hour of a viewer's day. ``repeated`` tells the second 01:00 from the first when the clocks go back."""

    date: str
    hour: int
    repeated: bool


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone ``name``; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}") from error


def day_of(second: int, zone_name: str) -> str:
    """Return the ISO date of the viewer's day that contains ``second``."""
    return _day_of(second, zone(zone_name)).isoformat()


def days_of(start: int, end: int, zone_name: str) -> tuple[Day, ...]:
    """Cut ``[start, end)`` at the viewer's local midnights: days in order, without gaps; none for an empty range."""
    viewer = zone(zone_name)
    out: list[Day] = []
    at = start
    while at < end:
        day = _day_of(at, viewer)
        stop = min(end, _day_start(day + timedelta(days=1), viewer))
        out.append(Day(day.isoformat(), at, stop))
        at = stop
    return tuple(out)


def hour_of(second: int, zone_name: str) -> LocalHour:
    """Return the viewer's hour that contains ``second``: a tile stands whole in the hour in which it starts."""
    viewer = zone(zone_name)
    local = _local(second, viewer)
    return LocalHour(_day_of(second, viewer).isoformat(), local.hour, bool(local.fold))


def split_by_day(intervals: Iterable[Interval], zone_name: str) -> dict[str, int]:
    """Return the seconds of ``intervals`` on each of the viewer's days that has any, in order of the days."""
    out: dict[str, int] = {}
    for start, end in union(intervals):
        for day in days_of(start, end, zone_name):
            out[day.date] = out.get(day.date, 0) + day.end - day.start
    return out


def _day_of(second: int, viewer: ZoneInfo) -> date:
    day = _local(second, viewer).date()
    tomorrow = day + timedelta(days=1)
    # Clocks that go back across midnight show the old date again (St. John's until 2011): the new day has begun.
    return tomorrow if second >= _day_start(tomorrow, viewer) else day


@lru_cache(maxsize=16384)
def _day_start(day: date, viewer: ZoneInfo) -> int:
    """Return the first second whose local date is ``day`` or later."""
    midnight = datetime.combine(day, time(0), tzinfo=viewer)
    first, second = _epoch(midnight), _epoch(midnight.replace(fold=1))
    if first <= second:
        return first
    # Midnight does not exist: the clocks jump over it somewhere between the two readings of it.
    return second + bisect_left(range(second, first), day, key=lambda at: _local(at, viewer).date())


def _local(second: int, viewer: ZoneInfo) -> datetime:
    # Not fromtimestamp(): it refuses seconds before 1970 on Windows, and the first week starts in 1969.
    return (_EPOCH + timedelta(seconds=second)).astimezone(viewer)


def _epoch(local: datetime) -> int:
    return (local - _EPOCH) // timedelta(seconds=1)
