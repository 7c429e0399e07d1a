"""Whose second is it, in a person's book: what each segment of a week counts and no other device or job has.

``worktime.overlap`` decides; here are the claims of segments, and the short way where nobody else claims a second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from operator import itemgetter

from worktime.book_values import Key, Segment, Segments
from worktime.intervals import Interval, intersect, subtract, union
from worktime.overlap import Claim, Rank, award
from worktime.slots import slot_start
from worktime.weeks import week_of

Won = Mapping[Key, tuple[Interval, ...]]
"""By segment: the counted seconds that are its own; they may touch."""


def won_seconds(segments: Segments, week: int, *, arrived_only: bool, slots: Container[int] | None = None) -> Won:
    """Return what every segment of the week has won, or of the ``slots`` that are asked for.

    ``arrived_only``: nothing else claims, as at submission.
    """
    out: dict[Key, tuple[Interval, ...]] = {}
    by_slot: dict[int, list[Segment]] = {}
    for key, segment in segments.get(week, {}).items():
        if (slots is None or key.slot in slots) and (segment.arrived or not arrived_only):
            by_slot.setdefault(key.slot, []).append(segment)
    runs = _Runs(segments, arrived_only=arrived_only)
    for slot in sorted(by_slot):
        if _is_contested(by_slot[slot]):
            out.update(_decide(by_slot[slot], runs))
        else:
            out.update((segment.key, segment.counted) for segment in by_slot[slot])
    return out


def won_by(segment: Segment, segments: Segments) -> tuple[Interval, ...]:
    """Return the counted seconds that are ``segment``'s own when everything claims."""
    week = segments[week_of(slot_start(segment.key.slot))]
    beside = [other for other in week.values() if other.key.slot == segment.key.slot]
    if not _is_contested(beside):
        return segment.counted
    return _decide(beside, _Runs(segments, arrived_only=False))[segment.key]


def _is_contested(beside: list[Segment]) -> bool:
    """Whether two segments of one slot can claim a second."""
    if len(beside) == 1:
        return False
    found = sorted(interval for segment in beside for interval in (*segment.counted, *segment.deleted, *segment.kept))
    return any(before[1] > after[0] for before, after in pairwise(found))


def _covered(segment: Segment) -> tuple[Interval, ...]:
    """Return every second that the segment claims, as intervals that do not touch."""
    return union((*segment.counted, *segment.deleted, *segment.kept))


class _Runs:
    """When the intervals began that run into a slot. Asked for slots in order, each answer helps the next one."""

    def __init__(self, segments: Segments, *, arrived_only: bool) -> None:
        self._segments = segments
        self._arrived_only = arrived_only
        self._known: dict[Key, int] = {}

    def into(self, segment: Segment) -> int:
        """Return when the interval began that ``segment`` has at the start of its slot, if it has one there."""
        slot, device, job = segment.key
        at = slot_start(slot)
        while True:
            slot -= 1
            before = self._segments.get(week_of(slot_start(slot)), {}).get(Key(slot, device, job))
            covered = _covered(before) if before and (before.arrived or not self._arrived_only) else ()
            if not covered or covered[-1][1] != at:
                break
            at = covered[-1][0]
            if at != slot_start(slot):
                break
            if Key(slot, device, job) in self._known:
                at = self._known[Key(slot, device, job)]
                break
        self._known[segment.key] = at
        return at


def _decide(beside: list[Segment], runs: _Runs) -> dict[Key, tuple[Interval, ...]]:
    """Award the seconds of one slot."""
    claims: list[Claim] = []
    began: list[int] = []
    origins: list[Key | None] = []
    for segment in beside:
        covered = _covered(segment)
        first = slot_start(segment.key.slot)
        starts = [runs.into(segment) if start == first else start for start, _ in covered]
        for rank, counted, cut in _claims(segment):
            for start, end in cut:
                claims.append(Claim(start, end, segment.key.device, segment.key.job, rank))
                began.append(starts[bisect_right(covered, start, key=itemgetter(0)) - 1])
                origins.append(segment.key if counted else None)
    own: dict[Key, list[Interval]] = {segment.key: [] for segment in beside}
    for key, seconds in zip(origins, award(claims, began), strict=True):
        if key is not None:
            own[key].extend(seconds)
    return {key: tuple(sorted(seconds)) for key, seconds in own.items()}


def _claims(segment: Segment) -> Iterator[tuple[Rank, bool, Iterable[Interval]]]:
    """Yield what the segment claims: rank, whether it counts the seconds itself, and the seconds."""
    counted, held, kept = segment.counted, segment.held, segment.kept
    if held:
        yield Rank.SETTLED, True, held
    if kept:
        yield Rank.REJECTED, True, subtract(intersect(counted, kept), held)
        # What was rejected or taken off stays so, also where the segment has given it up since.
        yield Rank.REJECTED, False, subtract(kept, counted)
    if held or kept:
        yield Rank.OPEN, True, subtract(subtract(counted, held), kept)
    else:
        yield Rank.OPEN, True, counted
    if segment.deleted:
        yield Rank.OPEN, False, segment.deleted
