"""A job's timesheets with lines, fees and charges, for the page of timesheets. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.billing import ledger
from marketplace.billing.models import Attempt, Move
from marketplace.billing.selectors import can_charge, charges_of
from marketplace.jobs.models import Job
from marketplace.timesheets.models import Timesheet
from marketplace.timesheets.selectors import Figures, figures, timesheets_of
from marketplace.web import words
from marketplace.web.workdata import week_of
from marketplace.web.workhead import build_head
from marketplace.web.workpage import Reader
from worktime import weeks
from worktime.timesheet import Line, LineKind
from worktime.wire import ChargeView

SHOWN_WEEKS = 26
"""Timesheets on the page: half a year."""


@dataclass(frozen=True)
class Row:
    """A line as it is printed."""

    name: str
    seconds: int
    rate_minor: int
    amount_minor: int


@dataclass(frozen=True)
class Typed:
    """An entry of Other hours that stands on the timesheet; ``week``: where it was worked in another one."""

    length: str
    note: str
    week: str


@dataclass(frozen=True)
class Fee:
    """What is taken from, or left of, a charge."""

    name: str
    minor: int


@dataclass(frozen=True)
class ChargeRow:
    """A charge in words."""

    id: str
    state: str
    minor: int
    failed: bool
    words: str


@dataclass(frozen=True)
class Sheet:
    """A timesheet as it is printed."""

    week_start: int
    name: str
    state: str
    state_name: str
    state_words: str
    amount_minor: int
    lines: tuple[Row, ...]
    fees: tuple[Fee, ...]
    hours: tuple[Typed, ...]
    notes: tuple[str, ...]
    charges: tuple[ChargeRow, ...]


def sheets_of(job: Job, now: int, zone: str, *, freelancer: bool) -> tuple[Sheet, ...]:
    """Return the job's latest timesheets, newest first. Fees are the freelancer's business and shown to nobody else."""
    return tuple(_sheet(job, row, now, zone, freelancer=freelancer) for row in timesheets_of(job)[:SHOWN_WEEKS])


def _sheet(job: Job, row: Timesheet, now: int, zone: str, *, freelancer: bool) -> Sheet:
    found, reader = figures(job, row.week_start, now), Reader(zone)
    head = build_head(week_of(job, found, now), reader, freelancer=False)
    return Sheet(
        week_start=row.week_start,
        name=words.week_name(found.week_start, found.week_end),
        state=head.state,
        state_name=head.state_name,
        state_words=head.state_words,
        amount_minor=found.amount_minor,
        lines=tuple(_row(line, found) for line in found.lines),
        fees=_fees(row) if freelancer else (),
        hours=tuple(_typed(found)),
        notes=_notes(found),
        charges=tuple(_charge(charge, reader) for charge in charges_of(job, row.week_start)),
    )


def _row(line: Line, found: Figures) -> Row:
    name = {
        LineKind.WORK_VIEW: _("Work View"),
        LineKind.NO_WORK_VIEW: _("Tracked without Work View"),
        LineKind.OTHER_HOURS: _("Other hours"),
        LineKind.LATE: _("Late time"),
        LineKind.ADJUSTMENT: _("Adjustment"),
    }[line.kind]
    if line.worked_week != found.week_start:
        week = words.week_name(line.worked_week, weeks.week_end(line.worked_week))
        name = _("{name}, worked {week}").format(name=name, week=week)
    return Row(name, line.seconds, line.rate_minor, line.amount_minor)


def _typed(found: Figures) -> Iterator[Typed]:
    for placed in found.hours:
        late = placed.week_start != found.week_start
        week = words.week_name(placed.week_start, weeks.week_end(placed.week_start)) if late else ""
        for entry in placed.entries:
            yield Typed(words.precise(entry.seconds), entry.note, _("Worked {week}").format(week=week) if week else "")


def _notes(found: Figures) -> tuple[str, ...]:
    notes = []
    if found.rejected_s:
        notes.append(_("Rejected: {length}").format(length=words.precise(found.rejected_s)))
    if found.idle_s:
        notes.append(_("Idle, taken off: {length}").format(length=words.precise(found.idle_s)))
    if late_s := found.moved_s - found.restored_s:
        notes.append(_("Came late, on a later timesheet: {length}").format(length=words.precise(late_s)))
    if found.restored_s:
        length = words.precise(found.restored_s)
        notes.append(_("Restored by the staff, on a later timesheet: {length}").format(length=length))
    if found.moved_other_s:
        length = words.precise(found.moved_other_s)
        notes.append(_("Additional hours, on a later timesheet: {length}").format(length=length))
    return tuple(notes)


def _fees(row: Timesheet) -> tuple[Fee, ...]:
    """Read what the ledger booked, so that what is shown is what was paid."""
    moves = Move.objects.filter(posting__kind=ledger.PAYOUT, posting__subject=row.pk).order_by("id")
    names = {ledger.SERVICE_FEES: _("Service fee"), ledger.PROCESSING_FEES: _("Payment processing")}
    booked = list(moves.values_list("credit__code", "minor"))
    fees = [Fee(names[code], -minor) for code, minor in booked if code in names]
    return (*fees, *(Fee(_("Your payout"), minor) for code, minor in booked if code not in names))


def _under_way() -> str:
    if can_charge():
        return _("The payment of {amount} is being made since {moment}.")
    return _("The payment of {amount} waits since {moment}: no payment gateway is configured.")


def _charge(charge: ChargeView, reader: Reader) -> ChargeRow:
    amount, at = words.money(charge.amount_minor, charge.currency), words.moment(charge.at, reader.tz)
    failed = charge.state == "failed"
    text = {
        "succeeded": _("{amount} charged {moment}."),
        "failed": _("The payment of {amount} failed {moment}."),
    }.get(charge.state, _under_way()).format(amount=amount, moment=at)
    if failed:
        declined = Attempt.objects.filter(charge=charge.id, succeeded=False).order_by("id").select_related("method")
        sentence = _("{method}: {reason}.")
        reasons = [sentence.format(method=a.method.label, reason=a.reason.rstrip(".")) for a in declined]
        consequence = _("The job is Not Ready until it is paid; it is tried again on the next Saturday.")
        text = " ".join([text, *dict.fromkeys(reasons), consequence])
    return ChargeRow(str(charge.id), charge.state, charge.amount_minor, failed, text)
