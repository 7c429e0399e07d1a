"""``fairhour hours``: lists the Other hours of the open weeks, and adds some.

What is typed becomes week and seconds here; what an entry may be is for the tracker to say.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QCoreApplication

from tracker_app.control import request
from worktime import weeks
from worktime.errors import Problem, failure

translate = QCoreApplication.translate
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_UNITS = re.compile(r"(?=\d)(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6})s)?")


def carry_out(
    home: Path, options: argparse.Namespace, find_job: Callable[[list[dict[str, Any]], str], str]
) -> dict[str, Any]:
    """Return the tracker's answer. ``find_job`` gives a job's id by what was typed. Raises FairhourError."""
    if options.act is None:
        return request(home, {"do": "hours"})
    week, seconds = week_of(options.date), seconds_of(options.duration)
    job = find_job(request(home, {"do": "status"}).get("jobs", []), options.job)
    return request(home, {"do": "hours_add", "job": job, "week": week, "seconds": seconds, "text": options.note})


def week_of(typed: str) -> int:
    """Return the start of the ET work week that has this day. Raises FairhourError."""
    try:
        day = date.fromisoformat(typed)
        return weeks.week_of(int(datetime.combine(day, time(12), ZoneInfo(weeks.WORK_WEEK_ZONE)).timestamp()))
    except ValueError as error:
        raise failure(
            "hours_typed",
            "Other hours not entered",
            "'{typed}' is no date.",
            "Write it as year-month-day, for example 2026-11-20.",
            typed=typed,
        ) from error


def seconds_of(typed: str) -> int:
    """Return a length of time as it is typed: "1:30" and "1:30:15" are hours, minutes and seconds; "1h30m", "45 min".

    Raises FairhourError: a number alone could be either.
    """
    found = _CLOCK.fullmatch(typed.strip()) or _UNITS.fullmatch("".join(typed.split()).lower())
    if found is None:
        raise failure(
            "hours_typed",
            "Other hours not entered",
            "'{typed}' is no length of time.",
            "Write hours and minutes as 1:30, or with their units as 1h30m or 45min.",
            typed=typed,
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds


def in_words(answer: dict[str, Any]) -> str:
    """Return the list, or what was added."""
    from ui import hours_words

    if "entry" not in answer:
        return _listed(answer["jobs"])
    text = translate("cli", "Added: {time}, {job}, {week}.").format(
        time=hours_words.exact(answer["entry"]["seconds"]),
        job=answer["job_title"],
        week=hours_words.week_range(answer["week_start"], answer["week_end"]),
    )
    if answer["submitted"]:
        text += " " + hours_words.goes_on_the_next()
    return text


def _listed(jobs: Sequence[dict[str, Any]]) -> str:
    from ui import hours_words

    if not jobs:
        return translate("cli", "No jobs are known yet.")
    lines: list[str] = []
    for job in jobs:
        lines.append(job["title"])
        for week in job["weeks"]:
            lines.append("  " + hours_words.week_range(week["week_start"], week["week_end"]))
            lines += [f"    {_line(entry)}" for entry in week["entries"]]
            if not week["entries"]:
                lines.append("    " + translate("cli", "no Other hours"))
    return "\n".join(lines)


def _line(entry: dict[str, Any]) -> str:
    from ui import hours_words, problem_words
    from ui.hours_models import HoursItem
    from worktime.wire import HoursState

    problem = msgspec.convert(entry["problem"], Problem) if entry["problem"] else None
    item = HoursItem(
        id=UUID(entry["id"]),
        seconds=entry["seconds"],
        note=entry["note"],
        state=HoursState(entry["state"]),
        waits=entry["waits"],
        problem=problem,
    )
    told = (
        hours_words.state(item) if problem is None else f"{hours_words.state(item)}: {problem_words.message(problem)}"
    )
    return f"{hours_words.exact(item.seconds)}  {' '.join(item.note.split())}  ({told})"
