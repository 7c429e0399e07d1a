"""Revisions of a running segment that has only counted on: numbered and offered without a write to the disk.

Every stored revision of a running segment sets ``RESERVED`` numbers aside in its row (``issued``). Growth takes its
numbers from there and lives in memory: it can be derived again, and after a crash the next revision is numbered beyond
all that were set aside, so that no number ever names two contents. Nothing is decided here about when growth is sent.
Not thread-safe: the database's lock is around it.
"""

from __future__ import annotations

import msgspec

from worktime.derive import Facts, Key, plus
from worktime.observations import Progress
from worktime.slots import SLOT_S
from worktime.wire import Segment, Span

RESERVED = 100
"""More than a slot has intervals of growth (72), so that one write serves a whole slot."""


class _Grown(msgspec.Struct, frozen=True):
    segment: Segment
    received: bool = False


class Growing:
    """What was issued in this process for running segments, by (job, slot)."""

    def __init__(self) -> None:
        self._grown: dict[Key, _Grown] = {}
        self._last: dict[Key, int] = {}

    def latest(self, key: Key) -> Segment | None:
        """Return the newest growth of a segment, None when its stored revision is the newest."""
        return self._grown[key].segment if key in self._grown else None

    def waits(self, key: Key) -> bool:
        """Tell whether growth of the segment was offered and has no receipt."""
        return key in self._grown and not self._grown[key].received

    @property
    def waiting(self) -> tuple[int, str]:
        """Slot and job of the growth that has no receipt (there is one running segment); else no segment's."""
        return next(((slot, str(job)) for job, slot in self._grown if self.waits((job, slot))), (-1, ""))

    def last(self, key: Key, revision: int, issued: int) -> int:
        """Return the highest number that may have been used for the segment, whatever process used it."""
        return self._last.get(key, max(revision, issued))

    def may_be_ahead(self, key: Key, revision: int, issued: int) -> bool:
        """Tell whether a process before this one may have sent more than the stored revision."""
        return key not in self._last and issued > revision

    def next(self, key: Key, current: Segment, issued: int) -> Segment | None:
        """Number and keep the grown segment; None when no number is left."""
        number = self._last.get(key, issued) + 1
        if number > issued:
            return None
        segment = current if current.revision == number else msgspec.structs.replace(current, revision=number)
        self._grown[key] = _Grown(segment)
        self._last[key] = number
        return segment

    def stored(self, segment: Segment) -> int:
        """Note that a revision is being stored; returns the highest number to set aside with it."""
        key = (segment.job, segment.slot)
        self._grown.pop(key, None)
        if not segment.running:
            self._last.pop(key, None)
            return segment.revision
        self._last[key] = segment.revision
        return segment.revision + RESERVED

    def raised(self, key: Key, number: int) -> None:
        """Note that numbers up to this one are taken: the marketplace knows of more than was issued here."""
        self._grown.pop(key, None)
        if key in self._last:
            self._last[key] = max(self._last[key], number)

    def received(self, key: Key, revision: int) -> bool:
        """Note a receipt; tells whether it was for growth, so that nothing has to be stored."""
        grown = self._grown.get(key)
        if grown is None or grown.segment.revision != revision:
            return False
        self._grown[key] = _Grown(grown.segment, received=True)
        return True

    def kept(self, segment: Segment) -> None:
        """Note that this growth is now in its row."""
        key = (segment.job, segment.slot)
        if key in self._grown and self._grown[key].segment.revision <= segment.revision:
            del self._grown[key]


def counted_on(before: Segment, facts: Facts, tick: Progress) -> Segment | None:
    """Return ``content(ticked(facts, tick))`` as the next revision, made of what an earlier tick of the stay made.

    ``facts``: those of the observations alone, ``before``: made of the same ones. None where that is not so simple.
    """
    stay, last = facts.stay, before.spans[-1] if before.spans else None
    if stay is None or last is None:
        return None
    if (tick.job, tick.slot, tick.start) != (*facts.key, stay.start) or tick.attempt not in (facts.attempts, 0):
        return None
    # Nothing ends there or behind it: its end is how far the stay had come, and the seconds behind it are free.
    ends = [span.end for span in facts.spans] + [end for _, end in (*facts.idle, *facts.gone)]
    if max([stay.until, *ends]) >= last.end or last.end > tick.until:
        return None
    return msgspec.structs.replace(
        before,
        revision=before.revision + 1,
        spans=(*before.spans[:-1], Span(last.start, tick.until, last.work_view)),
        active_s=min(SLOT_S, facts.active_s + stay.active_s + tick.active_s),
        keys=plus(facts.keys, plus(stay.keys, tick.keys)),
        clicks=plus(facts.clicks, plus(stay.clicks, tick.clicks)),
    )


_GROWS = frozenset({"revision", "spans", "active_s", "keys", "clicks"})
_STAYS = tuple(field for field in Segment.__struct_fields__ if field not in _GROWS)


def only_grown(before: Segment, after: Segment) -> bool:
    """Tell whether a running segment has but counted on: more seconds and higher counts, nothing else."""
    if not (before.running and after.running) or len(before.spans) != len(after.spans) or not before.spans:
        return False
    first, second = before.spans[-1], after.spans[-1]
    same_start = (first.start, first.work_view) == (second.start, second.work_view)
    same_rest = all(getattr(before, field) == getattr(after, field) for field in _STAYS)
    return same_start and second.end >= first.end and before.spans[:-1] == after.spans[:-1] and same_rest
