"""A deletion on its way from what was seen to the timesheet: its seconds count nowhere and free no other device."""

from __future__ import annotations

from uuid import UUID

from worktime.derive import content, replay
from worktime.observations import Commented, Deleted, Entered, Left
from worktime.timesheet import Record, Terms, totals
from worktime.wire import Segment, Span, decode, encode

JOB, OTHER = UUID(int=0xA), UUID(int=0xB)
HERE, THERE = UUID(int=1), UUID(int=2)
WEEK = 1_793_595_600  # Monday 2026-11-02 00:00 in New York
SLOT = WEEK // 720


def sent() -> Segment:
    """Five minutes that were deleted, a gap, and five that were tracked after it."""
    seen = (
        Entered(job=JOB, slot=SLOT, at=WEEK, work_view=True, attempt=1, drawn=True),
        Left(job=JOB, slot=SLOT, at=WEEK + 300),
        Deleted(job=JOB, slot=SLOT, at=WEEK + 300, attempt=1),
        Entered(job=JOB, slot=SLOT, at=WEEK + 400, work_view=True, attempt=2, drawn=True),
        Left(job=JOB, slot=SLOT, at=WEEK + 700),
        Commented(job=JOB, slot=SLOT, text="pasted\x00\r\nfrom a terminal\x1b"),
    )
    segment = content(replay(JOB, SLOT, seen), 1)
    assert segment is not None
    return decode(encode(segment), Segment)


def test_deleted_seconds_travel_apart_from_counted_ones() -> None:
    segment = sent()
    assert segment.deleted == ((WEEK, WEEK + 300),)
    assert segment.intervals == ((WEEK + 400, WEEK + 700),)


def test_a_comment_that_the_wire_refuses_is_cleaned_on_its_way() -> None:
    assert sent().comment == "pasted\nfrom a terminal"


def test_the_other_device_gets_the_gap_and_not_what_was_deleted() -> None:
    segment = sent()
    mine = Record(
        job=JOB,
        slot=SLOT,
        device=HERE,
        spans=segment.spans,
        deleted=segment.deleted,
        picture_protects=True,
        has_arrived=True,
    )
    whole = Span(WEEK, WEEK + 720, True)
    other = Record(job=OTHER, slot=SLOT, device=THERE, spans=(whole,), picture_protects=True, has_arrived=True)
    terms = Terms(3000, "USD", 3600)
    found = totals([mine, other], job=OTHER, week_start=WEEK, terms=terms)
    # The other device started at the same second with the greater id: it keeps the gap and what it began earlier.
    assert found.tracked == ((WEEK + 300, WEEK + 720),)
    assert (found.overlap_s, found.currency) == (300, "USD")
