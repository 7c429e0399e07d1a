"""Bugs to plant in ``worktime``: each breaks one rule, and a run that doesn't notice it proves nothing.

A plant replaces one small function of the book for the time of a run; the naive model stays as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from tests.harness.weeks import bookside, compare
from tests.harness.weeks.scenario import write
from worktime import book as book_module
from worktime import (
    book_charges,
    book_claims,
    book_places,
    book_recording,
    book_review,
    book_sheets,
    book_store,
    book_submission,
    book_terms,
    money,
    overlap,
    timesheet,
    weeks,
)
from worktime.book_events import Received, Refunded, TermsChanged, Upheld
from worktime.book_values import Book, Row, Segment
from worktime.overlap import Claim, Rank
from worktime.weeks import week_of

Patches = Iterable[tuple[Any, str, Any]]
"""Module or class, name, and what to put there."""

PLANTS: dict[str, Callable[[], Patches]] = {}

_HOUR = 3600
_DAY = 24 * _HOUR


def plant(make: Callable[[], Patches]) -> Callable[[], Patches]:
    """Add a plant under its function's name."""
    PLANTS[make.__name__] = make
    return make


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """Plant a bug for the time of a block; None plants nothing."""
    with ExitStack() as stack:
        for where, what, instead in PLANTS[name]() if name else ():
            stack.enter_context(patch.object(where, what, instead))
        yield


def weeks_until_found(name: str, most: int, seed: int = 1) -> int:
    """Return after how many job weeks of eventful people the planted bug is noticed, 0 for not within ``most``."""
    done = 0
    with planted(name):
        for each in range(seed, seed + most):
            plan = write(each, eventful=True)
            done += plan.job_weeks
            if compare.run(plan) is not None:
                return done
            if done >= most:
                break
    return 0


def _everywhere(original: Any, instead: Any) -> Patches:
    """Yield every place of worktime that knows a function by name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("worktime"):
            for known in [known for known, value in vars(module).items() if value is original]:
                yield module, known, instead


def _events(change: Callable[[Any], Any]) -> Patches:
    original = bookside.event
    return [(bookside, "event", lambda act: change(original(act)))]


# Money ----------------------------------------------------------------------------------------------


@plant
def rounded_by_part() -> Patches:
    """Timesheets 8: an amount is rounded once per line, not once for each half of it."""
    original = timesheet.line

    def halves(kind: Any, week: int, seconds: int, rate: int) -> Any:
        amount = money.amount_minor(seconds // 2, rate) + money.amount_minor(seconds - seconds // 2, rate)
        return replace(original(kind, week, seconds, rate), amount_minor=amount)

    return _everywhere(original, halves)


@plant
def half_up() -> Patches:
    """Timesheets 8: half-even, not half up."""
    return _everywhere(money.amount_minor, lambda seconds, rate: (2 * seconds * rate + _HOUR) // (2 * _HOUR))


@plant
def fee_threshold_by_charge() -> Patches:
    """Timesheets 9: the threshold of the fees is the job's, not each charge's."""
    original = money.payout
    return _everywhere(original, lambda amount, before, fees: original(amount, 0, fees))


@plant
def fees_rounded_by_rate() -> Patches:
    """Timesheets 9: a fee is rounded once per charge, not once for each of its rates."""
    original = money.payout

    def twice(amount: int, before: int, fees: Any) -> Any:
        below = min(amount, max(0, fees.threshold_minor - before))
        parts = [original(below, before, fees), original(amount - below, max(before, fees.threshold_minor), fees)]
        service = sum(part.service_fee for part in parts)
        whole = original(amount, before, fees)
        return replace(whole, service_fee=service, net=amount - service - whole.processing_fee)

    return _everywhere(original, twice)


@plant
def refund_returns_processing() -> Patches:
    """Timesheets 10: the processing fee does not return."""
    original = book_charges.refunded

    def both(book: Book, event: Any) -> Book:
        after = original(book, event)
        mine = after.jobs[event.job]
        charges = tuple(
            replace(
                charge,
                fee_returned_minor=charge.fee_returned_minor
                + charge.payout.processing_fee * charge.refunded_minor // max(1, charge.amount_minor),
            )
            for charge in mine.charges
        )
        return replace(after, jobs={**after.jobs, event.job: replace(mine, charges=charges)})

    return [(book_module, "_ACTS", {**book_module._ACTS, Refunded: both})]


@plant
def above_charged_by_itself() -> Patches:
    """Timesheets 6: the automatic charge covers at most the authorized hours."""
    original = book_places._place
    return [(book_places, "_place", lambda pieces, left: original(pieces, 2**40))]


@plant
def rejected_keeps_its_place() -> Patches:
    """Timesheets 6: rejected time frees its place in the authorized hours."""
    original = book_places._place

    def keeps(pieces: Iterable[Any], left: int) -> Any:
        found = list(pieces)
        gone = sum(piece.seconds for piece in found if piece.gone)
        return original(found, max(0, left - gone))

    return [(book_places, "_place", keeps)]


@plant
def other_hours_first() -> Patches:
    """Timesheets 6: tracked time has its places before Other hours."""
    original = book_places.worked_by_sheet

    def typed_first(book: Book, mine: Any, week: int, unheld: Any) -> Any:
        typed = {key: entry.seconds for key, entry in mine.hours.items() if entry.week == week and not entry.off}
        terms = mine.terms_of(week)
        left = max(0, terms.authorized_s - sum(typed.values()))
        lower = replace(mine, terms=(*mine.terms, (week, replace(terms, authorized_s=left))))
        found = original(book, lower, week, unheld)
        return {
            sheet: replace(worked, hours=tuple(entry._replace(placed_s=entry.entry.seconds) for entry in worked.hours))
            for sheet, worked in found.items()
        }

    return _everywhere(original, typed_first)


@plant
def billed_gives_its_place_back() -> Patches:
    """Timesheets 6: what was charged keeps its places against late time."""
    return [(book_places, "_fixed", lambda book, mine, week: 0)]


@plant
def late_under_the_newer_rate() -> Patches:
    """Timesheets 2: late time is paid under the terms of the week in which it was worked."""
    original = book_sheets.lines_of

    def newer(mine: Any, week: int, seconds: Any) -> Any:
        lines = original(mine, week, seconds)
        rate = mine.terms_of(week).rate_minor
        return tuple(timesheet.line(line.kind, line.worked_week, line.seconds, rate) for line in lines)

    return _everywhere(original, newer)


@plant
def terms_at_once() -> Patches:
    """Timesheets 6: a new rate and new authorized hours start on the next Monday."""
    original = book_terms.terms_changed

    def at_once(book: Book, event: Any) -> Book:
        after = original(book, event)
        mine = after.jobs[event.job]
        terms = (*mine.terms[:-1], (week_of(event.at), mine.terms[-1][1]))
        return replace(after, jobs={**after.jobs, event.job: replace(mine, terms=terms)})

    return [(book_module, "_ACTS", {**book_module._ACTS, TermsChanged: at_once})]


# Time -----------------------------------------------------------------------------------------------


@plant
def week_of_168_hours() -> Patches:
    """Words, work week: a week has 167, 168 or 169 hours."""
    yield from _everywhere(weeks.submit_due, lambda start: start + 7 * _DAY + 7 * _HOUR)


@plant
def review_ends_after_168_hours() -> Patches:
    """Words, review: it ends on Saturday 00:00 ET, whatever the clocks did."""
    return _everywhere(weeks.review_end, lambda week: week + 12 * _DAY)


@plant
def review_inclusive() -> Patches:
    """Words, review: until Saturday 00:00:00 ET, exclusive."""
    original = weeks.review_end_from
    return _everywhere(original, lambda week, at: original(week, at) + 1)


@plant
def more_hours_than_the_week_has() -> Patches:
    """Timesheets 4: an entry of Other hours is of one week."""
    return [(book_terms, "_check_hours", lambda week, seconds, note: None)]


@plant
def retried_the_next_day() -> Patches:
    """Ready 1: failed payments are tried again the next Saturday."""
    return _everywhere(weeks.saturday_after, lambda at: at + _DAY)


# Devices --------------------------------------------------------------------------------------------


@plant
def idle_frees_nothing() -> Patches:
    """Two machines 2: idle frees a second for the other device."""

    def kept(event: Any) -> Any:
        if isinstance(event, Received):
            return replace(event, idle=(), deleted=tuple(sorted((*event.deleted, *event.idle))))
        return event

    return _events(kept)


@plant
def deletion_frees() -> Patches:
    """Two machines 2: deletion frees no second for the other device."""

    def freed(event: Any) -> Any:
        if isinstance(event, Received):
            return replace(event, deleted=(), idle=tuple(sorted((*event.deleted, *event.idle))))
        return event

    return _events(freed)


@plant
def rejection_frees() -> Patches:
    """Two machines 2: rejection frees no second for the other device."""
    return _claims(lambda claim: claim._replace(rank=Rank.OPEN) if claim.rank is Rank.REJECTED else claim)


@plant
def other_device_brings_it_back() -> Patches:
    """Timesheets 7: what staff take off in a dispute stays off, whichever device has the second."""
    return [(Segment, "kept", property(lambda segment: segment.taken))]


@plant
def submitted_seconds_move() -> Patches:
    """Two machines 2: seconds on a submitted timesheet never move."""
    return _claims(lambda claim: claim._replace(rank=Rank.OPEN) if claim.rank is Rank.SETTLED else claim)


@plant
def larger_device_wins_ties() -> Patches:
    """Two machines 2: of intervals that started together, the smaller device id's counts."""
    return _claims(lambda claim: claim._replace(device=type(claim.device)(int=2**128 - 1 - claim.device.int)))


@plant
def larger_job_wins_ties() -> Patches:
    """Two machines 2: of one device's claims to a second for two jobs, the smaller job id's counts."""
    return _claims(lambda claim: claim._replace(job=type(claim.job)(int=2**128 - 1 - claim.job.int)))


@plant
def later_start_wins() -> Patches:
    """Two machines 2: the interval that started earlier counts."""
    original = overlap.award
    return [(book_claims, "award", lambda claims, began: original(claims, [-each for each in began]))]


@plant
def each_slot_starts_anew() -> Patches:
    """Two machines 2: an interval began where it began, across slots."""
    original = overlap.award
    return [
        (
            book_claims,
            "award",
            lambda claims, began: original(
                claims, [max(b, c.start // 720 * 720) for b, c in zip(began, claims, strict=True)]
            ),
        )
    ]


def _claims(change: Callable[[Claim], Claim]) -> Patches:
    original = overlap.award
    return [(book_claims, "award", lambda claims, began: original([change(claim) for claim in claims], began))]


@plant
def older_revision_wins() -> Patches:
    """Two machines 1: an older revision never replaces a newer one."""
    last = iter(range(1, 2**40))
    return _events(lambda event: replace(event, revision=next(last)) if isinstance(event, Received) else event)


@plant
def time_before_the_job_counts() -> Patches:
    """Two machines 3: what lies before the job began is refused."""
    return [(book_recording, "_check_bounds", lambda mine, event: None)]


@plant
def revision_undoes_rejection() -> Patches:
    """Work View 2: a rejection covers later revisions of the segment."""
    original = book_recording.received

    def forgotten(book: Book, event: Any) -> Book:
        known = book_store.find(book.segments, book_recording.key_of(event))
        if known is not None and event.revision > known.revision:
            book = book_store.with_segments(book, (replace(known, rejected=False),))
        return original(book, event)

    return [(book_module, "_ACTS", {**book_module._ACTS, Received: forgotten})]


@plant
def off_view_is_rejected_too() -> Patches:
    """Work View 2: time without Work View can't be rejected, only disputed."""
    return [(book_review, "_has_work_view", lambda segment, taken: any(span.work_view for span in segment.spans))]


# Timesheets -----------------------------------------------------------------------------------------


@plant
def submitted_before_arrival() -> Patches:
    """Timesheets 2: what has not arrived goes on no timesheet."""
    original = book_places.free_seconds

    def all_of_it(book: Book, mine: Any, week: int, *, arrived_only: bool) -> Any:
        return original(book, mine, week, arrived_only=False)

    return [(book_submission, "free_seconds", all_of_it)]


@plant
def late_time_lost() -> Patches:
    """Timesheets 2: what arrives after its timesheet goes on the next one."""
    return [(book_submission, "waiting_weeks", lambda mine, week: [])]


@plant
def no_closing_timesheet() -> Patches:
    """Timesheets 2: on an ended job late time goes on a closing timesheet."""
    return [(book_submission, "_is_left", lambda book, mine, week: False)]


@plant
def no_adjustment_after_the_charge() -> Patches:
    """Timesheets 3: what a revision takes away after the charge is a negative adjustment."""
    return [(book_recording, "plus", lambda sums, week, more: sums)]


@plant
def paid_by_hand_keeps_review() -> Patches:
    """Timesheets 5: paying earlier ends the review."""
    return [(Row, "in_review", lambda row, at: at < row.review_ends)]


@plant
def dispute_stops_nothing() -> Patches:
    """Timesheets 7: no payment of the job is made while a dispute is open."""
    return [(book_module, "_to_do", lambda mine: _to_do_anyway(mine))]


def _to_do_anyway(mine: Any) -> Iterator[Any]:
    yield weeks.submit_due(mine.open_week), mine.job.id, mine.open_week, book_module._submit
    for week in mine.active:
        yield mine.rows[week].due, mine.job.id, week, book_module._charge


@plant
def ready_always() -> Patches:
    """Protection 3: a second is protected only when the job was Ready when it was worked."""
    return _everywhere(book_sheets.not_ready_of, lambda mine: ())


@plant
def asked_at_any_time() -> Patches:
    """Work View 3: the freelancer can ask for assistance within 7 days of a rejection."""
    yield book_review, "ASSISTANCE_S", 2**40


@plant
def decided_twice() -> Patches:
    """Work View 3: staff decide about a rejection finally."""
    original = book_review.upheld
    return [(book_module, "_ACTS", {**book_module._ACTS, Upheld: lambda book, event: original(book, event) and book})]


@plant
def one_case_for_all_rejections() -> Patches:
    """Work View 3: staff's decision is final for the rejection that it is about, not for a later one."""
    original = book_review._flagged

    def decided(mine: Any, segment: Segment, at: int, *, rejected: bool) -> Segment:
        known = segment.upheld or any(hold.upheld for hold in segment.holds)
        found = original(mine, segment, at, rejected=rejected)
        return (
            replace(found, upheld=True, holds=tuple(replace(each, upheld=True) for each in found.holds))
            if known
            else found
        )

    return [(book_review, "_flagged", decided)]


@plant
def failed_payment_stays_ready() -> Patches:
    """Ready 1: a failed automatic payment makes the job Not Ready."""
    return _everywhere(book_charges.is_failing, lambda mine: False)
