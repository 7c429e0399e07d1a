"""The model's own calendar: New York's weeks, found by walking the hours of the zone's clock. Imports no rule."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3600


def clock(second: int) -> datetime:
    """Return what New York's clocks show at a second."""
    return datetime.fromtimestamp(second, UTC).astimezone(NEW_YORK)


@cache
def midnight(day: date) -> int:
    """Return the first second of a New York day: walk from before it until the clock shows its date."""
    second = timegm(day.timetuple()) - 12 * HOUR
    while clock(second).date() < day:
        second += HOUR
    return second


@cache
def _monday_of_hour(hour: int) -> int:
    day = clock(hour * HOUR).date()
    while day.weekday() != 0:
        day -= timedelta(days=1)
    return midnight(day)


def monday(second: int) -> int:
    """Return the first second of the Monday whose week a second is in."""
    return _monday_of_hour(second // HOUR)


def after(week: int, days: int) -> int:
    """Return the midnight that many days after the Monday that starts ``week`` (Mondays: 7, -7)."""
    return midnight(clock(week).date() + timedelta(days=days))


@cache
def seven(week: int) -> int:
    """Return the second at which New York's clocks show 07:00 on the Monday after ``week``."""
    second = after(week, 7)
    while clock(second).hour != 7:
        second += HOUR
    return second


def saturday(week: int) -> int:
    """Return the Saturday 00:00 after ``week``: five days into the next one."""
    return after(week, 12)


@cache
def saturday_from(second: int) -> int:
    """Return the first Saturday 00:00 later than ``second``."""
    day = clock(second).date() + timedelta(days=1)
    while day.weekday() != 5:
        day += timedelta(days=1)
    return midnight(day)
