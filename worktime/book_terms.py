"""What else a job's two sides say: Other hours, terms, payment methods, its end (rules.md, Timesheets 4 and 6)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from worktime.book_events import (
    JobEnded,
    MethodsChanged,
    OtherHoursAdded,
    OtherHoursChanged,
    OtherHoursRemoved,
    TermsChanged,
)
from worktime.book_refusals import refused
from worktime.book_store import with_hours, with_job
from worktime.book_submission import check_week
from worktime.book_values import Book, JobBook, MethodsFrom, OtherHours
from worktime.other_hours import most_s
from worktime.timesheet import Terms
from worktime.weeks import next_week, week_of


def hours_added(book: Book, event: OtherHoursAdded) -> Book:
    """Enter Other hours: on the week's timesheet while it is open, else on the next one."""
    mine = book.jobs[event.job]
    check_week(mine, event.week, event.at)
    _check_hours(event.week, event.seconds, event.note)
    if event.id in mine.hours:
        raise refused("known_id")
    entry = OtherHours(event.id, event.week, event.seconds, event.note)
    return with_job(book, with_hours(mine, (entry,)))


def hours_changed(book: Book, event: OtherHoursChanged) -> Book:
    """Change an entry of Other hours; it keeps its place in the order of entry."""
    mine = book.jobs[event.job]
    entry = _entry(mine, event.id)
    _check_hours(entry.week, event.seconds, event.note)
    return with_job(book, with_hours(mine, (replace(entry, seconds=event.seconds, note=event.note),)))


def hours_removed(book: Book, event: OtherHoursRemoved) -> Book:
    """Remove an entry of Other hours."""
    mine = book.jobs[event.job]
    gone = _entry(mine, event.id)
    hours = {entry.id: entry for entry in mine.hours.values() if entry is not gone}
    return with_job(book, replace(mine, hours=MappingProxyType(hours)))


def terms_changed(book: Book, event: TermsChanged) -> Book:
    """Set the terms of the next week and those after it; the later word holds."""
    mine = book.jobs[event.job]
    if mine.ended_at is not None:
        raise refused("job_ended")
    if event.week != next_week(week_of(event.at)):
        raise refused("not_next_week")
    kept = tuple(entry for entry in mine.terms if entry[0] != event.week)
    terms = Terms(event.rate_minor, mine.job.currency, event.authorized_s)
    return with_job(book, replace(mine, terms=(*kept, (event.week, terms))))


def methods_changed(book: Book, event: MethodsChanged) -> Book:
    """Note how the client pays from this second on."""
    mine = book.jobs[event.job]
    now = MethodsFrom(event.at, event.methods, event.declines)
    return with_job(book, replace(mine, methods=(*mine.methods, now)))


def job_ended(book: Book, event: JobEnded) -> Book:
    """Make the running week the job's last one."""
    mine = book.jobs[event.job]
    if mine.ended_at is not None:
        raise refused("job_ended")
    return with_job(book, replace(mine, ended_at=event.at))


def _check_hours(week: int, seconds: int, note: str) -> None:
    if not 1 <= seconds <= most_s(week) or not note.strip():
        raise refused("bad_hours")


def _entry(mine: JobBook, entry: UUID) -> OtherHours:
    found = mine.hours.get(entry)
    if found is None:
        raise refused("unknown_hours")
    if found.sheet is not None:
        raise refused("submitted")
    return found
