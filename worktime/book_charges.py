"""Charges: what a timesheet billed is fixed, money is taken or not, and given back (rules.md, Timesheets 5 to 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from worktime.book_events import AbovePaid, PaidByHand, Refunded
from worktime.book_places import Piece, Unheld, pieces_of
from worktime.book_refusals import refused
from worktime.book_sheets import Seconds, add, figures_of, kind_of, lines_of, works_on
from worktime.book_store import with_hours, with_job, with_row, with_segments
from worktime.book_values import Book, Charge, ChargeKind, Figures, Hold, JobBook, Key, Row, Segment, SheetState
from worktime.intervals import Interval, union
from worktime.money import divide_half_even, payout
from worktime.timesheet import Line, LineKind
from worktime.weeks import saturday_after

_CLOSING = frozenset({SheetState.CHARGED, SheetState.CLOSED})


def charge_due(book: Book, mine: JobBook, row: Row, at: int) -> Book:
    """Charge a timesheet whose review has ended, or try a failed one again, as the client's methods are at ``at``."""
    book, mine, row, figures = _settled(book, mine, row, at)
    if row.state is SheetState.CLOSED:
        return book
    now = mine.methods[-1]
    methods = (now.methods.default, now.methods.backup)
    if not now.declines and any(method is not None and method.usable(at) for method in methods):
        return _paid(book, mine, row, figures, ChargeKind.AUTOMATIC, at)
    row = replace(row, state=SheetState.FAILED, due=saturday_after(at))
    if not is_failing(mine):
        mine = replace(mine, failing=(*mine.failing, (at, None)))
    return with_job(book, with_row(mine, row, active=True))


def paid_by_hand(book: Book, event: PaidByHand) -> Book:
    """End the review: the client pays what stands, and what is above the authorized hours if so wished."""
    mine = book.jobs[event.job]
    if mine.has_dispute:
        raise refused("dispute_open")
    row = mine.rows.get(event.week)
    if row is None:
        raise refused("not_submitted")
    if row.state in _CLOSING:
        raise refused("already_charged")
    was_failed = row.state is SheetState.FAILED
    book, mine, row, figures = _settled(book, mine, row, event.at)
    if row.state is not SheetState.CLOSED:
        book = _paid(book, mine, row, figures, ChargeKind.HAND, event.at)
        mine = book.jobs[event.job]
    if was_failed and is_failing(mine):
        book = with_job(book, _ready_again(mine, event.at))
    if event.include_above:
        return _pay_above(book, book.jobs[event.job], event.week, event.at) or book
    return book


def above_paid(book: Book, event: AbovePaid) -> Book:
    """Take what stands above the authorized hours of a timesheet that was charged, once."""
    mine = book.jobs[event.job]
    if mine.has_dispute:
        raise refused("dispute_open")
    row = mine.rows.get(event.week)
    if row is None or row.state not in _CLOSING:
        raise refused("not_charged")
    if row.above_paid:
        raise refused("above_paid")
    found = _pay_above(book, mine, event.week, event.at)
    if found is None:
        raise refused("nothing_above")
    return found


def refunded(book: Book, event: Refunded) -> Book:
    """Give back a part of a charge: the service fee returns in proportion to all that was given back."""
    mine = book.jobs[event.job]
    charge = next((found for found in mine.charges if (found.week, found.kind) == (event.week, event.kind)), None)
    if charge is None:
        raise refused("no_charge")
    given = charge.refunded_minor + event.amount_minor
    if event.amount_minor < 1 or given > charge.amount_minor:
        raise refused("bad_amount")
    back = divide_half_even(charge.payout.service_fee * given, charge.amount_minor)
    changed = replace(charge, refunded_minor=given, fee_returned_minor=back)
    charges = tuple(changed if found is charge else found for found in mine.charges)
    return with_job(book, replace(mine, charges=charges))


def is_failing(mine: JobBook) -> bool:
    """Whether a failed payment makes the job Not Ready now."""
    return bool(mine.failing) and mine.failing[-1][1] is None


def _settled(book: Book, mine: JobBook, row: Row, at: int) -> tuple[Book, JobBook, Row, Figures]:
    """Fix what the timesheet bills; one that comes to nothing or below is closed, and the rest is carried."""
    if row.settled is not None:
        return book, mine, row, row.settled
    works = works_on(book, mine, row)
    figures = figures_of(mine, row.week, works, row.adjustments, row.carried)
    pieces = (piece for work in works for piece in work.pieces if piece.placed)
    book = with_segments(
        book,
        (
            _with_hold(segment, replace(_hold(segment, row.week), billed=seconds))
            for segment, seconds in _by_segment(pieces)
        ),
    )
    hours = (replace(entry, billed_s=placed) for work in works for entry, placed in work.hours)
    mine = with_hours(mine, hours)
    amount = figures.amount_minor
    row = replace(row, settled=figures)
    if amount > 0:
        return with_job(book, with_row(mine, row, active=True)), mine, row, figures
    row = replace(row, state=SheetState.CLOSED)
    if amount < 0:
        mine = replace(mine, carry=(*mine.carry, (row.week, amount)))
    mine = with_row(mine, row, active=False)
    return with_job(book, mine), mine, row, figures


def _paid(book: Book, mine: JobBook, row: Row, figures: Figures, kind: ChargeKind, at: int) -> Book:
    mine = with_row(mine, replace(row, state=SheetState.CHARGED), active=False)
    mine = _charged(book, mine, row.week, kind, at, figures.lines)
    if is_failing(mine) and not any(mine.rows[week].state is SheetState.FAILED for week in mine.active):
        mine = _ready_again(mine, at)
    return with_job(book, mine)


def _charged(book: Book, mine: JobBook, week: int, kind: ChargeKind, at: int, lines: tuple[Line, ...]) -> JobBook:
    amount = sum(line.amount_minor for line in lines)
    split = payout(amount, sum(charge.amount_minor for charge in mine.charges), book.fees)
    charge = Charge(mine.job.id, week, kind, at, amount, lines, split)
    return replace(mine, charges=(*mine.charges, charge))


def _ready_again(mine: JobBook, at: int) -> JobBook:
    return replace(mine, failing=(*mine.failing[:-1], (mine.failing[-1][0], at)))


def _pay_above(book: Book, mine: JobBook, week: int, at: int) -> Book | None:
    """Charge what the settled timesheet holds and did not bill, and Other hours that were added after it."""
    row = mine.rows[week]
    seconds: Seconds = {}
    above: list[Piece] = []
    for worked in row.worked:
        for piece in pieces_of(book, mine, worked, Unheld.NONE):
            if piece.sheet == week and not piece.gone and not piece.placed:
                add(seconds, worked, kind_of(piece, worked, week), piece.seconds)
                above.append(piece)
    hours = []
    for entry in mine.hours.values():
        if not entry.off and (entry.sheet == week or (entry.sheet is None and entry.week == week)):
            add(seconds, entry.week, LineKind.OTHER_HOURS, entry.seconds - entry.billed_s)
            hours.append(replace(entry, sheet=week, above_paid=entry.seconds > entry.billed_s))
    if not any(seconds.values()):
        return None
    book = with_segments(
        book, (_with_hold(segment, replace(_hold(segment, week), above=cut)) for segment, cut in _by_segment(above))
    )
    mine = with_row(with_hours(mine, hours), replace(row, above_paid=True), active=False)
    return with_job(book, _charged(book, mine, week, ChargeKind.ABOVE, at, lines_of(mine, week, seconds)))


def _by_segment(pieces: Iterable[Piece]) -> list[tuple[Segment, tuple[Interval, ...]]]:
    found: dict[Key, tuple[Segment, list[Interval]]] = {}
    for piece in pieces:
        found.setdefault(piece.segment.key, (piece.segment, []))[1].append((piece.start, piece.end))
    return [(segment, union(cut)) for segment, cut in found.values()]


def _with_hold(segment: Segment, hold: Hold) -> Segment:
    return replace(segment, holds=tuple(hold if known.week == hold.week else known for known in segment.holds))


def _hold(segment: Segment, week: int) -> Hold:
    return next(hold for hold in segment.holds if hold.week == week)
