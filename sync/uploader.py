"""Sends what has no receipt, from a thread of its own, and fetches what the marketplace says about the week.

``run_once()`` is one round and never waits; the thread only decides when the next round is. An item leaves the outbox
on a verified receipt alone. What is refused for good goes into quarantine, what is refused for now is deferred, and
neither blocks what stands behind it. Back-off and polling read real time, holds and deadlines the business clock.
"""

from __future__ import annotations

import hashlib
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from sync.client import RefusedError
from sync.outbox import Outbox, PendingPicture
from worktime import wire
from worktime.errors import FairhourError, Problem, failure, make_problem
from worktime.wire import Outcome, Segment

log = logging.getLogger(__name__)

BATCH = 100
PICTURES_A_ROUND = 1  # a new segment never waits for more than one picture
DEFER_S = 60
_RANDOM = random.SystemRandom()
BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 30.0
RETRY_AFTER_MAX_S = 300.0
_DEFER_PICTURE_S = {"segment_first": DEFER_S, "busy": DEFER_S, "picture_quota": 3600}
"""Refusals for now that must not hold up what stands behind the picture, and how long it is put off."""


class Marketplace(Protocol):
    """The part of the API that the uploader uses; ``sync.client.MarketplaceClient`` fits it."""

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt: ...
    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt: ...
    def jobs(self) -> wire.JobList: ...
    def week(self, job: UUID, week_start: int) -> wire.WeekView: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class SyncStatus:
    """What the sync line shows. ``oldest_unsent`` and ``last_ok`` are business seconds, None for never/nothing."""

    online: bool = False
    last_ok: int | None = None
    oldest_unsent: int | None = None
    segments: int = 0
    pictures: int = 0
    quarantined: int = 0
    problem: Problem | None = None


@dataclass(frozen=True)
class Listeners:
    """Whom the uploader tells, on its own thread: the composition root brings it onto the Qt thread."""

    status: Callable[[SyncStatus], None]
    jobs: Callable[[wire.JobList], None]
    week: Callable[[wire.WeekView], None]


class Uploader:
    """One thread that empties an outbox into a marketplace."""

    def __init__(
        self,
        outbox: Outbox,
        marketplace: Marketplace,
        listeners: Listeners,
        *,
        now: Callable[[], int],
        period_s: float = 1.0,
        poll_s: float = 15.0,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = _RANDOM.random,
    ) -> None:
        self._outbox = outbox
        self._marketplace = marketplace
        self._listeners = listeners
        self._now = now
        self._period_s = period_s
        self._poll_s = poll_s
        self._monotonic = monotonic
        self._jitter = jitter
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._failures = 0
        self._poll_due = 0.0
        self._watched: UUID | None = None
        self._status = SyncStatus()

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End the thread after the request under way, waiting for at most ``timeout_s`` real seconds."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def nudge(self) -> None:
        """Look into the outbox now instead of at the next period; a back-off under way is not cut short."""
        if self._failures == 0:
            self._wake.set()

    def watch(self, job: UUID | None) -> None:
        """Fetch this job's week view with each poll (and soon)."""
        if job != self._watched:
            self._watched = job
            self._poll_due = 0.0
            self.nudge()

    @property
    def status(self) -> SyncStatus:
        """The state after the last round."""
        return self._status

    def run_once(self) -> float:
        """Do one round: segments, pictures, and the poll when it is due. Returns the real seconds until the next."""
        problem: Problem | None = None
        wait_s = self._period_s
        try:
            more = self._send_segments()
            more = self._send_pictures() or more
            self._poll()
            self._failures = 0
            if more:
                wait_s = 0.0
        except FairhourError as error:
            problem = error.problem
            wait_s = self._back_off(error)
        counts = self._outbox.counts()
        before = self._status
        self._status = replace(
            before,
            online=problem is None,
            last_ok=self._now() if problem is None else before.last_ok,
            oldest_unsent=self._outbox.oldest_unsent(),
            segments=counts.segments,
            pictures=counts.pictures,
            quarantined=counts.quarantined,
            problem=problem,
        )
        self._listeners.status(self._status)
        return wait_s

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                try:
                    wait_s = self.run_once()
                except Exception:  # top of the thread: one bad round must not end sending for good
                    log.exception("a round of sending failed")
                    wait_s = BACKOFF_MAX_S
                self._wake.wait(wait_s)
        finally:
            self._marketplace.close()

    def _back_off(self, error: FairhourError) -> float:
        """Exponential back-off with full jitter; the server's own wish counts where it gave one."""
        self._failures += 1
        ceiling = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2.0 ** min(self._failures, 16))
        wished = error.retry_after_s if isinstance(error, RefusedError) else None
        return max(self._jitter() * ceiling, min(wished or 0.0, RETRY_AFTER_MAX_S))

    def _send_segments(self) -> bool:
        pending = self._outbox.pending_segments(self._now(), BATCH)
        if pending:
            self._post(pending)
        return len(pending) == BATCH

    def _post(self, segments: tuple[Segment, ...]) -> None:
        batch = wire.SegmentBatch(
            v=wire.VERSION, device=self._outbox.device, device_name=self._outbox.device_name, segments=segments
        )
        try:
            answer = self._marketplace.post_segments(batch)
        except RefusedError as error:
            if error.problem.retryable or error.status in (401, 403, 404):
                raise
            # Refused whole and for good: halve it until the one that is to blame stands alone.
            if len(segments) == 1:
                self._outbox.quarantine_segment(segments[0], error.problem)
                return
            middle = len(segments) // 2
            self._post(segments[:middle])
            self._post(segments[middle:])
            return
        if len(answer.receipts) != len(segments):
            raise _unbelievable(
                "Nothing is taken as sent: {sent} segments were sent and {receipts} receipts came back.",
                sent=len(segments),
                receipts=len(answer.receipts),
            )
        for segment, receipt in zip(segments, answer.receipts, strict=True):
            self._settle(segment, receipt)

    def _settle(self, segment: Segment, receipt: wire.SegmentReceipt) -> None:
        if (receipt.job, receipt.slot, receipt.revision, receipt.digest) != (
            segment.job,
            segment.slot,
            segment.revision,
            wire.segment_digest(segment),
        ):
            raise _unbelievable(
                "Nothing is taken as sent: the receipt for slot {slot} is not for what was sent.", slot=segment.slot
            )
        if receipt.outcome is not Outcome.REFUSED:
            self._outbox.segment_receipt(receipt)
            return
        problem = receipt.problem or make_problem(
            "refused", "Segment refused", "The marketplace gave no reason.", "It is kept on this computer."
        )
        if problem.retryable:
            self._outbox.defer_segment(segment, problem, self._now() + DEFER_S)
        else:
            self._outbox.quarantine_segment(segment, problem)

    def _send_pictures(self) -> bool:
        pending = self._outbox.pending_pictures(self._now(), PICTURES_A_ROUND)
        for picture in pending:
            self._put(picture)
        return len(pending) == PICTURES_A_ROUND

    def _put(self, picture: PendingPicture) -> None:
        try:
            data = picture.path.read_bytes()
        except OSError as error:
            self._outbox.quarantine_picture(
                picture,
                _unreadable(
                    "A screenshot stays on this computer because its file can't be read ({detail}).",
                    detail=error.strerror,
                ),
            )
            return
        if hashlib.sha256(data).hexdigest() != picture.sha256:
            self._outbox.quarantine_picture(
                picture,
                _unreadable("A screenshot stays on this computer because its file is not what was recorded."),
            )
            return
        try:
            receipt = self._marketplace.put_picture(picture, self._outbox.device, data)
        except RefusedError as error:
            if error.problem.code in _DEFER_PICTURE_S:
                until = self._now() + _DEFER_PICTURE_S[error.problem.code]
                self._outbox.defer_picture(picture, error.problem, until)
            elif error.status == 410:
                self._outbox.picture_not_wanted(picture)
            elif error.problem.retryable or error.status in (401, 403):
                raise
            else:
                self._outbox.quarantine_picture(picture, error.problem)
            return
        if (receipt.id, receipt.sha256, receipt.size) != (picture.id, picture.sha256, picture.size):
            raise _unbelievable("Nothing is taken as sent: the receipt is not for the picture that was sent.")
        self._outbox.picture_receipt(receipt)

    def _poll(self) -> None:
        if self._monotonic() < self._poll_due:
            return
        self._poll_due = self._monotonic() + self._poll_s
        listing = self._marketplace.jobs()
        self._listeners.jobs(listing)
        for job in listing.jobs:
            if job.id == self._watched:
                self._listeners.week(self._marketplace.week(job.id, job.week_start))


def _unbelievable(message: str, **values: object) -> FairhourError:
    return failure(
        "receipt",
        "Marketplace's receipt does not match",
        message,
        "Nothing: it is sent again by itself.",
        retryable=True,
        **values,
    )


def _unreadable(message: str, **values: object) -> Problem:
    return make_problem(
        "picture_unreadable",
        "Screenshot can't be sent",
        message,
        "The time of its slot is recorded; without the picture it is not protected.",
        retryable=False,
        **values,
    )
