"""Which seconds a submitted timesheet holds: taken at its submission, and cut to what was paid at its charge.

A second is held by one timesheet. What no timesheet holds when it arrives is late time of the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from marketplace.timesheets.models import Entry, Timesheet
from marketplace.timesheets.selectors import Standing
from marketplace.workview.models import Segment
from marketplace.workview.services import freeze
from worktime.intervals import Interval, intersect, subtract, union
from worktime.shares import Worked
from worktime.slots import slot_of
from worktime.timesheet import Part, Reason
from worktime.weeks import week_end

Seconds = dict[tuple[int, UUID], list[Interval]]


def is_held(part: Part) -> bool:
    """Whether a timesheet holds the part: what another device's interval took it does not; a rejection may end."""
    return part.counts or part.reason is Reason.REJECTED


def hold_entries(sheet: Timesheet, standing: Standing, now: int) -> None:
    """Store at submission what stands on ``sheet``. A segment that came with nothing to hold is noted as seen."""
    entries = Entry.objects.bulk_create(_entries(sheet, standing, now))
    freeze(Segment.objects.filter(entries__timesheet=sheet))
    _release(sheet, [entry for entry in entries if entry.spans])


def settle_entries(sheet: Timesheet, standing: Standing) -> None:
    """Cut at the charge what ``sheet`` holds to what stands on it: seconds that come back later are late time."""
    held: Seconds = {}
    for parts in (standing.own_parts, *(parts for _, parts in standing.late)):
        _collect(held, parts)
    entries = list(sheet.entries.select_related("segment"))
    for entry in entries:
        entry.spans = [list(span) for span in union(held.get((entry.segment.slot, entry.segment.device), ()))]
    Entry.objects.bulk_update(entries, ["spans"], batch_size=100)


def _collect(held: Seconds, parts: tuple[Part, ...]) -> None:
    for part in parts:
        if is_held(part):
            held.setdefault((part.slot, part.device), []).append((part.start, part.end))


def _release(sheet: Timesheet, taken: list[Entry]) -> None:
    """Let other timesheets go of seconds that ``sheet`` holds now: their own segments had given them up."""
    by_slot: dict[int, list[Interval]] = {}
    for entry in taken:
        by_slot.setdefault(entry.segment.slot, []).extend((start, end) for start, end in entry.spans)
    others = Entry.objects.filter(segment__person=sheet.job.freelancer_id, segment__slot__in=by_slot)
    for entry in others.exclude(timesheet=sheet).select_related("segment"):
        spans, gone = [(start, end) for start, end in entry.spans], by_slot[entry.segment.slot]
        if intersect(spans, gone):
            entry.spans = [list(span) for span in subtract(spans, gone)]
            entry.save(update_fields=["spans"])


def _entries(sheet: Timesheet, standing: Standing, now: int) -> Iterator[Entry]:
    yield from _entries_of_week(sheet, standing.own, standing.own_parts, now)
    for worked, parts in standing.late:
        yield from _entries_of_week(sheet, worked, parts, now)


def _entries_of_week(sheet: Timesheet, worked: Worked, parts: tuple[Part, ...], now: int) -> Iterator[Entry]:
    held: Seconds = {}
    _collect(held, parts)
    end = week_end(worked.week_start)
    segments = Segment.objects.filter(
        job=sheet.job_id, slot__gte=slot_of(worked.week_start), slot__lt=slot_of(end), arrived_at__lte=now
    )
    for segment in segments.annotate(is_seen=Exists(Entry.objects.filter(segment=OuterRef("pk")))):
        spans = union(held.get((segment.slot, segment.device), ()))
        if spans or not segment.is_seen:
            yield Entry(timesheet=sheet, segment=segment, spans=[list(span) for span in spans])
