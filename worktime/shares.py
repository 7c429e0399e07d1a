"""Which timesheet the parts of a worked week stand on: its own, or a later one that has them as late time.

``worktime.timesheet`` decides what counts, is billable and protected; here each of its parts only finds its place. For
who loads a week from stored rows; ``worktime.book`` knows a person's whole history and needs none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from worktime.intervals import Interval, intersect, subtract, total, union
from worktime.timesheet import Line, LineKind, Part, Reason, Totals, line

Seconds = Mapping[tuple[int, UUID], tuple[Interval, ...]]
"""Seconds of segments, by slot and device."""


class Held(NamedTuple):
    """Seconds of a segment that a submitted timesheet holds; ``week_start`` is the timesheet's week."""

    timesheet: UUID
    week_start: int
    seconds: tuple[Interval, ...]


@dataclass(frozen=True)
class Share:
    """Recorded seconds and the submitted timesheet that holds them; None while none does."""

    part: Part
    holder: UUID | None


@dataclass(frozen=True)
class Worked:
    """One worked week of a job: its totals, and whose each part is.

    ``left_s``: authorized seconds that tracked time leaves to the Other hours of the same timesheet. ``back``: seconds
    that staff restored after the timesheet that held them was charged.
    """

    week_start: int
    rate_minor: int
    totals: Totals
    shares: tuple[Share, ...]
    left_s: int = 0
    back: Seconds = field(default_factory=lambda: MappingProxyType({}))

    def held_by(self, timesheet: UUID | None) -> tuple[Part, ...]:
        """Return the parts that the submitted ``timesheet`` holds; for None those that none holds yet."""
        return tuple(share.part for share in self.shares if share.holder == timesheet)


def shares(parts: Iterable[Part], held: Mapping[tuple[int, UUID], tuple[Held, ...]]) -> Iterator[Share]:
    """Cut each part where the timesheet that holds its seconds changes."""
    for part in parts:
        rest: tuple[Interval, ...] = ((part.start, part.end),)
        for holder in held.get((part.slot, part.device), ()):
            for start, end in intersect(rest, holder.seconds):
                yield Share(part._replace(start=start, end=end), holder.timesheet)
            rest = subtract(rest, holder.seconds)
        for start, end in rest:
            yield Share(part._replace(start=start, end=end), None)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Seconds of some parts of a timesheet, by what becomes of them."""

    tracked_s: int
    work_view_s: int
    off_view_s: int
    rejected_s: int
    overlap_s: int
    billable_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]
    tracked: tuple[Interval, ...]


def sums(parts: tuple[Part, ...]) -> Sums:
    """Add up ``parts``, which hold each recorded second of each device once."""
    counted = [part for part in parts if part.counts]
    unprotected: dict[Reason, int] = {}
    for part in parts:
        if part.reason is not None:
            unprotected[part.reason] = unprotected.get(part.reason, 0) + part.seconds
    return Sums(
        tracked_s=sum(part.seconds for part in counted),
        work_view_s=sum(part.seconds for part in counted if part.work_view),
        off_view_s=sum(part.seconds for part in counted if not part.work_view),
        rejected_s=unprotected.get(Reason.REJECTED, 0),
        overlap_s=unprotected.get(Reason.OVERLAP, 0),
        billable_s=sum(part.seconds for part in parts if part.billable),
        protected_s=sum(part.seconds for part in parts if part.reason is None),
        unprotected=unprotected,
        tracked=union((part.start, part.end) for part in counted),
    )


def own_lines(worked: Worked, parts: tuple[Part, ...]) -> Iterator[Line]:
    """Yield the lines of the timesheet's own week: with Work View, without."""
    for kind, work_view in ((LineKind.WORK_VIEW, True), (LineKind.NO_WORK_VIEW, False)):
        seconds = sum(part.seconds for part in parts if part.billable and part.work_view is work_view)
        if seconds:
            yield line(kind, worked.week_start, seconds, worked.rate_minor)


def late_lines(worked: Worked, parts: tuple[Part, ...]) -> Iterator[Line]:
    """Yield the lines of what comes after its week: late time, and as an adjustment what staff have restored.

    Both with real dates, and the rate of the week in which it was worked.
    """
    billable = [part for part in parts if part.billable]
    restored = sum(restored_s(worked, part) for part in billable)
    late = sum(part.seconds for part in billable) - restored
    for kind, seconds in ((LineKind.LATE, late), (LineKind.ADJUSTMENT, restored)):
        if seconds:
            yield line(kind, worked.week_start, seconds, worked.rate_minor)


def restored_s(worked: Worked, part: Part) -> int:
    """Return how many seconds of ``part`` staff restored after the timesheet that held them was charged."""
    return total(intersect(((part.start, part.end),), worked.back.get((part.slot, part.device), ())))


def hours_line(worked_week: int, rate_minor: int, placed_s: Iterable[int]) -> Iterator[Line]:
    """Yield the line of Other hours of one week, of what of each entry is within the authorized hours."""
    seconds = sum(placed_s)
    if seconds:
        yield line(LineKind.OTHER_HOURS, worked_week, seconds, rate_minor)
