"""Other hours, terms, payments by hand and failed ones, refunds: each rule by an example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.worktime.booking import (
    CARD,
    ENTRY,
    ENTRY_2,
    HOUR,
    IN_REVIEW,
    JOB,
    PAYS,
    RATE,
    WEEK,
    WEEK_2,
    WEEK_3,
    after,
    at_slot,
    got,
    hours,
    job,
    kinds,
    less,
    lines,
    opened,
    refuses,
    reviewed,
    said,
    seen,
    to_charge,
    to_review,
    typed,
)
from worktime.book import apply, charges, open_book, readiness
from worktime.book_events import (
    AbovePaid,
    Disputed,
    MethodsChanged,
    OtherHoursChanged,
    OtherHoursRemoved,
    PaidByHand,
    Refunded,
    Rejected,
    Submitted,
    TermsChanged,
    Tick,
)
from worktime.book_values import ChargeKind, SheetState
from worktime.money import FeeSchedule
from worktime.readiness import Methods
from worktime.timesheet import LineKind
from worktime.weeks import review_end, saturday_after

SPRING = 1_804_482_000
"""Monday 2027-03-08 00:00 in New York; on the Sunday an hour is left out."""
AUTUMN = 1_792_987_200
"""Monday 2026-10-26 00:00 in New York; on the Sunday an hour comes twice."""


class TestOtherHours:
    """Rules.md, Timesheets 4 and 6."""

    def test_they_come_after_tracked_time(self) -> None:
        book = after(opened(job(authorized_s=3 * HOUR)), typed(WEEK), typed(WEEK + 1, entry=ENTRY_2), hours(1))
        assert lines(seen(book)) == [
            (LineKind.WORK_VIEW, WEEK, HOUR, RATE),
            (LineKind.OTHER_HOURS, WEEK, 2 * HOUR, 2 * RATE),
        ]
        book = after(book, got(at_slot(20)))
        assert (lines(seen(book))[1][2], seen(book).above_s, seen(book).other_s) == (2 * HOUR - 720, 720, 2 * HOUR)

    def test_they_are_changed_and_removed_while_no_timesheet_holds_them(self) -> None:
        book = after(opened(), typed(WEEK), typed(WEEK, entry=ENTRY_2))
        book = apply(book, OtherHoursChanged(at=WEEK, job=JOB, id=ENTRY, seconds=60, note="shorter"))
        book = apply(book, OtherHoursRemoved(at=WEEK, job=JOB, id=ENTRY_2))
        assert seen(book).other_s == 60
        refuses(book, OtherHoursRemoved(at=WEEK, job=JOB, id=ENTRY_2), "unknown_hours")
        refuses(book, OtherHoursChanged(at=WEEK, job=JOB, id=ENTRY, seconds=0, note="none"), "bad_hours")
        book = to_review(book)
        refuses(book, OtherHoursChanged(at=book.at, job=JOB, id=ENTRY, seconds=5, note="more"), "submitted")

    @pytest.mark.parametrize(("week", "length_h"), [(WEEK, 168), (SPRING, 167), (AUTUMN, 169)])
    def test_an_entry_has_a_second_to_the_hours_of_its_week(self, week: int, length_h: int) -> None:
        book = apply(opened(job(started_at=week)), typed(week, week=week, seconds=length_h * HOUR))
        refuses(book, typed(week, week=week, seconds=length_h * HOUR + 1, entry=ENTRY_2), "bad_hours")
        longer = OtherHoursChanged(at=week, job=JOB, id=ENTRY, seconds=length_h * HOUR + 1, note="longer")
        refuses(book, longer, "bad_hours")
        book = apply(book, replace(longer, seconds=1))
        assert seen(book, week).other_s == 1

    def test_what_can_be_entered(self) -> None:
        book = apply(opened(), typed(WEEK))
        refuses(book, typed(WEEK), "known_id")
        refuses(book, typed(WEEK, seconds=0, entry=ENTRY_2), "bad_hours")
        refuses(book, replace(typed(WEEK, entry=ENTRY_2), note=" "), "bad_hours")
        refuses(book, typed(WEEK, week=WEEK_2, entry=ENTRY_2), "bad_week")
        refuses(book, typed(WEEK, week=WEEK + 5, entry=ENTRY_2), "bad_week")
        refuses(book, typed(WEEK + 7, week=WEEK + 5, entry=ENTRY_2), "bad_week")

    def test_added_after_submission_they_go_on_the_next_timesheet(self) -> None:
        book = apply(reviewed(authorized_s=2 * HOUR + 60), typed(IN_REVIEW))
        assert (seen(book).other_s, seen(book, WEEK_2).other_s) == (0, HOUR)
        assert lines(seen(book, WEEK_2)) == [(LineKind.OTHER_HOURS, WEEK, 60, 100)]
        assert kinds(charges(to_charge(book, WEEK_2), JOB)) == [("automatic", 2 * RATE), ("automatic", 100)]

    def test_or_are_paid_by_hand_with_the_timesheet(self) -> None:
        book = apply(reviewed(), typed(IN_REVIEW))
        book = apply(book, PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK, include_above=True))
        assert kinds(charges(book, JOB)) == [("hand", 2 * RATE), ("above", RATE)]
        assert seen(book, WEEK_2).other_s == 0


class TestTerms:
    """Rules.md, Timesheets 6."""

    def test_they_change_for_the_next_week_only(self) -> None:
        book = opened()
        refuses(book, TermsChanged(at=WEEK, job=JOB, week=WEEK, rate_minor=1, authorized_s=1), "not_next_week")
        refuses(book, TermsChanged(at=WEEK, job=JOB, week=WEEK_3, rate_minor=1, authorized_s=1), "not_next_week")
        for rate in (1, 9000):
            book = apply(book, TermsChanged(at=WEEK, job=JOB, week=WEEK_2, rate_minor=rate, authorized_s=HOUR))
        book = after(book, hours(1), hours(2, week=WEEK_2))
        assert seen(book).amount_minor == RATE
        assert (seen(book, WEEK_2).amount_minor, seen(book, WEEK_2).above_s) == (9000, HOUR)

    def test_late_time_keeps_those_of_its_own_week(self) -> None:
        book = opened()
        book = apply(book, TermsChanged(at=WEEK, job=JOB, week=WEEK_2, rate_minor=9000, authorized_s=0))
        book = after(book, got(at_slot(0), at=IN_REVIEW))
        assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, 720, 1200)]


class TestPaying:
    """Rules.md, Timesheets 5, 6 and 9."""

    def test_paying_by_hand_ends_the_review(self) -> None:
        book = apply(reviewed(), PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK))
        assert (seen(book).state, kinds(charges(book, JOB))) == (SheetState.CHARGED, [("hand", 2 * RATE)])
        refuses(book, said(Rejected, at_slot(0), IN_REVIEW), "review_over")
        refuses(book, Disputed(at=IN_REVIEW, job=JOB, week=WEEK, seconds=((WEEK, WEEK_2),)), "review_over")
        refuses(book, PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK), "already_charged")
        refuses(book, PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK_2), "not_submitted")
        assert kinds(charges(to_charge(book), JOB)) == [("hand", 2 * RATE)]

    def test_a_timesheet_of_zero_is_closed(self) -> None:
        book = apply(to_review(opened()), PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK, include_above=True))
        assert (seen(book).state, charges(book, JOB)) == (SheetState.CLOSED, ())

    def test_what_is_above_is_paid_once(self) -> None:
        book = reviewed(authorized_s=HOUR)
        pay = AbovePaid(at=review_end(WEEK), job=JOB, week=WEEK)
        refuses(book, replace(pay, at=IN_REVIEW), "not_charged")
        refuses(book, replace(pay, at=IN_REVIEW, week=WEEK_2), "not_charged")
        book = apply(book, pay)
        assert kinds(charges(book, JOB)) == [("automatic", RATE), ("above", RATE)]
        refuses(book, pay, "above_paid")
        book = after(book, less(at_slot(9), book.at))
        assert lines(seen(book, WEEK_2)) == [(LineKind.ADJUSTMENT, WEEK, -720, -1200)]
        book = after(book, got(at_slot(40), at=book.at))
        assert seen(book, WEEK_2).above_s == 720

    def test_nothing_above(self) -> None:
        refuses(to_charge(reviewed()), AbovePaid(at=review_end(WEEK), job=JOB, week=WEEK), "nothing_above")

    def test_above_of_late_time_and_other_hours(self) -> None:
        book = after(reviewed(authorized_s=2 * HOUR), got(at_slot(40), (0, 60), (60, 100, False), at=IN_REVIEW))
        book = to_review(after(book, typed(book.at, seconds=30)), WEEK_2)
        book = apply(book, typed(book.at, week=WEEK_3, entry=ENTRY_2))
        book = apply(book, PaidByHand(at=book.at, job=JOB, week=WEEK_2, include_above=True))
        assert seen(book, WEEK_2).state is SheetState.CLOSED
        [charge] = seen(book, WEEK_2).charges
        assert [(line.kind, line.seconds) for line in charge.lines] == [
            (LineKind.OTHER_HOURS, 30),
            (LineKind.LATE, 100),
        ]

    def test_a_failed_one_paid_by_hand_makes_the_job_ready_though_others_are_failed(self) -> None:
        book = to_review(after(opened(job(declines=True)), hours(1), hours(1, week=WEEK_2)))
        book = to_charge(book, WEEK_2)
        assert [seen(book, week).state for week in (WEEK, WEEK_2)] == [SheetState.FAILED] * 2
        book = apply(book, PaidByHand(at=book.at, job=JOB, week=WEEK))
        assert readiness(book, JOB, book.at).ready
        book = apply(book, Tick(at=saturday_after(book.at)))
        assert not readiness(book, JOB, book.at).ready
        book = apply(book, MethodsChanged(at=book.at, job=JOB, methods=PAYS))
        book = apply(book, Tick(at=saturday_after(book.at)))
        assert (seen(book, WEEK_2).state, readiness(book, JOB, book.at).ready) == (SheetState.CHARGED, True)

    def test_the_job_stays_not_ready_while_another_is_failed(self) -> None:
        book = to_charge(after(opened(job(declines=True)), hours(1), hours(1, week=WEEK_2)), WEEK_2)
        book = apply(book, Submitted(at=book.at, job=JOB, week=WEEK_3))
        book = after(book, MethodsChanged(at=book.at, job=JOB, methods=PAYS))
        book = apply(book, Tick(at=saturday_after(book.at)))
        assert readiness(book, JOB, book.at).ready
        assert [seen(book, week).state for week in (WEEK, WEEK_2)] == [SheetState.CHARGED] * 2

    def test_the_backup_is_charged_where_the_default_cannot_be(self) -> None:
        gone = replace(CARD, removed=True)
        paid = to_charge(reviewed(methods=Methods(gone, CARD)))
        assert seen(paid).state is SheetState.CHARGED
        failed = to_charge(reviewed(methods=Methods(gone, gone)))
        assert seen(failed).state is SheetState.FAILED

    def test_a_revision_after_a_failed_charge_is_an_adjustment(self) -> None:
        book = to_charge(reviewed(declines=True))
        book = after(book, less(at_slot(0), book.at))
        assert seen(book).amount_minor == 2 * RATE
        assert lines(seen(book, WEEK_2)) == [(LineKind.ADJUSTMENT, WEEK, -720, -1200)]

    def test_the_service_fee_falls_above_the_threshold_of_the_job(self) -> None:
        fees = FeeSchedule(threshold_minor=3 * RATE)
        book = to_charge(after(open_book((job(),), fees), hours(2), hours(2, week=WEEK_2)), WEEK_2)
        assert [charge.payout.service_fee for charge in charges(book, JOB)] == [720, 360 + 240]


class TestRefunds:
    """Rules.md, Timesheets 10."""

    def test_the_service_fee_returns_in_proportion_and_no_second_changes(self) -> None:
        book = to_charge(reviewed())
        refund = Refunded(at=book.at, job=JOB, week=WEEK, kind=ChargeKind.AUTOMATIC, amount_minor=1)
        before = replace(seen(book), charges=())
        for _ in range(25):
            book = apply(book, refund)
        [charge] = charges(book, JOB)
        assert (charge.refunded_minor, charge.fee_returned_minor) == (25, 2)
        book = apply(book, replace(refund, amount_minor=2 * RATE - 25))
        assert charges(book, JOB)[0].fee_returned_minor == charge.payout.service_fee
        assert replace(seen(book), charges=()) == before
        refuses(book, refund, "bad_amount")
        refuses(book, replace(refund, amount_minor=0), "bad_amount")
        refuses(book, replace(refund, kind=ChargeKind.HAND), "no_charge")

    def test_one_charge_of_several(self) -> None:
        book = apply(reviewed(authorized_s=HOUR), PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK, include_above=True))
        book = apply(book, Refunded(at=IN_REVIEW, job=JOB, week=WEEK, kind=ChargeKind.ABOVE, amount_minor=RATE))
        assert [charge.refunded_minor for charge in charges(book, JOB)] == [0, RATE]
