"""One person's jobs, devices and weeks for the tests of the book, and short ways to say what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import pytest

from worktime.book import Book, Job, Sheet, apply, open_book, sheet
from worktime.book_events import Event, OfJob, OtherHoursAdded, Received, Tick
from worktime.errors import FairhourError
from worktime.readiness import Method, MethodKind, Methods
from worktime.slots import SLOT_S, slot_of, slot_start
from worktime.timesheet import LineKind
from worktime.weeks import next_week, review_end, submit_due
from worktime.wire import Span

WEEK = 1_793_595_600  # Monday 2026-11-02 00:00 in New York
WEEK_2 = next_week(WEEK)
WEEK_3 = next_week(WEEK_2)
WEEK_4 = next_week(WEEK_3)
JOB, OTHER_JOB = UUID(int=0xA), UUID(int=0xB)
DEVICE, LATER_DEVICE = UUID(int=1), UUID(int=2)
HOUR = 3600
CARD = Method(kind=MethodKind.CARD, authenticated=True)
PAYS = Methods(CARD)
RATE = 6000
"""Minor units an hour, so 100 minutes are 10,000."""

E = TypeVar("E", bound=OfJob)


def job(**terms: Any) -> Job:
    """Return a job that began with the first week: 10 authorized hours, a card that pays."""
    usual = {"id": JOB, "started_at": WEEK, "rate_minor": RATE, "authorized_s": 10 * HOUR, "methods": PAYS}
    return Job(**{**usual, **terms})


def opened(*jobs: Job) -> Book:
    """Return the empty book of a person with these jobs, or with one."""
    return open_book(jobs or (job(),))


def at_slot(number: int, week: int = WEEK) -> int:
    """Return the slot of this number in the week."""
    return slot_of(week) + number


def got(slot: int, *spans: tuple[int, int] | tuple[int, int, bool], **more: Any) -> Received:
    """Return the arrival of a segment: ``spans`` in seconds of the slot, or all of it, with Work View unless said."""
    begin = slot_start(slot)
    found = tuple(Span(begin + span[0], begin + span[1], span[2] if len(span) == 3 else True) for span in spans)
    usual = {
        "job": JOB,
        "device": DEVICE,
        "revision": 1,
        "at": begin + SLOT_S,
        "picture_protects": True,
        "has_arrived": True,
        "spans": found or (Span(begin, begin + SLOT_S, True),),
    }
    return Received(slot=slot, **{**usual, **more})


def hours(count: int, week: int = WEEK, first: int = 0, **more: Any) -> list[Received]:
    """Return ``count`` hours of full slots, from the slot numbered ``first`` on."""
    return [got(at_slot(first + number, week), **more) for number in range(count * 5)]


def said(kind: type[E], slot: int, at: int, device: UUID = DEVICE, of: UUID = JOB) -> E:
    """Return an event about a segment."""
    return kind(at=at, job=of, slot=slot, device=device)  # type: ignore[call-arg]


def after(book: Book, *events: Event | Iterable[Event]) -> Book:
    """Apply events, and lists of them, in the order of their moments."""
    flat: list[Event] = []
    for event in events:
        flat.extend(event if isinstance(event, Iterable) else (event,))
    for one in sorted(flat, key=lambda one: one.at):
        book = apply(book, one)
    return book


def to_review(book: Book, week: int = WEEK) -> Book:
    """Let time pass until the week's timesheet is submitted."""
    return apply(book, Tick(at=max(book.at, submit_due(week))))


def to_charge(book: Book, week: int = WEEK) -> Book:
    """Let time pass until the week's review is over."""
    return apply(to_review(book, week), Tick(at=max(book.at, review_end(week))))


def lines(of: Sheet) -> list[tuple[LineKind, int, int, int]]:
    """Return the lines as kind, worked week, seconds and amount."""
    return [(line.kind, line.worked_week, line.seconds, line.amount_minor) for line in of.lines]


def seen(book: Book, week: int = WEEK, of: UUID = JOB) -> Sheet:
    """Return the timesheet."""
    return sheet(book, of, week)


def refuses(book: Book, event: Event, code: str) -> None:
    """Check that the book refuses the event with this code, in words that say what to do."""
    with pytest.raises(FairhourError) as caught:
        apply(book, event)
    assert caught.value.problem.code == code
    assert all((caught.value.problem.title, caught.value.problem.message, caught.value.problem.action))


def kinds(charges: Sequence[Any]) -> list[tuple[str, int]]:
    """Return what was charged: kind and amount."""
    return [(charge.kind.value, charge.amount_minor) for charge in charges]


ENTRY, ENTRY_2 = UUID(int=71), UUID(int=72)
IN_REVIEW = submit_due(WEEK) + HOUR


def typed(at: int, seconds: int = HOUR, week: int = WEEK, entry: UUID = ENTRY) -> OtherHoursAdded:
    """Return an entry of Other hours."""
    return OtherHoursAdded(at=at, job=JOB, week=week, id=entry, seconds=seconds, note="call")


def reviewed(**terms: Any) -> Book:
    """Return a book with a submitted first week of two hours."""
    return apply(to_review(after(opened(job(**terms)), hours(2))), Tick(at=IN_REVIEW))


def less(slot: int, at: int, *spans: tuple[int, int]) -> Received:
    """Return a later revision of the segment with these seconds left, or none."""
    event = got(slot, *spans, at=at, revision=9)
    return event if spans else replace(event, spans=())
