"""What is decided about time: rejections, taking back, assistance, disputes, each rule by an example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.worktime.booking import (
    DEVICE,
    ENTRY,
    ENTRY_2,
    HOUR,
    IN_REVIEW,
    JOB,
    LATER_DEVICE,
    RATE,
    WEEK,
    WEEK_2,
    WEEK_3,
    after,
    at_slot,
    got,
    hours,
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
from worktime.book import Book, apply, charges, readiness
from worktime.book_events import (
    AbovePaid,
    AssistanceAsked,
    Deleted,
    Disputed,
    PaidByHand,
    Rejected,
    Resolved,
    Restored,
    Submitted,
    TakenBack,
    Tick,
    Upheld,
)
from worktime.book_values import Key, SheetState
from worktime.readiness import NotReady
from worktime.slots import slot_start
from worktime.timesheet import LineKind, Reason
from worktime.weeks import review_end


class TestRejections:
    """Rules.md, Work View 2 and 3."""

    def test_a_rejection_covers_later_revisions(self) -> None:
        slot = at_slot(0)
        book = after(opened(), got(slot, (0, 100)), said(Rejected, slot, slot_start(slot) + 720))
        book = after(book, got(slot, (0, 500), revision=2, at=book.at))
        assert (seen(book).tracked_s, seen(book).rejected_s) == (0, 500)

    def test_it_frees_its_place(self) -> None:
        book = apply(reviewed(authorized_s=HOUR), said(Rejected, at_slot(0), IN_REVIEW))
        assert (seen(book).amount_minor, seen(book).above_s) == (RATE, HOUR - 720)

    def test_what_was_rejected_is_free_for_no_other_device(self) -> None:
        slot = at_slot(1)
        book = after(opened(), got(slot, (100, 720)), said(Rejected, slot, slot_start(slot) + 720))
        book = after(book, got(slot - 1, device=LATER_DEVICE, at=book.at), got(slot, device=LATER_DEVICE, at=book.at))
        assert (seen(book).tracked_s, seen(book).rejected_s) == (820, 620)
        book = after(book, less(slot, book.at))
        assert seen(book).tracked_s == 820

    def test_each_part_is_under_the_review_of_its_own_timesheet(self) -> None:
        slot = at_slot(0)
        book = to_charge(after(opened(), got(slot, (0, 300))))
        book = to_review(after(book, got(slot, (0, 500), revision=2, at=book.at)), WEEK_2)
        book = apply(book, said(Rejected, slot, book.at))
        assert (seen(book, WEEK_2).rejected_s, seen(book, WEEK_2).tracked_s) == (200, 0)
        assert seen(book).tracked_s == 300
        book = to_charge(book, WEEK_2)
        refuses(book, said(TakenBack, slot, book.at), "review_over")
        book = after(book, got(slot, revision=3, at=book.at))
        assert seen(book, WEEK_3).rejected_s == 220
        book = apply(book, said(TakenBack, slot, book.at))
        assert (seen(book, WEEK_3).rejected_s, seen(book, WEEK_3).tracked_s) == (0, 220)
        assert kinds(charges(book, JOB)) == [("automatic", 500)]

    def test_twice_is_once(self) -> None:
        book = apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW))
        assert apply(book, said(Rejected, at_slot(0), IN_REVIEW)) == book

    def test_what_has_no_time_left_can_be_taken_back(self) -> None:
        slot = at_slot(0)
        book = after(opened(), got(slot), said(Rejected, slot, slot_start(slot) + 720))
        book = after(book, less(slot, book.at), said(TakenBack, slot, book.at))
        assert seen(after(book, got(slot, revision=10, at=book.at))).tracked_s == 720

    def test_what_can_be_rejected(self) -> None:
        slot, lost, off = at_slot(0), at_slot(1), at_slot(3)
        book = after(
            opened(),
            got(slot, has_arrived=False),
            got(lost),
            got(lost, (5, 720), device=LATER_DEVICE),
            got(off, (0, 720, False)),
        )
        refuses(book, said(Rejected, slot, book.at), "not_arrived")
        refuses(book, said(Rejected, at_slot(9), book.at), "not_arrived")
        refuses(book, said(Rejected, lost, book.at, device=LATER_DEVICE), "nothing_to_reject")
        refuses(book, said(Rejected, off, book.at), "no_work_view")
        refuses(book, said(TakenBack, lost, book.at), "not_rejected")
        refuses(book, said(TakenBack, at_slot(9), book.at), "not_rejected")

    def test_it_takes_a_work_view_second_or_nothing(self) -> None:
        slot, mixed = at_slot(0), at_slot(1)
        at = slot_start(mixed) + 720
        book = after(
            opened(),
            got(slot, (0, 300), at=at),
            got(slot, (0, 300), (300, 720, False), device=LATER_DEVICE, at=at),
            got(mixed, (0, 1), (1, 720, False)),
        )
        # Its Work View seconds are the other device's: what is left of it is off-view.
        refuses(book, said(Rejected, slot, at, device=LATER_DEVICE), "no_work_view")
        assert seen(apply(book, said(Rejected, mixed, at))).rejected_s == 720

    def test_work_view_past_its_review_makes_no_late_part_rejectable(self) -> None:
        slot = at_slot(0)
        book = to_charge(after(opened(), got(slot, (0, 300))))
        book = after(book, got(slot, (0, 300), (300, 720, False), revision=2, at=book.at))
        refuses(book, said(Rejected, slot, book.at), "no_work_view")
        assert seen(book, WEEK_2).tracked_s == 420

    def test_work_view_that_a_dispute_took_off_is_taken_by_no_rejection(self) -> None:
        slot = at_slot(0)
        book = after(opened(), got(slot, (0, 300), (300, 720, False)))
        book = apply(to_review(book), Tick(at=IN_REVIEW))
        named: dict[str, Any] = {"at": IN_REVIEW, "job": JOB, "week": WEEK, "seconds": ((WEEK, WEEK + 300),)}
        book = after(book, [Disputed(**named), Resolved(**named)])
        refuses(book, said(Rejected, slot, IN_REVIEW), "no_work_view")
        named["seconds"] = ((WEEK, WEEK + 720),)
        book = after(book, [Disputed(**named), Resolved(**named)])
        refuses(book, said(Rejected, slot, IN_REVIEW), "nothing_to_reject")

    def test_what_stands_on_no_timesheet_yet_can_be_rejected_after_review(self) -> None:
        book = to_charge(reviewed())
        book = after(book, got(at_slot(30), at=book.at), said(Rejected, at_slot(30), book.at))
        assert seen(book, WEEK_2).rejected_s == 720


class TestAssistance:
    """Rules.md, Work View 3."""

    def test_restored_in_review_it_stands_again_and_cannot_be_rejected(self) -> None:
        book = apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW))
        book = apply(book, said(Restored, at_slot(0), IN_REVIEW))
        assert (seen(book).tracked_s, seen(book).rejected_s) == (2 * HOUR, 0)
        refuses(book, said(Rejected, at_slot(0), IN_REVIEW), "restored")
        refuses(book, said(Restored, at_slot(0), IN_REVIEW), "not_rejected")

    def test_restored_after_the_charge_it_is_an_adjustment_of_the_next_timesheet(self) -> None:
        book = to_charge(apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW)))
        book = apply(book, said(Restored, at_slot(0), book.at))
        assert (seen(book).rejected_s, seen(book).tracked_s) == (720, 2 * HOUR - 720)
        assert lines(seen(book, WEEK_2)) == [(LineKind.ADJUSTMENT, WEEK, 720, 1200)]
        assert seen(book, WEEK_2).protected_s == 720
        book = to_charge(book, WEEK_2)
        assert kinds(charges(book, JOB)) == [("automatic", 10800), ("automatic", 1200)]

    def test_restored_after_the_charge_it_keeps_its_claim(self) -> None:
        slot = at_slot(1)
        book = after(opened(), got(slot, (0, 300)), said(Rejected, slot, slot_start(slot) + 720))
        # The later seconds are rejected too, and were not there to be taken when the rejection came.
        book = to_charge(after(book, got(slot, (0, 500), revision=2, at=book.at)))
        book = apply(book, said(Restored, slot, book.at))
        earlier = [got(each, device=LATER_DEVICE, at=book.at) for each in (slot - 1, slot)]
        assert lines(seen(after(book, earlier), WEEK_2)) == [
            (LineKind.LATE, WEEK, 720 + 220, 1567),
            (LineKind.ADJUSTMENT, WEEK, 500, 833),
        ]

    def test_only_as_far_as_the_authorized_hours_have_places(self) -> None:
        book = to_charge(apply(reviewed(authorized_s=HOUR), said(Rejected, at_slot(0), IN_REVIEW)))
        book = apply(book, said(Restored, at_slot(0), book.at))
        assert (seen(book, WEEK_2).lines, seen(book, WEEK_2).above_s) == ((), 720)

    def test_it_meets_what_left_in_one_line(self) -> None:
        book = to_charge(apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW)))
        book = after(book, said(Restored, at_slot(0), book.at), less(at_slot(3), book.at, (0, 700)))
        assert lines(seen(book, WEEK_2)) == [(LineKind.ADJUSTMENT, WEEK, 700, 1167)]

    def test_what_leaves_and_comes_back_after_that_is_late_time(self) -> None:
        book = to_charge(apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW)))
        book = after(book, said(Restored, at_slot(0), book.at), less(at_slot(0), book.at, (0, 100)))
        book = after(book, got(at_slot(0), (0, 300), revision=10, at=book.at))
        assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, 200, 333), (LineKind.ADJUSTMENT, WEEK, 100, 167)]

    def test_upheld_is_final_for_staff(self) -> None:
        book = apply(reviewed(), said(Rejected, at_slot(0), IN_REVIEW))
        book = apply(book, said(Upheld, at_slot(0), IN_REVIEW))
        refuses(book, said(Restored, at_slot(0), IN_REVIEW), "case_closed")
        assert seen(apply(book, said(TakenBack, at_slot(0), IN_REVIEW))).rejected_s == 0

    def test_a_second_rejection_is_a_case_of_its_own(self) -> None:
        slot = at_slot(0)
        book = apply(reviewed(), said(Rejected, slot, IN_REVIEW))
        for kind in (Upheld, TakenBack, Rejected, AssistanceAsked, Restored):
            book = apply(book, said(kind, slot, IN_REVIEW))
        assert (seen(book).tracked_s, seen(book).rejected_s) == (2 * HOUR, 0)
        refuses(book, said(Rejected, slot, IN_REVIEW), "restored")

    def test_saying_it_twice_reopens_no_case(self) -> None:
        book = after(reviewed(), [said(kind, at_slot(0), IN_REVIEW) for kind in (Rejected, Upheld, Rejected)])
        refuses(book, said(AssistanceAsked, at_slot(0), IN_REVIEW), "case_closed")
        refuses(to_charge(book), said(AssistanceAsked, at_slot(0), review_end(WEEK)), "case_closed")

    def test_what_was_upheld_before_is_no_part_of_a_new_case(self) -> None:
        slot = at_slot(0)
        book = apply(apply(reviewed(), less(slot, IN_REVIEW, (0, 300))), said(Rejected, slot, IN_REVIEW))
        book = to_charge(apply(book, said(Upheld, slot, IN_REVIEW)))
        book = after(book, got(slot, (0, 500), revision=10, at=book.at))
        assert seen(book, WEEK_2).rejected_s == 200
        refuses(book, said(AssistanceAsked, slot, book.at), "case_closed")
        for kind in (TakenBack, Rejected, AssistanceAsked, Restored):
            book = apply(book, said(kind, slot, book.at))
        assert (seen(book).rejected_s, seen(book, WEEK_2).tracked_s) == (300, 200)
        refuses(book, said(Restored, slot, book.at), "case_closed")

    def test_it_is_asked_for_within_seven_days(self) -> None:
        slot, week_later = at_slot(0), IN_REVIEW + 7 * 24 * HOUR
        book = apply(reviewed(), said(Rejected, slot, IN_REVIEW))
        assert apply(book, said(AssistanceAsked, slot, week_later)) == apply(book, Tick(at=week_later))
        refuses(book, said(AssistanceAsked, slot, week_later + 1), "asked_too_late")
        refuses(book, said(AssistanceAsked, at_slot(1), week_later), "not_rejected")
        refuses(apply(book, said(Upheld, slot, IN_REVIEW)), said(AssistanceAsked, slot, IN_REVIEW), "case_closed")

    def test_it_is_asked_for_what_stays_rejected_when_the_rest_was_taken_back(self) -> None:
        slot = at_slot(0)
        book = to_charge(after(opened(), got(slot, (0, 300)), said(Rejected, slot, slot_start(slot) + 720)))
        book = after(book, got(slot, (0, 500), revision=2, at=book.at), said(TakenBack, slot, book.at))
        assert (seen(book).rejected_s, seen(book, WEEK_2).tracked_s) == (300, 200)
        assert book.segments[WEEK][Key(slot, DEVICE, JOB)].rejected_at == slot_start(slot) + 720
        refuses(book, said(AssistanceAsked, slot, book.at), "asked_too_late")

    def test_one_part_restored_stands_and_the_other_comes_back(self) -> None:
        slot = at_slot(0)
        book = after(opened(), got(slot, (0, 300)), said(Rejected, slot, slot_start(slot) + 720))
        book = to_charge(book)
        book = to_review(after(book, got(slot, (0, 500), revision=2, at=book.at)), WEEK_2)
        book = apply(book, said(Restored, slot, book.at))
        assert (seen(book, WEEK_2).tracked_s, seen(book, WEEK_3).tracked_s) == (200, 300)


class TestDisputes:
    """Rules.md, Timesheets 7."""

    FIRST_HALF = ((WEEK, WEEK + HOUR),)

    def filed(self, book: Book, seconds: tuple[tuple[int, int], ...] = FIRST_HALF, **more: object) -> Book:
        return apply(book, Disputed(at=IN_REVIEW, job=JOB, week=WEEK, seconds=seconds, **more))  # type: ignore[arg-type]

    def test_all_payments_of_the_job_stop(self) -> None:
        book = self.filed(reviewed())
        assert seen(book).disputed
        assert readiness(book, JOB, IN_REVIEW).reasons == (NotReady.DISPUTE_OPEN,)
        refuses(book, PaidByHand(at=IN_REVIEW, job=JOB, week=WEEK), "dispute_open")
        refuses(book, AbovePaid(at=IN_REVIEW, job=JOB, week=WEEK), "dispute_open")
        book = to_charge(book, WEEK_2)
        assert [seen(book, week).state for week in (WEEK, WEEK_2)] == [SheetState.SUBMITTED] * 2
        book = apply(book, Resolved(at=book.at, job=JOB, week=WEEK))
        assert [seen(book, week).state for week in (WEEK, WEEK_2)] == [SheetState.CHARGED, SheetState.CLOSED]
        assert readiness(book, JOB, book.at).ready

    def test_time_worked_while_it_is_open_is_not_protected(self) -> None:
        book = self.filed(reviewed())
        slot = at_slot(50, WEEK_2)
        end = slot_start(slot) + 100
        book = after(book, Resolved(at=end, job=JOB, week=WEEK), got(slot))
        assert (seen(book, WEEK_2).protected_s, seen(book, WEEK_2).unprotected) == (620, {Reason.NOT_READY: 100})

    def test_what_comes_off_frees_its_places_and_never_counts_again(self) -> None:
        book = self.filed(reviewed(authorized_s=HOUR))
        book = apply(book, Resolved(at=IN_REVIEW, job=JOB, week=WEEK, seconds=((WEEK, WEEK + 720), (WEEK_2, WEEK_3))))
        found = seen(book)
        assert (found.disputed_s, found.amount_minor, found.above_s) == (720, RATE, HOUR - 720)
        assert found.unprotected == {Reason.DISPUTED: 720, Reason.ABOVE_AUTHORIZED: HOUR - 720}
        book = to_charge(book)
        book = after(book, less(at_slot(0), book.at), got(at_slot(0), revision=10, at=book.at))
        assert (seen(book, WEEK_2).tracked_s, seen(book, WEEK_2).disputed_s) == (0, 720)
        refuses(book, said(Deleted, at_slot(0), book.at), "submitted")

    def test_what_came_off_comes_back_through_no_other_device(self) -> None:
        slot = at_slot(1)
        book = after(opened(), got(slot), got(slot, device=LATER_DEVICE))
        named: dict[str, Any] = {"job": JOB, "week": WEEK, "seconds": ((WEEK, WEEK + 720 + 500),)}
        book = self.filed(apply(to_review(book), Tick(at=IN_REVIEW)))
        book = after(book, Resolved(at=IN_REVIEW, **named), less(slot, IN_REVIEW + 1))
        assert (seen(book).tracked_s, seen(book, WEEK_2).tracked_s) == (0, 220)
        # Nor by an interval that began before what came off.
        book = after(book, got(slot - 1, device=LATER_DEVICE, at=book.at))
        assert seen(book, WEEK_2).tracked_s == 720 + 220

    def test_only_what_was_named_comes_off(self) -> None:
        book = self.filed(reviewed(), seconds=((WEEK, WEEK + 100),))
        book = apply(book, Resolved(at=IN_REVIEW, job=JOB, week=WEEK, seconds=((WEEK + 50, WEEK + HOUR),)))
        assert seen(book).disputed_s == 50

    def test_other_hours_come_off_whole(self) -> None:
        book = apply(apply(opened(), typed(WEEK)), typed(WEEK, entry=ENTRY_2))
        book = apply(to_review(book), Tick(at=IN_REVIEW))
        book = self.filed(book, seconds=(), other_hours=(ENTRY,))
        resolved = Resolved(at=IN_REVIEW, job=JOB, week=WEEK, other_hours=(ENTRY, ENTRY_2))
        book = apply(book, resolved)
        assert (seen(book).other_s, seen(book).amount_minor) == (HOUR, RATE)
        refuses(book, replace(resolved), "no_dispute")
        refuses(book, Disputed(at=IN_REVIEW, job=JOB, week=WEEK, other_hours=(ENTRY,)), "nothing_disputed")
        assert seen(self.filed(book, seconds=(), other_hours=(ENTRY_2,))).disputed

    def test_what_can_be_disputed(self) -> None:
        book = reviewed()
        disputed = Disputed(at=IN_REVIEW, job=JOB, week=WEEK, seconds=((WEEK_2, WEEK_3),))
        refuses(book, disputed, "nothing_disputed")
        refuses(book, replace(disputed, week=WEEK_2), "not_submitted")
        refuses(book, replace(disputed, at=review_end(WEEK)), "review_over")
        refuses(self.filed(book), disputed, "dispute_open")
        refuses(book, Resolved(at=IN_REVIEW, job=JOB, week=WEEK), "no_dispute")
        refuses(book, Resolved(at=IN_REVIEW, job=JOB, week=WEEK_2), "no_dispute")
        rejected = apply(book, said(Rejected, at_slot(0), IN_REVIEW))
        refuses(rejected, replace(disputed, seconds=((WEEK, WEEK + 720),)), "nothing_disputed")

    def test_two_timesheets_can_have_one_each(self) -> None:
        book = after(opened(), hours(2), hours(1, week=WEEK_2), Tick(at=IN_REVIEW))
        book = self.filed(apply(book, Submitted(at=IN_REVIEW, job=JOB, week=WEEK_2)))
        book = apply(book, Disputed(at=IN_REVIEW, job=JOB, week=WEEK_2, seconds=((WEEK_2, WEEK_3),)))
        book = apply(book, Resolved(at=IN_REVIEW, job=JOB, week=WEEK))
        assert not readiness(book, JOB, IN_REVIEW).ready
        book = apply(book, Resolved(at=IN_REVIEW + 1, job=JOB, week=WEEK_2))
        assert readiness(book, JOB, book.at).ready
