"""Places in the authorized hours of a worked week, in the rules' order (rules.md, Timesheets 6).

First what charged timesheets billed, which is fixed; then what submitted ones hold, in order of submission; then what
none holds. In each, tracked time comes in the order worked, then Other hours in the order of entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from worktime.book_claims import won_seconds
from worktime.book_values import Book, JobBook, Key, OtherHours, Segment
from worktime.intervals import Interval, subtract
from worktime.other_hours import place
from worktime.timesheet import Reason


class Unheld(Enum):
    """Which of the seconds that no timesheet holds are asked for."""

    NONE = "none"
    ARRIVED = "arrived"
    ALL = "all"


class Piece(NamedTuple):
    """Seconds ``[start, end)`` of one span that share one fate. ``sheet``: the submitted timesheet that holds them.

    ``gone``: REJECTED, or DISPUTED, when they do not count. ``back``: they came back as an adjustment. ``placed``:
    they are within the authorized hours; on a charged timesheet, they were billed as such.
    """

    start: int
    end: int
    segment: Segment
    work_view: bool
    sheet: int | None
    gone: Reason | None
    back: bool
    placed: bool = False

    @property
    def seconds(self) -> int:
        """How many seconds the piece has."""
        return self.end - self.start


class PlacedHours(NamedTuple):
    """An entry of Other hours, and how many of its seconds have a place."""

    entry: OtherHours
    placed_s: int


@dataclass(frozen=True, slots=True)
class Worked:
    """What of one worked week stands on one timesheet, in the order worked."""

    week: int
    pieces: tuple[Piece, ...]
    hours: tuple[PlacedHours, ...]


def worked_by_sheet(book: Book, mine: JobBook, week: int, unheld: Unheld) -> dict[int | None, Worked]:
    """Return for each timesheet that is not settled what it has of the worked week; under None what none holds."""
    pieces = _by_sheet(pieces_of(book, mine, week, unheld))
    hours: dict[int | None, list[OtherHours]] = {}
    for entry in mine.hours.values():
        if entry.week == week and not entry.off:
            hours.setdefault(entry.sheet, []).append(entry)
    left = max(0, mine.terms_of(week).authorized_s - _fixed(book, mine, week))
    out: dict[int | None, Worked] = {}
    unsettled = sorted(
        (row for row in (mine.rows[sheet] for sheet in mine.active) if row.settled is None), key=lambda row: row.order
    )
    for sheet in (*(row.week for row in unsettled), None):
        placed, left = _place(pieces.get(sheet, ()), left)
        entered = hours.get(sheet, [])
        has = place((entry.seconds for entry in entered), left)
        left -= sum(has)
        out[sheet] = Worked(week, placed, tuple(map(PlacedHours, entered, has)))
    return out


def pieces_of(book: Book, mine: JobBook, week: int, unheld: Unheld) -> Iterator[Piece]:
    """Yield what the job's segments of the week count, and is not another's, on whichever timesheet it stands."""
    free: Mapping[Key, tuple[Interval, ...]] = {}
    if unheld is not Unheld.NONE:
        free = free_seconds(book, mine, week, arrived_only=unheld is Unheld.ARRIVED)
    for key, segment in book.segments.get(week, {}).items():
        if key.job == mine.job.id:
            for hold in segment.holds:
                placed = hold.billed if mine.rows[hold.week].settled is not None else None
                yield from _pieces(segment, hold.seconds, hold.week, hold.rejected, placed)
            if key in free:
                yield from _pieces(segment, free[key], None, segment.rejected, None)


def free_seconds(book: Book, mine: JobBook, week: int, *, arrived_only: bool) -> dict[Key, tuple[Interval, ...]]:
    """Return by segment of the job's week the seconds that it counts, no timesheet holds, and are not another's."""
    free = {
        key: segment
        for key, segment in book.segments.get(week, {}).items()
        if key.job == mine.job.id and (segment.arrived or not arrived_only) and has_free(segment)
    }
    if not free:
        return {}
    slots = {key.slot for key in free}
    won = won_seconds(book.segments, week, arrived_only=arrived_only, slots=slots)
    found = {key: subtract(won[key], segment.held) if segment.holds else won[key] for key, segment in free.items()}
    return {key: seconds for key, seconds in found.items() if seconds}


def has_free(segment: Segment) -> bool:
    """Whether no timesheet holds some of the seconds that the segment counts."""
    return bool(subtract(segment.counted, segment.held) if segment.holds else segment.counted)


def _pieces(
    segment: Segment,
    seconds: tuple[Interval, ...],
    sheet: int | None,
    rejected: bool,
    placed: tuple[Interval, ...] | None,
) -> Iterator[Piece]:
    for span in segment.spans:
        for low, high in _clip((span.start, span.end), seconds):
            for is_off, (start, end) in _split((low, high), segment.off):
                gone = Reason.REJECTED if rejected else Reason.DISPUTED if is_off else None
                for is_back, (at, until) in _split((start, end), segment.back):
                    if placed is None:
                        yield Piece(at, until, segment, span.work_view, sheet, gone, is_back)
                        continue
                    for is_placed, (first, last) in _split((at, until), placed):
                        yield Piece(first, last, segment, span.work_view, sheet, gone, is_back, is_placed)


def _clip(interval: Interval, seconds: Iterable[Interval]) -> Iterator[Interval]:
    """Yield the parts of ``interval`` in ``seconds``."""
    low, high = interval
    for start, end in seconds:
        if start < high and end > low:
            yield max(start, low), min(end, high)


def _split(interval: Interval, seconds: tuple[Interval, ...]) -> Iterator[tuple[bool, Interval]]:
    """Yield the parts of ``interval`` in and outside of ``seconds``."""
    if not seconds:
        yield False, interval
        return
    yield from ((True, part) for part in _clip(interval, seconds))
    yield from ((False, part) for part in subtract((interval,), seconds))


def _by_sheet(pieces: Iterable[Piece]) -> dict[int | None, list[Piece]]:
    out: dict[int | None, list[Piece]] = {}
    for piece in pieces:
        out.setdefault(piece.sheet, []).append(piece)
    return out


def _place(pieces: Iterable[Piece], left: int) -> tuple[tuple[Piece, ...], int]:
    """Give places to ``pieces`` in the order worked, and return them with the places that are left."""
    out: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if piece.gone:
            out.append(piece)
            continue
        edge = piece.start + min(left, piece.seconds)
        left -= edge - piece.start
        if edge > piece.start:
            out.append(piece._replace(end=edge, placed=True))
        if edge < piece.end:
            out.append(piece._replace(start=edge))
    return tuple(out), left


def _fixed(book: Book, mine: JobBook, week: int) -> int:
    """Return how many places of the week charged timesheets billed, and have not given back."""
    tracked = sum(
        end - start
        for key, segment in book.segments.get(week, {}).items()
        if key.job == mine.job.id
        for hold in segment.holds
        for start, end in hold.billed
    )
    return tracked + sum(entry.billed_s for entry in mine.hours.values() if entry.week == week)
