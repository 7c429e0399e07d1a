"""How durations, money and moments are written for people (look.md, "Words"). Pure: no clock, no database.

Every function returns text in the active language. Seconds are UTC epoch seconds; nothing here computes an amount.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.timesheets.words import money as money
from marketplace.timesheets.words import with_own_time

EASTERN = ZoneInfo("America/New_York")
"""The zone in which work weeks and deadlines are named; screens call it ET (rules.md)."""

_TITLE_CHARS = 60


def local(second: int, zone: tzinfo) -> datetime:
    """Return the aware local time of a UTC second."""
    return datetime.fromtimestamp(second, UTC).astimezone(zone)


def duration(seconds: int) -> str:
    """Return "7 h 24 min"; less than a minute in seconds. Whole minutes, rounded down: a total never promises more."""
    if seconds < 0:
        return _("minus {duration}").format(duration=duration(-seconds))
    hours, rest = divmod(seconds, 3600)
    minutes = rest // 60
    if hours and minutes:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if hours:
        return _("{hours} h").format(hours=hours)
    if minutes or not seconds:
        return _("{minutes} min").format(minutes=minutes)
    return _("{seconds} s").format(seconds=seconds)


def precise(seconds: int) -> str:
    """Return "9 h 31 min 11 s": with its seconds where there are some, so that printed parts add up to printed sums."""
    rest = seconds % 60
    if seconds < 60 or not rest:
        return duration(seconds)
    return _("{duration} {seconds} s").format(duration=duration(seconds), seconds=rest)


def exact(seconds: int) -> str:
    """Return a duration to the second in full words, for buttons that say their effect: "12 minutes"."""
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes or not rest:
        parts.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
    if rest:
        parts.append(ngettext("{count} second", "{count} seconds", rest).format(count=rest))
    return " ".join(parts)


def clock(second: int, zone: tzinfo) -> str:
    """Return the time of day, "10:24"."""
    return f"{local(second, zone):%H:%M}"


def day_name(day: date) -> str:
    """Return a day heading, "Monday 16 November"."""
    return dateformat.format(day, "l j F")


def day_short(day: date) -> str:
    """Return the short name of a week day, "Mon"."""
    return dateformat.format(day, "D")


def moment(second: int, zone: tzinfo) -> str:
    """Return day and time in one zone: "Mon 16 Nov, 10:24"."""
    return dateformat.format(local(second, zone), "D j M, H:i")


def moment_et(second: int, zone: tzinfo) -> str:
    """Return a deadline in ET and in the viewer's zone: "Mon 23 Nov, 07:00 ET (13:00 your time)"."""
    text = _("{moment} ET").format(moment=dateformat.format(local(second, EASTERN), "D j M, H:i"))
    return with_own_time(text, second, zone)


def last_minute_et(end: int, zone: tzinfo) -> str:
    """Return the last minute before an exclusive end: review that ends Saturday 00:00 reads "Fri 27 Nov, 23:59 ET"."""
    return moment_et(end - 60, zone)


def week_name(start: int, end: int) -> str:
    """Return a work week's name, "16 to 22 November 2026" (its ET days; ``end`` is exclusive)."""
    first, last = local(start, EASTERN), local(end - 1, EASTERN)
    shape = "j" if first.month == last.month else ("j F" if first.year == last.year else "j F Y")
    return _("{first} to {last}").format(first=dateformat.format(first, shape), last=dateformat.format(last, "j F Y"))


def one_line(text: str, limit: int = _TITLE_CHARS) -> str:
    """Return the first line of ``text``, cut with three dots where it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
