"""What stands on a timesheet: its lines, and its seconds by what becomes of them (rules.md, Timesheets 2 to 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from uuid import UUID

from worktime.book_places import Piece, Unheld, Worked, worked_by_sheet
from worktime.book_values import Book, Figures, JobBook, MethodsFrom, Row, Sheet, SheetState
from worktime.intervals import Interval, union
from worktime.readiness import Method, Methods, decide
from worktime.timesheet import Line, LineKind, Reason, by_readiness, line
from worktime.weeks import review_end

_FOREVER = 2**62

Seconds = dict[tuple[int, LineKind], int]
"""Seconds by worked week and kind of time: what lines are made of."""

_ORDER = tuple(LineKind)


def sheet(book: Book, job: UUID, week: int) -> Sheet:
    """Return the timesheet of ``job`` and the work week as the book stands. KeyError for a job that it does not know.

    An open one shows what would stand on it: all of its own week, and what waits for the next submission.
    """
    mine = book.jobs[job]
    row = mine.rows.get(week)
    figures = standing(book, mine, row) if row else _shown(book, mine, week)
    return Sheet(
        job=job,
        week=week,
        state=row.state if row else SheetState.OPEN,
        submitted_at=row.submitted_at if row else None,
        review_ends=row.review_ends if row else review_end(week),
        disputed=row is not None and row.dispute is not None,
        lines=figures.lines,
        amount_minor=figures.amount_minor,
        tracked_s=figures.tracked_s,
        rejected_s=figures.rejected_s,
        disputed_s=figures.disputed_s,
        above_s=figures.above_s,
        other_s=figures.other_s,
        protected_s=figures.protected_s,
        unprotected=figures.unprotected,
        charges=tuple(charge for charge in mine.charges if charge.week == week),
    )


def standing(book: Book, mine: JobBook, row: Row) -> Figures:
    """Return the figures of a submitted timesheet: as they were settled, or as they are."""
    if row.settled is not None:
        return row.settled
    return figures_of(mine, row.week, works_on(book, mine, row), row.adjustments, row.carried)


def works_on(book: Book, mine: JobBook, row: Row) -> list[Worked]:
    """Return what a submitted timesheet that is not settled holds, by worked week."""
    return [worked_by_sheet(book, mine, week, Unheld.NONE)[row.week] for week in row.worked]


def _shown(book: Book, mine: JobBook, week: int) -> Figures:
    """Return the figures of a timesheet that is open."""
    works = [worked_by_sheet(book, mine, week, Unheld.ALL)[None]]
    if week != mine.open_week:
        return figures_of(mine, week, works, (), ())
    works += [worked_by_sheet(book, mine, late, Unheld.ARRIVED)[None] for late in waiting_weeks(mine, week)]
    return figures_of(mine, week, works, tuple(mine.owed.items()), mine.carry)


def waiting_weeks(mine: JobBook, week: int) -> list[int]:
    """Return the weeks before ``week`` of which something waits for a timesheet."""
    typed = {entry.week for entry in mine.hours.values() if entry.sheet is None}
    return sorted(late for late in mine.waiting | typed if late < week)


def figures_of(
    mine: JobBook,
    week: int,
    works: Iterable[Worked],
    adjustments: Iterable[tuple[int, int]],
    carried: Iterable[tuple[int, int]],
) -> Figures:
    """Add up what stands on the timesheet ``week``. ``adjustments`` and ``carried`` are as in ``Row``."""
    seconds: Seconds = dict.fromkeys(((at, LineKind.ADJUSTMENT) for at, _ in adjustments), 0)
    for at, owed in adjustments:
        seconds[at, LineKind.ADJUSTMENT] += owed
    counts = dict.fromkeys(Reason, 0)
    not_ready = not_ready_of(mine)
    tracked = above = other = protected = 0
    for work in works:
        for piece in work.pieces:
            if piece.gone:
                counts[piece.gone] += piece.seconds
                continue
            tracked += piece.seconds
            if piece.placed:
                add(seconds, work.week, kind_of(piece, work.week, week), piece.seconds)
            else:
                above += piece.seconds
            for reason, found in _fates(piece, not_ready):
                if reason is None:
                    protected += found
                else:
                    counts[reason] += found
        for entry, placed in work.hours:
            other += entry.seconds
            above += entry.seconds - placed
            add(seconds, work.week, LineKind.OTHER_HOURS, placed)
    carries = (Line(LineKind.ADJUSTMENT, at, 0, mine.terms_of(at).rate_minor, amount) for at, amount in carried)
    return Figures(
        lines=(*lines_of(mine, week, seconds), *carries),
        tracked_s=tracked,
        rejected_s=counts[Reason.REJECTED],
        disputed_s=counts[Reason.DISPUTED],
        above_s=above,
        other_s=other,
        protected_s=protected,
        unprotected=MappingProxyType({reason: found for reason, found in counts.items() if found}),
    )


def kind_of(piece: Piece, worked: int, week: int) -> LineKind:
    """Return the kind of tracked time that a piece of the worked week is on the timesheet ``week``."""
    if piece.back:
        return LineKind.ADJUSTMENT
    if worked != week:
        return LineKind.LATE
    return LineKind.WORK_VIEW if piece.work_view else LineKind.NO_WORK_VIEW


def add(seconds: Seconds, week: int, kind: LineKind, more: int) -> None:
    """Add ``more`` seconds of a kind, worked in a week."""
    seconds[week, kind] = seconds.get((week, kind), 0) + more


def lines_of(mine: JobBook, week: int, seconds: Mapping[tuple[int, LineKind], int]) -> tuple[Line, ...]:
    """Return the lines of the timesheet ``week``: its own week first, then earlier ones; none of zero seconds."""
    found = [(at != week, at, _ORDER.index(kind), kind, some) for (at, kind), some in seconds.items() if some]
    return tuple(line(kind, at, some, mine.terms_of(at).rate_minor) for _, at, _, kind, some in sorted(found))


def _fates(piece: Piece, not_ready: tuple[Interval, ...]) -> Iterator[tuple[Reason | None, int]]:
    """Yield the reasons why seconds that count are not protected, None for those that are, with how many there are."""
    segment = piece.segment
    why = None
    if not piece.work_view:
        why = Reason.WORK_VIEW_OFF
    elif not segment.arrived:
        why = Reason.PICTURE_FOLLOWS
    elif not segment.picture_protects:
        why = Reason.NO_PICTURE
    if why is not None:
        yield why, piece.seconds
        return
    for ready, (start, end) in by_readiness((piece.start, piece.end), not_ready):
        above = None if piece.placed else Reason.ABOVE_AUTHORIZED
        yield above if ready else Reason.NOT_READY, end - start


def not_ready_of(mine: JobBook) -> tuple[Interval, ...]:
    """Return when the job was Not Ready, and will be if nothing happens, methods that expire among it."""
    then = MethodsFrom(_FOREVER, Methods(), False)
    return union(
        (
            *(part for now, next_ in pairwise((*mine.methods, then)) for part in _not_ready_with(now, next_.at)),
            *((since, _FOREVER if until is None else until) for since, until in (*mine.disputed, *mine.failing)),
        )
    )


def _not_ready_with(now: MethodsFrom, until: int) -> Iterator[Interval]:
    methods = (now.methods.default, now.methods.backup)
    cuts = {_expiry(method) for method in methods if method is not None}
    edges = sorted({now.at, until, *(cut for cut in cuts if now.at < cut < until)})
    for start, end in pairwise(edges):
        if not decide(now.methods, False, False, start).ready:
            yield start, end


def _expiry(method: Method) -> int:
    return _FOREVER if method.expires_at is None else method.expires_at
