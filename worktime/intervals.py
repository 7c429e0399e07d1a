"""Half-open intervals of whole UTC seconds, and the set arithmetic that time is counted with."""

from __future__ import annotations

from collections.abc import Iterable

from worktime.slots import slot_end, slot_of

Interval = tuple[int, int]
"""(start, end): seconds since the epoch, start < end, end not included."""


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same seconds as sorted, disjoint intervals that do not touch; empty ones are dropped."""
    out: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the seconds of ``intervals`` that are not in ``taken``."""
    out: list[Interval] = []
    holes = union(taken)
    nearest = 0
    for start, end in union(intervals):
        # Both are in order, so no hole is looked at twice: what comes from the wire must not cost its square.
        while nearest < len(holes) and holes[nearest][1] <= start:
            nearest += 1
        at = start
        while nearest < len(holes) and holes[nearest][0] < end:
            hole_start, hole_end = holes[nearest]
            if hole_start > at:
                out.append((at, hole_start))
            at = hole_end
            if hole_end > end:
                break
            nearest += 1
        if at < end:
            out.append((at, end))
    return tuple(out)


def intersect(intervals: Iterable[Interval], other: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the seconds that are in both."""
    first = union(intervals)
    return subtract(first, subtract(first, other)) if first else ()


def total(intervals: Iterable[Interval]) -> int:
    """Return the number of seconds covered; a second covered twice counts once."""
    return sum(end - start for start, end in union(intervals))


def cut_by_slot(interval: Interval) -> tuple[tuple[int, Interval], ...]:
    """Cut ``interval`` at the slot boundaries: pairs of slot number and the part inside it."""
    out: list[tuple[int, Interval]] = []
    at, end = interval
    while at < end:
        slot = slot_of(at)
        stop = min(end, slot_end(slot))
        out.append((slot, (at, stop)))
        at = stop
    return tuple(out)
