"""How lengths to the second, work weeks and entries of Other hours are written, in windows and on the command line."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ui import words
from ui.hours_models import HoursItem
from worktime.weeks import WORK_WEEK_ZONE
from worktime.wire import HoursState

translate = QCoreApplication.translate


def exact(seconds: int) -> str:
    """Return "1 h 30 min", with its seconds where there are some: "24 min 13 s"."""
    rest = seconds % 60
    if not rest:
        return words.duration(seconds)
    left = translate("hours", "{n} s").format(n=rest)
    return left if seconds < 60 else f"{words.duration(seconds - rest)} {left}"


def week_range(start: int, end: int) -> str:
    """Return a work week's days in New York, "16 Nov to 22 Nov 2026 (ET)"; ``end`` is exclusive."""
    first, last = (_date(at) for at in (start, end - 1))
    shown = QLocale()
    return translate("hours", "{first} to {last} (ET)").format(
        first=shown.toString(first, "d MMM"), last=shown.toString(last, "d MMM yyyy")
    )


def state(item: HoursItem) -> str:
    """Return where an entry stands."""
    if item.problem is not None:
        return translate("hours", "Refused")
    if item.waits:
        return translate("hours", "Not sent yet")
    return {
        HoursState.OPEN: translate("hours", "On the timesheet"),
        HoursState.ADDITIONAL: translate("hours", "Additional"),
        HoursState.SUBMITTED: translate("hours", "Submitted"),
    }[item.state]


def goes_on_the_next() -> str:
    """Return what becomes of Other hours that are added after the week's timesheet was submitted."""
    return translate("hours", "The week was submitted: what you add now goes on the next timesheet.")


def _date(second: int) -> QDate:
    day = datetime.fromtimestamp(second, ZoneInfo(WORK_WEEK_ZONE)).date()
    return QDate(day.year, day.month, day.day)
