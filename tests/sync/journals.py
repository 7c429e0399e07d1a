"""A journal with a tracking machine before it: events go in, effects are carried out as the recorder does it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sync.journal import Journal
from worktime import wire
from worktime.observations import Observation
from worktime.tracking import step
from worktime.tracking_values import ErasePicture, Event, Grab, Keep, PictureTaken, Record, State, Tick
from worktime.wire import Outcome, PictureReceipt, PictureRef, Segment, SegmentReceipt, segment_digest

JOB = UUID(int=7)
OTHER_JOB = UUID(int=8)
DEVICE = UUID(int=9)
T0 = 1_700_000_640
"""The first second of a slot."""


class FakeMonotonic:
    """A clock that moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def open_journal(
    folder: Path,
    *,
    monotonic: Callable[[], float] | None = None,
    device: UUID = DEVICE,
    hold_s: int = 120,
    keep_days: int = 0,
) -> Journal:
    return Journal(
        folder,
        new_device=lambda: device,
        device_name="test computer",
        hold_s=hold_s,
        keep_days=keep_days,
        monotonic=monotonic or FakeMonotonic(),
    )


class Scribe:
    """Drives the machine and writes what it says into a journal."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.state = State()
        self.pictures = 0
        self.grabs: list[Grab] = []

    def do(self, *events: Event) -> None:
        for event in events:
            self.state, effects = step(self.state, event, lambda entry, end: (entry + end) // 2)
            seen: list[Observation] = [effect.seen for effect in effects if isinstance(effect, Record)]
            if seen:
                self.journal.append(seen)
            for effect in effects:
                match effect:
                    case Keep(progress):
                        self.journal.keep(progress)
                    case ErasePicture():
                        self.journal.erase(effect.picture)
                    case Grab():
                        self.grabs.append(effect)

    def work(self, start: int, seconds: int) -> None:
        """Tick through seconds with input."""
        for second in range(start + 1, start + seconds + 1):
            self.do(Tick(second, second - 1))

    def rest(self, start: int, seconds: int) -> None:
        """Tick through seconds in which nothing is touched."""
        last = start - 1
        for second in range(start + 1, start + seconds + 1):
            self.do(Tick(second, last))

    def take(
        self, slot: int, attempt: int, at: int, *, job: UUID = JOB, tell: bool = True, leaving: bool = False
    ) -> PictureTaken:
        """Put a picture into the spool, and tell the machine unless the crash comes between."""
        self.pictures += 1
        taken, data = picture(slot, attempt, at, job=job, number=self.pictures, leaving=leaving)
        self.journal.spooled(taken, data, b"small")
        if tell:
            self.do(taken)
        return taken


def picture(
    slot: int, attempt: int, at: int, *, job: UUID = JOB, number: int = 1, leaving: bool = False, size: int = 0
) -> tuple[PictureTaken, bytes]:
    data = f"picture {number}".encode().ljust(size, b".")
    reference = PictureRef(
        id=UUID(int=1000 + number),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        width=8,
        height=8,
        monitors=1,
        taken_at=at,
    )
    return PictureTaken(job, slot, attempt, leaving, False, reference), data


def receipt_for(segment: Segment, outcome: Outcome = Outcome.STORED) -> SegmentReceipt:
    return SegmentReceipt(
        job=segment.job,
        slot=segment.slot,
        revision=segment.revision,
        outcome=outcome,
        digest=segment_digest(segment),
    )


def picture_receipt_for(reference: PictureRef) -> PictureReceipt:
    return wire.PictureReceipt(id=reference.id, sha256=reference.sha256, size=reference.size)
