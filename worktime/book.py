"""The book of one person's timesheets: every rule of rules.md's "Timesheets" as a pure function of what happened.

``apply`` takes the book and an event to the next book; ``sheet``, ``charges`` and ``readiness`` read it. Nothing is
looked up, no clock is read, and a book never changes. Where the rules leave room, docs/decisions/ says how they are
read. What an event does is in ``book_recording``, ``book_review``, ``book_terms``, ``book_submission`` and
``book_charges``; what stands on a timesheet in ``book_sheets``, with ``book_places`` and ``book_claims`` under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from worktime import book_charges, book_events, book_recording, book_review, book_submission, book_terms
from worktime.book_claims import won_seconds
from worktime.book_events import Event, OfJob
from worktime.book_refusals import refused
from worktime.book_sheets import sheet
from worktime.book_values import Book, Charge, Job, JobBook, Sheet, open_job
from worktime.money import FeeSchedule
from worktime.readiness import Readiness, decide
from worktime.weeks import submit_due

__all__ = ["Book", "Job", "Sheet", "apply", "charges", "open_book", "overlap_s", "readiness", "sheet"]

_ACTS: Mapping[type[OfJob], Callable[[Book, Any], Book]] = MappingProxyType(
    {
        book_events.Received: book_recording.received,
        book_events.Deleted: book_recording.deleted,
        book_events.Commented: book_recording.commented,
        book_events.Rejected: book_review.rejected,
        book_events.TakenBack: book_review.taken_back,
        book_events.AssistanceAsked: book_review.assistance_asked,
        book_events.Restored: book_review.restored,
        book_events.Upheld: book_review.upheld,
        book_events.Disputed: book_review.disputed,
        book_events.Resolved: book_review.resolved,
        book_events.OtherHoursAdded: book_terms.hours_added,
        book_events.OtherHoursChanged: book_terms.hours_changed,
        book_events.OtherHoursRemoved: book_terms.hours_removed,
        book_events.TermsChanged: book_terms.terms_changed,
        book_events.MethodsChanged: book_terms.methods_changed,
        book_events.JobEnded: book_terms.job_ended,
        book_events.Submitted: book_submission.submitted,
        book_events.PaidByHand: book_charges.paid_by_hand,
        book_events.AbovePaid: book_charges.above_paid,
        book_events.Refunded: book_charges.refunded,
    }
)


def open_book(jobs: Iterable[Job], fees: FeeSchedule | None = None) -> Book:
    """Return the empty book of a person with these jobs; ValueError when one is given twice."""
    known = tuple(jobs)
    books = {job.id: open_job(job) for job in known}
    if len(books) != len(known):
        raise ValueError("a job is given twice")
    return _scheduled(Book(MappingProxyType(books), fees or FeeSchedule()))


def apply(book: Book, event: Event) -> Book:
    """Return the book after ``event``; what is due by then is done before it, and what became due by it after it.

    Raises FairhourError when the event is refused (``book_refusals`` has the codes): then nothing has happened.
    """
    if isinstance(event, OfJob) and event.job not in book.jobs:
        raise refused("unknown_job")
    if event.at < book.at:
        raise refused("out_of_order")
    book = _due(book, event.at)
    if isinstance(event, OfJob):
        changed = _ACTS[type(event)](book, event)
        if changed.jobs is not book.jobs:
            changed = _due(_scheduled(changed), event.at)
        book = changed
    return replace(book, at=event.at)


def charges(book: Book, job: UUID) -> tuple[Charge, ...]:
    """Return the charges of ``job`` in the order in which they were paid. KeyError for a job it does not know."""
    return book.jobs[job].charges


def readiness(book: Book, job: UUID, at: int) -> Readiness:
    """Return whether the job is Ready at the second ``at``, which is not before the book's last event."""
    mine = book.jobs[job]
    return decide(mine.methods[-1].methods, mine.has_dispute, book_charges.is_failing(mine), at)


def overlap_s(book: Book, job: UUID, week: int) -> int:
    """Return how many recorded seconds of the job's work week another device or job has, when everything claims."""
    won = won_seconds(book.segments, week, arrived_only=False)
    counted = (
        end - start
        for key, segment in book.segments.get(week, {}).items()
        if key.job == job
        for start, end in segment.counted
    )
    return sum(counted) - sum(end - start for key, cut in won.items() if key.job == job for start, end in cut)


def _due(book: Book, at: int) -> Book:
    """Do what is due by ``at``, one thing after the other, in the order of due moment, job and week."""
    while book.next_due <= at:
        _, job, week, act = min(
            (item for mine in book.jobs.values() for item in _to_do(mine)), key=lambda item: item[:3]
        )
        book = _scheduled(act(book, book.jobs[job], week, at))
    return book


_Act = Callable[[Book, JobBook, int, int], Book]


def _to_do(mine: JobBook) -> Iterator[tuple[int, UUID, int, _Act]]:
    """Yield what the job has coming: when, for which timesheet, and what."""
    yield submit_due(mine.open_week), mine.job.id, mine.open_week, _submit
    if not mine.has_dispute:
        for week in mine.active:
            yield mine.rows[week].due, mine.job.id, week, _charge


def _submit(book: Book, mine: JobBook, week: int, at: int) -> Book:
    return book_submission.submit_due(book, mine, at)


def _charge(book: Book, mine: JobBook, week: int, at: int) -> Book:
    return book_charges.charge_due(book, mine, mine.rows[week], at)


def _scheduled(book: Book) -> Book:
    dues = (due for mine in book.jobs.values() for due, *_ in _to_do(mine))
    return replace(book, next_due=min(dues, default=2**62))
