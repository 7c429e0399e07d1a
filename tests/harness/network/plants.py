"""The wrong designs, one for each figure that the harness promises."""

from __future__ import annotations

import os
from uuid import UUID

from sync.client import RefusedError
from sync.journal_outbox import JournalOutbox
from sync.outbox import OutboxCounts, PendingPicture
from sync.uploader import Marketplace
from worktime import wire
from worktime.wire import Outcome, Segment


class TakesErrorsForReceipts:
    """``missing``: whatever came back, it was an answer, so the item has left the queue."""

    def __init__(self, client: Marketplace) -> None:
        self._client = client

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        try:
            return self._client.post_segments(batch)
        except RefusedError:
            receipts = (
                wire.SegmentReceipt(
                    job=segment.job,
                    slot=segment.slot,
                    revision=segment.revision,
                    outcome=Outcome.STORED,
                    digest=wire.segment_digest(segment),
                )
                for segment in batch.segments
            )
            return wire.BatchReceipt(now=0, receipts=tuple(receipts))

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts:
        return self._client.post_other_hours(batch)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        try:
            return self._client.put_picture(picture, device, data)
        except RefusedError:
            return wire.PictureReceipt(id=picture.id, sha256=picture.sha256, size=picture.size)

    def jobs(self) -> wire.JobList:
        return self._client.jobs()

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        return self._client.week(job, week_start)

    def close(self) -> None:
        self._client.close()


class NewIdsForEachTry:
    """``duplicates``: what names a segment is made when it is sent, not when it is recorded."""

    def __init__(self, outbox: JournalOutbox) -> None:
        self._outbox = outbox

    @property
    def device(self) -> UUID:
        return UUID(bytes=os.urandom(16), version=4)

    def __getattr__(self, name: str) -> object:
        return getattr(self._outbox, name)


class QueuesEachTry:
    """``queue``: what did not get through is put into the queue once more."""

    def __init__(self, outbox: JournalOutbox) -> None:
        self._outbox = outbox
        self._offered: set[tuple[UUID, int, int]] = set()
        self._copies = 0

    def pending_segments(self, now: int, limit: int) -> tuple[Segment, ...]:
        pending = self._outbox.pending_segments(now, limit)
        keys = {(segment.job, segment.slot, segment.revision) for segment in pending}
        self._copies += len(keys & self._offered)
        self._offered |= keys
        return pending

    def counts(self) -> OutboxCounts:
        counts = self._outbox.counts()
        return OutboxCounts(counts.segments + self._copies, counts.pictures, counts.quarantined)

    def __getattr__(self, name: str) -> object:
        return getattr(self._outbox, name)
