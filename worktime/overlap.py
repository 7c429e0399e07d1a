"""Whose second is it: overlapping intervals of one person's devices and jobs (rules.md, Two machines 2).

Knows claims on seconds only. What a claim is worth on a timesheet is ``worktime.timesheet``'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from worktime.intervals import Interval


class Rank(IntEnum):
    """Which claim comes first, whoever started earlier: the smaller one."""

    SETTLED = 0  # stands on a submitted timesheet
    REJECTED = 1  # counted when it was rejected, or taken off in a dispute: no other device's claim undoes that
    OPEN = 2


class Claim(NamedTuple):
    """Seconds ``[start, end)`` of one device for one job."""

    start: int
    end: int
    device: UUID
    job: UUID
    rank: Rank = Rank.OPEN


def award(claims: Sequence[Claim], began: Sequence[int] | None = None) -> list[tuple[Interval, ...]]:
    """Return for each claim, in the order given, the seconds that are its own; no second is given twice.

    The smaller rank comes first: settled seconds never move, rejected ones are free for nobody. Then the interval
    that started earlier counts, then the smaller device id (and, for one device that claims a second for two jobs, the
    smaller job id). An interval is what one device recorded for one job without a gap, so the cuts between slots start
    nothing. ``began`` says for each claim when its interval started, where that is known already, and not all claims
    before it are given. Cost: n log n.
    """
    began = began if began is not None else _began(claims)
    entering = sorted(range(len(claims)), key=lambda index: claims[index].start, reverse=True)
    won: list[list[Interval]] = [[] for _ in claims]
    open_claims: list[tuple[int, int, UUID, UUID, int]] = []
    points = sorted({point for claim in claims for point in claim[:2]})
    for at, until in pairwise(points):
        while entering and claims[entering[-1]].start == at:
            index = entering.pop()
            claim = claims[index]
            heappush(open_claims, (claim.rank, began[index], claim.device, claim.job, index))
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
