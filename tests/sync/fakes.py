"""Hand-written fakes of the outbox and the marketplace, and segments to put into them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sync.outbox import OutboxCounts, PendingPicture
from worktime import wire
from worktime.errors import Problem
from worktime.slots import slot_start
from worktime.wire import (
    OtherHours,
    OtherHoursReceipt,
    Outcome,
    PictureReceipt,
    Segment,
    SegmentReceipt,
    WeekView,
)

JOB = UUID(int=7)
DEVICE = UUID(int=9)
FIRST_SLOT = 2_460_000


def segment(slot: int = FIRST_SLOT, revision: int = 1, seconds: int = 720) -> Segment:
    """Return a segment with its first ``seconds`` counted."""
    start = slot_start(slot)
    return Segment(job=JOB, slot=slot, revision=revision, spans=(wire.Span(start, start + seconds, True),))


class FakeHours:
    """Keeps entries of Other hours as ``FakeOutbox`` keeps segments; ``said``: what the marketplace told of weeks."""

    def __init__(self, *entries: OtherHours) -> None:
        self.waiting = list(entries)
        self.left: list[tuple[UUID, str]] = []
        self.said: list[WeekView] = []

    def pending(self, now: int, limit: int) -> tuple[OtherHours, ...]:
        return tuple(self.waiting)[:limit]

    def received(self, receipt: OtherHoursReceipt) -> None:
        self._leave(receipt.id, receipt.outcome.value)

    def superseded(self, entry: OtherHours, stored: OtherHours) -> None:
        self._leave(entry.id, stored.note)

    def defer(self, entry: OtherHours, problem: Problem, until: int) -> None:
        self._leave(entry.id, f"{problem.code} {until}")

    def quarantine(self, entry: OtherHours, problem: Problem) -> None:
        self._leave(entry.id, problem.code)

    def heard(self, week: WeekView) -> bool:
        self.said.append(week)
        return True

    def _leave(self, entry: UUID, why: str) -> None:
        self.left.append((entry, why))
        self.waiting = [each for each in self.waiting if each.id != entry]


class FakeOutbox:
    """Keeps what waits in lists, and what left in others."""

    device = DEVICE
    device_name = "test computer"

    def __init__(self, *segments: Segment, pictures: tuple[PendingPicture, ...] = ()) -> None:
        self.waiting = list(segments)
        self.pictures = list(pictures)
        self.receipts: list[SegmentReceipt] = []
        self.picture_receipts: list[PictureReceipt] = []
        self.deferred: list[tuple[int | UUID, str, int]] = []
        self.quarantined: list[tuple[int | UUID, str]] = []
        self.not_wanted: list[UUID] = []
        self.united: list[tuple[Segment, Segment]] = []
        self.hours = FakeHours()
        self.hold_end: int | None = None

    def next_due(self, now: int) -> int | None:
        return self.hold_end

    def pending_segments(self, now: int, limit: int) -> tuple[Segment, ...]:
        held = {key for key, _, until in self.deferred if until > now}
        return tuple(s for s in self.waiting if s.slot not in held)[:limit]

    def pending_pictures(self, now: int, limit: int) -> tuple[PendingPicture, ...]:
        held = {key for key, _, until in self.deferred if until > now}
        return tuple(p for p in self.pictures if p.id not in held)[:limit]

    def segment_receipt(self, receipt: SegmentReceipt) -> None:
        self.receipts.append(receipt)
        self.waiting = [s for s in self.waiting if s.slot != receipt.slot]

    def superseded(self, segment: Segment, stored: Segment) -> None:
        self.united.append((segment, stored))
        self.waiting.remove(segment)

    def picture_receipt(self, receipt: PictureReceipt) -> None:
        self.picture_receipts.append(receipt)
        self._drop(receipt.id)

    def defer_segment(self, segment: Segment, problem: Problem, until: int) -> None:
        self.deferred.append((segment.slot, problem.code, until))

    def defer_picture(self, picture: PendingPicture, problem: Problem, until: int) -> None:
        self.deferred.append((picture.id, problem.code, until))

    def quarantine_segment(self, segment: Segment, problem: Problem) -> None:
        self.quarantined.append((segment.slot, problem.code))
        self.waiting.remove(segment)

    def quarantine_picture(self, picture: PendingPicture, problem: Problem) -> None:
        self.quarantined.append((picture.id, problem.code))
        self._drop(picture.id)

    def picture_not_wanted(self, picture: PendingPicture) -> None:
        self.not_wanted.append(picture.id)
        self._drop(picture.id)

    def oldest_unsent(self) -> int | None:
        return min((slot_start(s.slot) for s in self.waiting), default=None)

    def counts(self) -> OutboxCounts:
        counts = (len(self.waiting), len(self.pictures), len(self.quarantined), len(self.united))
        return OutboxCounts(*counts, len(self.hours.waiting))

    def _drop(self, picture: UUID) -> None:
        self.pictures = [p for p in self.pictures if p.id != picture]


def receipt_for(segment: Segment, outcome: Outcome = Outcome.STORED, problem: Problem | None = None) -> SegmentReceipt:
    """Return the receipt that an honest marketplace gives."""
    return SegmentReceipt(
        job=segment.job,
        slot=segment.slot,
        revision=segment.revision,
        outcome=outcome,
        digest=wire.segment_digest(segment),
        problem=problem,
    )


def spooled(folder: Path, data: bytes, number: int = 1) -> PendingPicture:
    """Write ``data`` into ``folder`` and return the picture that waits for it."""
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    path = folder / digest
    path.write_bytes(data)
    return PendingPicture(UUID(int=number), JOB, FIRST_SLOT, digest, len(data), path)
