"""From observations to segments: ``fold`` adds up what was seen in one (job, slot), ``content`` says it on the wire.

Pure. The tracking machine keeps the same ``Facts`` for the slots that it may still change, so what is shown, what is
sent and what is decided come from one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from worktime.intervals import Interval, intersect, subtract, total, union
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    Erased,
    Flagged,
    IdleTaken,
    Learned,
    Left,
    Observation,
    Pictured,
    Progress,
    Unpictured,
)
from worktime.slots import SLOT_S
from worktime.wire import MAX_SPANS, Flag, NoPicture, Segment, Span, clean_text

Key = tuple[UUID, int]
"""(job, slot): names a segment on this device."""


class Stay(msgspec.Struct, frozen=True):
    """The open stay in a slot: counted up to ``until``."""

    start: int
    until: int
    work_view: bool
    active_s: int = 0
    keys: int | None = None
    clicks: int | None = None


class Facts(msgspec.Struct, frozen=True):
    """What is known of one segment. ``spans`` are closed; ``stay`` is the open one.

    ``awaits`` is the attempt whose picture has not come yet; attempts up to ``void`` are unwanted (deleted, idle).
    ``gone`` are the seconds that went with a deletion: not counted, but free for no other device.
    """

    job: UUID
    slot: int
    spans: tuple[Span, ...] = ()
    stay: Stay | None = None
    idle: tuple[Interval, ...] = ()
    picture: Pictured | None = None
    reason: NoPicture | None = None
    awaits: int | None = None
    attempts: int = 0
    void: int = 0
    comment: str = ""
    active_s: int = 0
    keys: int | None = None
    clicks: int | None = None
    flags: tuple[Flag, ...] = ()
    deleted: bool = False
    gone: tuple[Interval, ...] = ()

    @property
    def key(self) -> Key:
        """(job, slot)."""
        return (self.job, self.slot)

    @property
    def counted(self) -> tuple[Span, ...]:
        """Every counted span, the open stay's included, in order; no second twice."""
        if self.stay is None or self.stay.start >= self.stay.until:
            return self.spans
        return _with(self, Span(self.stay.start, self.stay.until, self.stay.work_view))

    @property
    def counted_s(self) -> int:
        """Counted seconds."""
        return sum(span.end - span.start for span in self.counted)


def fold(facts: Facts, seen: Observation) -> Facts:
    """Return the facts with one more observation of the same segment."""
    match seen:
        case Entered():
            awaits = seen.attempt if seen.drawn else facts.awaits
            stay = Stay(seen.at, seen.at, seen.work_view)
            return replace(facts, stay=stay, attempts=max(facts.attempts, seen.attempt), awaits=awaits)
        case Left():
            return _left(facts, seen)
        case Pictured():
            # A picture taken at its moment is the segment's for good: none that was drawn later is waited for.
            awaits = None if facts.awaits == seen.attempt or not seen.leaving else facts.awaits
            return replace(facts, picture=seen, reason=None, awaits=awaits)
        case Unpictured():
            awaits = None if facts.awaits == seen.attempt else facts.awaits
            return replace(facts, reason=seen.reason, awaits=awaits)
        case IdleTaken():
            gone = intersect([(seen.start, seen.end)], _intervals(facts.spans))
            return replace(facts, spans=_without(facts.spans, gone), idle=union([*facts.idle, *gone]))
        case Erased():
            awaits = facts.awaits if facts.awaits is not None and facts.awaits > seen.attempt else None
            return replace(facts, picture=None, reason=seen.reason, awaits=awaits, void=max(facts.void, seen.attempt))
        case Deleted():
            gone = union([*facts.gone, *_intervals(facts.spans)])
            cleared = replace(
                facts, spans=(), gone=gone, picture=None, reason=NoPicture.DELETED, awaits=None, void=seen.attempt
            )
            return replace(cleared, active_s=0, keys=None, clicks=None, deleted=True)
        case Commented():
            return replace(facts, comment=seen.text)
        case Flagged():
            return facts if seen.flag in facts.flags else replace(facts, flags=(*facts.flags, seen.flag))
        case Learned():
            return _learned(facts, seen.told)
        case _:
            assert_never(seen)


def extend(facts: Facts, until: int, active_s: int, keys: int | None, clicks: int | None) -> Facts:
    """Return the facts with the open stay counted up to ``until`` and its counts raised by those given."""
    stay = facts.stay
    if stay is None:
        return facts
    grown = Stay(
        start=stay.start,
        until=max(stay.until, until),
        work_view=stay.work_view,
        active_s=stay.active_s + active_s,
        keys=plus(stay.keys, keys),
        clicks=plus(stay.clicks, clicks),
    )
    return replace(facts, stay=grown)


def progress(facts: Facts) -> Progress | None:
    """Return the open stay as the tick record keeps it; None when there is no open stay."""
    stay = facts.stay
    if stay is None:
        return None
    return Progress(
        job=facts.job,
        slot=facts.slot,
        start=stay.start,
        until=stay.until,
        attempt=facts.attempts,
        active_s=stay.active_s,
        keys=stay.keys,
        clicks=stay.clicks,
    )


def replay(job: UUID, slot: int, seen: Iterable[Observation], tick: Progress | None = None) -> Facts:
    """Return the facts of one segment from its observations, in order, and the tick record."""
    facts = Facts(job, slot)
    for observation in seen:
        facts = fold(facts, observation)
    return ticked(facts, tick)


def ticked(facts: Facts, tick: Progress | None) -> Facts:
    """Return the facts that observations made, counted up to the tick record.

    A tick that belongs to another stay than the one left open is not believed.
    """
    stay = facts.stay
    if stay is None or tick is None or (tick.job, tick.slot, tick.start) != (*facts.key, stay.start):
        return facts
    if tick.attempt not in (facts.attempts, 0):
        # The slot was left and entered again within one second: what that stay counted is counted already.
        return facts
    return extend(facts, tick.until, tick.active_s, tick.keys, tick.clicks)


def content(facts: Facts, revision: int) -> Segment | None:
    """Return the segment as it is sent; None when nothing in it ever counted.

    ``running`` stays true until the picture, or the reason why there is none, is known. Of more spans than the wire
    takes the longest are sent: a few seconds less, and never one that was not recorded.
    """
    spans = _longest(facts.counted, lambda span: span.end - span.start)
    if not spans and not facts.idle and not facts.deleted:
        return None
    picture = facts.picture.picture if facts.picture and spans else None
    running = facts.stay is not None or facts.awaits is not None
    flags = facts.flags
    if facts.picture and picture and facts.picture.flat:
        flags = (*flags, Flag.FLAT_PICTURE)
    stay = facts.stay or Stay(0, 0, work_view=False)
    return Segment(
        job=facts.job,
        slot=facts.slot,
        revision=revision,
        spans=spans,
        idle=_longest(facts.idle, _length),
        deleted=_longest(facts.gone, _length),
        picture=picture,
        no_picture=None if picture else _reason(facts, spans),
        running=running,
        comment=clean_text(facts.comment),
        active_s=min(SLOT_S, facts.active_s + stay.active_s),
        keys=plus(facts.keys, stay.keys),
        clicks=plus(facts.clicks, stay.clicks),
        flags=tuple(sorted(flags)),
    )


def _reason(facts: Facts, spans: tuple[Span, ...]) -> NoPicture | None:
    if not spans:
        return NoPicture.DELETED if facts.deleted else NoPicture.IDLE
    if facts.awaits is not None:
        return None
    if not any(span.work_view for span in spans):
        return NoPicture.WORK_VIEW_OFF
    return facts.reason


_EachT = TypeVar("_EachT")


def _longest(parts: tuple[_EachT, ...], length: Callable[[_EachT], int]) -> tuple[_EachT, ...]:
    """Return at most ``MAX_SPANS`` of the parts, in their order."""
    if len(parts) <= MAX_SPANS:
        return parts
    kept = sorted(range(len(parts)), key=lambda index: (-length(parts[index]), index))[:MAX_SPANS]
    return tuple(parts[index] for index in sorted(kept))


def _length(interval: Interval) -> int:
    return interval[1] - interval[0]


def _left(facts: Facts, seen: Left) -> Facts:
    stay = facts.stay
    if stay is None:
        return facts
    spans = _with(facts, Span(stay.start, seen.at, stay.work_view))
    closed = replace(
        facts,
        spans=spans,
        stay=None,
        active_s=facts.active_s + seen.active_s,
        keys=plus(facts.keys, seen.keys),
        clicks=plus(facts.clicks, seen.clicks),
    )
    # Nothing counted, so no picture is wanted: one that is still on its way must not come in.
    return closed if spans else replace(closed, awaits=None, void=closed.attempts)


def _learned(facts: Facts, told: Segment) -> Facts:
    """Put together what is known here and what the marketplace holds: no counted second is lost, none taken off
    comes back, and a picture that was deleted stays so.
    """
    gone = union([*facts.gone, *told.deleted])
    idle = subtract(union([*facts.idle, *told.idle]), gone)
    off = intersect(_intervals(facts.spans), [*idle, *gone])
    merged = replace(facts, spans=_without(facts.spans, off), idle=tuple(idle), gone=tuple(gone))
    for span in told.spans:
        merged = replace(merged, spans=_with(merged, span))
    merged = replace(
        merged,
        deleted=facts.deleted or told.no_picture is NoPicture.DELETED,
        comment=facts.comment or told.comment,
        active_s=max(facts.active_s, told.active_s),
        keys=_most(facts.keys, told.keys),
        clicks=_most(facts.clicks, told.clicks),
        flags=(*facts.flags, *(flag for flag in told.flags if flag not in (*facts.flags, Flag.FLAT_PICTURE))),
    )
    if told.picture is not None:
        flat = Flag.FLAT_PICTURE in told.flags
        seen = Pictured(
            job=facts.job, slot=facts.slot, attempt=facts.attempts, leaving=False, flat=flat, picture=told.picture
        )
        return replace(merged, picture=seen, reason=None, awaits=None)
    if told.no_picture in (NoPicture.DELETED, NoPicture.IDLE) and not _is_newer(facts.picture, [*idle, *gone]):
        # An open stay draws anew: that picture shows nothing of what was taken off. No other is waited for.
        awaits = facts.awaits if facts.stay is not None else None
        void = facts.attempts if awaits is None else awaits - 1
        return replace(merged, picture=None, reason=told.no_picture, awaits=awaits, void=max(facts.void, void))
    return replace(merged, reason=None if facts.picture else facts.reason or told.no_picture)


def _is_newer(picture: Pictured | None, off: list[Interval]) -> bool:
    """Tell whether a picture was taken after all that was taken off."""
    return picture is not None and all(end <= picture.picture.taken_at for _, end in off)


def _most(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else max(first, second)


def _with(facts: Facts, span: Span) -> tuple[Span, ...]:
    """Return the spans with one more; seconds that are counted, idle or deleted already are not counted again."""
    taken = [*_intervals(facts.spans), *facts.idle, *facts.gone]
    new = [Span(start, end, span.work_view) for start, end in subtract([(span.start, span.end)], taken)]
    out: list[Span] = []
    for each in sorted([*facts.spans, *new], key=lambda one: one.start):
        if out and out[-1].end == each.start and out[-1].work_view == each.work_view:
            out[-1] = Span(out[-1].start, each.end, each.work_view)
        else:
            out.append(each)
    return tuple(out)


def _without(spans: tuple[Span, ...], gone: tuple[Interval, ...]) -> tuple[Span, ...]:
    return tuple(
        Span(start, end, span.work_view) for span in spans for start, end in subtract([(span.start, span.end)], gone)
    )


def _intervals(spans: tuple[Span, ...]) -> tuple[Interval, ...]:
    return tuple((span.start, span.end) for span in spans)


def plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return second if first is None else first
    return first + second


def idle_parts(facts: Facts, window: Interval) -> tuple[Interval, ...]:
    """Return the counted seconds of the closed spans that fall into ``window``."""
    return intersect(_intervals(facts.spans), [window])


def saw(facts: Facts, second: int) -> bool:
    """Tell whether tracking was in the segment at ``second``, or left it then: also where the time came off since."""
    stays = [*_intervals(facts.spans), *facts.idle]
    is_open = facts.stay is not None and facts.stay.start <= second
    return is_open or any(start <= second <= end for start, end in stays)


def lost_everything(facts: Facts) -> bool:
    """Tell whether the segment is left with no time and no open stay."""
    return facts.stay is None and total(_intervals(facts.spans)) == 0
