"""What holds in every history of a book, whatever people, devices, clients and clocks do at random."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.search import examples
from tests.worktime.booking import JOB, OTHER_JOB, WEEK, WEEK_2, WEEK_4, job, opened
from tests.worktime.histories import DEVICES, JOBS, SLOTS, WEEKS, history, recording, to_the_end
from tests.worktime.people import FIRST, SECONDS, Device, devices
from tests.worktime.test_timesheet import records
from worktime import book_events as events
from worktime.book import Book, apply, charges, sheet
from worktime.book_store import find
from worktime.book_values import ChargeKind, JobBook, Key, SheetState
from worktime.errors import FairhourError
from worktime.intervals import Interval, total
from worktime.slots import SLOT_S, slot_of
from worktime.timesheet import Line, LineKind, Reason, Terms, totals
from worktime.weeks import review_end

HISTORIES = st.builds(history, st.integers(0, 2**40), st.integers(20, 120))
ENOUGH = settings(max_examples=examples(40))


@ENOUGH
@given(HISTORIES)
def test_no_second_stands_on_two_timesheets(book: Book) -> None:
    held = [part for week in book.segments.values() for segment in week.values() for part in segment.held]
    assert total(held) == sum(end - start for start, end in held)


@ENOUGH
@given(HISTORIES)
def test_what_is_held_is_counted_and_what_is_billed_is_held(book: Book) -> None:
    for week in book.segments.values():
        for segment in week.values():
            assert within(segment.held, segment.counted)
            for hold in segment.holds:
                assert within(hold.billed, hold.seconds)
                assert within(hold.above, hold.seconds)
                assert total((*hold.billed, *hold.above)) == size(hold.billed) + size(hold.above)
                assert not (hold.billed and hold.rejected)


def within(some: tuple[Interval, ...], of: tuple[Interval, ...]) -> bool:
    """Whether all of ``some`` is in ``of``."""
    return total((*some, *of)) == total(of)


def size(some: tuple[Interval, ...]) -> int:
    """The seconds of intervals that are apart."""
    return sum(end - start for start, end in some)


@ENOUGH
@given(HISTORIES)
def test_automatic_charges_never_exceed_the_authorized_hours(book: Book) -> None:
    for of in JOBS:
        mine, billed = book.jobs[of], Counter[int]()
        for week, segments in book.segments.items():
            billed[week] += sum(
                size(hold.billed) for segment in segments.values() if segment.key.job == of for hold in segment.holds
            )
        for entry in mine.hours.values():
            billed[entry.week] += entry.billed_s
        for week, seconds in billed.items():
            assert seconds <= mine.terms_of(week).authorized_s


def settled_lines(mine: JobBook) -> list[Line]:
    """Every line that was settled, the carried amounts left out, and those that were paid above."""
    own = [line for row in mine.rows.values() if row.settled for line in row.settled.lines]
    above = [line for charge in mine.charges if charge.kind is ChargeKind.ABOVE for line in charge.lines]
    return [line for line in own if line.seconds] + above


@ENOUGH
@given(HISTORIES)
def test_seconds_charged_are_those_that_are_billed_and_not_given_back(book: Book) -> None:
    for of in JOBS:
        mine, charged = book.jobs[of], Counter[int]()
        for line in settled_lines(mine):
            charged[line.worked_week] += line.seconds
        waiting = [adjustment for row in mine.rows.values() if not row.settled for adjustment in row.adjustments]
        for week, seconds in (*mine.owed.items(), *waiting):
            charged[week] += seconds
        for week, segments in book.segments.items():
            charged[week] -= sum(
                size(hold.billed) + size(hold.above)
                for segment in segments.values()
                if segment.key.job == of
                for hold in segment.holds
            )
        for entry in mine.hours.values():
            charged[entry.week] -= entry.seconds if entry.above_paid else entry.billed_s
        assert not any(charged.values())


@ENOUGH
@given(HISTORIES)
def test_money_charged_is_the_sum_of_the_lines_to_the_cent(book: Book) -> None:
    for of in JOBS:
        mine = book.jobs[of]
        found = settled_lines(mine)
        for line in found:
            assert line.amount_minor == round(Fraction(line.seconds * line.rate_minor, 3600))
        failed = [
            row.settled.amount_minor for row in mine.rows.values() if row.settled and row.state is SheetState.FAILED
        ]
        carried = [amount for row in mine.rows.values() if not row.settled for _, amount in row.carried]
        carried += [amount for _, amount in mine.carry]
        taken = [charge.amount_minor for charge in charges(book, of)]
        assert sum(line.amount_minor for line in found) == sum(taken) + sum(failed) + sum(carried)


@ENOUGH
@given(HISTORIES)
def test_payouts_and_refunds_add_up(book: Book) -> None:
    for of in JOBS:
        before = 0
        for charge in charges(book, of):
            cut = charge.payout
            below = min(charge.amount_minor, max(0, book.fees.threshold_minor - before))
            service = Fraction(below * 6, 100) + Fraction((charge.amount_minor - below) * 4, 100)
            assert cut.service_fee == round(service)
            assert cut.processing_fee == min(
                charge.amount_minor - cut.service_fee, round(Fraction(charge.amount_minor * 275, 10000))
            )
            assert cut.net + cut.service_fee + cut.processing_fee == charge.amount_minor
            assert 0 <= charge.fee_returned_minor <= cut.service_fee
            if charge.refunded_minor:
                share = Fraction(charge.refunded_minor, charge.amount_minor)
                assert charge.fee_returned_minor == round(share * cut.service_fee)
            before += charge.amount_minor


@ENOUGH
@given(HISTORIES)
def test_every_second_has_one_fate(book: Book) -> None:
    for of in JOBS:
        for week in (*WEEKS, WEEK_4):
            found = sheet(book, of, week)
            reasons = sum(found.unprotected.values())
            assert found.protected_s + reasons == found.tracked_s + found.rejected_s + found.disputed_s
            assert Reason.OVERLAP not in found.unprotected
            assert found.amount_minor == sum(line.amount_minor for line in found.lines)
            placed = sum(line.seconds for line in found.lines if line.kind is not LineKind.ADJUSTMENT)
            assert placed <= found.tracked_s + found.other_s


@ENOUGH
@given(HISTORIES)
def test_nothing_waits_for_ever(book: Book) -> None:
    """In the end all that counts is billed, or above the authorized hours, and every timesheet is settled."""
    book = to_the_end(book)
    for of in JOBS:
        mine = book.jobs[of]
        assert all(row.settled for week, row in mine.rows.items() if review_end(week) < book.at)
        assert not any(mine.owed.values())
        assert all(entry.sheet is not None for entry in mine.hours.values())
        for week, segments in book.segments.items():
            above = mine.terms_of(week).authorized_s
            above -= sum(size(hold.billed) for s in segments.values() if s.key.job == of for hold in s.holds)
            for segment in segments.values():
                free = total(segment.counted) - size(segment.held)
                assert segment.key.job != of or not segment.arrived or free == 0 or _is_lost(book, week, free)
            assert above >= 0


def _is_lost(book: Book, week: int, free: int) -> bool:
    """Whether seconds that no timesheet holds can be another segment's: some that claims them is there."""
    everything = [part for segment in book.segments[week].values() for part in (*segment.counted, *segment.deleted)]
    everything += [part for segment in book.segments[week].values() for part in segment.kept]
    return size(tuple(everything)) - total(everything) >= free


@ENOUGH
@given(HISTORIES, st.sampled_from(SLOTS), st.sampled_from(DEVICES), st.sampled_from(JOBS))
def test_a_rejection_and_taking_it_back_is_nothing(book: Book, slot: int, device: UUID, of: UUID) -> None:
    told: dict[str, Any] = {"at": max(book.at, WEEK), "job": of, "slot": slot, "device": device}
    before = apply(book, events.Tick(at=told["at"]))
    known = find(before.segments, Key(slot, device, of))
    if known is None or known.any_rejected or known.taken:
        return
    try:
        rejected = apply(before, events.Rejected(**told))
    except FairhourError:
        return
    assert apply(rejected, events.TakenBack(**told)) == before


@ENOUGH
@given(st.randoms(use_true_random=False), st.integers(2, 12))
def test_the_order_in_which_revisions_arrive_does_not_matter(random: Random, count: int) -> None:
    numbers: Counter[tuple[int, UUID]] = Counter()
    told = []
    for said in [recording(random) for _ in range(count)]:
        numbers[said["slot"], said["device"]] += 1
        told.append({**said, "revision": numbers[said["slot"], said["device"]], "has_arrived": True})
    found = []
    for order in (told, random.sample(told, len(told))):
        book = opened(job(authorized_s=1000), job(id=OTHER_JOB))
        for said in order:
            book = apply(book, events.Received(at=WEEK_2 + SLOT_S, job=JOBS[said["slot"] % 2], **said))
        seen = [sheet(book, of, week) for of in JOBS for week in (WEEK, WEEK_2)]
        book = to_the_end(book)
        found.append(seen + [sheet(book, of, week) for of in JOBS for week in (WEEK, WEEK_2)])
    assert found[0] == found[1]


@ENOUGH
@given(devices(), st.integers(0, 2000), st.booleans())
def test_an_open_timesheet_agrees_with_the_totals_of_its_week(
    people: tuple[Device, ...], authorized_s: int, some: bool
) -> None:
    """``timesheet.totals`` is proved against a model of its own; what it knows beside the book is left out here."""
    people = tuple(replace(device, settled={of: bytearray(SECONDS) for of in device.did}) for device in people)
    found = [replace(record, rejected=False, taken=()) for record in records(people)]
    book = opened(job(authorized_s=authorized_s, started_at=FIRST), job(id=OTHER_JOB, started_at=FIRST))
    for record in found:
        received = events.Received(
            at=WEEK + 5 * SLOT_S,
            job=record.job,
            slot=record.slot,
            device=record.device,
            revision=1,
            spans=record.spans,
            deleted=record.deleted,
            idle=record.idle,
            picture_protects=record.picture_protects,
            has_arrived=record.has_arrived,
        )
        book = apply(book, received)
    if some:
        book = apply(book, events.Tick(at=book.next_due))
        book = apply(book, events.Submitted(at=book.at, job=JOB, week=WEEK))
    wanted = totals(
        found, job=JOB, week_start=WEEK, terms=Terms(6000, "USD", authorized_s), not_ready=(), arrived_only=some
    )
    seen = sheet(book, JOB, WEEK)
    own = tuple(line for line in seen.lines if line.worked_week == WEEK)
    assert own == wanted.lines
    if not any(record.slot < slot_of(WEEK) for record in found):
        assert (seen.tracked_s, seen.protected_s) == (wanted.tracked_s, wanted.protected_s)
        reasons = {why: seconds for why, seconds in wanted.unprotected.items() if why is not Reason.OVERLAP}
        assert seen.unprotected == reasons
