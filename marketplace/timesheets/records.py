"""Loading what a timesheet needs: the person's segments of a work week, across jobs and devices, as worktime's records.

The one place where segments leave the database to be counted; ``worktime.timesheet`` does the counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.jobs.models import Job
from marketplace.timesheets.models import Entry, ReadinessChange
from marketplace.workview.models import Picture, Rejection, Segment
from worktime.intervals import Interval, intersect, union
from worktime.shares import Held, Seconds
from worktime.slots import SLOT_S, slot_of
from worktime.timesheet import Record
from worktime.weeks import week_end
from worktime.wire import Span

_RUN_IN_SLOTS = 24 * 3600 // SLOT_S
"""Slots before the week that are loaded too, so that it is known when an interval began that runs through midnight."""


@dataclass(frozen=True)
class Loaded:
    """The records of a week; of the job's segments, by slot and device, which timesheet holds which seconds.

    ``back``: the seconds that staff restored after the timesheet that held them was charged.
    """

    records: tuple[Record, ...]
    held: Mapping[tuple[int, UUID], tuple[Held, ...]]
    back: Seconds


def load(job: Job, week_start: int, *, now: int) -> Loaded:
    """Return the records of ``job``'s freelancer around the work week, as they stand at the second ``now``."""
    first, last = slot_of(week_start) - _RUN_IN_SLOTS, slot_of(week_end(week_start))
    rows, held = _rows(Segment.objects.filter(person=job.freelancer_id, slot__gte=first, slot__lt=last))
    records = (record(row, **facts, settled=_seconds(held.get(row.pk, ())), now=now) for row, facts in rows)
    return _loaded(job, tuple(records), rows, held)


def load_held(job: Job, week_start: int, *, sheet_week: int, now: int) -> Loaded:
    """Return the job's records of the work week, cut to what the timesheet of ``sheet_week`` and earlier ones hold.

    Earlier timesheets' seconds are settled: they take up the authorized hours first, whenever they were worked. What
    another device or job claims plays no part any more: whose a second is was decided when it was submitted.
    """
    first, last = slot_of(week_start), slot_of(week_end(week_start))
    rows, held = _rows(Segment.objects.filter(job=job, slot__gte=first, slot__lt=last))
    records = []
    for row, facts in rows:
        known = [part for part in held.get(row.pk, ()) if part.week_start <= sheet_week]
        earlier = _seconds(part for part in known if part.week_start < sheet_week)
        records.append(record(row, **facts, settled=earlier, now=now, within=_seconds(known)))
    return _loaded(job, tuple(records), rows, held)


class Facts(TypedDict):
    """What else is known of a segment: the rejection that stands or was ended by staff, and is its picture here."""

    rejection: Rejection | None
    pictured: bool


def record(
    segment: Segment,
    *,
    rejection: Rejection | None,
    pictured: bool,
    settled: tuple[Interval, ...],
    now: int,
    within: tuple[Interval, ...] | None = None,
) -> Record:
    """Return the segment as a timesheet sees it at the second ``now``; ``within`` cuts it to those seconds."""
    arrived = segment.arrived_at is not None and segment.arrived_at <= now
    spans = tuple(Span(start, end, work_view) for start, end, work_view in segment.spans)
    if within is not None:
        spans = tuple(
            Span(start, end, span.work_view)
            for span in spans
            for start, end in intersect(((span.start, span.end),), within)
        )
    stands = rejection is not None and not rejection.restored
    return Record(
        job=segment.job_id,
        slot=segment.slot,
        device=segment.device,
        spans=spans,
        picture_protects=pictured and segment.picture_protects,
        has_arrived=arrived,
        rejected=stands,
        restored=rejection is not None and not stands,
        # A rejection covers later revisions: what it let go of can be more than what counted when it came.
        taken=union((s, e) for s, e in (*rejection.taken, *rejection.back)) if rejection and within is None else (),
        # Deleted seconds claim time of other devices: what is cut to held seconds was decided long ago.
        deleted=tuple((start, end) for start, end in segment.deleted) if within is None else (),
        idle=tuple((start, end) for start, end in segment.idle),
        settled=settled,
    )


def _rows(segments: QuerySet[Segment]) -> tuple[list[tuple[Segment, Facts]], dict[UUID, list[Held]]]:
    held: dict[UUID, list[Held]] = {}
    entries = Entry.objects.filter(segment__in=segments.values("pk")).order_by("timesheet__week_start")
    for segment, timesheet, week_start, spans in entries.values_list(
        "segment_id", "timesheet_id", "timesheet__week_start", "spans"
    ):
        seconds = tuple((start, end) for start, end in spans)
        held.setdefault(segment, []).append(Held(timesheet, week_start, seconds))
    decided = Q(taken_back_at__isnull=True) | Q(restored=True)
    found = Rejection.objects.filter(decided, segment__in=segments.values("pk"))
    rejections = {rejection.segment_id: rejection for rejection in found}
    picture = Picture.objects.filter(pk=OuterRef("picture_id"), segment=OuterRef("pk"), erased_at__isnull=True)
    rows = segments.annotate(is_pictured=Exists(picture))
    return [(row, Facts(rejection=rejections.get(row.pk), pictured=row.is_pictured)) for row in rows], held


def _loaded(
    job: Job, records: tuple[Record, ...], rows: list[tuple[Segment, Facts]], held: dict[UUID, list[Held]]
) -> Loaded:
    mine = [(row, facts["rejection"]) for row, facts in rows if row.job_id == job.pk]
    return Loaded(
        records,
        {(row.slot, row.device): tuple(held.get(row.pk, ())) for row, _ in mine},
        {(row.slot, row.device): union((start, end) for start, end in found.back) for row, found in mine if found},
    )


def _seconds(parts: Iterable[Held]) -> tuple[Interval, ...]:
    return union(interval for part in parts for interval in part.seconds)


def not_ready(job: Job, until: int) -> tuple[Interval, ...]:
    """Return when the job was Not Ready, up to the second ``until``; before the first word on it, it was not."""
    out: list[Interval] = []
    since: int | None = job.started_at
    for at, ready in ReadinessChange.objects.filter(job=job, at__lt=until).order_by("id").values_list("at", "ready"):
        if ready and since is not None:
            out.append((since, at))
            since = None
        elif not ready and since is None:
            since = at
    if since is not None:
        out.append((since, until))
    return tuple(interval for interval in out if interval[0] < interval[1])
