"""What the model's seconds come to: who has a place in the authorized hours, the lines, why a second is unprotected.

Reads what ``recorded`` holds and changes nothing. Imports no rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.harness.weeks.recorded import Recorded
from tests.harness.weeks.seconds import (
    ANEW,
    BILLED,
    COUNTED,
    DID,
    HELD,
    OFF,
    ON,
    REJECTED,
    SLOT,
    TAKEN_OFF,
    Values,
    cut,
)
from tests.harness.weeks.things import Figures, Job, LineFigures, Other, Sheet, cents

REASONS = (
    "rejected",
    "disputed",
    "work_view_off",
    "picture_follows",
    "no_picture",
    "not_ready",
    "above_authorized",
)


@dataclass
class Piece:
    """Counted seconds with one fate. ``place``: within the authorized hours of their week."""

    start: int
    end: int
    values: Values
    arrived: bool
    protects: bool
    job: int
    device: int
    place: bool = False

    @property
    def stands(self) -> bool:
        """Neither rejected nor taken off by a dispute."""
        return not self.values[REJECTED] and not self.values[TAKEN_OFF]


@dataclass
class Week:
    """A job's worked week: what each unsettled timesheet holds of it, what none does, and the places of Other hours."""

    held: dict[int, list[Piece]] = field(default_factory=dict)
    loose: list[Piece] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)


def pieces(person: Recorded, job: int, week: int, arrived_only: bool, loose: bool) -> Iterator[Piece]:
    """Yield what a job's week counts and an unsettled timesheet holds, or with ``loose`` what none holds."""
    unsettled = [bytes([sheet.number]) for sheet in person.jobs[job].sheets if sheet.settled is None]
    for slot, device in sorted(person.tiles.get((job, week), ())):
        known = person.segments[job, slot, device]
        held = person.strip(job, device, slot * SLOT).get("held", slot * SLOT, slot * SLOT + SLOT)
        if not (loose and person.is_loose(job, slot, device)) and not any(number in held for number in unsettled):
            continue
        for start, end, values in person.cells(job, slot, device):
            sheet = person.sheet_of(job, values)
            if values[DID] not in COUNTED or (sheet is not None and sheet.settled is not None):
                continue
            if sheet is not None:
                yield Piece(start, end, values, known.arrived, known.protects, job, device)
            elif loose and (known.arrived or not arrived_only):
                own = person.owned(job, slot, device, arrived_only)[start - slot * SLOT : end - slot * SLOT]
                for low, high, (mine,) in cut([own], start):
                    if mine:
                        yield Piece(low, high, values, known.arrived, known.protects, job, device)


def pieces_loose(person: Recorded, job: int, week: int) -> bool:
    """Return whether a week has seconds that wait for a timesheet: arrived, counted, owned, held by none."""
    return any(not piece.values[HELD] for piece in pieces(person, job, week, arrived_only=True, loose=True))


def lost(person: Recorded, job: int, week: int) -> int:
    """Two machines 2: the week's recorded seconds that another device or job has."""
    out = 0
    for slot, device in person.tiles.get((job, week), ()):
        if len(person.in_slot[slot]) > 1:
            found = person.counted(job, slot, device, False)
            out += sum(high - low for low, high, _, mine in found if not mine)
    return out


def fixed_places(person: Recorded, job: Job, week: int) -> int:
    """Timesheets 6: the places of a week that charged timesheets have taken."""
    out = sum(entry.placed_s for entry in job.others if entry.week == week)
    for slot, device in person.tiles.get((job.number, week), ()):
        strip = person.strip(job.number, device, slot * SLOT)
        out += strip.get("billed", slot * SLOT, slot * SLOT + SLOT).count(1)
    return out


def allot(person: Recorded, job: Job, week: int, loose: bool) -> Week:
    """Timesheets 6: hand out the week's authorized hours, second by second in their order."""
    out = Week()
    left = max(0, job.at(week)[1] - fixed_places(person, job, week))
    submitted = week < job.next_week
    found = sorted(pieces(person, job.number, week, submitted, loose), key=lambda piece: (piece.start, piece.device))
    for sheet in (*job.sheets, None):
        number = sheet.number if sheet is not None else 0
        mine = [piece for piece in found if piece.values[HELD] == number]
        target = out.held.setdefault(number, []) if number else out.loose
        for piece in mine:
            if not piece.stands or not left:
                target.append(piece)
                continue
            edge = min(piece.end, piece.start + left)
            left -= edge - piece.start
            for low, high, place in ((piece.start, edge, True), (edge, piece.end, False)):
                if low < high:
                    target.append(
                        Piece(low, high, piece.values, piece.arrived, piece.protects, piece.job, piece.device, place)
                    )
        if sheet is None or sheet.settled is None:
            for entry in job.others:
                if entry.week == week and entry.sheet == number and not entry.off:
                    out.places[entry.number] = min(left, entry.seconds)
                    left -= out.places[entry.number]
    return out


def why(piece: Piece) -> str | None:
    """Protection 3, but for Ready and the place."""
    if piece.values[REJECTED]:
        return "rejected"
    if piece.values[TAKEN_OFF]:
        return "disputed"
    if piece.values[DID] != ON:
        return "work_view_off"
    if not piece.arrived:
        return "picture_follows"
    return None if piece.protects else "no_picture"


def kind_of(values: Values, worked: int, own: int) -> str:
    """Return the kind of line that tracked seconds stand in."""
    if values[ANEW]:
        return "adjustment"
    if worked != own:
        return "late"
    return "no_work_view" if values[DID] == OFF else "work_view"


def to_lines(job: Job, seconds: Counter[tuple[str, int]]) -> list[LineFigures]:
    """Timesheets 8: round once a line."""
    return [
        (kind, worked, count, cents(count, job.at(worked)[0])) for (kind, worked), count in seconds.items() if count
    ]


def show(person: Recorded, job: Job, week: int, sheet: Sheet | None) -> Figures:
    """Return what a timesheet shows that isn't settled: a submitted one, or (None) the open one of the week."""
    first_open = sheet is None and week == job.next_week
    worked = {each for number, each in person.tiles if number == job.number} | {entry.week for entry in job.others}
    worked = {each for each in worked if each == week or (each < week and first_open)}
    minus, carried = (job.minus, job.carried) if first_open else ({}, [])
    if sheet is not None:
        worked, minus, carried = sheet.weeks, sheet.minus, sheet.carried
    out = Figures()
    unprotected: Counter[str] = Counter()
    placed: Counter[tuple[str, int]] = Counter()
    for each in sorted(worked):
        found = allot(person, job, each, loose=sheet is None)
        mine = found.loose if sheet is None else found.held[sheet.number]
        for piece in mine:
            _count(out, unprotected, person, piece)
            if piece.place:
                placed[kind_of(piece.values, each, week), each] += piece.end - piece.start
        entries = [
            entry
            for entry in job.others
            if entry.week == each and not entry.off and entry.sheet == (0 if sheet is None else sheet.number)
        ]
        _others(out, placed, entries, each, found)
    for each, seconds in minus.items():
        placed["adjustment", each] -= seconds
    out.lines = to_lines(job, placed) + [("adjustment", each, 0, amount) for each, amount in carried]
    out.unprotected = {reason: unprotected[reason] for reason in REASONS if unprotected[reason]}
    return out


def _others(out: Figures, placed: Counter[tuple[str, int]], entries: Iterable[Other], worked: int, found: Week) -> None:
    for entry in entries:
        placed["other_hours", worked] += found.places[entry.number]
        out.other += entry.seconds
        out.above += entry.seconds - found.places[entry.number]


def _count(out: Figures, unprotected: Counter[str], person: Recorded, piece: Piece) -> None:
    seconds = piece.end - piece.start
    if piece.values[REJECTED]:
        out.rejected += seconds
    elif piece.values[TAKEN_OFF]:
        out.disputed += seconds
    else:
        out.tracked += seconds
        out.above += 0 if piece.place else seconds
    reason = why(piece)
    for low, high, away in person.readiness(piece.job, piece.start, piece.end):
        last = "not_ready" if away else None if piece.place else "above_authorized"
        if reason or last:
            unprotected[reason or str(last)] += high - low
        else:
            out.protected += high - low


def rest(person: Recorded, job: Job, sheet: Sheet) -> tuple[Counter[tuple[str, int]], list[tuple[int, int, int]]]:
    """Timesheets 6: what stands above the authorized hours on a settled timesheet, and where its seconds are."""
    out: Counter[tuple[str, int]] = Counter()
    where: list[tuple[int, int, int]] = []
    for number, worked in sorted(person.tiles):
        if number != job.number or worked not in sheet.weeks:
            continue
        for slot, device in sorted(person.tiles[number, worked]):
            for start, end, values in person.cells(number, slot, device):
                free = not (values[BILLED] or values[REJECTED] or values[TAKEN_OFF])
                if values[HELD] == sheet.number and values[DID] in COUNTED and free:
                    out[kind_of(values, worked, sheet.week), worked] += end - start
                    where.append((start, end, device))
    for entry in job.others:
        added = entry.sheet == 0 and entry.week == sheet.week
        if (entry.sheet == sheet.number or added) and not entry.off:
            out["other_hours", entry.week] += entry.seconds - entry.placed_s - entry.above_s
    return out, where
