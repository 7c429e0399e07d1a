"""Loading what a timesheet needs: the person's segments of a work week, across jobs and devices, as worktime's records.

The one place where segments leave the database to be counted; ``worktime.timesheet`` does the counting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from marketplace.jobs.models import Job
from marketplace.timesheets.models import Entry, ReadinessChange
from marketplace.workview.models import Picture, Rejection, Segment
from worktime.intervals import Interval
from worktime.slots import SLOT_S, slot_of
from worktime.timesheet import Record
from worktime.weeks import week_end
from worktime.wire import Flag, Span

_RUN_IN_SLOTS = 24 * 3600 // SLOT_S
"""Slots before the week that are loaded too, so that it is known when an interval began that runs through midnight."""


@dataclass(frozen=True)
class Loaded:
    """The records of a week, and which timesheet holds which seconds of the job's segments (by slot and device)."""

    records: tuple[Record, ...]
    held: Mapping[tuple[int, UUID], tuple[tuple[UUID, tuple[Interval, ...]], ...]]


def load(job: Job, week_start: int, *, now: int) -> Loaded:
    """Return the records of ``job``'s freelancer around the work week, as they stand at the second ``now``."""
    first, last = slot_of(week_start) - _RUN_IN_SLOTS, slot_of(week_end(week_start))
    segments = Segment.objects.filter(person=job.freelancer_id, slot__gte=first, slot__lt=last)
    entries: dict[UUID, list[tuple[UUID, tuple[Interval, ...]]]] = {}
    for segment, timesheet, spans in Entry.objects.filter(segment__in=segments.values("pk")).values_list(
        "segment_id", "timesheet_id", "spans"
    ):
        entries.setdefault(segment, []).append((timesheet, tuple((start, end) for start, end in spans)))
    stands = Rejection.objects.filter(segment=OuterRef("pk"), taken_back_at__isnull=True)
    picture = Picture.objects.filter(pk=OuterRef("picture_id"), segment=OuterRef("pk"), erased_at__isnull=True)
    rows = list(segments.annotate(is_rejected=Exists(stands), is_pictured=Exists(picture)))
    return Loaded(
        tuple(
            record(row, rejected=row.is_rejected, pictured=row.is_pictured, entries=entries.get(row.pk, []), now=now)
            for row in rows
        ),
        {(row.slot, row.device): tuple(entries.get(row.pk, [])) for row in rows if row.job_id == job.pk},
    )


def record(
    segment: Segment, *, rejected: bool, pictured: bool, entries: list[tuple[UUID, tuple[Interval, ...]]], now: int
) -> Record:
    """Return the segment as a timesheet sees it at the second ``now``; ``pictured``: its current picture is here."""
    arrived = segment.arrived_at is not None and segment.arrived_at <= now
    return Record(
        job=segment.job_id,
        slot=segment.slot,
        device=segment.device,
        spans=tuple(Span(start, end, work_view) for start, end, work_view in segment.spans),
        picture_protects=pictured and Flag.FLAT_PICTURE not in segment.flags,
        has_arrived=arrived,
        rejected=rejected,
        deleted=tuple((start, end) for start, end in segment.deleted),
        idle=tuple((start, end) for start, end in segment.idle),
        settled=tuple(interval for _, intervals in entries for interval in intervals),
    )


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
