"""Whose second is it: overlapping intervals of one person's devices and jobs (rules.md, Two machines 2).

Knows claims on seconds only. What a claim is worth on a timesheet is ``worktime.timesheet``'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from worktime.intervals import Interval


class Claim(NamedTuple):
    """Seconds ``[start, end)`` of one device for one job. ``settled``: they stand on a submitted timesheet."""

    start: int
    end: int
    device: UUID
    job: UUID
    settled: bool = False


def award(claims: Sequence[Claim]) -> list[tuple[Interval, ...]]:
    """Return for each claim, in the order given, the seconds that are its own; no second is given twice.

    Settled seconds come first: they never move. Then the interval that started earlier counts, then the smaller
    device id (and, for one device that claims a second for two jobs, the smaller job id). An interval is what one
    device recorded for one job without a gap, so the cuts between slots start nothing. Cost: n log n.
    """
    began = _began(claims)
    entering = sorted(range(len(claims)), key=lambda index: claims[index].start, reverse=True)
    won: list[list[Interval]] = [[] for _ in claims]
    open_claims: list[tuple[bool, int, UUID, UUID, int]] = []
    points = sorted({point for claim in claims for point in claim[:2]})
    for at, until in pairwise(points):
        while entering and claims[entering[-1]].start == at:
            index = entering.pop()
            claim = claims[index]
            heappush(open_claims, (not claim.settled, began[index], claim.device, claim.job, index))
        while open_claims and claims[open_claims[0][-1]].end <= at:
            heappop(open_claims)
        if open_claims:
            mine = won[open_claims[0][-1]]
            if mine and mine[-1][1] == at:
                mine[-1] = (mine[-1][0], until)
            else:
                mine.append((at, until))
    return [tuple(pieces) for pieces in won]


def _began(claims: Sequence[Claim]) -> list[int]:
    """Return for each claim the second at which the interval that it is part of started."""
    began = [claim.start for claim in claims]
    last: dict[tuple[UUID, UUID], tuple[int, int]] = {}
    for index in sorted(range(len(claims)), key=lambda index: claims[index].start):
        claim = claims[index]
        start, end = last.get((claim.device, claim.job), (claim.start, claim.start))
        if end < claim.start:
            start = claim.start
        began[index] = start
        last[claim.device, claim.job] = (start, max(end, claim.end))
    return began
