"""A book with something replaced in it: the only place that copies its mappings, each once for a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from worktime.book_values import Book, JobBook, Key, OtherHours, Row, Segment, Segments
from worktime.slots import slot_start
from worktime.weeks import week_of


def week_of_key(key: Key) -> int:
    """Return the work week of the segment."""
    return week_of(slot_start(key.slot))


def find(segments: Segments, key: Key) -> Segment | None:
    """Return the segment of which ``key`` is the name, None while nothing was received of it."""
    return segments.get(week_of_key(key), {}).get(key)


def with_job(book: Book, mine: JobBook) -> Book:
    """Return the book with one job's replaced."""
    return replace(book, jobs=MappingProxyType({**book.jobs, mine.job.id: mine}))


def with_segments(book: Book, changed: Iterable[Segment]) -> Book:
    """Return the book with segments added or replaced."""
    weeks: dict[int, dict[Key, Segment]] = {}
    for segment in changed:
        week = week_of_key(segment.key)
        if week not in weeks:
            weeks[week] = dict(book.segments.get(week, {}))
        weeks[week][segment.key] = segment
    return replace(book, segments=MappingProxyType({**book.segments, **weeks})) if weeks else book


def with_row(mine: JobBook, row: Row, *, active: bool) -> JobBook:
    """Return the job's book with a timesheet added or replaced. ``active``: it is still to be charged."""
    others = tuple(week for week in mine.active if week != row.week)
    return replace(
        mine,
        rows=MappingProxyType({**mine.rows, row.week: row}),
        active=(*others, row.week) if active else others,
    )


def with_hours(mine: JobBook, changed: Iterable[OtherHours]) -> JobBook:
    """Return the job's book with entries of Other hours added or replaced; their order is that of entry."""
    found = {entry.id: entry for entry in changed}
    return replace(mine, hours=MappingProxyType({**mine.hours, **found})) if found else mine


def plus(sums: Mapping[int, int], week: int, more: int) -> Mapping[int, int]:
    """Return ``sums`` with ``more`` added for the week."""
    return MappingProxyType({**sums, week: sums.get(week, 0) + more}) if more else sums
