"""Submission: which seconds, Other hours and adjustments a timesheet takes and holds (rules.md, Timesheets 1 and 2).

A second is held by one timesheet. What none holds when the last one was submitted is late time of the next.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from worktime import weeks
from worktime.book_events import Submitted
from worktime.book_places import free_seconds, has_free
from worktime.book_refusals import refused
from worktime.book_sheets import waiting_weeks
from worktime.book_store import with_hours, with_job, with_row, with_segments
from worktime.book_values import Book, Hold, JobBook, Row, SheetState
from worktime.weeks import next_week, review_end_from


def submitted(book: Book, event: Submitted) -> Book:
    """Submit a timesheet early, by the freelancer's hand."""
    mine = book.jobs[event.job]
    check_week(mine, event.week, event.at)
    if event.week < mine.open_week:
        raise refused("already_submitted")
    if event.week > mine.open_week:
        raise refused("earlier_open")
    return submit(book, mine, event.week, event.at)


def check_week(mine: JobBook, week: int, at: int) -> None:
    """Raise FairhourError unless the job has a timesheet of the week, and the week has begun."""
    last = mine.last_week
    if not mine.first_week <= week <= at or (last is not None and week > last) or weeks.week_of(week) != week:
        raise refused("bad_week")


def submit_due(book: Book, mine: JobBook, at: int) -> Book:
    """Submit the first open timesheet, whose moment has come; a closing one only when something is left for it."""
    week = mine.open_week
    last = mine.last_week
    if last is None or week <= last or _is_left(book, mine, week):
        return submit(book, mine, week, at)
    return with_job(book, replace(mine, open_week=next_week(week)))


def _is_left(book: Book, mine: JobBook, week: int) -> bool:
    """Whether time, adjustments or Other hours wait for a closing timesheet; a carried amount alone asks for none."""
    if any(mine.owed.values()) or any(entry.sheet is None for entry in mine.hours.values()):
        return True
    return any(free_seconds(book, mine, late, arrived_only=True) for late in mine.waiting if late <= week)


def submit(book: Book, mine: JobBook, week: int, at: int) -> Book:
    """Take what has come for the week, and what waits of earlier ones, and begin the review."""
    taken: list[int] = []
    waiting = {late for late in mine.waiting if late > week}
    hours = [replace(entry, sheet=week) for entry in mine.hours.values() if entry.sheet is None and entry.week <= week]
    for late in (*waiting_weeks(mine, week), week):
        free = free_seconds(book, mine, late, arrived_only=True)
        stored = book.segments.get(late, {})
        held = [
            replace(segment, holds=(*segment.holds, Hold(week, seconds, segment.rejected, upheld=segment.upheld)))
            for segment, seconds in ((stored[key], seconds) for key, seconds in free.items())
        ]
        if held or any(entry.week == late for entry in hours):
            taken.append(late)
        book = with_segments(book, held)
        here = book.segments.get(late, {}).values()
        if any(found.arrived and found.key.job == mine.job.id and has_free(found) for found in here):
            waiting.add(late)
    adjustments = tuple((late, owed) for late, owed in mine.owed.items() if owed)
    end = review_end_from(week, at)
    row = Row(
        week,
        SheetState.SUBMITTED,
        len(mine.rows),
        at,
        end,
        end,
        tuple(taken),
        adjustments=adjustments,
        carried=mine.carry,
    )
    mine = replace(mine, owed=MappingProxyType({}), carry=(), waiting=frozenset(waiting), open_week=next_week(week))
    return with_job(book, with_row(with_hours(mine, hours), row, active=True))
