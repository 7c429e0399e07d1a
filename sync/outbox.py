"""What the uploader needs of the journal: a Protocol, and the small values that cross it.

No I/O here. The journal implements ``Outbox``; tests use a fake of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

import msgspec

from worktime.errors import Problem
from worktime.wire import OtherHours, OtherHoursReceipt, PictureReceipt, Segment, SegmentReceipt, WeekView

DEFER_MAX_S = 3600
"""No deferral is longer than this. A later one was written under a clock that was ahead, and counts no more."""


@dataclass(frozen=True)
class PendingPicture:
    """A picture in the spool whose hold is over and whose segment has a receipt. ``size`` is in bytes.

    ``opened`` reads its file, which may be sealed.
    """

    id: UUID
    job: UUID
    slot: int
    sha256: str
    size: int
    path: Path
    opened: Callable[[Path], bytes] = field(default=Path.read_bytes, compare=False, repr=False)

    def read(self) -> bytes:
        """Return the picture's bytes. Raises OSError, and FairhourError while they can't be had."""
        return self.opened(self.path)


class OutboxCounts(msgspec.Struct, frozen=True):
    """How many items wait for a receipt (held pictures included), and how many stand in quarantine.

    ``united``: segments of which the marketplace held more than this record, in this run of the program. ``hours``:
    entries of Other hours that wait.
    """

    segments: int
    pictures: int
    quarantined: int
    united: int = 0
    hours: int = 0


class HoursOutbox(Protocol):
    """Entries of Other hours as the uploader sees them; as with ``Outbox``."""

    def pending(self, now: int, limit: int) -> tuple[OtherHours, ...]:
        """Return entries without a receipt for their newest revision, oldest first; deferred ones not yet."""

    def received(self, receipt: OtherHoursReceipt) -> None:
        """Note that the marketplace has this revision."""

    def superseded(self, entry: OtherHours, stored: OtherHours) -> None:
        """Take what the marketplace holds instead."""

    def defer(self, entry: OtherHours, problem: Problem, until: int) -> None:
        """Keep an entry that was refused for now, with the reason, and offer it again from ``until`` on."""

    def quarantine(self, entry: OtherHours, problem: Problem) -> None:
        """Put this revision aside where the user sees it; a later one is offered again."""

    def heard(self, week: WeekView) -> bool:
        """Keep what the marketplace says of a week's entries; tells whether that was news."""


class Outbox(Protocol):
    """The journal as the uploader sees it. Every method is thread-safe and durable when it returns.

    An item leaves only by a receipt, by quarantine, or because the marketplace says that it is not wanted any more.
    ``now`` and ``until`` are business seconds.
    """

    @property
    def device(self) -> UUID:
        """This installation's id, the same for its whole life."""

    @property
    def device_name(self) -> str:
        """What the person calls this computer."""

    @property
    def hours(self) -> HoursOutbox:
        """The entries of Other hours."""

    def pending_segments(self, now: int, limit: int) -> tuple[Segment, ...]:
        """Return the latest revision of segments without a receipt for it, oldest slot first.

        Revisions are stored before this returns, so that a repeated try sends the same bytes. A new segment and any
        change but growth is offered at once; a running segment that has only grown, at intervals of some real seconds.
        Deferred segments are left out until their time.
        """

    def pending_pictures(self, now: int, limit: int) -> tuple[PendingPicture, ...]:
        """Return pictures whose hold is over and whose segment, in the revision naming them, has a receipt."""

    def next_due(self, now: int) -> int | None:
        """Return the second after ``now`` from which there is something new to offer; None if not known.

        The next picture's hold ends then, or a segment that was just entered has its first second.
        """

    def segment_receipt(self, receipt: SegmentReceipt) -> None:
        """Note that the marketplace has this revision."""

    def superseded(self, segment: Segment, stored: Segment) -> None:
        """Put what the marketplace holds together with what is known here; what is new in that is offered again."""

    def picture_receipt(self, receipt: PictureReceipt) -> None:
        """Note that the marketplace has the picture's bytes; the spool may erase them."""

    def defer_segment(self, segment: Segment, problem: Problem, until: int) -> None:
        """Keep a segment that was refused for now, with the reason, and offer it again from ``until`` on."""

    def defer_picture(self, picture: PendingPicture, problem: Problem, until: int) -> None:
        """Keep a picture that can't be taken yet, with the reason, and offer it again from ``until`` on."""

    def quarantine_segment(self, segment: Segment, problem: Problem) -> None:
        """Put this revision aside where the user sees it; a later revision of the segment is offered again."""

    def quarantine_picture(self, picture: PendingPicture, problem: Problem) -> None:
        """Put the picture aside where the user sees it, bytes kept."""

    def picture_not_wanted(self, picture: PendingPicture) -> None:
        """The marketplace wants these bytes no more (deleted, or idle took its time back): erase them."""

    def oldest_unsent(self) -> int | None:
        """Return the first second of the oldest slot of which something waits, None when nothing waits."""

    def counts(self) -> OutboxCounts:
        """Return what waits."""
