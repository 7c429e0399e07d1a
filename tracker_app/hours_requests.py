"""Other hours on the control socket: the open weeks' entries, and a new one, as the window of Other hours would.

What is typed on the command line is understood in ``cli_hours``; what an entry may be is decided in ``other_hours``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sync.journal_hours import HoursEntry
from tracker_app.control import Request
from tracker_app.jobs_file import unknown_job
from tracker_app.other_hours import HoursDesk, not_a_week
from worktime import weeks
from worktime.errors import failure
from worktime.wire import MAX_NOTE, HoursState, JobView


def listing(desk: HoursDesk, jobs: Sequence[JobView]) -> dict[str, Any]:
    """Return each job's weeks whose timesheet is open, or that have an entry on no timesheet yet, newest first."""
    return {
        "jobs": [
            {
                "id": str(job.id),
                "title": job.title,
                "weeks": [_week(desk, job, week) for week in desk.weeks(job) if _is_shown(desk, job, week)],
            }
            for job in jobs
        ]
    }


def add(desk: HoursDesk, jobs: Sequence[JobView], request: Request) -> dict[str, Any]:
    """Enter what is asked for; returns the entry. Raises FairhourError, with the limits of the window."""
    job = next((each for each in jobs if each.id == request.job), None)
    if job is None:
        raise unknown_job()
    note, week = (request.text or "").strip(), request.week
    if week is None or week not in desk.weeks(job):
        raise not_a_week()
    if len(note) > MAX_NOTE:
        raise failure(
            "hours_bad",
            "Other hours not entered",
            "The note has {n} characters; {most} are allowed.",
            "Shorten it, and enter the time again.",
            n=len(note),
            most=MAX_NOTE,
        )
    entered = desk.add(job.id, week, request.seconds or 0, note)
    found = next(each for each in desk.entries(job.id, week) if each.entry.id == entered)
    return {"job_title": job.title, "entry": _entry(found), **_bounds(desk, week)}


def _is_shown(desk: HoursDesk, job: JobView, week: int) -> bool:
    on_none = (each.state is not HoursState.SUBMITTED for each in desk.entries(job.id, week))
    return not desk.is_submitted(week) or any(on_none)


def _week(desk: HoursDesk, job: JobView, week: int) -> dict[str, Any]:
    return _bounds(desk, week) | {"entries": [_entry(each) for each in desk.entries(job.id, week)]}


def _bounds(desk: HoursDesk, week: int) -> dict[str, Any]:
    return {"week_start": week, "week_end": weeks.week_end(week), "submitted": desk.is_submitted(week)}


def _entry(each: HoursEntry) -> dict[str, Any]:
    return {
        "id": str(each.entry.id),
        "seconds": each.entry.seconds,
        "note": each.entry.note,
        "state": each.state.value,
        "waits": each.waits,
        "problem": msgspec.to_builtins(each.problem) if each.problem else None,
    }
