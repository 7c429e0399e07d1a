"""The same acts for ``worktime``'s book, and what it shows as plain figures: the only module here that knows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.harness.weeks.scenario import Act, Plan
from worktime import book, book_events
from worktime.book_values import ChargeKind, Job, Sheet
from worktime.errors import FairhourError
from worktime.money import FeeSchedule
from worktime.readiness import Method, MethodKind, Methods
from worktime.wire import Span

TILE_ACTS = {
    "delete": book_events.Deleted,
    "reject": book_events.Rejected,
    "ask": book_events.AssistanceAsked,
    "take_back": book_events.TakenBack,
    "restore": book_events.Restored,
    "uphold": book_events.Upheld,
}


def job_id(job: int) -> UUID:
    """Ids sort as the model's numbers do."""
    return UUID(int=0xA000 + job)


def device_id(device: int) -> UUID:
    """Ids sort as the model's numbers do."""
    return UUID(int=0xD000 + device)


def hours_id(number: int) -> UUID:
    """Return the id of Other hours."""
    return UUID(int=0xE000 + number)


def methods(ways: tuple[Any, ...]) -> Methods:
    """Return payment methods from (kind, authenticated, removed, expires at)."""
    found = [
        None
        if way is None
        else Method(kind=MethodKind(way[0]), authenticated=way[1], removed=way[2], expires_at=way[3])
        for way in ways[:2]
    ]
    return Methods(*found)


def event(act: Act) -> book_events.Event:
    """Return an act as an event of the book."""
    args = act.args
    if act.name in ("tick", "look"):
        return book_events.Tick(at=act.at)
    job = job_id(args["job"])
    if act.name in TILE_ACTS:
        return TILE_ACTS[act.name](at=act.at, job=job, slot=args["slot"], device=device_id(args["device"]))
    return BUILDERS[act.name](act.at, job, args)  # type: ignore[no-any-return]


def _received(at: int, job: UUID, args: dict[str, Any]) -> book_events.Event:
    return book_events.Received(
        at=at,
        job=job,
        slot=args["slot"],
        device=device_id(args["device"]),
        revision=args["revision"],
        spans=tuple(Span(*span) for span in args["spans"]),
        idle=tuple(args["idle"]),
        deleted=tuple(args["deleted"]),
        picture_protects=args["protects"],
        has_arrived=args["arrived"],
    )


def _hours_added(at: int, job: UUID, args: dict[str, Any]) -> book_events.Event:
    return book_events.OtherHoursAdded(
        at=at, job=job, id=hours_id(args["number"]), week=args["week"], seconds=args["seconds"], note="a note"
    )


def _hours_changed(at: int, job: UUID, args: dict[str, Any]) -> book_events.Event:
    key = hours_id(args["number"])
    if args["seconds"] is None:
        return book_events.OtherHoursRemoved(at=at, job=job, id=key)
    return book_events.OtherHoursChanged(at=at, job=job, id=key, seconds=args["seconds"], note="another note")


def _disputed(at: int, job: UUID, args: dict[str, Any], kind: Any) -> book_events.Event:
    named = tuple(hours_id(number) for number in args["others"])
    out: book_events.Event = kind(
        at=at, job=job, week=args["week"], seconds=tuple(args["intervals"]), other_hours=named
    )
    return out


BUILDERS: dict[str, Any] = {
    "receive": _received,
    "add_other": _hours_added,
    "change_other": _hours_changed,
    "change_terms": lambda at, job, args: book_events.TermsChanged(
        at=at, job=job, week=args["week"], rate_minor=args["rate"], authorized_s=args["authorized"]
    ),
    "change_methods": lambda at, job, args: book_events.MethodsChanged(
        at=at, job=job, methods=methods(args["ways"]), declines=args["ways"][2]
    ),
    "submit": lambda at, job, args: book_events.Submitted(at=at, job=job, week=args["week"]),
    "pay": lambda at, job, args: book_events.PaidByHand(
        at=at, job=job, week=args["week"], include_above=args["include_above"]
    ),
    "pay_above": lambda at, job, args: book_events.AbovePaid(at=at, job=job, week=args["week"]),
    "dispute": lambda at, job, args: _disputed(at, job, args, book_events.Disputed),
    "resolve": lambda at, job, args: _disputed(at, job, args, book_events.Resolved),
    "refund": lambda at, job, args: book_events.Refunded(
        at=at, job=job, week=args["week"], kind=ChargeKind(args["kind"]), amount_minor=args["amount"]
    ),
    "end_job": lambda at, job, args: book_events.JobEnded(at=at, job=job),
}


class BookSide:
    """A person in the book."""

    def __init__(self, plan: Plan) -> None:
        jobs = [
            Job(
                id=job_id(number),
                started_at=began,
                rate_minor=rate,
                authorized_s=authorized,
                methods=methods(ways),
                declines=ways[2],
            )
            for number, began, (rate, authorized), ways in plan.jobs
        ]
        self.book = book.open_book(jobs, FeeSchedule(threshold_minor=plan.threshold))

    def do(self, act: Act) -> str:
        """Apply an act; return the code of the problem that it was refused with, or nothing."""
        try:
            self.book = book.apply(self.book, event(act))
        except FairhourError as error:
            # A refused event gives no book back; what was due by then happens all the same.
            self.book = book.apply(self.book, book_events.Tick(at=act.at))
            return error.problem.code
        return ""

    def sheet(self, job: int, week: int) -> dict[str, Any]:
        """Return what a timesheet shows."""
        shown = book.sheet(self.book, job_id(job), week)
        return {"overlap": book.overlap_s(self.book, job_id(job), week), **_figures(shown)}

    def charges(self, job: int) -> list[tuple[Any, ...]]:
        """Return the job's charges in the order paid, with fees and refunds."""
        return [
            (
                charge.week,
                charge.kind.value,
                charge.amount_minor,
                charge.payout.service_fee,
                charge.payout.processing_fee,
                charge.refunded_minor,
                charge.fee_returned_minor,
                _lines(charge.lines),
            )
            for charge in book.charges(self.book, job_id(job))
        ]

    def not_ready(self, job: int, at: int) -> list[str]:
        """Return why the job isn't Ready."""
        return [reason.value for reason in book.readiness(self.book, job_id(job), at).reasons]


def _lines(lines: Any) -> list[tuple[str, int, int, int]]:
    return sorted((line.kind.value, line.worked_week, line.seconds, line.amount_minor) for line in lines)


def _figures(shown: Sheet) -> dict[str, Any]:
    return {
        "state": shown.state.value,
        "review_ends": shown.review_ends,
        "disputed": shown.disputed,
        "lines": _lines(shown.lines),
        "amount": shown.amount_minor,
        "tracked_s": shown.tracked_s,
        "rejected_s": shown.rejected_s,
        "disputed_s": shown.disputed_s,
        "above_s": shown.above_s,
        "other_s": shown.other_s,
        "protected_s": shown.protected_s,
        "unprotected": {reason.value: seconds for reason, seconds in shown.unprotected.items()},
        "charges": len(shown.charges),
    }
