"""Time that comes, leaves and comes back: revisions, deletions, overlap, submission, protection, ended jobs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.worktime.booking import (
    CARD,
    DEVICE,
    ENTRY_2,
    HOUR,
    IN_REVIEW,
    JOB,
    LATER_DEVICE,
    OTHER_JOB,
    PAYS,
    RATE,
    WEEK,
    WEEK_2,
    WEEK_3,
    WEEK_4,
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
    Commented,
    Deleted,
    JobEnded,
    MethodsChanged,
    Rejected,
    Submitted,
    TermsChanged,
    Tick,
)
from worktime.book_values import SheetState
from worktime.readiness import Methods, NotReady
from worktime.slots import slot_start
from worktime.timesheet import LineKind, Reason
from worktime.weeks import review_end, submit_due, week_of
from worktime.wire import Span


class TestLaterRevisions:
    """Rules.md, Timesheets 3."""

    def test_seconds_leave_at_once_while_in_review(self) -> None:
        book = after(reviewed(), less(at_slot(0), IN_REVIEW, (0, 200)))
        assert seen(book).tracked_s == 2 * HOUR - 520
        assert seen(book, WEEK_2).lines == ()

    def test_after_the_charge_they_are_a_negative_adjustment_of_the_next_timesheet(self) -> None:
        book = to_charge(reviewed())
        book = after(book, less(at_slot(0), book.at, (0, 200)))
        assert seen(book).tracked_s == 2 * HOUR
        assert lines(seen(book, WEEK_2)) == [(LineKind.ADJUSTMENT, WEEK, -520, -867)]
        book = to_charge(after(book, hours(1, week=WEEK_2, at=book.at)), WEEK_2)
        assert kinds(charges(book, JOB)) == [("automatic", 2 * RATE), ("automatic", RATE - 867)]

    def test_only_what_was_billed_is_given_back(self) -> None:
        book = to_charge(reviewed(authorized_s=HOUR))
        book = after(book, less(at_slot(7), book.at))
        assert seen(book, WEEK_2).lines == ()

    def test_their_places_serve_late_time(self) -> None:
        book = to_charge(reviewed(authorized_s=HOUR))
        book = after(book, less(at_slot(0), book.at), got(at_slot(40), at=book.at))
        assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, 720, 1200), (LineKind.ADJUSTMENT, WEEK, -720, -1200)]

    def test_a_second_that_left_and_comes_back_is_late_time(self) -> None:
        book = after(reviewed(), less(at_slot(0), IN_REVIEW), got(at_slot(0), revision=10, at=IN_REVIEW))
        assert (seen(book).tracked_s, seen(book, WEEK_2).tracked_s) == (2 * HOUR - 720, 720)

    def test_what_came_to_less_than_nothing_is_carried(self) -> None:
        book = to_charge(reviewed())
        book = to_charge(after(book, less(at_slot(0), book.at)), WEEK_2)
        assert (seen(book, WEEK_2).state, seen(book, WEEK_2).amount_minor) == (SheetState.CLOSED, -1200)
        book = after(book, hours(1, week=WEEK_3, at=book.at))
        assert lines(seen(book, WEEK_3)) == [
            (LineKind.WORK_VIEW, WEEK_3, HOUR, RATE),
            (LineKind.ADJUSTMENT, WEEK_2, 0, -1200),
        ]
        assert kinds(charges(to_charge(book, WEEK_3), JOB))[1:] == [("automatic", RATE - 1200)]

    def test_idle_frees_a_charged_second_for_the_other_device(self) -> None:
        book = after(opened(), got(at_slot(0)), got(at_slot(0), (100, 300), device=LATER_DEVICE))
        book = to_charge(book)
        book = after(book, less(at_slot(0), book.at, (0, 100)))
        assert lines(seen(book, WEEK_2)) == [(LineKind.LATE, WEEK, 200, 333), (LineKind.ADJUSTMENT, WEEK, -620, -1033)]

    def test_what_arrived_stays_arrived(self) -> None:
        book = after(opened(), got(at_slot(0)), got(at_slot(0), (0, 9), revision=2, has_arrived=False))
        assert (seen(book).tracked_s, seen(book).unprotected) == (9, {})


class TestProtection:
    """Rules.md, Protection 3."""

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"picture_protects": False}, Reason.NO_PICTURE),
            ({"has_arrived": False}, Reason.PICTURE_FOLLOWS),
        ],
    )
    def test_without_a_picture(self, more: dict[str, bool], reason: Reason) -> None:
        book = after(opened(), got(at_slot(0), **more))
        assert (seen(book).protected_s, seen(book).unprotected) == (0, {reason: 720})

    def test_without_work_view(self) -> None:
        book = after(opened(), got(at_slot(0), (0, 100), (100, 150, False)))
        assert (seen(book).protected_s, seen(book).unprotected) == (100, {Reason.WORK_VIEW_OFF: 50})
        assert [line.kind for line in seen(book).lines] == [LineKind.WORK_VIEW, LineKind.NO_WORK_VIEW]

    def test_while_the_job_was_not_ready(self) -> None:
        begin = slot_start(at_slot(0))
        expires = replace(CARD, expires_at=begin + 300)
        book = after(opened(job(methods=Methods(expires))), got(at_slot(0)))
        assert (seen(book).protected_s, seen(book).unprotected) == (300, {Reason.NOT_READY: 420})

    def test_methods_count_from_their_own_second_on(self) -> None:
        begin = slot_start(at_slot(0))
        book = after(
            opened(job(methods=Methods())),
            MethodsChanged(at=begin + 100, job=JOB, methods=PAYS),
            MethodsChanged(at=begin + 500, job=JOB, methods=Methods(replace(CARD, removed=True))),
            got(at_slot(0)),
        )
        assert (seen(book).protected_s, seen(book).unprotected) == (400, {Reason.NOT_READY: 320})
        assert readiness(book, JOB, book.at).reasons == (NotReady.NO_DEFAULT_METHOD,)


class TestDeleting:
    """Rules.md, Tracking 5 and 6."""

    def test_it_goes_for_good_and_frees_nothing(self) -> None:
        slot = at_slot(0)
        book = after(opened(), got(slot, (0, 400)), got(slot, (100, 500), device=LATER_DEVICE))
        book = apply(book, said(Deleted, slot, book.at))
        assert seen(book).tracked_s == 100
        book = after(book, got(slot, (0, 600), revision=2, at=book.at))
        assert (seen(book).tracked_s, seen(book).protected_s) == (200, 200)

    def test_what_is_rejected_or_submitted_stays_with_its_comment(self) -> None:
        slot = at_slot(0)
        book = after(opened(), hours(2))
        assert apply(book, said(Commented, slot, book.at)) == book
        refuses(book, said(Deleted, at_slot(50), book.at), "unknown_segment")
        for kind in (Deleted, Commented):
            refuses(apply(book, said(Rejected, slot, book.at)), said(kind, slot, book.at), "rejected_stays")
            refuses(to_review(book), said(kind, slot, IN_REVIEW), "submitted")

    def test_before_the_picture_arrived_it_frees_no_second_either(self) -> None:
        slot = at_slot(0)
        at = slot_start(slot) + 730
        book = after(opened(), got(slot, has_arrived=False), said(Deleted, slot, at))
        book = apply(book, got(slot, device=LATER_DEVICE, at=at + 10))
        assert seen(book).tracked_s == 0
        book = to_review(book)
        assert (seen(book).tracked_s, seen(book).lines) == (0, ())


class TestSubmitting:
    """Rules.md, Timesheets 1."""

    def test_weeks_are_submitted_in_order_when_they_have_begun(self) -> None:
        book = apply(opened(), Tick(at=WEEK_2))
        refuses(book, Submitted(at=WEEK_2, job=JOB, week=WEEK_2), "earlier_open")
        refuses(book, Submitted(at=WEEK_2, job=JOB, week=WEEK_3), "bad_week")
        book = apply(book, Submitted(at=WEEK_2, job=JOB, week=WEEK))
        book = apply(book, Submitted(at=WEEK_2, job=JOB, week=WEEK_2))
        refuses(book, Submitted(at=WEEK_2, job=JOB, week=WEEK), "already_submitted")
        assert seen(book, WEEK_2).review_ends == review_end(WEEK_2)

    def test_what_has_not_arrived_waits(self) -> None:
        book = to_review(after(opened(), hours(1), got(at_slot(20), has_arrived=False)))
        assert (seen(book).tracked_s, seen(book, WEEK_2).tracked_s) == (HOUR, 0)
        book = after(book, got(at_slot(20), revision=2, at=book.at))
        assert seen(book, WEEK_2).tracked_s == 720

    def test_seconds_on_a_submitted_timesheet_never_move(self) -> None:
        slot = at_slot(1)
        book = to_review(after(opened(), got(slot, (100, 720))))
        book = after(book, got(slot - 1, device=LATER_DEVICE, at=book.at), got(slot, device=LATER_DEVICE, at=book.at))
        assert (seen(book).tracked_s, seen(book, WEEK_2).tracked_s) == (620, 820)

    def test_an_interval_began_when_it_began_in_the_week_before(self) -> None:
        last = at_slot(-1, WEEK_2)
        book = after(
            opened(),
            got(last, (700, 720)),
            got(last + 1),
            got(last + 1, (0, 720), device=UUID(int=0)),
        )
        book = after(book, Tick(at=submit_due(WEEK_2)))
        stored = book.segments[WEEK_2]
        assert [key.device for key, segment in stored.items() if segment.holds] == [DEVICE]

    def test_an_interval_began_when_it_began_some_contested_slots_ago(self) -> None:
        first = at_slot(3)
        mine = [got(first + number, (9, 720) if number == 0 else (0, 720)) for number in range(3)]
        theirs = [got(event.slot, (5, 720), device=LATER_DEVICE) for event in mine]
        book = to_review(after(opened(), mine, theirs))
        counted = {key: segment.holds[0].seconds for key, segment in book.segments[WEEK].items() if segment.holds}
        assert {key.device for key in counted if key.slot > first} == {DEVICE}


class TestEndedJobs:
    """Rules.md, Timesheets 2."""

    def test_what_comes_late_goes_on_a_closing_timesheet_with_its_own_review(self) -> None:
        book = after(opened(), hours(1), JobEnded(at=WEEK + 86400, job=JOB), Tick(at=WEEK_3))
        assert book.jobs[JOB].rows.keys() == {WEEK}
        book = after(book, got(at_slot(30), at=WEEK_3 + 9 * HOUR))
        assert (seen(book, WEEK_3).state, lines(seen(book, WEEK_3))) == (
            SheetState.OPEN,
            [(LineKind.LATE, WEEK, 720, 1200)],
        )
        refuses(book, Submitted(at=book.at, job=JOB, week=WEEK_3), "bad_week")
        book = to_review(book, WEEK_3)
        assert (seen(book, WEEK_3).state, seen(book, WEEK_3).review_ends) == (
            SheetState.SUBMITTED,
            review_end(WEEK_3),
        )
        assert kinds(charges(to_charge(book, WEEK_3), JOB)) == [("automatic", RATE), ("automatic", 1200)]

    def test_an_adjustment_asks_for_one_and_what_is_carried_does_not(self) -> None:
        book = to_charge(after(opened(), hours(1), JobEnded(at=WEEK + 86400, job=JOB)))
        book = to_charge(after(book, less(at_slot(0), book.at)), WEEK_2)
        assert (seen(book, WEEK_2).state, seen(book, WEEK_2).amount_minor) == (SheetState.CLOSED, -1200)
        book = to_charge(book, WEEK_4)
        assert book.jobs[JOB].rows.keys() == {WEEK, WEEK_2}

    def test_other_hours_ask_for_one(self) -> None:
        book = to_charge(after(opened(), JobEnded(at=WEEK + 86400, job=JOB)))
        book = to_review(apply(book, typed(book.at)), WEEK_2)
        assert lines(seen(book, WEEK_2)) == [(LineKind.OTHER_HOURS, WEEK, HOUR, RATE)]
        refuses(book, typed(book.at, week=WEEK_2, entry=ENTRY_2), "bad_week")

    def test_time_that_is_lost_asks_for_none(self) -> None:
        book = after(
            opened(), got(at_slot(0)), got(at_slot(0), (1, 9), device=LATER_DEVICE), JobEnded(at=WEEK_2 - 1, job=JOB)
        )
        assert to_charge(book, WEEK_3).jobs[JOB].rows.keys() == {WEEK}

    def test_an_ended_job_ends_once_and_has_no_new_terms(self) -> None:
        book = apply(opened(), JobEnded(at=WEEK + 5, job=JOB))
        refuses(book, JobEnded(at=WEEK + 5, job=JOB), "job_ended")
        refuses(book, TermsChanged(at=WEEK + 5, job=JOB, week=WEEK_2, rate_minor=1, authorized_s=1), "job_ended")


BEGAN = WEEK + HOUR + 100


class TestBounds:
    """Rules.md, Two machines 3: what the job has not is refused, and the tracker keeps it."""

    @pytest.mark.parametrize("kind", ["spans", "idle", "deleted"])
    def test_nothing_counts_from_before_the_job_began(self, kind: str) -> None:
        book = opened(job(started_at=BEGAN))
        early: dict[str, Any] = {"spans": (), kind: part(BEGAN - 1, BEGAN + 9, kind)}
        refuses(book, replace(got(at_slot(5), at=BEGAN + 720), **early), "before_job")
        just: dict[str, Any] = {"spans": (), kind: part(BEGAN, BEGAN + 9, kind)}
        assert after(book, replace(got(at_slot(5), at=BEGAN + 720), **just)).segments

    @pytest.mark.parametrize("kind", ["spans", "idle", "deleted"])
    def test_nothing_counts_from_after_it_ended(self, kind: str) -> None:
        book = apply(opened(), JobEnded(at=BEGAN, job=JOB))
        late: dict[str, Any] = {"spans": (), kind: part(BEGAN - 9, BEGAN + 1, kind)}
        refuses(book, replace(got(at_slot(5), at=BEGAN + 720), **late), "after_job")
        just: dict[str, Any] = {"spans": (), kind: part(BEGAN - 9, BEGAN, kind)}
        assert after(book, replace(got(at_slot(5), at=BEGAN + 720), **just)).segments


def part(start: int, end: int, kind: str) -> tuple[Any, ...]:
    """Return one stretch as the named field of an event holds it."""
    return (Span(start, end, True),) if kind == "spans" else ((start, end),)


def test_a_book_has_each_job_once() -> None:
    with pytest.raises(ValueError, match="given twice"):
        open_book((job(), job()))
    assert week_of(opened(job(), job(id=OTHER_JOB)).next_due) == WEEK_2
