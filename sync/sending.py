"""One round of sending: what the outbox offers goes out, and what comes back is judged before anything leaves it.

An item leaves on a verified receipt alone. What the marketplace refuses for good goes into quarantine, what it refuses
for now is deferred; what anything else on the way says is believed of nothing. When rounds happen is ``uploader``'s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from sync import problems
from sync.client import RefusedError
from sync.outbox import DEFER_MAX_S, Outbox, PendingPicture
from sync.pacing import Doubt
from sync.server_clock import ServerClock
from sync.verdicts import is_final, is_refused, is_suspect
from worktime import wire
from worktime.digest import sha256_of
from worktime.errors import FairhourError, Problem, make_problem
from worktime.wire import AHEAD_OF_SERVER_S, Outcome, Segment

PICTURES_A_ROUND = 1  # a new segment never waits for more than one picture
DEFER_S = 60
_DEFER_PICTURE_S = {"segment_first": DEFER_S, "busy": DEFER_S, "picture_quota": DEFER_MAX_S}
"""Refusals for now that must not hold up what stands behind the picture, and how long it is put off."""


class Takes(Protocol):
    """The part of the marketplace that takes things in."""

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt: ...
    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt: ...
    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts: ...


class Sender:
    """Sends what waits in ``outbox``. ``now``: business seconds, ``monotonic``: real ones. Used from one thread."""

    def __init__(
        self, outbox: Outbox, marketplace: Takes, *, now: Callable[[], int], monotonic: Callable[[], float]
    ) -> None:
        self.server_clock = ServerClock()
        self._outbox = outbox
        self._marketplace = marketplace
        self._now = now
        self._segments = Doubt(monotonic)
        self._pictures = Doubt(monotonic, most=PICTURES_A_ROUND)

    @property
    def passes(self) -> int:
        """How many requests went well."""
        return self._segments.passes + self._pictures.passes

    def segments(self) -> bool:
        """Send a batch of segments; tells whether more may wait. Raises FairhourError."""
        limit = self._segments.limit
        batch = self._segments.choose(lambda count: self._outbox.pending_segments(self._now(), count), _key)
        if batch:
            self._post(tuple(batch))
        return len(batch) == limit

    def pictures(self) -> bool:
        """Send a picture; tells whether more may wait. Raises FairhourError."""
        pictures = self._pictures.choose(
            lambda count: self._outbox.pending_pictures(self._now(), count), lambda picture: picture.id
        )
        for picture in pictures:
            self._put(picture)
        return len(pictures) == PICTURES_A_ROUND

    def _post(self, segments: tuple[Segment, ...]) -> None:
        keys = [_key(segment) for segment in segments]
        skew = self.server_clock.skew
        batch = wire.SegmentBatch(
            v=wire.VERSION,
            device=self._outbox.device,
            device_name=self._outbox.device_name,
            skew_s=skew.seconds if skew is not None else None,
            segments=segments,
        )
        asked = self._now()
        try:
            answer = self._marketplace.post_segments(batch)
            self._settle_all(segments, answer)
        except RefusedError as error:
            if not is_final(error):
                if is_suspect(error) and self._segments.failed(*keys) and is_refused(error):
                    self._outbox.quarantine_segment(segments[0], error.problem)
                raise
            # Refused whole and for good: halve it until the one that is to blame stands alone.
            if len(segments) == 1:
                self._outbox.quarantine_segment(segments[0], error.problem)
                return
            middle = len(segments) // 2
            self._post(segments[:middle])
            self._post(segments[middle:])
            return
        except FairhourError as error:
            if is_suspect(error):
                self._segments.failed(*keys)
            raise
        self._segments.passed(*keys)
        self.server_clock.heard(answer.now, asked, self._now())

    def _settle_all(self, segments: tuple[Segment, ...], answer: wire.BatchReceipt) -> None:
        """Believe each receipt that fits; raises FairhourError at the end when one did not."""
        if len(answer.receipts) != len(segments):
            raise problems.unbelievable(
                "Nothing is taken as sent: {sent} segments were sent and {receipts} receipts came back.",
                sent=len(segments),
                receipts=len(answer.receipts),
            )
        wrong = None
        for segment, receipt in zip(segments, answer.receipts, strict=True):
            if _fits(receipt, segment) and _says_why(receipt):
                self._settle(segment, receipt, answer.now)
            else:
                wrong = segment
        if wrong is not None:
            raise problems.unbelievable(
                "Nothing is taken as sent: the receipt for slot {slot} is not for what was sent.", slot=wrong.slot
            )

    def _settle(self, segment: Segment, receipt: wire.SegmentReceipt, server_now: int) -> None:
        if receipt.stored is not None:
            self._outbox.superseded(segment, receipt.stored)
            return
        if receipt.outcome is not Outcome.REFUSED:
            self._outbox.segment_receipt(receipt)
            return
        problem = receipt.problem or make_problem(
            "refused", "Segment refused", "The marketplace gave no reason.", "It is kept on this computer."
        )
        if not problem.retryable:
            self._outbox.quarantine_segment(segment, problem)
            return
        wait_s = DEFER_S
        if problem.code == "ahead_of_server":
            wait_s = max(wait_s, min(_last_second(segment) - AHEAD_OF_SERVER_S - server_now, DEFER_MAX_S))
        self._outbox.defer_segment(segment, problem, self._now() + wait_s)

    def _put(self, picture: PendingPicture) -> None:
        try:
            data = picture.read()
        except FairhourError as error:
            self._outbox.defer_picture(picture, error.problem, self._now() + DEFER_S)
            return
        except OSError as error:
            why = _unreadable(
                "A screenshot stays on this computer because its file can't be read ({detail}).", detail=error.strerror
            )
            self._outbox.quarantine_picture(picture, why)
            return
        if sha256_of(data) != picture.sha256:
            why = _unreadable("A screenshot stays on this computer because its file is not what was recorded.")
            self._outbox.quarantine_picture(picture, why)
            return
        try:
            receipt = self._marketplace.put_picture(picture, self._outbox.device, data)
            if (receipt.id, receipt.sha256, receipt.size) != (picture.id, picture.sha256, picture.size):
                raise problems.unbelievable(
                    "Nothing is taken as sent: the receipt is not for the picture that was sent."
                )
        except RefusedError as error:
            self._refused(picture, error)
            return
        except FairhourError as error:
            if is_suspect(error):
                self._pictures.failed(picture.id)
            raise
        self._pictures.passed(picture.id)
        self._outbox.picture_receipt(receipt)

    def _refused(self, picture: PendingPicture, error: RefusedError) -> None:
        """Do what the refusal of a picture asks for. Raises it again when it is one for now, of the whole server."""
        code = "" if error.foreign else error.problem.code
        if code in _DEFER_PICTURE_S:
            self._outbox.defer_picture(picture, error.problem, self._now() + _DEFER_PICTURE_S[code])
            if code == "busy":
                raise error
        elif code == "not_wanted":
            self._outbox.picture_not_wanted(picture)
        elif is_final(error):
            self._outbox.quarantine_picture(picture, error.problem)
        else:
            if is_suspect(error) and self._pictures.failed(picture.id) and is_refused(error):
                self._outbox.quarantine_picture(picture, error.problem)
            raise error


def _key(segment: Segment) -> tuple[UUID, int]:
    return (segment.job, segment.slot)


def _fits(receipt: wire.SegmentReceipt, segment: Segment) -> bool:
    named = (receipt.job, receipt.slot, receipt.revision, receipt.digest)
    return named == (segment.job, segment.slot, segment.revision, wire.segment_digest(segment))


def _says_why(receipt: wire.SegmentReceipt) -> bool:
    """Tell whether SUPERSEDED comes with what is stored of that segment, and nothing else does."""
    stored = receipt.stored
    if receipt.outcome is not Outcome.SUPERSEDED or stored is None:
        return (receipt.outcome is Outcome.SUPERSEDED) == (stored is not None)
    return (stored.job, stored.slot) == (receipt.job, receipt.slot)


def _last_second(segment: Segment) -> int:
    ends = [end for _, end in (*segment.intervals, *segment.idle, *segment.deleted)]
    return max([*ends, segment.picture.taken_at if segment.picture else 0])


def _unreadable(message: str, **values: object) -> Problem:
    return make_problem(
        "picture_unreadable",
        "Screenshot can't be sent",
        message,
        "The time of its slot is recorded; without the picture it is not protected.",
        retryable=False,
        **values,
    )
