"""Random histories of a person's book: recordings, reviews, payments and clocks, each drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

from tests.worktime.booking import CARD, JOB, OTHER_JOB, PAYS, WEEK, WEEK_2, WEEK_3, WEEK_4, job, opened
from worktime import book_events as events
from worktime.book import Book, apply
from worktime.book_values import ChargeKind, Key
from worktime.errors import FairhourError
from worktime.readiness import Methods
from worktime.slots import slot_of, slot_start
from worktime.weeks import next_week, review_end, week_of
from worktime.wire import Span

JOBS = (JOB, OTHER_JOB)
DEVICES = (UUID(int=1), UUID(int=2))
SLOTS = (*range(slot_of(WEEK), slot_of(WEEK) + 3), *range(slot_of(WEEK_2) - 2, slot_of(WEEK_2) + 2))
ENTRIES = tuple(UUID(int=80 + number) for number in range(5))
WEEKS = (WEEK, WEEK_2, WEEK_3)
STEPS = (0, 0, 0, 60, 3600, 40_000, 86_400)


def recording(random: Random) -> dict[str, Any]:
    """Return what a device says of a slot: some seconds counted, with Work View or without, some deleted, some idle."""
    slot = random.choice(SLOTS)
    edges = sorted(random.sample(range(0, 721, 60), random.choice((0, 2, 2, 3, 5))))
    if random.random() < 0.3:
        edges = [0, 720]
    parts = [(slot_start(slot) + low, slot_start(slot) + high) for low, high in pairwise(edges)]
    kinds = random.choices(("on", "off", "deleted", "idle", "nothing"), (8, 2, 1, 1, 1), k=len(parts))
    did = list(zip(kinds, parts, strict=True))
    return {
        "slot": slot,
        "device": random.choice(DEVICES),
        "spans": tuple(Span(*part, kind == "on") for kind, part in did if kind in ("on", "off")),
        "deleted": tuple(part for kind, part in did if kind == "deleted"),
        "idle": tuple(part for kind, part in did if kind == "idle"),
        "picture_protects": random.random() < 0.8,
    }


def _received(book: Book, random: Random) -> dict[str, Any]:
    return {**recording(random), "revision": random.randrange(1, 9), "has_arrived": random.random() < 0.85}


def _segment(book: Book, random: Random) -> dict[str, Any]:
    known = [key for week in book.segments.values() for key in week]
    key = random.choice(known) if known else Key(SLOTS[0], DEVICES[0], JOB)
    return {"slot": key.slot, "device": key.device, "job": key.job}


def _case(book: Book, random: Random) -> dict[str, Any]:
    rejected = [key for week in book.segments.values() for key, segment in week.items() if segment.any_rejected]
    key = random.choice(rejected) if rejected else Key(SLOTS[0], DEVICES[0], JOB)
    return {"slot": key.slot, "device": key.device, "job": key.job}


def _hours(book: Book, random: Random) -> dict[str, Any]:
    seconds = random.randrange(1, 900)
    return {"week": random.choice(WEEKS[:2]), "id": random.choice(ENTRIES), "seconds": seconds, "note": "call"}


def _entry(book: Book, random: Random) -> dict[str, Any]:
    return {"id": random.choice(ENTRIES)}


def _changed_entry(book: Book, random: Random) -> dict[str, Any]:
    return {"id": random.choice(ENTRIES), "seconds": random.randrange(1, 900), "note": "longer"}


def _terms(book: Book, random: Random) -> dict[str, Any]:
    week = next_week(week_of(max(book.at, WEEK)))
    return {"week": week, "rate_minor": random.randrange(9999), "authorized_s": random.randrange(2500)}


def _methods(book: Book, random: Random) -> dict[str, Any]:
    some = (PAYS, PAYS, Methods(), Methods(replace(CARD, expires_at=WEEK_2 + 60), CARD))
    return {"methods": random.choice(some), "declines": random.random() < 0.3}


def _sheet(book: Book, random: Random) -> dict[str, Any]:
    return {"week": random.choice(WEEKS)}


def _running(book: Book, random: Random) -> dict[str, Any]:
    return {"week": week_of(max(book.at, WEEK))}


def _by_hand(book: Book, random: Random) -> dict[str, Any]:
    return {"week": random.choice(WEEKS), "include_above": random.random() < 0.5}


def _disputed(book: Book, random: Random) -> dict[str, Any]:
    low, high = sorted(random.sample(SLOTS, 2))
    entries = tuple(random.sample(ENTRIES, 2))
    return {
        "week": random.choice(WEEKS),
        "seconds": ((slot_start(low) + 30, slot_start(high) + 90),),
        "other_hours": entries,
    }


def _refunded(book: Book, random: Random) -> dict[str, Any]:
    kind = random.choice(tuple(ChargeKind))
    return {"week": random.choice(WEEKS), "kind": kind, "amount_minor": random.randrange(1, 500)}


def _nothing(book: Book, random: Random) -> dict[str, Any]:
    return {}


_Fields = Callable[[Book, Random], dict[str, Any]]

HAPPENINGS: dict[str, tuple[int, _Fields]] = {
    "Received": (40, _received),
    "Rejected": (8, _segment),
    "TakenBack": (3, _case),
    "Restored": (2, _case),
    "Upheld": (1, _case),
    "Deleted": (1, _segment),
    "Commented": (1, _segment),
    "OtherHoursAdded": (4, _hours),
    "OtherHoursChanged": (1, _changed_entry),
    "OtherHoursRemoved": (1, _entry),
    "TermsChanged": (1, _terms),
    "MethodsChanged": (2, _methods),
    "Submitted": (2, _running),
    "PaidByHand": (2, _by_hand),
    "AbovePaid": (3, _sheet),
    "Disputed": (3, _disputed),
    "Resolved": (4, _disputed),
    "Refunded": (3, _refunded),
    "JobEnded": (1, _nothing),
}
"""How often each event comes, and what is said in it."""


def happened(book: Book, name: str, fields: dict[str, Any], step: int) -> Book:
    """Return the book after the event, or as it was when that is refused."""
    try:
        return apply(book, getattr(events, name)(at=max(book.at, WEEK) + step, **fields))
    except FairhourError:
        return book


def history(seed: int, length: int) -> Book:
    """Return a book after ``length`` things that were tried; each week that ends on the way takes some of them."""
    random = Random(seed)
    terms = {"authorized_s": random.randrange(0, 4000), "rate_minor": random.choice((0, 1, 1234, 6000, 9999))}
    book = opened(job(**terms), job(id=OTHER_JOB, rate_minor=777))
    names, weights = list(HAPPENINGS), [often for often, _ in HAPPENINGS.values()]
    for _ in range(length):
        if random.random() < 0.1:
            book = apply(book, events.Tick(at=max(book.at, book.next_due - random.choice((0, 0, 1)))))
        [name] = random.choices(names, weights)
        fields = {"job": random.choice((JOB, JOB, OTHER_JOB)), **HAPPENINGS[name][1](book, random)}
        book = happened(book, name, fields, random.choice(STEPS))
    return book


def to_the_end(book: Book) -> Book:
    """Let the rest of the weeks pass, with payments that work and disputes that are resolved."""
    for of in JOBS:
        book = happened(book, "MethodsChanged", {"job": of, "methods": PAYS}, 0)
        for week in book.jobs[of].active:
            book = happened(book, "Resolved", {"job": of, "week": week}, 0)
    end = max(book.at, review_end(WEEK_4)) + 5 * 7 * 86_400
    while book.next_due <= end:
        book = apply(book, events.Tick(at=max(book.at, book.next_due)))
    return book
