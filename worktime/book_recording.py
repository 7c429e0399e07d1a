"""What comes from the tracker: segments, their revisions, and what the freelancer deletes (rules.md, Timesheets 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from worktime.book_events import Commented, Deleted, OfSegment, Received
from worktime.book_refusals import refused
from worktime.book_store import find, plus, week_of_key, with_job, with_segments
from worktime.book_values import Book, Hold, JobBook, Key, Segment
from worktime.intervals import Interval, intersect, subtract, total, union
from worktime.wire import Span


def key_of(event: OfSegment) -> Key:
    """Return which segment the event is about."""
    return Key(event.slot, event.device, event.job)


def received(book: Book, event: Received) -> Book:
    """Store a segment. A newer revision replaces an older one; an older or equal one changes nothing."""
    _check_bounds(book.jobs[event.job], event)
    key = key_of(event)
    known = find(book.segments, key)
    if known is None:
        known = Segment(key, 0, (), (), picture_protects=False, arrived=False)
    elif event.revision <= known.revision:
        return book
    segment = replace(
        known,
        revision=event.revision,
        spans=tuple(_cut(event.spans, known.erased)),
        deleted=union((*event.deleted, *known.erased)),
        picture_protects=event.picture_protects,
        arrived=known.arrived or event.has_arrived,
    )
    if segment.back:
        # What leaves and comes back later is late time, as if it had never been restored.
        segment = replace(segment, back=intersect(segment.back, segment.counted))
    mine, segment = _released(book.jobs[event.job], segment)
    week = week_of_key(key)
    if segment.arrived and segment.spans and week not in mine.waiting:
        mine = replace(mine, waiting=mine.waiting | {week})
    book = with_segments(book, (segment,))
    return book if mine is book.jobs[event.job] else with_job(book, mine)


def deleted(book: Book, event: Deleted) -> Book:
    """Delete what the segment recorded so far, for good. It is on no submitted timesheet, so nothing else changes.

    It has arrived by that: why it has no picture is known, and its seconds stay its own at submission too.
    """
    segment = _changeable(book, event)
    gone = union((*segment.erased, *segment.counted))
    segment = replace(
        segment,
        spans=(),
        deleted=union((*segment.deleted, *gone)),
        erased=gone,
        picture_protects=False,
        arrived=True,
    )
    return with_segments(book, (segment,))


def commented(book: Book, event: Commented) -> Book:
    """Say whether the segment's comment can be changed; the book keeps no comments."""
    _changeable(book, event)
    return book


def _changeable(book: Book, event: OfSegment) -> Segment:
    """Return the segment; raise FairhourError unless the freelancer can delete it (rules.md, Tracking 5 and 6)."""
    segment = find(book.segments, key_of(event))
    if segment is None:
        raise refused("unknown_segment")
    if segment.any_rejected:
        raise refused("rejected_stays")
    if segment.holds or segment.off:
        raise refused("submitted")
    return segment


def _check_bounds(mine: JobBook, event: Received) -> None:
    """Raise FairhourError for seconds that the job has not (rules.md, Two machines 3): idle and deleted ones too."""
    parts = (*((span.start, span.end) for span in event.spans), *event.idle, *event.deleted)
    if any(start < mine.job.started_at for start, _ in parts):
        raise refused("before_job")
    if mine.ended_at is not None and any(end > mine.ended_at for _, end in parts):
        raise refused("after_job")


def _cut(spans: Iterable[Span], erased: tuple[Interval, ...]) -> Iterable[Span]:
    if not erased:
        return spans
    return (
        Span(start, end, span.work_view) for span in spans for start, end in subtract(((span.start, span.end),), erased)
    )


def _released(mine: JobBook, segment: Segment) -> tuple[JobBook, Segment]:
    """Take off their timesheets the held seconds that the segment no longer counts; what was billed is owed now."""
    if not segment.holds or not subtract(segment.held, segment.counted):
        return mine, segment
    holds: list[Hold] = []
    for hold in segment.holds:
        gone = subtract(hold.seconds, segment.counted)
        owed = total(intersect((*hold.billed, *hold.above), gone))
        mine = replace(mine, owed=plus(mine.owed, week_of_key(segment.key), -owed))
        kept = replace(
            hold,
            seconds=subtract(hold.seconds, gone),
            billed=subtract(hold.billed, gone),
            above=subtract(hold.above, gone),
        )
        if kept.seconds:
            holds.append(kept)
    return mine, replace(segment, holds=tuple(holds))
