"""A tracker without its windows: real journal, uploader and client, driven by a list of what was done in each slot.

What was recorded is kept here a second time, as plain values (``Truth``): nothing of it comes from the journal.
"""

from __future__ import annotations

import hashlib
import io
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from PIL import Image

from sync.client import MarketplaceClient, RefusedError
from sync.journal import Journal
from sync.outbox import PendingPicture
from sync.secrets import Place, SecretStore
from sync.signin import Handover, SignIn
from sync.uploader import Listeners, Marketplace, Uploader
from worktime import wire
from worktime.ids import uuid7
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    IdleTaken,
    Left,
    Observation,
    Pictured,
    Progress,
    Unpictured,
)
from worktime.slots import slot_start
from worktime.tracking_values import PictureTaken
from worktime.wire import NoPicture, Outcome, PictureRef

SIZE = (64, 48)
IDLE_ROUND_S = 30.0
Key = tuple[UUID, int]


class Act(StrEnum):
    """What became of a slot."""

    PLAIN = "plain"
    SHORT = "short"
    COMMENTED = "commented"
    IDLE = "idle"
    DELETED = "deleted"


@dataclass(frozen=True)
class Truth:
    """What counts of a slot in the end; ``sha256`` and ``picture`` are of the picture that stays."""

    start: int
    end: int
    picture: UUID | None = None
    sha256: str = ""
    comment: str = ""


class StandingClock:
    """Seconds that pass when the harness says so."""

    def __init__(self, at: float) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


class Witness:
    """The client, watched: what it was answered is the harness's own word for what has arrived."""

    def __init__(self, client: Marketplace) -> None:
        self._client = client
        self.segments: dict[Key, int] = {}
        self.pictures: set[UUID] = set()
        self.receipts = 0

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        answer = self._client.post_segments(batch)
        for sent, receipt in zip(batch.segments, answer.receipts, strict=False):
            # SUPERSEDED is no arrival: what is new here is put together with what is there, and still to be sent.
            arrived = receipt.outcome in (Outcome.STORED, Outcome.KNOWN)
            if arrived and receipt.digest == wire.segment_digest(sent):
                self.segments[sent.job, sent.slot] = sent.revision
                self.receipts += 1
        return answer

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts:
        return self._client.post_other_hours(batch)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        try:
            answer = self._client.put_picture(picture, device, data)
        except RefusedError as error:
            if not error.foreign and error.problem.code == "not_wanted":
                self.pictures.add(picture.id)
            raise
        if answer.sha256 == picture.sha256:
            self.pictures.add(picture.id)
            self.receipts += 1
        return answer

    def jobs(self) -> wire.JobList:
        return self._client.jobs()

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        return self._client.week(job, week_start)

    def close(self) -> None:
        self._client.close()


def sign_in(handover: Handover, address: str) -> SignIn:
    """Return the sign-in of one tracker, kept in memory."""
    store = SecretStore()
    store.place = Place.MEMORY
    signin = SignIn(address, handover.client_id, store)
    signin.adopt(handover.refresh_token)
    return signin


@dataclass
class Device:
    """One installation. ``around`` wraps the client for a plant."""

    folder: Path
    number: int
    signin: SignIn
    now: StandingClock
    timeout_s: float
    around: Callable[[Marketplace], Marketplace] = lambda client: client
    truth: dict[Key, Truth] = field(default_factory=dict)
    over: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.number)
        self.witness = Witness(self.around(MarketplaceClient(self.signin, timeout_s=self.timeout_s)))
        self._touched: set[Key] = set()
        self._spooled: set[UUID] = set()
        self._erased: set[UUID] = set()
        self._open()

    def _open(self) -> None:
        self.journal = Journal(
            self.folder, new_device=self._new_id, device_name=f"device {self.number}", monotonic=self.now
        )
        self.id = self.journal.outbox.device
        self.use(self.journal.outbox)

    def back_up(self, into: Path) -> None:
        """Copy the installation's data, as a backup does while it runs."""
        shutil.copytree(self.folder, into)

    def restore(self, copy: Path) -> None:
        """Go back to a copy; whatever was running in it was cut there, as the recorder's own recovery says."""
        self.journal.close()
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder)
        self._open()
        for facts in self.journal.recover(int(self.now.at)).facts:
            if facts.stay is not None:
                self._see(
                    facts.job,
                    facts.slot,
                    Left(job=facts.job, slot=facts.slot, at=facts.stay.until),
                    Unpictured(job=facts.job, slot=facts.slot, attempt=1, reason=NoPicture.CRASHED),
                )
        # What had arrived since the copy was made is unsent once more, as far as this record can know.
        waiting = self.journal.outbox.pending_segments(int(self.now.at), 1_000_000)
        self._touched |= {(segment.job, segment.slot) for segment in waiting}
        for picture in list(self.witness.pictures):
            where = self.journal.whereabouts(picture)
            if where is not None and not where.receipted:
                self.witness.pictures.discard(picture)

    def use(self, outbox: object) -> None:
        """Send from this outbox: the journal's, or what a plant has put around it."""
        self.outbox = self.journal.outbox if outbox is None else outbox
        self.uploader = Uploader(
            self.outbox,  # type: ignore[arg-type]  # a plant's has the same shape
            self.witness,
            Listeners(lambda _: None, lambda _: None, lambda _: None),
            now=lambda: int(self.now.at),
            poll_s=120.0,
            monotonic=self.now,
            jitter=self._random.random,
        )

    def begin(self, job: UUID, slot: int) -> None:
        """Enter a slot and count its first half."""
        start, middle = slot_start(slot), slot_start(slot) + 300
        self._see(job, slot, Entered(job=job, slot=slot, at=start, work_view=True, attempt=1, drawn=True))
        self.journal.keep(Progress(job=job, slot=slot, start=start, until=middle, active_s=200))
        self.truth[job, slot] = Truth(start, middle)

    def end(self, job: UUID, slot: int, act: Act) -> None:
        """Count the slot to its end (or leave it before), with or without its picture."""
        start = slot_start(slot)
        end = start + (400 if act is Act.SHORT else 720)
        truth = Truth(start, end)
        seen: Observation
        if act is Act.SHORT:
            seen = Unpictured(job=job, slot=slot, attempt=1, reason=NoPicture.LOCKED)
        else:
            taken = self._picture(job, slot, start + 360)
            seen = Pictured(job=job, slot=slot, attempt=1, leaving=False, flat=False, picture=taken.picture)
            truth = Truth(start, end, taken.picture.id, taken.picture.sha256)
        self._see(job, slot, seen, Left(job=job, slot=slot, at=end, active_s=500))
        self.truth[job, slot] = truth

    def think_again(self, job: UUID, slot: int, act: Act) -> None:
        """What happens to a slot after it was recorded, and maybe sent."""
        truth = self.truth[job, slot]
        match act:
            case Act.COMMENTED if truth.end > truth.start:
                said = f"Comment on {slot}"
                self._see(job, slot, Commented(job=job, slot=slot, text=said))
                truth = Truth(truth.start, truth.end, truth.picture, truth.sha256, said)
            case Act.IDLE:
                self._see(job, slot, IdleTaken(job=job, slot=slot, start=truth.end - 300, end=truth.end))
                truth = Truth(truth.start, truth.end - 300, truth.picture, truth.sha256)
            case Act.DELETED:
                self._see(job, slot, Deleted(job=job, slot=slot, at=truth.end, attempt=1))
                if truth.picture is not None:
                    self.journal.erase(truth.picture)
                    self._erased.add(truth.picture)
                truth = Truth(truth.start, truth.start)
        self.truth[job, slot] = truth

    def round(self) -> None:
        """One round of the uploader; the time that it wants to wait passes at once."""
        before, receipts = self.witness.segments.copy(), self.witness.receipts
        wait_s = self.uploader.run_once()
        # A round that brought nothing may wait for something that was put off: nobody watches the minutes go by.
        self.now.at += max(wait_s, 0.001) if self.witness.receipts > receipts else max(wait_s, IDLE_ROUND_S)
        self._touched -= {key for key, revision in self.witness.segments.items() if before.get(key) != revision}
        counts = self.outbox.counts()  # type: ignore[attr-defined]
        unsent = len(self._touched) + len(self._spooled - self._erased - self.witness.pictures)
        self.over = max(self.over, counts.segments + counts.pictures - unsent)

    @property
    def waits(self) -> int:
        """How much is still here: on its way, or in quarantine."""
        counts = self.journal.outbox.counts()
        return counts.segments + counts.pictures + counts.quarantined

    def close(self) -> None:
        """End the installation; its folder stays."""
        self.witness.close()
        self.journal.close()

    def _see(self, job: UUID, slot: int, *seen: Observation) -> None:
        self.journal.append(seen)
        self._touched.add((job, slot))

    def _picture(self, job: UUID, slot: int, at: int) -> PictureTaken:
        data = webp(self._random)
        reference = PictureRef(
            id=self._new_id(),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            width=SIZE[0],
            height=SIZE[1],
            monitors=1,
            taken_at=at,
        )
        taken = PictureTaken(job, slot, 1, False, False, reference)
        self.journal.spooled(taken, data, b"thumbnail")
        self._spooled.add(reference.id)
        return taken

    def _new_id(self) -> UUID:
        return uuid7(int(self.now.at * 1000), self._random.randbytes(10))


def webp(draw: random.Random) -> bytes:
    """Return a small picture unlike all others."""
    image = Image.frombytes("L", (8, 6), draw.randbytes(48)).resize(SIZE).convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=0)
    return out.getvalue()
