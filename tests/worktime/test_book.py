"""The way of a timesheet through the book: received, submitted, reviewed, charged, and what comes too late for it."""

from __future__ import annotations

from tests.worktime.booking import (
    CARD,
    DEVICE,
    HOUR,
    JOB,
    LATER_DEVICE,
    OTHER_JOB,
    RATE,
    WEEK,
    WEEK_2,
    after,
    at_slot,
    got,
    hours,
    job,
    kinds,
    lines,
    opened,
    refuses,
    said,
    seen,
    to_charge,
    to_review,
)
from worktime.book import apply, charges, overlap_s, readiness
from worktime.book_events import MethodsChanged, Rejected, Submitted, TakenBack, Tick
from worktime.book_values import SheetState
from worktime.readiness import Methods, NotReady
from worktime.timesheet import LineKind, Reason
from worktime.weeks import review_end, saturday_after, submit_due


def test_a_week_is_submitted_on_monday_and_charged_when_review_ends() -> None:
    book = after(opened(), hours(2))
    assert (seen(book).state, seen(book).amount_minor) == (SheetState.OPEN, 2 * RATE)

    book = to_review(book)
    assert (seen(book).state, seen(book).submitted_at) == (SheetState.SUBMITTED, submit_due(WEEK))
    assert charges(book, JOB) == ()

    book = to_charge(book)
    assert seen(book).state is SheetState.CHARGED
    [charge] = charges(book, JOB)
    assert (charge.amount_minor, charge.at) == (2 * RATE, review_end(WEEK))
    assert (charge.payout.service_fee, charge.payout.processing_fee, charge.payout.net) == (720, 330, 10950)


def test_a_week_without_time_is_closed_without_a_charge() -> None:
    book = to_charge(opened())
    assert seen(book).state is SheetState.CLOSED
    assert charges(book, JOB) == ()


def test_one_second_before_its_moment_nothing_is_done() -> None:
    book = after(opened(), hours(1), Tick(at=submit_due(WEEK) - 1))
    assert seen(book).state is SheetState.OPEN
    book = apply(book, Tick(at=review_end(WEEK) - 1))
    assert seen(book).state is SheetState.SUBMITTED


def test_a_server_that_was_down_gives_the_next_saturday() -> None:
    late = review_end(WEEK) + 5
    book = after(opened(), hours(1), Tick(at=late))
    assert (seen(book).submitted_at, seen(book).review_ends) == (late, saturday_after(late))


def test_the_interval_that_started_earlier_counts() -> None:
    slot = at_slot(0)
    book = after(opened(), got(slot, (0, 400)), got(slot, (100, 600), device=LATER_DEVICE))
    assert seen(book).tracked_s == 600
    assert overlap_s(book, JOB, WEEK) == 300


def test_no_second_of_two_jobs_is_billed_twice() -> None:
    slot = at_slot(0)
    book = after(
        opened(job(), job(id=OTHER_JOB)),
        got(slot, (100, 600)),
        got(slot, (0, 400), job=OTHER_JOB, device=LATER_DEVICE),
    )
    book = to_charge(book)
    assert (seen(book).tracked_s, seen(book, of=OTHER_JOB).tracked_s) == (200, 400)


def test_a_rejection_takes_the_segment_off_and_taking_it_back_gives_it_back() -> None:
    book = to_review(after(opened(), hours(1)))
    slot, at = at_slot(2), submit_due(WEEK) + 60
    without = apply(book, said(Rejected, slot, at))
    assert (seen(without).tracked_s, seen(without).rejected_s) == (HOUR - 720, 720)
    again = apply(without, said(TakenBack, slot, at))
    assert again == apply(book, Tick(at=at))


def test_review_ends_at_saturday_exclusive() -> None:
    book = to_review(after(opened(), hours(1)))
    end = review_end(WEEK)
    assert seen(apply(book, said(Rejected, at_slot(0), end - 1))).rejected_s == 720
    refuses(book, said(Rejected, at_slot(0), end), "review_over")


def test_what_arrives_after_submission_is_late_time_of_the_next_timesheet() -> None:
    book = to_review(after(opened(), hours(1)))
    book = after(book, got(at_slot(20), at=submit_due(WEEK) + 9))
    assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, 720, 1200)]
    book = to_charge(book, WEEK_2)
    assert kinds(charges(book, JOB)) == [("automatic", RATE), ("automatic", 1200)]


def test_what_is_tracked_after_an_early_submission_is_late_time() -> None:
    book = after(opened(), hours(1))
    book = apply(book, Submitted(at=book.at, job=JOB, week=WEEK))
    book = after(book, hours(1, first=40))
    assert seen(book).tracked_s == HOUR
    assert seen(book).review_ends == review_end(WEEK)
    assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, HOUR, RATE)]


def test_automatic_charges_cover_the_authorized_hours_in_the_order_worked() -> None:
    book = after(opened(job(authorized_s=HOUR)), hours(1, first=10), hours(1, first=0, at=WEEK + 30 * HOUR))
    found = seen(book)
    assert (found.amount_minor, found.above_s, found.protected_s) == (RATE, HOUR, HOUR)
    assert found.unprotected == {Reason.ABOVE_AUTHORIZED: HOUR}
    book = apply(book, said(Rejected, at_slot(0), book.at))
    assert (seen(book).amount_minor, seen(book).above_s) == (RATE, HOUR - 720)


def test_late_time_never_displaces_what_was_charged() -> None:
    book = to_charge(after(opened(job(authorized_s=HOUR)), hours(1, first=10)))
    book = after(book, hours(1, first=0, at=book.at))
    assert (seen(book, WEEK_2).amount_minor, seen(book, WEEK_2).above_s) == (0, HOUR)


def test_a_failed_payment_is_tried_again_the_next_saturday() -> None:
    book = to_review(after(opened(job(declines=True)), hours(1)))
    book = to_charge(book)
    assert seen(book).state is SheetState.FAILED
    assert readiness(book, JOB, book.at).reasons == (NotReady.PAYMENT_FAILED,)
    book = apply(book, MethodsChanged(at=book.at, job=JOB, methods=Methods(CARD)))
    assert not readiness(book, JOB, book.at).ready
    book = apply(book, Tick(at=saturday_after(book.at)))
    assert (seen(book).state, readiness(book, JOB, book.at).ready) == (SheetState.CHARGED, True)
    assert kinds(charges(book, JOB)) == [("automatic", RATE)]


def test_events_come_in_order_and_for_known_jobs() -> None:
    book = after(opened(), got(at_slot(5)))
    refuses(book, Tick(at=book.at - 1), "out_of_order")
    refuses(book, got(at_slot(6), job=OTHER_JOB), "unknown_job")
    assert apply(book, got(at_slot(5), device=DEVICE, at=book.at)) == book
