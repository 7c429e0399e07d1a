"""The timesheet against a model that looks at one second after the other, and its rules one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worktime.people import (
    DELETED,
    DEVICES,
    FIRST,
    IDLE,
    JOBS,
    OFF,
    ON,
    SECONDS,
    SLOT,
    WEEK,
    Device,
    devices,
    intervals,
)
from worktime.timesheet import Line, LineKind, Part, Reason, Record, Terms, Totals, line, totals
from worktime.weeks import split_by_day
from worktime.wire import Span

JOB, OTHER = JOBS
FIRST_SLOT = FIRST // SLOT


def moved(found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return intervals of the model as UTC seconds."""
    return tuple((FIRST + start, FIRST + end) for start, end in found)


def records(people: tuple[Device, ...]) -> list[Record]:
    """Return what the devices would have sent."""
    out: list[Record] = []
    for device in people:
        for job, did in device.did.items():
            for number in range(4):
                low, high = number * SLOT, (number + 1) * SLOT
                spans = [
                    *((start, end, True) for start, end in moved(intervals(did, ON, low, high))),
                    *((start, end, False) for start, end in moved(intervals(did, OFF, low, high))),
                ]
                record = Record(
                    job=job,
                    slot=FIRST_SLOT + number,
                    device=device.id,
                    spans=tuple(Span(*span) for span in sorted(spans)),
                    picture_protects=device.protects[job][number],
                    has_arrived=device.arrived[job][number],
                    rejected=device.rejected[job][number],
                    deleted=moved(intervals(did, DELETED, low, high)),
                    idle=moved(intervals(did, IDLE, low, high)),
                    settled=moved(intervals(device.settled[job], 1, low, high)),
                    taken=moved(intervals(device.taken[job], 1, low, high)) if device.rejected[job][number] else (),
                )
                if record.spans or record.deleted or record.idle or record.taken:
                    out.append(record)
    return out


def begun(claimed: list[bool]) -> list[int]:
    """Return for each second where the interval started that it is part of."""
    out: list[int] = []
    for second in range(SECONDS):
        out.append(out[-1] if second > 0 and claimed[second - 1] else second)
    return out


def taken(device: Device, job: UUID, second: int) -> bool:
    """Whether the second went with a rejection that stands."""
    return device.rejected[job][second // SLOT] and bool(device.taken[job][second])


def naive(
    people: tuple[Device, ...], authorized_s: int, not_ready: bytearray, arrived_only: bool
) -> tuple[Counter[str], set[int], set[int]]:
    """Return the figures, the tracked and the billable seconds, by the words of the rules for each second."""
    figures: Counter[str] = Counter()
    counted: list[tuple[bool, int, str, bool]] = []
    recorded = (ON, OFF, DELETED)
    there = {
        (device.id, job): [arrived or not arrived_only for arrived in device.arrived[job]]
        for device in people
        for job in JOBS
    }
    starts = {
        (device.id, job): begun(
            [
                taken(device, job, second) or (did[second] in recorded and there[device.id, job][second // SLOT])
                for second in range(SECONDS)
            ]
        )
        for device in people
        for job, did in device.did.items()
    }
    for second in range(SECONDS):
        claims = []
        for device in people:
            for job, did in device.did.items():
                what = did[second] if there[device.id, job][second // SLOT] else None
                if what == IDLE and job == JOB and second >= SLOT:
                    figures["idle"] += 1
                rank = (
                    0 if device.settled[job][second] and what in (ON, OFF) else 1 if taken(device, job, second) else 2
                )
                if what in recorded or rank == 1:
                    claims.append((rank, starts[device.id, job][second], device.id, job, device, what))
        if second < SLOT:
            continue
        claims.sort(key=lambda claim: claim[:4])
        for place, (rank, _, _, job, device, what) in enumerate(claims):
            if job != JOB or what not in (ON, OFF):
                continue
            moves = rank > 0
            number = second // SLOT
            if place > 0:
                figures["overlap"] += 1
            elif device.rejected[job][number]:
                figures["rejected"] += 1
            elif what == OFF:
                counted.append((moves, second, "work_view_off", False))
            elif not device.arrived[job][number]:
                counted.append((moves, second, "picture_follows", True))
            elif not device.protects[job][number]:
                counted.append((moves, second, "no_picture", True))
            elif not_ready[second]:
                counted.append((moves, second, "not_ready", True))
            else:
                counted.append((moves, second, "", True))
    billable: set[int] = set()
    for _, second, why, work_view in sorted(counted):
        figures["work_view" if work_view else "off_view"] += 1
        if len(billable) < authorized_s:
            billable.add(second)
            figures["billable_work_view" if work_view else "billable_off_view"] += 1
            figures[f"why {why}"] += 1
        else:
            figures[f"why {why or 'above_authorized'}"] += 1
    return figures, {second for _, second, _, _ in counted}, billable


@given(
    devices(),
    st.one_of(st.integers(0, SECONDS), st.just(SECONDS)),
    st.integers(0, 100_000),
    st.lists(st.tuples(st.integers(0, SECONDS), st.integers(0, SECONDS)), max_size=3),
    st.booleans(),
)
def test_totals_are_what_the_rules_say_of_each_second(
    people: tuple[Device, ...], authorized_s: int, rate: int, closed: list[tuple[int, int]], arrived_only: bool
) -> None:
    not_ready = bytearray(SECONDS)
    for low, high in closed:
        not_ready[low:high] = b"\1" * max(0, high - low)
    found = totals(
        records(people),
        job=JOB,
        week_start=WEEK,
        terms=Terms(rate, "USD", authorized_s),
        not_ready=[(FIRST + low, FIRST + high) for low, high in closed],
        arrived_only=arrived_only,
    )
    figures, tracked, billable = naive(people, authorized_s, not_ready, arrived_only)
    assert found.work_view_s == figures["work_view"]
    assert found.off_view_s == figures["off_view"]
    assert found.tracked_s == len(tracked)
    assert found.rejected_s == figures["rejected"]
    assert found.overlap_s == figures["overlap"]
    assert found.idle_s == figures["idle"]
    assert found.billable_s == len(billable)
    assert found.protected_s == figures["why "]
    for reason in Reason:
        expected = figures["overlap"] if reason is Reason.OVERLAP else figures[f"why {reason}"]
        expected = figures["rejected"] if reason is Reason.REJECTED else expected
        assert found.unprotected.get(reason, 0) == expected
    assert {second - FIRST for start, end in found.tracked for second in range(start, end)} == tracked
    paid = {second for part in found.parts if part.billable for second in range(part.start, part.end)}
    assert {second - FIRST for second in paid} == billable
    cents = [figures["billable_work_view"], figures["billable_off_view"]]
    assert found.amount_minor == sum(
        int((Decimal(seconds * rate) / 3600).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)) for seconds in cents
    )
    check_sums(found)


def check_sums(found: Totals) -> None:
    assert found.tracked_s == found.work_view_s + found.off_view_s
    recorded = found.tracked_s + found.rejected_s + found.overlap_s
    assert found.protected_s + sum(found.unprotected.values()) == recorded == sum(part.seconds for part in found.parts)
    assert sum(found.segment_s().values()) == found.tracked_s + found.rejected_s
    assert sum(line.amount_minor for line in found.lines) == found.amount_minor
    assert sum(line.seconds for line in found.lines) == found.billable_s
    assert 0 not in found.unprotected.values()
    assert sum(split_by_day(found.tracked, "Asia/Kathmandu").values()) == found.tracked_s
    assert list(found.parts) == sorted(found.parts, key=lambda part: part[:4])


SLOT_1 = WEEK // SLOT
TERMS = Terms(3000, "USD", 40 * 3600)


def full(slot: int, **changed: object) -> Record:
    """A whole slot with a picture that protects, on the first device for the first job."""
    start = slot * SLOT
    whole = Record(
        job=JOB,
        slot=slot,
        device=DEVICES[0],
        spans=(Span(start, start + SLOT, True),),
        picture_protects=True,
        has_arrived=True,
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def of(*held: Record, terms: Terms = TERMS, job: UUID = JOB, not_ready: tuple[tuple[int, int], ...] = ()) -> Totals:
    return totals(held, job=job, week_start=WEEK, terms=terms, not_ready=not_ready)


def test_an_hour_and_a_rejected_slot() -> None:
    hour = [full(SLOT_1 + number) for number in range(5)]
    assert (of(*hour).tracked_s, of(*hour).protected_s, of(*hour).amount_minor) == (3600, 3600, 3000)
    hour[2] = replace(hour[2], rejected=True)
    after = of(*hour)
    assert (after.tracked_s, after.rejected_s, after.amount_minor) == (2880, 720, 2400)
    assert after.unprotected == {Reason.REJECTED: 720}
    assert after.segment_s()[SLOT_1 + 2, DEVICES[0]] == 720
    assert after.lines == (Line(LineKind.WORK_VIEW, WEEK, 2880, 3000, 2400),)


def test_an_empty_week() -> None:
    found = of()
    assert (found.tracked_s, found.amount_minor, found.lines, found.parts) == (0, 0, (), ())


def test_rejected_time_frees_its_place_in_the_authorized_hours() -> None:
    terms = Terms(3000, "USD", 1000)
    first, second = full(SLOT_1), full(SLOT_1 + 1)
    found = of(first, second, terms=terms)
    assert (found.billable_s, found.unprotected) == (1000, {Reason.ABOVE_AUTHORIZED: 440})
    found = of(replace(first, rejected=True), second, terms=terms)
    assert (found.billable_s, found.unprotected) == (720, {Reason.REJECTED: 720})


def test_the_earlier_started_interval_counts_across_slots_whatever_the_device_ids() -> None:
    # The third device started in the slot before; both go on through the next slot, in which their spans start alike.
    early = [full(SLOT_1, device=DEVICES[2]), full(SLOT_1 + 1, device=DEVICES[2])]
    begin = (SLOT_1 + 1) * SLOT - 60
    late = [
        full(SLOT_1, job=OTHER, spans=(Span(begin, begin + 60, True),)),
        full(SLOT_1 + 1, job=OTHER),
    ]
    assert of(*early, *late).tracked_s == 1440
    assert of(*early, *late, job=OTHER).overlap_s == 780


def test_a_tie_goes_to_the_smaller_device() -> None:
    pair = [full(SLOT_1, device=DEVICES[1]), full(SLOT_1, device=DEVICES[0], job=OTHER)]
    assert of(*pair).overlap_s == 720
    assert of(*pair, job=OTHER).tracked_s == 720


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("work_view", [True, False])
def test_seconds_that_another_device_has_are_told_whole(settled: bool, work_view: bool) -> None:
    whole = (SLOT_1 * SLOT, (SLOT_1 + 1) * SLOT)
    changed = {"spans": (Span(*whole, work_view),), "settled": (whole,) if settled else ()}
    first, second = (full(SLOT_1, device=device, **changed) for device in DEVICES[:2])
    won, lost = of(first, second).parts
    view_off = None if work_view else Reason.WORK_VIEW_OFF
    assert won == Part(*whole, SLOT_1, DEVICES[0], work_view, settled, billable=True, reason=view_off)
    assert lost == Part(*whole, SLOT_1, DEVICES[1], work_view, settled, billable=False, reason=Reason.OVERLAP)


def test_idle_frees_a_second_and_deletion_and_rejection_do_not() -> None:
    start = SLOT_1 * SLOT
    other = full(SLOT_1, device=DEVICES[1])
    whole = (start, start + SLOT)
    assert of(full(SLOT_1, spans=(), idle=(whole,)), other).tracked_s == SLOT
    assert of(full(SLOT_1, spans=(), deleted=(whole,)), other).tracked_s == 0
    rejected = of(full(SLOT_1, rejected=True), other)
    assert (rejected.tracked_s, rejected.rejected_s, rejected.overlap_s) == (0, SLOT, SLOT)


def test_what_a_rejection_took_is_nobody_elses_whoever_started_earlier() -> None:
    start, middle = SLOT_1 * SLOT, SLOT_1 * SLOT + 100
    rejected = full(SLOT_1, device=DEVICES[1], spans=(Span(middle, start + SLOT, True),), rejected=True)
    again = full(SLOT_1, device=DEVICES[0])
    assert of(rejected, again).tracked_s == SLOT
    rejected = replace(rejected, taken=((middle, start + SLOT),))
    found = of(rejected, again)
    assert (found.tracked_s, found.rejected_s, found.overlap_s) == (100, SLOT - 100, SLOT - 100)
    # Nor does giving the seconds up afterwards, as idle or without a word, free them.
    for spans, idle in (((), ((middle, start + SLOT),)), ((), ())):
        found = of(replace(rejected, spans=spans, idle=idle), again)
        assert (found.tracked_s, found.rejected_s) == (100, 0)


def test_a_rejected_segment_that_has_not_arrived_holds_its_seconds_against_another_device_at_submission() -> None:
    start = SLOT_1 * SLOT
    rejected = full(SLOT_1, has_arrived=False, rejected=True, taken=((start, start + SLOT),))
    again = full(SLOT_1, device=DEVICES[1])
    found = totals([rejected, again], job=JOB, week_start=WEEK, terms=TERMS, arrived_only=True)
    assert (found.tracked_s, found.rejected_s, found.overlap_s) == (0, 0, SLOT)


def test_rejecting_what_did_not_count_takes_nothing_from_what_did() -> None:
    found = of(full(SLOT_1, device=DEVICES[1], rejected=True), full(SLOT_1))
    assert (found.tracked_s, found.rejected_s, found.overlap_s) == (SLOT, 0, SLOT)


def test_restored_seconds_stay_with_their_device() -> None:
    start = SLOT_1 * SLOT
    restored = full(SLOT_1, device=DEVICES[1], restored=True, taken=((start, start + 300),))
    found = of(restored, full(SLOT_1))
    assert (found.tracked_s, found.rejected_s, found.overlap_s) == (SLOT, 0, SLOT)
    own = {part.device: part.seconds for part in found.parts if part.counts}
    assert own == {DEVICES[1]: 300, DEVICES[0]: SLOT - 300}


def test_a_rejection_that_does_not_stand_takes_nothing() -> None:
    with pytest.raises(ValueError, match=r"^a rejection that does not stand takes nothing"):
        full(SLOT_1, taken=((WEEK, WEEK + 5),))


def test_seconds_on_a_submitted_timesheet_never_move() -> None:
    start = SLOT_1 * SLOT
    late = full(SLOT_1, device=DEVICES[0])
    standing = full(SLOT_1, device=DEVICES[1], job=OTHER, settled=((start, start + 300),))
    assert of(late, standing).tracked_s == SLOT - 300
    assert of(late, standing, job=OTHER).tracked_s == 300


def test_late_seconds_take_what_is_left_of_the_authorized_hours() -> None:
    terms = Terms(3000, "USD", SLOT)
    standing = full(SLOT_1 + 1, settled=((WEEK + SLOT, WEEK + 2 * SLOT),))
    found = of(full(SLOT_1), standing, terms=terms)
    assert [(part.slot, part.settled) for part in found.parts if part.billable] == [(SLOT_1 + 1, True)]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"spans": (Span(WEEK, WEEK + 720, False),)}, Reason.WORK_VIEW_OFF),
        ({"has_arrived": False}, Reason.PICTURE_FOLLOWS),
        ({"picture_protects": False}, Reason.NO_PICTURE),
        ({"rejected": True, "picture_protects": False}, Reason.REJECTED),
    ],
)
def test_why_a_second_is_not_protected(changed: dict[str, object], reason: Reason) -> None:
    assert of(full(SLOT_1, **changed)).unprotected == {reason: 720}


def test_only_the_seconds_worked_while_not_ready_are_unprotected() -> None:
    found = of(full(SLOT_1), not_ready=((WEEK - 5, WEEK + 20), (WEEK + 700, WEEK + 9000), (WEEK + 100, WEEK + 110)))
    assert found.unprotected == {Reason.NOT_READY: 50}
    assert found.protected_s == 670


def test_kinds_of_time_are_rounded_apart() -> None:
    spans = (Span(WEEK, WEEK + 6, True), Span(WEEK + 6, WEEK + 12, False))
    found = of(full(SLOT_1, spans=spans), terms=Terms(300, "USD", 3600))
    assert [(line.kind, line.amount_minor) for line in found.lines] == [
        (LineKind.WORK_VIEW, 0),
        (LineKind.NO_WORK_VIEW, 0),
    ]
    assert found.amount_minor == 0


def test_a_line_takes_time_away_too() -> None:
    assert line(LineKind.ADJUSTMENT, WEEK, -720, 3000).amount_minor == -600


def test_the_weeks_beside_are_not_counted() -> None:
    following = WEEK + 168 * 3600
    found = of(full(SLOT_1 - 1), full(following // SLOT))
    assert (found.tracked_s, found.parts) == (0, ())
    assert of(full(following // SLOT - 1)).tracked_s == SLOT


def test_an_interval_that_runs_into_the_week_started_before_it() -> None:
    early = [full(SLOT_1 - 1, device=DEVICES[1]), full(SLOT_1, device=DEVICES[1])]
    assert of(*early, full(SLOT_1, job=OTHER)).tracked_s == SLOT


def test_a_segment_given_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"^a segment .* is given twice"):
        of(full(SLOT_1), full(SLOT_1))


def test_a_week_starts_on_monday() -> None:
    with pytest.raises(ValueError, match="no work week starts"):
        totals([], job=JOB, week_start=WEEK + 1, terms=TERMS)


@pytest.mark.parametrize(
    "changed",
    [
        {"spans": (Span(WEEK - 1, WEEK + 5, True),)},
        {"spans": (Span(WEEK, WEEK + 721, True),)},
        {"spans": (Span(WEEK + 5, WEEK + 5, True),)},
        {"spans": (Span(WEEK, WEEK + 9, True), Span(WEEK + 8, WEEK + 20, True))},
        {"deleted": ((WEEK + 5, WEEK + 6),)},
        {"idle": ((WEEK + 5, WEEK + 6),)},
        {"spans": (), "idle": ((WEEK - 1, WEEK + 6),)},
        {"spans": (), "deleted": ((WEEK + 719, WEEK + 721),)},
        {"spans": (), "deleted": ((WEEK + 7, WEEK + 7),)},
        {"spans": (), "deleted": ((WEEK + 1, WEEK + 7),), "idle": ((WEEK + 6, WEEK + 8),)},
    ],
)
def test_a_record_that_cannot_be_is_not_built(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^span .* slot|^deleted or idle seconds leave slot|^a second is .* only one"):
        full(SLOT_1, **changed)


@pytest.mark.parametrize(("rate", "authorized"), [(-1, 0), (0, -1)])
def test_terms_are_not_negative(rate: int, authorized: int) -> None:
    with pytest.raises(ValueError, match=r"^a rate and authorized hours cannot be negative"):
        Terms(rate, "USD", authorized)


@pytest.mark.no_cover
def test_cost_grows_with_the_number_of_intervals_and_not_with_its_square() -> None:
    def cost(spans_each: int) -> float:
        held = []
        for slot in range(SLOT_1, SLOT_1 + 200):
            step = SLOT // spans_each
            spans = tuple(Span(slot * SLOT + n * step, slot * SLOT + n * step + 1, True) for n in range(spans_each))
            held += [full(slot, device=device, spans=spans) for device in DEVICES[:2]]
        closed = tuple((WEEK + at, WEEK + at + 1) for at in range(0, 200 * SLOT, SLOT // spans_each))
        began = process_time()
        of(*held, not_ready=closed)
        return process_time() - began

    # Ten times the intervals: ten times the cost would be linear, a hundred times the square.
    assert min(cost(60) for _ in range(3)) < 30 * min(cost(6) for _ in range(3))
