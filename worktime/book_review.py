"""The client's review and staff's decisions: rejections, their end, and disputes (rules.md, Work View 2 and 3)."""

from __future__ import annotations

from dataclasses import replace

from worktime.book_claims import won_by
from worktime.book_events import AssistanceAsked, Disputed, OfSegment, Rejected, Resolved, Restored, TakenBack, Upheld
from worktime.book_recording import key_of
from worktime.book_refusals import refused
from worktime.book_store import find, week_of_key, with_hours, with_job, with_row, with_segments
from worktime.book_values import Book, Dispute, JobBook, OtherHours, Row, Segment
from worktime.intervals import Interval, intersect, subtract, union
from worktime.weeks import ASSISTANCE_S


def rejected(book: Book, event: Rejected) -> Book:
    """Take the segment's time off, now and in later revisions, as far as it is not on a timesheet past its review."""
    mine = book.jobs[event.job]
    segment = find(book.segments, key_of(event))
    if segment is None or not segment.arrived:
        raise refused("not_arrived")
    if segment.restored:
        raise refused("restored")
    own = won_by(segment, book.segments)
    if segment.off:
        own = subtract(own, segment.off)
    if not own:
        raise refused("nothing_to_reject")
    reviewable = _reviewable(mine, segment, own, event.at)
    if not reviewable:
        raise refused("review_over")
    if not _has_work_view(segment, reviewable):
        raise refused("no_work_view")
    changed = _flagged(mine, segment, event.at, rejected=True)
    if changed == segment:
        return book
    return with_segments(book, (replace(changed, rejected_at=event.at, taken=union(reviewable)),))


def taken_back(book: Book, event: TakenBack) -> Book:
    """Give back what a rejection took, as far as it is not on a timesheet past its review."""
    mine = book.jobs[event.job]
    segment = _rejected_segment(book, event)
    own = won_by(segment, book.segments)
    if own and not _reviewable(mine, segment, own, event.at):
        raise refused("review_over")
    left = _flagged(mine, segment, event.at, rejected=False)
    since = segment.rejected_at if left.any_rejected else None
    return with_segments(book, (replace(left, rejected_at=since, taken=()),))


def assistance_asked(book: Book, event: AssistanceAsked) -> Book:
    """Say whether staff can still be asked about a rejection; what they decide is an event of its own."""
    segment = _case(book, event)
    if event.at - (segment.rejected_at or 0) > ASSISTANCE_S:
        raise refused("asked_too_late")
    return book


def restored(book: Book, event: Restored) -> Book:
    """End a rejection for good. What it took off a settled timesheet waits for the next one, as an adjustment.

    What staff have upheld of an earlier rejection stays upheld.
    """
    mine = book.jobs[event.job]
    segment = _case(book, event)
    open_case = [hold for hold in segment.holds if hold.rejected and not hold.upheld]
    late = [hold for hold in open_case if mine.rows[hold.week].settled is not None]
    left = [replace(hold, rejected=False) if hold in open_case else hold for hold in segment.holds if hold not in late]
    back = union(interval for hold in late for interval in hold.seconds)
    changed = replace(
        segment,
        rejected=False,
        restored=True,
        holds=tuple(left),
        back=union((*segment.back, *back)),
        taken=union((*segment.taken, *back)),
    )
    if back:
        book = with_job(book, replace(mine, waiting=mine.waiting | {week_of_key(segment.key)}))
    return with_segments(book, (changed,))


def upheld(book: Book, event: Upheld) -> Book:
    """Let the rejection stand; staff don't decide it again, but a later one of what was taken back is a new case."""
    segment = _case(book, event)
    holds = tuple(replace(hold, upheld=hold.rejected) for hold in segment.holds)
    return with_segments(book, (replace(segment, upheld=segment.rejected, holds=holds),))


def disputed(book: Book, event: Disputed) -> Book:
    """Open a dispute, which stops all payments of the job."""
    mine = book.jobs[event.job]
    row = mine.rows.get(event.week)
    if row is None:
        raise refused("not_submitted")
    if not row.in_review(event.at):
        raise refused("review_over")
    if row.dispute is not None:
        raise refused("dispute_open")
    dispute = Dispute(union(event.seconds), frozenset(event.other_hours))
    if not (_stands(book, mine, row, dispute.seconds) or any(_named(mine, row, dispute.other_hours))):
        raise refused("nothing_disputed")
    if not mine.has_dispute:
        mine = replace(mine, disputed=(*mine.disputed, (event.at, None)))
    return with_job(book, with_row(mine, replace(row, dispute=dispute), active=True))


def resolved(book: Book, event: Resolved) -> Book:
    """Take off what staff name of what was disputed, and let payments go on."""
    mine = book.jobs[event.job]
    row = mine.rows.get(event.week)
    if row is None or row.dispute is None:
        raise refused("no_dispute")
    seconds = intersect(event.seconds, row.dispute.seconds)
    named = row.dispute.other_hours & frozenset(event.other_hours)
    changed = []
    for segment in _segments_on(book, mine, row):
        for hold in segment.holds:
            off = intersect(hold.seconds, seconds) if hold.week == row.week else ()
            if off:
                changed.append(replace(segment, off=union((*segment.off, *off))))
    book = with_segments(book, changed)
    mine = with_hours(mine, (replace(entry, off=True) for entry in _named(mine, row, named)))
    mine = with_row(mine, replace(row, dispute=None), active=True)
    if not mine.has_dispute:
        mine = replace(mine, disputed=(*mine.disputed[:-1], (mine.disputed[-1][0], event.at)))
    return with_job(book, mine)


def _rejected_segment(book: Book, event: OfSegment) -> Segment:
    segment = find(book.segments, key_of(event))
    if segment is None or not segment.any_rejected:
        raise refused("not_rejected")
    return segment


def _case(book: Book, event: OfSegment) -> Segment:
    segment = _rejected_segment(book, event)
    if not segment.has_open_case:
        raise refused("case_closed")
    return segment


def _reviewable(mine: JobBook, segment: Segment, own: tuple[Interval, ...], at: int) -> tuple[Interval, ...]:
    """Return the seconds of ``own`` that no timesheet holds whose review has ended."""
    over = [hold.seconds for hold in segment.holds if not mine.rows[hold.week].in_review(at)]
    return subtract(own, (interval for seconds in over for interval in seconds)) if over else own


def _has_work_view(segment: Segment, seconds: tuple[Interval, ...]) -> bool:
    """Whether Work View was on in some of ``seconds``."""
    return bool(intersect(seconds, ((span.start, span.end) for span in segment.spans if span.work_view)))


def _flagged(mine: JobBook, segment: Segment, at: int, *, rejected: bool) -> Segment:
    """Return the segment rejected, or not, in what no timesheet holds, in what comes, and in what is in review.

    Where that changes something, staff have decided nothing yet.
    """
    if segment.rejected != rejected:
        segment = replace(segment, rejected=rejected, upheld=False)
    holds = tuple(
        replace(hold, rejected=rejected, upheld=False)
        if hold.rejected != rejected and mine.rows[hold.week].in_review(at)
        else hold
        for hold in segment.holds
    )
    return replace(segment, holds=holds)


def _segments_on(book: Book, mine: JobBook, row: Row) -> list[Segment]:
    """Return the segments of the job in the weeks of which the timesheet holds time."""
    found = (segment for week in row.worked for segment in book.segments.get(week, {}).values())
    return [segment for segment in found if segment.key.job == mine.job.id]


def _stands(book: Book, mine: JobBook, row: Row, seconds: tuple[Interval, ...]) -> bool:
    """Whether some of ``seconds`` count on the timesheet."""
    return any(
        subtract(intersect(hold.seconds, seconds), segment.off)
        for segment in _segments_on(book, mine, row)
        for hold in segment.holds
        if hold.week == row.week and not hold.rejected
    )


def _named(mine: JobBook, row: Row, named: frozenset[object]) -> list[OtherHours]:
    entries = (entry for entry in mine.hours.values() if entry.id in named)
    return [entry for entry in entries if entry.sheet == row.week and not entry.off]
