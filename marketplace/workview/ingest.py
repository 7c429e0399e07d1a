"""Takes in what a tracker recorded: newer revisions replace older ones, one bad segment never blocks the others."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import IntegrityError, transaction

from marketplace.accounts.limits import Limit
from marketplace.accounts.models import User
from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.workview import bounds, erasure, lineage
from marketplace.workview.models import Segment
from worktime import wire
from worktime.errors import Problem
from worktime.intervals import total

log = logging.getLogger(__name__)

Key = tuple[UUID, int]
DAY_S = 86_400
CLOCK_LINES = Limit("clock-lines", 4, 3600)
"""Lines of the log about the clocks of one person's devices: batches come every few seconds, and say the same."""


@transaction.atomic
def ingest(*, person: User, batch: wire.SegmentBatch, now: int) -> tuple[wire.SegmentReceipt, ...]:
    """Store the segments of a batch sent by ``person`` at the second ``now``; one receipt each, in order.

    Sending again changes nothing. Revised segments erase the pictures that they no longer have, after the commit.
    """
    # One batch of a person at a time, or together they would be more than each was allowed to be.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    jobs = {
        job.pk: job for job in Job.objects.filter(freelancer=person, pk__in={segment.job for segment in batch.segments})
    }
    known: dict[Key, Segment] = {
        (row.job_id, row.slot): row
        for row in Segment.objects.select_for_update()
        .filter(person=person, device=batch.device, job__in=jobs, slot__in={s.slot for s in batch.segments})
        .order_by("pk")
    }
    _log_clock(person, batch)
    room = _Room(person, batch, now)
    changed: list[UUID] = []
    receipts = []
    for segment in batch.segments:
        receipt = _take(segment, person, batch.device, jobs.get(segment.job), known, room, now)
        receipts.append(receipt)
        if receipt.outcome is wire.Outcome.STORED:
            changed.append(segment.job)
    touch(*changed)
    return tuple(receipts)


def _log_clock(person: User, batch: wire.SegmentBatch) -> None:
    """Log a clock that is off: what staff needs when somebody asks why time is refused, or lies at a strange hour."""
    if batch.skew_s is None or abs(batch.skew_s) <= wire.AHEAD_OF_SERVER_S or CLOCK_LINES.is_reached(str(person.pk)):
        return
    CLOCK_LINES.count(str(person.pk))
    log.info("the clock of device %s is %+d s off", batch.device, batch.skew_s)


class _Room:
    """How much more a person may store: devices in a slot, and segments in a day."""

    def __init__(self, person: User, batch: wire.SegmentBatch, now: int) -> None:
        self._device = batch.device
        self._devices: dict[int, set[UUID]] = {}
        held = Segment.objects.filter(person=person, slot__in={segment.slot for segment in batch.segments})
        for slot, device in held.order_by().values_list("slot", "device").distinct():
            self._devices.setdefault(slot, set()).add(device)
        self._today = Segment.objects.filter(person=person, stored_at__gt=now - DAY_S)
        self._left: int | None = None

    def refusal(self, slot: int) -> Problem | None:
        """Return why a new segment of ``slot`` is refused, or None when it may be stored."""
        devices = self._devices.get(slot, set())
        if self._device not in devices and len(devices) >= bounds.MAX_DEVICES:
            return bounds.too_many_devices()
        if self._left is None:
            self._left = bounds.MAX_SEGMENTS_A_DAY - self._today.count()
        return bounds.too_many_segments() if self._left <= 0 else None

    def stored(self, slot: int) -> None:
        """Note that a new segment of ``slot`` was stored."""
        self._devices.setdefault(slot, set()).add(self._device)
        if self._left is not None:
            self._left -= 1


def _take(
    segment: wire.Segment,
    person: User,
    device: UUID,
    job: Job | None,
    known: dict[Key, Segment],
    room: _Room,
    now: int,
) -> wire.SegmentReceipt:
    digest = wire.segment_digest(segment)

    def receipt(
        outcome: wire.Outcome, problem: Problem | None = None, stored: wire.Segment | None = None
    ) -> wire.SegmentReceipt:
        return wire.SegmentReceipt(
            job=segment.job,
            slot=segment.slot,
            revision=segment.revision,
            outcome=outcome,
            digest=digest,
            problem=problem,
            stored=stored,
        )

    if job is None:
        return receipt(wire.Outcome.REFUSED, bounds.unknown_job())
    row = known.get((segment.job, segment.slot))
    if row is not None and (segment.revision, digest) == (row.revision, row.digest):
        return receipt(wire.Outcome.KNOWN)
    if row is not None and (segment.revision <= row.revision or lineage.forgets(row, segment)):
        return receipt(wire.Outcome.SUPERSEDED, stored=lineage.stored(row))
    problem = bounds.refusal(segment, started_at=job.started_at, ended_at=job.ended_at, now=now)
    judged = row is not None and is_judged(row)
    if problem is None and judged and segment.no_picture is wire.NoPicture.DELETED:
        problem = bounds.held()
    is_new = row is None
    if problem is None and is_new:
        problem = room.refusal(segment.slot)
    if problem is not None:
        return receipt(wire.Outcome.REFUSED, problem)
    row = row or Segment(person=person, slot=segment.slot, device=device)
    row.job = job
    try:
        with transaction.atomic():
            _store(row, segment, digest, now, judged=judged)
    except IntegrityError:
        return receipt(wire.Outcome.REFUSED, bounds.collided())
    known[segment.job, segment.slot] = row
    if is_new:
        room.stored(segment.slot)
    return receipt(wire.Outcome.STORED)


def is_judged(row: Segment) -> bool:
    """Return True for what is rejected, reported or in a case: not deleted, its comment not changed."""
    return row.held or row.rejections.filter(taken_back_at__isnull=True).exists()


def _store(row: Segment, segment: wire.Segment, digest: str, now: int, *, judged: bool) -> None:
    """Make ``row`` what the revision says; what others have judged or been shown to pay for keeps its evidence.

    Time that is taken away goes at once, whatever becomes of the picture (rules.md, Timesheets 3).
    """
    keeps_picture = (judged or row.submitted) and row.pictures.filter(erased_at__isnull=True).exists()
    if keeps_picture and not judged and segment.no_picture is wire.NoPicture.IDLE and not segment.spans:
        keeps_picture = False  # "Computer Idle. No time recorded" (rules.md, Idle 1)
    row.revision = segment.revision
    row.digest = digest
    row.spans = [[span.start, span.end, span.work_view] for span in segment.spans]
    row.idle = [list(interval) for interval in segment.idle]
    row.deleted = [list(interval) for interval in segment.deleted]
    row.tracked_s = segment.tracked_s
    row.idle_s = total(segment.idle)
    row.running = segment.running
    if not (judged or row.submitted):
        row.comment = segment.comment
    row.active_s = segment.active_s
    # Both sides must have switched counting on (rules.md, Tracking 9): what a tracker sends all the same is not kept.
    row.keys, row.clicks = (segment.keys, segment.clicks) if row.job.input_counts else (None, None)
    row.stored_at = now
    if not keeps_picture:
        _refer(row, segment.picture, segment.no_picture)
    elif segment.no_picture is wire.NoPicture.DELETED:
        # Deleted offline, before the submission: no longer shown, but what was submitted with it can be looked into.
        _refer(row, None, segment.no_picture)
    row.flags = sorted({flag.value for flag in segment.flags} | _own_flags(row))
    if row.arrived_at is None and (row.no_picture or lineage.is_here(row)):
        row.arrived_at = now
    row.save()
    if (row.picture_id is not None or row.no_picture) and not keeps_picture:
        erasure.erase_others(row, now=now)


def _refer(row: Segment, picture: wire.PictureRef | None, no_picture: wire.NoPicture | None) -> None:
    """Note which picture the revision speaks of, if any. The hash stays when it goes (rules.md, Tracking 6)."""
    row.no_picture = no_picture.value if no_picture else ""
    is_another = picture is not None and picture.id != row.picture_id
    row.picture_id = picture.id if picture else None
    if picture is None:
        return
    if is_another:
        # What was hidden in a picture, and what that means, stands with the picture.
        row.redacted, row.redaction_protects = picture.redacted, row.job.redaction_protects
    if row.picture_sha256 != picture.sha256:
        row.picture_tries = 0
    row.picture_sha256, row.picture_size = picture.sha256, picture.size
    row.picture_width, row.picture_height = picture.width, picture.height
    row.monitors, row.taken_at = picture.monitors, picture.taken_at


def _own_flags(row: Segment) -> set[str]:
    """Return what the marketplace itself saw of the current picture; the tracker cannot take it back."""
    if row.picture_id is None:
        return set()
    is_flat = row.pictures.filter(pk=row.picture_id, flat=True, erased_at__isnull=True).exists()
    return {wire.Flag.FLAT_PICTURE.value} if is_flat else set()
