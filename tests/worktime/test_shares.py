"""Which timesheet the parts of a worked week stand on, and what they add up to."""

from __future__ import annotations

from uuid import UUID

from tests.worktime.people import DEVICES, FIRST, JOBS, SLOT, WEEK
from worktime.shares import Held, Share, Worked, hours_line, late_lines, own_lines, restored_s, shares, sums
from worktime.timesheet import LineKind, Part, Reason, Record, Terms, totals
from worktime.wire import Span

JOB, DEVICE = JOBS[0], DEVICES[0]
SHEET, NEXT = UUID(int=901), UUID(int=902)
NUMBER = FIRST // SLOT + 1


def part(start: int, end: int, reason: Reason | None = None, *, work_view: bool = True, billable: bool = True) -> Part:
    """Return seconds of the week's first slot."""
    return Part(WEEK + start, WEEK + end, NUMBER, DEVICE, work_view, False, billable, reason)


def test_parts_are_cut_where_the_timesheet_changes() -> None:
    held = {
        (NUMBER, DEVICE): (Held(SHEET, WEEK, ((WEEK, WEEK + 50),)), Held(NEXT, WEEK + 1, ((WEEK + 80, WEEK + 90),)))
    }
    found = list(shares([part(0, 100), part(100, 120)], held))
    assert [(share.part.start - WEEK, share.part.end - WEEK, share.holder) for share in found] == [
        (0, 50, SHEET),
        (80, 90, NEXT),
        (50, 80, None),
        (90, 100, None),
        (100, 120, None),
    ]


def test_sums_say_what_becomes_of_seconds() -> None:
    found = sums(
        (
            part(0, 10),
            part(10, 30, Reason.WORK_VIEW_OFF, work_view=False),
            part(30, 60, Reason.REJECTED, billable=False),
            part(60, 100, Reason.OVERLAP, billable=False),
            part(100, 150, Reason.ABOVE_AUTHORIZED, billable=False),
        )
    )
    assert (found.tracked_s, found.work_view_s, found.off_view_s) == (80, 60, 20)
    assert (found.rejected_s, found.overlap_s, found.billable_s, found.protected_s) == (30, 40, 30, 10)
    assert sum(found.unprotected.values()) == 140
    assert found.tracked == ((WEEK, WEEK + 30), (WEEK + 100, WEEK + 150))


def test_lines_are_of_the_own_week_or_late() -> None:
    record = Record(
        job=JOB,
        slot=NUMBER,
        device=DEVICE,
        spans=(Span(WEEK, WEEK + 60, True), Span(WEEK + 60, WEEK + 90, False)),
        picture_protects=True,
        has_arrived=True,
    )
    found = totals([record], job=JOB, week_start=WEEK, terms=Terms(6000, "USD", 80))
    worked = Worked(WEEK, 6000, found, tuple(Share(part, SHEET) for part in found.parts))
    own = worked.held_by(SHEET)
    assert [(line.kind, line.seconds) for line in own_lines(worked, own)] == [
        (LineKind.WORK_VIEW, 60),
        (LineKind.NO_WORK_VIEW, 20),
    ]
    assert [(line.kind, line.seconds, line.amount_minor) for line in late_lines(worked, own)] == [
        (LineKind.LATE, 80, 133)
    ]
    assert worked.held_by(None) == ()
    assert list(own_lines(worked, ())) == list(late_lines(worked, ())) == []
    assert found.held_by_segment(NUMBER, DEVICE) == ((WEEK, WEEK + 90),)


def test_what_staff_restored_after_the_charge_is_a_line_of_its_own() -> None:
    record = Record(
        job=JOB,
        slot=NUMBER,
        device=DEVICE,
        spans=(Span(WEEK, WEEK + 90, True),),
        picture_protects=True,
        has_arrived=True,
        restored=True,
        taken=((WEEK, WEEK + 60),),
    )
    found = totals([record], job=JOB, week_start=WEEK, terms=Terms(6000, "USD", 80))
    waits = tuple(Share(part, None) for part in found.parts)
    back = {(NUMBER, DEVICE): ((WEEK + 10, WEEK + 40), (WEEK + 70, WEEK + 90))}
    worked = Worked(WEEK, 6000, found, waits, back=back)
    assert [(line.kind, line.seconds, line.amount_minor) for line in late_lines(worked, worked.held_by(None))] == [
        (LineKind.LATE, 40, 67),
        (LineKind.ADJUSTMENT, 40, 67),
    ]
    assert sum(restored_s(worked, part) for part in found.parts) == 50


def test_other_hours_of_a_week_are_one_line_rounded_once() -> None:
    (found,) = hours_line(WEEK, 2999, [600, 0, 1201])
    assert (found.kind, found.worked_week, found.seconds) == (LineKind.OTHER_HOURS, WEEK, 1801)
    assert (found.rate_minor, found.amount_minor) == (2999, 1500)
    assert list(hours_line(WEEK, 2999, [0])) == []
