"""The wire contract between tracker and marketplace, version 1: frozen messages, strictly decoded.

Its JSON schema is generated into ``docs/wire.schema.json``; a drift fails the build. Seconds are whole UTC seconds
since the epoch, money is integer minor units with a currency, ids are UUIDs.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec

from worktime.digest import sha256_of
from worktime.errors import FairhourError, Problem, failure
from worktime.intervals import Interval, intersect, union
from worktime.slots import SLOT_S, slot_end, slot_start

VERSION = 1
MAX_BATCH_BYTES = 2_000_000
MAX_BATCH_SEGMENTS = 200
MAX_PICTURE_BYTES = 10_000_000
MAX_PICTURE_PIXELS = 16_600_000
"""Two 4K screens side by side (16,588,800). A marketplace decodes this much, of the bytes above, within 300 MB
(docs/reliability.md, promise 9); the tracker scales larger grabs down, so that they still give a picture."""
MAX_REDACTED = 1_000
"""Hidden areas of a picture that are counted; who hides more is told as this many."""
MAX_COMMENT = 500
MAX_NOTE = 500
MAX_BATCH_HOURS = 100
MAX_WEEK_S = 169 * 3600  # the longest ET work week; each week's own is in worktime.other_hours
MAX_DEVICE_NAME = 100
MAX_FLAGS = 16
AHEAD_OF_SERVER_S = 300
"""Seconds that a tracker's clock may be ahead of the marketplace's (rules.md, Two machines 3)."""
MAX_COUNT = 1_000_000
MAX_SLOT = 351_947_639
"""The last slot whose seconds are all ``Second``."""
MAX_REVISION = 1_000_000
MAX_SPANS = 60
"""Of each kind in one segment. Who starts and stops more often in 12 minutes is told the longest 60 of them."""

Second = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)]
Slot = Annotated[int, msgspec.Meta(ge=0, le=MAX_SLOT)]
Revision = Annotated[int, msgspec.Meta(ge=1, le=MAX_REVISION)]
Redacted = Annotated[int, msgspec.Meta(ge=0, le=MAX_REDACTED)]
PictureSize = Annotated[int, msgspec.Meta(ge=1, le=MAX_PICTURE_BYTES)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
"""A number of seconds, where ``Second`` is one of them."""
SlotSeconds = Annotated[int, msgspec.Meta(ge=0, le=SLOT_S)]
HoursSeconds = Annotated[int, msgspec.Meta(ge=1, le=MAX_WEEK_S)]
Currency = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", max_length=3)]
# The length too, because "$" matches before a last line end.
_SHA256 = re.compile("[0-9a-f]{64}")
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
# No control characters but tab and line end (PostgreSQL stores no NUL, a terminal obeys the others), no half of a
# surrogate pair (it has no UTF-8).
TEXT = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff]*$"
_TEXT = re.compile(TEXT)
Comment = Annotated[str, msgspec.Meta(max_length=MAX_COMMENT, pattern=TEXT)]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NOTE, pattern=TEXT)]
DeviceName = Annotated[str, msgspec.Meta(max_length=MAX_DEVICE_NAME, pattern=TEXT)]


class NoPicture(StrEnum):
    """Why a segment has no picture (rules.md, Tracking 4 and 6; Idle 1; Tracking 8)."""

    PERMISSION = "permission"
    FAILED = "failed"
    LATE = "late"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    CRASHED = "crashed"
    IDLE = "idle"
    DELETED = "deleted"
    WORK_VIEW_OFF = "work_view_off"
    PRIVATE = "private"  # the freelancer paused for something private


class Flag(StrEnum):
    """What the reader of a segment should know beside its figures."""

    FLAT_PICTURE = "flat_picture"  # one colour: inactive or locked desktop; does not protect
    CLOCK_JUMP = "clock_jump"
    CRASH_RECOVERED = "crash_recovered"


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counted seconds ``[start, end)`` with Work View on or off (a property of each interval)."""

    start: Second
    end: Second
    work_view: bool


class PictureRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The segment's one screenshot, which may follow later. ``id``: a UUIDv7 made before the first try.

    ``redacted``: how many areas the freelancer had hidden in it; what they were is told nobody. Raises ValueError (a
    msgspec.ValidationError when decoding) above ``MAX_PICTURE_PIXELS``.
    """

    id: UUID
    sha256: Sha256
    size: PictureSize
    width: Annotated[int, msgspec.Meta(ge=1, le=65_535)]
    height: Annotated[int, msgspec.Meta(ge=1, le=65_535)]
    monitors: Annotated[int, msgspec.Meta(ge=1, le=64)]
    taken_at: Second
    redacted: Redacted = 0

    def __post_init__(self) -> None:
        # What decoding checks by the fields' types, for values that are built here.
        if min(self.size, self.width, self.height, self.monitors) < 1 or self.size > MAX_PICTURE_BYTES:
            raise ValueError(f"a picture has 1 to {MAX_PICTURE_BYTES} bytes, and at least one pixel and monitor")
        if not 0 <= self.redacted <= MAX_REDACTED:
            raise ValueError(f"redacted is {self.redacted}; it can be 0 to {MAX_REDACTED}")
        if _SHA256.fullmatch(self.sha256) is None:
            raise ValueError("sha256 must be 64 hexadecimal digits in small letters")
        if self.width * self.height > MAX_PICTURE_PIXELS:
            raise ValueError(
                f"a picture of {self.width} x {self.height} has {self.width * self.height} pixels; "
                f"{MAX_PICTURE_PIXELS} are allowed"
            )


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one person recorded for one job in one slot on one device, as of ``revision``.

    ``idle`` are the seconds that idle took back, ``deleted`` those that the freelancer deleted: neither is counted, but
    deleted ones free nothing for another device (rules.md, Two machines 2). ``running`` tells that the slot may still
    grow, so that a missing picture means "not drawn yet" and not "none". Raises ValueError (a msgspec.ValidationError
    when decoding) for a value that cannot be: outside its slot, overlapping, or with both a picture and a reason for
    none; ``clean_text`` makes a comment that can be.
    """

    job: UUID
    slot: Slot
    revision: Revision
    spans: Annotated[tuple[Span, ...], msgspec.Meta(max_length=MAX_SPANS)] = ()
    idle: Annotated[tuple[Interval, ...], msgspec.Meta(max_length=MAX_SPANS)] = ()
    deleted: Annotated[tuple[Interval, ...], msgspec.Meta(max_length=MAX_SPANS)] = ()
    picture: PictureRef | None = None
    no_picture: NoPicture | None = None
    running: bool = False
    comment: Comment = ""
    active_s: SlotSeconds = 0
    keys: Count | None = None
    clicks: Count | None = None
    flags: Annotated[tuple[Flag, ...], msgspec.Meta(max_length=MAX_FLAGS)] = ()

    def __post_init__(self) -> None:
        self._check_numbers()
        low, high = slot_start(self.slot), slot_end(self.slot)
        last = low
        for number, span in enumerate(self.spans):
            if not last <= span.start < span.end <= high:
                raise ValueError(
                    f"spans[{number}], {span.start}..{span.end}, is empty, leaves slot {self.slot} or overlaps the one "
                    "before it"
                )
            last = span.end
        for name, gone in (("idle", self.idle), ("deleted", self.deleted)):
            if gone and (union(gone) != gone or any(start < low or end > high for start, end in gone)):
                raise ValueError(f"{name} must be intervals that are sorted, apart and inside slot {self.slot}")
        if intersect(self.idle, self.intervals) or intersect(self.deleted, (*self.intervals, *self.idle)):
            raise ValueError("a second is in spans, idle or deleted, and only in one of them")
        if self.picture is not None and self.no_picture is not None:
            raise ValueError("a segment has a picture or the reason why there is none (no_picture), not both")
        if self.picture is not None and not low <= self.picture.taken_at < high:
            raise ValueError(f"picture.taken_at, {self.picture.taken_at}, is outside slot {self.slot}")
        if len(self.comment) > MAX_COMMENT or _TEXT.match(self.comment) is None:
            raise ValueError("the comment is too long or has control characters")

    def _check_numbers(self) -> None:
        """What decoding checks by the fields' types, for values that are built here."""
        for name, value, low, high in (
            ("slot", self.slot, 0, MAX_SLOT),
            ("revision", self.revision, 1, MAX_REVISION),
            ("active_s", self.active_s, 0, SLOT_S),
            ("keys", self.keys or 0, 0, MAX_COUNT),
            ("clicks", self.clicks or 0, 0, MAX_COUNT),
            ("the number of spans", len(self.spans), 0, MAX_SPANS),
            ("the number of idle intervals", len(self.idle), 0, MAX_SPANS),
            ("the number of deleted intervals", len(self.deleted), 0, MAX_SPANS),
            ("the number of flags", len(self.flags), 0, MAX_FLAGS),
        ):
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}; it can be {low} to {high}")

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The counted seconds as intervals."""
        return tuple((span.start, span.end) for span in self.spans)

    @property
    def tracked_s(self) -> int:
        """Counted seconds."""
        return sum(span.end - span.start for span in self.spans)


class SegmentBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Body of ``POST /api/v1/segments``. The person is the bearer of the token.

    ``skew_s``: the tracker's clock minus the marketplace's, as the tracker has measured it; None before it has.
    """

    v: int
    device: UUID
    device_name: DeviceName = ""
    skew_s: Annotated[int, msgspec.Meta(ge=-253_402_300_799, le=253_402_300_799)] | None = None
    segments: Annotated[tuple[Segment, ...], msgspec.Meta(min_length=1, max_length=MAX_BATCH_SEGMENTS)]


class Outcome(StrEnum):
    """What became of one segment of a batch."""

    STORED = "stored"
    KNOWN = "known"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


class SegmentReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The marketplace's word for one segment. ``digest`` is ``segment_digest()`` of what it received.

    ``stored`` comes with SUPERSEDED: what it holds of the segment, so that a tracker whose record was restored from a
    backup can put both together. A picture stands in it only when its bytes are there.
    """

    job: UUID
    slot: Slot
    revision: Revision
    outcome: Outcome
    digest: Sha256
    problem: Problem | None = None
    stored: Segment | None = None


class BatchReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to a batch: one receipt for each segment, in the order sent."""

    v: int = VERSION
    now: Second
    receipts: Annotated[tuple[SegmentReceipt, ...], msgspec.Meta(max_length=MAX_BATCH_SEGMENTS)]


class PictureReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``PUT /api/v1/pictures/{id}`` (raw image/webp body): what was stored."""

    v: int = VERSION
    id: UUID
    sha256: Sha256
    size: PictureSize


class OtherHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of Other hours as of ``revision``: ``seconds`` that were worked by hand's word in the week, with a note.

    ``id``: a UUIDv7 made before the first try; with it an entry is stored once, however often it is sent. ``removed``
    is the last word on it. Raises ValueError (a msgspec.ValidationError when decoding) for a value that cannot be.
    """

    id: UUID
    job: UUID
    week_start: Second
    seconds: HoursSeconds
    note: Note
    revision: Revision = 1
    removed: bool = False

    def __post_init__(self) -> None:
        if not (1 <= self.seconds <= MAX_WEEK_S and 1 <= self.revision <= MAX_REVISION):
            raise ValueError(f"an entry has 1 to {MAX_WEEK_S} seconds, and a revision from 1 to {MAX_REVISION}")
        if not self.note.strip() or len(self.note) > MAX_NOTE or _TEXT.match(self.note) is None:
            raise ValueError("the note is missing, is too long or has control characters")


class OtherHoursBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Body of ``POST /api/v1/other-hours``. The person is the bearer of the token."""

    v: int
    entries: Annotated[tuple[OtherHours, ...], msgspec.Meta(min_length=1, max_length=MAX_BATCH_HOURS)]


class OtherHoursReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The marketplace's word for one entry; ``digest`` is ``hours_digest()`` of what it received.

    ``stored`` comes with SUPERSEDED, and with REFUSED where it holds an earlier revision: what stands instead.
    """

    id: UUID
    revision: Revision
    outcome: Outcome
    digest: Sha256
    problem: Problem | None = None
    stored: OtherHours | None = None


class OtherHoursReceipts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to a batch of Other hours: one receipt for each entry, in the order sent."""

    v: int = VERSION
    now: Second
    receipts: Annotated[tuple[OtherHoursReceipt, ...], msgspec.Meta(max_length=MAX_BATCH_HOURS)]


class HoursState(StrEnum):
    """Where an entry of Other hours stands (rules.md, Timesheets 4)."""

    OPEN = "open"  # its week's timesheet is open: it can be changed
    ADDITIONAL = "additional"  # added after its week was submitted: paid by hand, else on the next timesheet
    SUBMITTED = "submitted"  # on a submitted timesheet, for good


class OtherHoursView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of Other hours of a week. ``sheet_week``: the week of the submitted timesheet that holds it."""

    id: UUID
    seconds: HoursSeconds
    note: Note
    revision: Revision
    state: HoursState
    sheet_week: Second | None = None


class JobView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An hourly job as its freelancer's tracker needs it. ``week_*`` are of the current ET work week.

    ``input_counts``: the client asks for counts of keys and clicks; the freelancer decides (rules.md, Tracking 9).
    ``redaction_protects``: a redacted picture protects its time (rules.md, Protection 3).
    """

    id: UUID
    title: str
    client: str
    currency: Currency
    rate_minor: Annotated[int, msgspec.Meta(ge=0)]
    authorized_s: Seconds
    work_view: bool
    input_counts: bool = False
    redaction_protects: bool = False
    ready: bool
    not_ready_reason: str = ""
    week_start: Second
    week_tracked_s: Seconds
    week_other_s: Seconds = 0
    started_at: Second = 0
    protected_s: Seconds
    submits_at: Second


class JobList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``GET /api/v1/jobs``."""

    v: int = VERSION
    now: Second
    person: str
    jobs: tuple[JobView, ...]


class TileState(StrEnum):
    """How a segment is shown (one place computes it: marketplace.workview)."""

    PICTURE = "picture"
    PICTURE_FOLLOWS = "picture_follows"
    NO_PICTURE = "no_picture"
    IDLE = "idle"
    DELETED = "deleted"


class TileView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One tile. ``tracked_s`` counts unless ``rejected``, at ``rejected_at``; ``idle_s`` is what idle took back.

    ``redacted``: hidden areas of its picture; ``redaction_protects``: the job's terms for it, as they stood then.
    """

    segment: UUID
    slot: Slot
    device: UUID
    state: TileState
    tracked_s: SlotSeconds
    idle_s: SlotSeconds
    rejected: bool = False
    reject_reason: str = ""
    rejected_at: Second | None = None
    no_picture: NoPicture | None = None
    taken_at: Second | None = None
    comment: str = ""
    redacted: Redacted = 0
    redaction_protects: bool = False


class ChargeView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One charge of a timesheet."""

    id: UUID
    amount_minor: int
    currency: Currency
    state: str
    at: Second


class WeekView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``GET /api/v1/jobs/{job}/weeks/{week_start}``: tiles and timesheet of one job and ET work week.

    ``other_hours`` are all entries of the week, ``other_s`` those that stand on its own timesheet.
    """

    v: int = VERSION
    now: Second
    job: UUID
    week_start: Second
    week_end: Second
    state: str
    submits_at: Second
    review_ends_at: Second
    submitted_at: Second | None = None
    tracked_s: Seconds
    rejected_s: Seconds
    idle_s: Seconds
    protected_s: Seconds
    amount_minor: int
    currency: Currency
    tiles: tuple[TileView, ...]
    charges: tuple[ChargeView, ...] = ()
    other_s: Seconds = 0
    other_hours: tuple[OtherHoursView, ...] = ()


MessageT = TypeVar("MessageT", bound=msgspec.Struct)


def encode(message: msgspec.Struct) -> bytes:
    """Return the JSON bytes of a message, keys in the order of definition (so equal messages have equal bytes)."""
    return msgspec.json.encode(message)


def decode(raw: bytes, kind: type[MessageT], *, limit: int = MAX_BATCH_BYTES) -> MessageT:
    """Parse ``raw`` strictly. Raises FairhourError that says what is wrong and where.

    Sizes above ``limit`` bytes are refused unread; another version gets an answer that an old tracker can show.
    """
    if len(raw) > limit:
        raise failure(
            "too_large",
            "Message too large",
            "The message has {size} bytes; {limit} are allowed.",
            "Send it in smaller parts.",
            size=len(raw),
            limit=limit,
        )
    try:
        head = msgspec.json.decode(raw, type=_Versioned)
        if head.v not in (None, VERSION):
            raise failure(
                "version",
                "Versions do not match",
                "This side speaks version {ours} of the protocol, the other side version {theirs}.",
                "Update Fairhour on this computer; what is recorded is kept and sent after the update.",
                ours=VERSION,
                theirs=head.v,
            )
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise _malformed("It does not fit the protocol: {detail}.", detail=error) from error
    except UnicodeDecodeError as error:
        # msgspec lets Python's own error through; its text repeats what was sent.
        raise _malformed("Its text is not UTF-8.") from error
    except RecursionError as error:
        raise _malformed("Its values are nested too deep.") from error


def clean_text(text: str, limit: int = MAX_COMMENT) -> str:
    """Return ``text`` as the contract allows it: line ends as one character, nothing unprintable, cut to ``limit``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if _TEXT.match(character))[:limit]


def _malformed(message: str, **values: object) -> FairhourError:
    return failure(
        "malformed", "Message not understood", message, "Update Fairhour and send it again.", retryable=False, **values
    )


class _Versioned(msgspec.Struct):
    v: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None


def segment_digest(segment: Segment) -> str:
    """Return the SHA-256 (hex) of a segment's encoded form: what a receipt must repeat to be believed."""
    return sha256_of(encode(segment))


def hours_digest(entry: OtherHours) -> str:
    """Return the SHA-256 (hex) of an entry's encoded form: what a receipt must repeat to be believed."""
    return sha256_of(encode(entry))
