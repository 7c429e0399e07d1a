"""The arithmetic of a timesheet: what of one job's week counts, is billable, is protected, and what it comes to.

Pure: the caller loads the person's records and the job's terms, and stores what it wants to keep. Other hours, late
time and adjustments are added to a timesheet as further lines by the caller.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from worktime.intervals import Interval, intersect, subtract, total, union
from worktime.money import amount_minor
from worktime.overlap import Claim, Rank, award
from worktime.slots import slot_end, slot_of, slot_start
from worktime.weeks import week_end
from worktime.wire import Span


def check_recorded(slot: int, spans: Sequence[Span], gone: Sequence[Interval]) -> None:
    """Raise ValueError when a segment of ``slot`` cannot have recorded this; ``gone`` are its deleted and idle seconds.

    ``spans`` must be sorted and apart, everything inside the slot, and each second in one of them at most.
    """
    low, high = slot_start(slot), slot_end(slot)
    last = low
    for span in spans:
        if not last <= span.start < span.end <= high:
            raise ValueError(f"span {span.start}..{span.end} leaves slot {slot} or overlaps the one before it")
        last = span.end
    if not gone:
        return
    if any(not low <= start < end <= high for start, end in gone):
        raise ValueError(f"deleted or idle seconds leave slot {slot}")
    parts = (*((span.start, span.end) for span in spans), *gone)
    if total(parts) != sum(end - start for start, end in parts):
        raise ValueError("a second is counted, deleted or idle, and only one of them")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A segment as a timesheet sees it, in whole UTC seconds inside its slot; ValueError for one that cannot be.

    ``spans`` are sorted and apart. ``deleted`` are the seconds that the freelancer deleted: they count nowhere, but
    free nothing for another device; ``idle`` ones were taken back and do. ``picture_protects``: there is a picture,
    and it is neither flat nor redacted against the job's terms. ``has_arrived``: the picture, or the reason why there
    is none, is here. ``settled`` are the seconds that a submitted timesheet counts already. ``taken`` are those that
    counted when the segment was rejected, and that staff have ``restored`` since: whatever later revisions say of them,
    another device never gets them.
    """

    job: UUID
    slot: int
    device: UUID
    spans: tuple[Span, ...]
    picture_protects: bool
    has_arrived: bool
    rejected: bool = False
    deleted: tuple[Interval, ...] = ()
    idle: tuple[Interval, ...] = ()
    settled: tuple[Interval, ...] = ()
    taken: tuple[Interval, ...] = ()
    restored: bool = False

    def __post_init__(self) -> None:
        check_recorded(self.slot, self.spans, (*self.deleted, *self.idle))
        if self.taken and not (self.rejected or self.restored):
            raise ValueError("a rejection that does not stand takes nothing")


@dataclass(frozen=True)
class Terms:
    """The job's terms in one work week: minor units an hour, and the seconds that are charged automatically."""

    rate_minor: int
    currency: str
    authorized_s: int

    def __post_init__(self) -> None:
        if self.rate_minor < 0 or self.authorized_s < 0:
            raise ValueError("a rate and authorized hours cannot be negative")


class Reason(StrEnum):
    """Why a recorded second is not protected; of several, the first in this order (rules.md, Protection 3)."""

    OVERLAP = "overlap"  # another device's interval counts
    REJECTED = "rejected"
    DISPUTED = "disputed"  # staff took it off in a dispute
    WORK_VIEW_OFF = "work_view_off"
    PICTURE_FOLLOWS = "picture_follows"
    NO_PICTURE = "no_picture"  # none, or one that does not protect
    NOT_READY = "not_ready"
    ABOVE_AUTHORIZED = "above_authorized"


_NOT_COUNTED = frozenset({Reason.OVERLAP, Reason.REJECTED, Reason.DISPUTED})


class Part(NamedTuple):
    """Recorded seconds ``[start, end)`` that share one fate; ``reason`` is None when they are protected.

    The parts of a job's week are in order of time, and hold each recorded second of each device once. ``settled``: on
    a submitted timesheet already; what counts later and is not, is late time.
    """

    start: int
    end: int
    slot: int
    device: UUID
    work_view: bool
    settled: bool
    billable: bool
    reason: Reason | None

    @property
    def seconds(self) -> int:
        """How many seconds the part has."""
        return self.end - self.start

    @property
    def counts(self) -> bool:
        """Whether the seconds are tracked time of the timesheet: neither rejected nor another device's."""
        return self.reason not in _NOT_COUNTED


class LineKind(StrEnum):
    """Kinds of time on a timesheet."""

    WORK_VIEW = "work_view"
    NO_WORK_VIEW = "no_work_view"
    OTHER_HOURS = "other_hours"
    LATE = "late"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True)
class Line:
    """One kind of time, at one rate, worked in one work week. Both figures of an adjustment may be negative."""

    kind: LineKind
    worked_week: int
    seconds: int
    rate_minor: int
    amount_minor: int


def line(kind: LineKind, worked_week: int, seconds: int, rate_minor: int) -> Line:
    """Return the line with its amount, which is rounded here and nowhere else (rules.md, Timesheets 8)."""
    return Line(kind, worked_week, seconds, rate_minor, amount_minor(seconds, rate_minor))


@dataclass(frozen=True, kw_only=True)
class Totals:
    """One job's work week. Seconds throughout, the amount in minor units of ``currency``.

    ``tracked_s`` = ``work_view_s`` + ``off_view_s`` is after rejections and overlap, before the authorized hours;
    ``protected_s`` + all of ``unprotected`` = ``tracked_s`` + ``rejected_s`` + ``overlap_s``.
    """

    tracked_s: int
    work_view_s: int
    off_view_s: int
    rejected_s: int
    idle_s: int
    overlap_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]
    billable_s: int
    amount_minor: int
    currency: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]

    @property
    def tracked(self) -> tuple[Interval, ...]:
        """The seconds of ``tracked_s``, for sums of days (``weeks.split_by_day``)."""
        return union((part.start, part.end) for part in self.parts if part.counts)

    def segment_s(self) -> dict[tuple[int, UUID], int]:
        """Return by (slot, device) what each segment recorded and no other device counts, rejected or not.

        That is what a tile shows, and what rejecting it takes away.
        """
        out: dict[tuple[int, UUID], int] = {}
        for part in self.parts:
            held = 0 if part.reason is Reason.OVERLAP else part.seconds
            out[part.slot, part.device] = out.get((part.slot, part.device), 0) + held
        return out

    def held_by_segment(self, slot: int, device: UUID) -> tuple[Interval, ...]:
        """Return the seconds of which ``segment_s`` gives the number."""
        mine = (part for part in self.parts if (part.slot, part.device) == (slot, device))
        return union((part.start, part.end) for part in mine if part.reason is not Reason.OVERLAP)


def totals(
    records: Iterable[Record],
    *,
    job: UUID,
    week_start: int,
    terms: Terms,
    not_ready: Iterable[Interval] = (),
    arrived_only: bool = False,
) -> Totals:
    """Return the totals of ``job`` in the work week that starts at ``week_start``.

    ``records`` are all of the person's, of every job and device, in that week; records of the weeks beside it may be
    among them, and should where an interval runs through midnight, so that it is known when it started. ``not_ready``:
    when the job was Not Ready. ``arrived_only`` leaves out what has not arrived, as submission does (rules.md,
    Timesheets 2). ValueError when no week starts at ``week_start`` or a segment is given twice.
    """
    everything = tuple(records)
    known = [record for record in everything if record.has_arrived or not arrived_only]
    if len({(record.job, record.slot, record.device) for record in known}) != len(known):
        raise ValueError("a segment (job, slot, device) is given twice")
    slots = range(slot_of(week_start), slot_of(week_end(week_start)))
    pieces = sorted(
        _pieces(everything, job, slots, arrived_only=arrived_only), key=lambda piece: (not piece.settled, piece.start)
    )
    parts = sorted(_parts(pieces, terms.authorized_s, union(not_ready)), key=lambda part: part[:4])

    work_view_s = sum(part.seconds for part in parts if part.counts and part.work_view)
    off_view_s = sum(part.seconds for part in parts if part.counts and not part.work_view)
    unprotected = {reason: sum(part.seconds for part in parts if part.reason is reason) for reason in Reason}
    lines = tuple(_lines(parts, week_start, terms.rate_minor))
    return Totals(
        tracked_s=work_view_s + off_view_s,
        work_view_s=work_view_s,
        off_view_s=off_view_s,
        rejected_s=unprotected[Reason.REJECTED],
        idle_s=sum(total(record.idle) for record in known if record.job == job and record.slot in slots),
        overlap_s=unprotected[Reason.OVERLAP],
        protected_s=sum(part.seconds for part in parts if part.reason is None),
        unprotected=MappingProxyType({reason: seconds for reason, seconds in unprotected.items() if seconds}),
        billable_s=sum(part.seconds for part in parts if part.billable),
        amount_minor=sum(line.amount_minor for line in lines),
        currency=terms.currency,
        lines=lines,
        parts=tuple(parts),
    )


class _Piece(NamedTuple):
    """Seconds of one span that one claim covers; ``won`` when they are this device's and not another's."""

    start: int
    end: int
    settled: bool
    won: bool
    work_view: bool
    record: Record


def _pieces(records: Iterable[Record], job: UUID, slots: range, *, arrived_only: bool) -> Iterator[_Piece]:
    """Yield the spans of the job's week, cut where another device's claim to a second wins or ends."""
    claims: list[Claim] = []
    origins: list[tuple[Record, bool] | None] = []

    def claim(record: Record, rank: Rank, cut: Iterable[Interval], origin: tuple[Record, bool] | None) -> None:
        for start, end in cut:
            claims.append(Claim(start, end, record.device, record.job, rank))
            origins.append(origin)

    for record in records:
        there = record.has_arrived or not arrived_only
        spans = record.spans if there else ()
        wanted = record.job == job and record.slot in slots
        for span in spans:
            for rank, cut in _by_rank((span.start, span.end), record):
                claim(record, rank, cut, (record, span.work_view) if wanted else None)
        # What was rejected stays with the rejection, also where the segment has not arrived, or has given it up since.
        claim(record, Rank.REJECTED, subtract(record.taken, ((span.start, span.end) for span in spans)), None)
        if there:
            claim(record, Rank.OPEN, record.deleted, None)
    for each, own, origin in zip(claims, award(claims), origins, strict=True):
        if origin is not None:
            record, work_view = origin
            is_settled = each.rank is Rank.SETTLED
            for start, end in own:
                yield _Piece(start, end, is_settled, True, work_view, record)
            for start, end in subtract(((each.start, each.end),), own):
                yield _Piece(start, end, is_settled, False, work_view, record)


def _by_rank(whole: Interval, record: Record) -> Iterator[tuple[Rank, tuple[Interval, ...]]]:
    """Cut counted seconds by what they are already: settled, rejected, or neither."""
    left: tuple[Interval, ...] = (whole,)
    for rank, known in ((Rank.SETTLED, record.settled), (Rank.REJECTED, record.taken)):
        if known:
            yield rank, intersect(left, known)
            left = subtract(left, known)
    yield Rank.OPEN, left


def _parts(pieces: Iterable[_Piece], authorized_s: int, not_ready: tuple[Interval, ...]) -> Iterator[Part]:
    """Yield the fate of each piece; ``pieces`` come in the order in which they take up the authorized hours."""
    left = authorized_s
    for piece in pieces:
        reason = _reason(piece)
        if reason in _NOT_COUNTED:
            yield _part(piece, piece.start, piece.end, False, reason)
            continue
        edge = piece.start + min(left, piece.end - piece.start)
        left -= edge - piece.start
        for start, end, billable in ((piece.start, edge, True), (edge, piece.end, False)):
            for ready, (at, until) in by_readiness((start, end), not_ready):
                why = reason or (None if ready else Reason.NOT_READY)
                yield _part(piece, at, until, billable, why or (None if billable else Reason.ABOVE_AUTHORIZED))


def _part(piece: _Piece, start: int, end: int, billable: bool, reason: Reason | None) -> Part:
    record = piece.record
    return Part(start, end, record.slot, record.device, piece.work_view, piece.settled, billable, reason)


def _reason(piece: _Piece) -> Reason | None:
    """Return why nothing of the piece can be protected, whatever the time and the hours left."""
    if not piece.won:
        return Reason.OVERLAP
    if piece.record.rejected:
        return Reason.REJECTED
    if not piece.work_view:
        return Reason.WORK_VIEW_OFF
    if not piece.record.has_arrived:
        return Reason.PICTURE_FOLLOWS
    return None if piece.record.picture_protects else Reason.NO_PICTURE


def by_readiness(interval: Interval, not_ready: tuple[Interval, ...]) -> Iterator[tuple[bool, Interval]]:
    """Cut ``interval`` where the job became Ready or Not Ready: pairs of readiness and the part.

    ``not_ready`` is sorted and disjoint (``intervals.union``).
    """
    at, end = interval
    nearest = bisect_right(not_ready, at, key=itemgetter(1))
    while nearest < len(not_ready) and not_ready[nearest][0] < end:
        low, high = max(at, not_ready[nearest][0]), min(end, not_ready[nearest][1])
        if low > at:
            yield True, (at, low)
        yield False, (low, high)
        at = high
        nearest += 1
    if at < end:
        yield True, (at, end)


def _lines(parts: Iterable[Part], week_start: int, rate_minor: int) -> Iterator[Line]:
    billable = [part for part in parts if part.billable]
    for kind, work_view in ((LineKind.WORK_VIEW, True), (LineKind.NO_WORK_VIEW, False)):
        seconds = sum(part.seconds for part in billable if part.work_view is work_view)
        if seconds:
            yield line(kind, week_start, seconds, rate_minor)
