"""The frozen values of which a person's book of timesheets is made; what happens to them is in ``book`` and beside it.

Weeks are named by their first second, timesheets by job and week; seconds are UTC, money is minor units of the job's
currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from worktime.intervals import Interval, union
from worktime.money import FeeSchedule, Payout
from worktime.readiness import Methods
from worktime.timesheet import Line, Reason, Terms
from worktime.weeks import week_of
from worktime.wire import Span


class SheetState(StrEnum):
    """Where a timesheet stands (rules.md, Timesheets)."""

    OPEN = "open"
    SUBMITTED = "submitted"
    CHARGED = "charged"
    FAILED = "failed"
    CLOSED = "closed"  # came to zero or below, so there was nothing to charge


class ChargeKind(StrEnum):
    """How money was taken for a timesheet."""

    AUTOMATIC = "automatic"  # at review end, or at a retry
    HAND = "hand"  # by the client, before it or after a failure
    ABOVE = "above"  # by the client, for what stood above the authorized hours


@dataclass(frozen=True, slots=True)
class Job:
    """An hourly contract as the book is opened: its terms from the week it began in, and how its client pays."""

    id: UUID
    started_at: int
    rate_minor: int
    authorized_s: int
    methods: Methods
    currency: str = "USD"
    declines: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Seconds of a segment that the submitted timesheet ``week`` holds, all of them counted by the segment still.

    ``billed`` and ``above`` are those that it charged: within the authorized hours, and above them by hand. ``upheld``:
    staff have decided that its rejection stands.
    """

    week: int
    seconds: tuple[Interval, ...]
    rejected: bool
    billed: tuple[Interval, ...] = ()
    above: tuple[Interval, ...] = ()
    upheld: bool = False


class Key(NamedTuple):
    """Which segment of the person it is."""

    slot: int
    device: UUID
    job: UUID


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment in its newest revision, and what was decided about it.

    ``erased``: seconds that the freelancer deleted here, gone whatever a later revision says. ``rejected`` is about
    what no timesheet holds, and what comes, as ``upheld`` is; each hold has its own, and ``rejected_at`` is about them
    all. ``taken``: seconds that counted when it was rejected, and stay its own. ``off``: came off in a dispute.
    ``back``: came back after the charge, as adjustments. ``restored``: staff decided for the freelancer.
    """

    key: Key
    revision: int
    spans: tuple[Span, ...]
    deleted: tuple[Interval, ...]
    picture_protects: bool
    arrived: bool
    erased: tuple[Interval, ...] = ()
    rejected: bool = False
    rejected_at: int | None = None
    taken: tuple[Interval, ...] = ()
    holds: tuple[Hold, ...] = ()
    off: tuple[Interval, ...] = ()
    back: tuple[Interval, ...] = ()
    upheld: bool = False
    restored: bool = False

    @property
    def counted(self) -> tuple[Interval, ...]:
        """The seconds that the segment counts, sorted; they may touch."""
        return tuple((span.start, span.end) for span in self.spans)

    @property
    def held(self) -> tuple[Interval, ...]:
        """The seconds that submitted timesheets hold."""
        if len(self.holds) == 1:
            return self.holds[0].seconds
        return union(interval for hold in self.holds for interval in hold.seconds)

    @property
    def kept(self) -> tuple[Interval, ...]:
        """The seconds that no other device or job gets, also where the segment counts them no longer."""
        return union((*self.taken, *self.off)) if self.off else self.taken

    @property
    def any_rejected(self) -> bool:
        """Whether a rejection stands on any of its parts."""
        return self.rejected or any(hold.rejected for hold in self.holds)

    @property
    def has_open_case(self) -> bool:
        """Whether a rejection stands on any of its parts about which staff have not decided."""
        return (self.rejected and not self.upheld) or any(hold.rejected and not hold.upheld for hold in self.holds)


@dataclass(frozen=True, slots=True)
class OtherHours:
    """An entry of Other hours. ``sheet``: the submitted timesheet that holds it; ``off``: came off in a dispute.

    ``billed_s`` of it were charged within the authorized hours of ``week``; ``above_paid``: the rest by hand.
    """

    id: UUID
    week: int
    seconds: int
    note: str
    sheet: int | None = None
    off: bool = False
    billed_s: int = 0
    above_paid: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """What an open dispute names."""

    seconds: tuple[Interval, ...]
    other_hours: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken for a timesheet, by lines. Refunds are sums: of them all, and of what they gave back."""

    job: UUID
    week: int
    kind: ChargeKind
    at: int
    amount_minor: int
    lines: tuple[Line, ...]
    payout: Payout
    refunded_minor: int = 0
    fee_returned_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What stands on a timesheet, in seconds; ``lines`` are what is charged without the client's hand."""

    lines: tuple[Line, ...]
    tracked_s: int
    rejected_s: int
    disputed_s: int
    above_s: int
    other_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]

    @property
    def amount_minor(self) -> int:
        """The sum of the lines, which were rounded one by one."""
        return sum(line.amount_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A submitted timesheet. ``order`` counts the job's submissions; ``worked`` are the weeks whose time it holds.

    ``adjustments`` are pairs of worked week and seconds, ``carried`` of a closed timesheet's week and minor units.
    ``due`` is when it is charged, or tried again. ``settled``: its figures, fixed since the charge was tried or paid.
    """

    week: int
    state: SheetState
    order: int
    submitted_at: int
    review_ends: int
    due: int
    worked: tuple[int, ...]
    adjustments: tuple[tuple[int, int], ...] = ()
    carried: tuple[tuple[int, int], ...] = ()
    dispute: Dispute | None = None
    settled: Figures | None = None
    above_paid: bool = False

    def in_review(self, at: int) -> bool:
        """Whether the client can reject and dispute at the second ``at``."""
        return self.state is SheetState.SUBMITTED and at < self.review_ends


class MethodsFrom(NamedTuple):
    """The client's methods from the second ``at`` on."""

    at: int
    methods: Methods
    declines: bool


@dataclass(frozen=True, slots=True)
class JobBook:
    """All that is known of one job but its segments.

    ``open_week``: the first week whose timesheet was not submitted. ``active``: weeks of the timesheets that are to be
    charged. ``owed``: seconds by worked week that were billed and left since, which the next timesheet gives back.
    ``carry``: what closed timesheets were below zero. ``waiting``: weeks with arrived seconds that no timesheet holds.
    ``disputed`` and ``failing``: since when, and until when, those made the job Not Ready.
    """

    job: Job
    terms: tuple[tuple[int, Terms], ...]
    methods: tuple[MethodsFrom, ...]
    open_week: int
    ended_at: int | None = None
    rows: Mapping[int, Row] = field(default_factory=lambda: MappingProxyType({}))
    active: tuple[int, ...] = ()
    hours: Mapping[UUID, OtherHours] = field(default_factory=lambda: MappingProxyType({}))
    owed: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    carry: tuple[tuple[int, int], ...] = ()
    waiting: frozenset[int] = frozenset()
    disputed: tuple[tuple[int, int | None], ...] = ()
    failing: tuple[tuple[int, int | None], ...] = ()
    charges: tuple[Charge, ...] = ()

    @property
    def first_week(self) -> int:
        """The week in which the job began."""
        return week_of(self.job.started_at)

    @property
    def last_week(self) -> int | None:
        """The week in which it ended; None while it has not."""
        return None if self.ended_at is None else week_of(self.ended_at)

    @property
    def has_dispute(self) -> bool:
        """Whether a dispute on any of its timesheets is open."""
        return any(self.rows[week].dispute is not None for week in self.active)

    def terms_of(self, week: int) -> Terms:
        """Return the terms of the work week."""
        found = self.terms[0][1]
        for since, terms in self.terms:
            if since <= week:
                found = terms
        return found


Segments = Mapping[int, Mapping[Key, Segment]]
"""Segments by the week of their slot."""


@dataclass(frozen=True, slots=True)
class Book:
    """Every timesheet of one person, as it stands at the second ``at`` of the last event."""

    jobs: Mapping[UUID, JobBook]
    fees: FeeSchedule
    segments: Segments = field(default_factory=lambda: MappingProxyType({}))
    at: int = 0
    next_due: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One timesheet as it stands. Seconds throughout, ``amount_minor`` is the sum of ``lines``.

    ``lines``: what is charged, or was, without the client paying above the authorized hours. ``tracked_s`` counts;
    with ``rejected_s`` and ``disputed_s`` it is ``protected_s`` and all of ``unprotected``. ``above_s``: what counts
    and is not in the lines, of ``other_s`` too.
    """

    job: UUID
    week: int
    state: SheetState
    submitted_at: int | None
    review_ends: int
    disputed: bool
    lines: tuple[Line, ...]
    amount_minor: int
    tracked_s: int
    rejected_s: int
    disputed_s: int
    above_s: int
    other_s: int
    protected_s: int
    unprotected: Mapping[Reason, int]
    charges: tuple[Charge, ...]


def open_job(job: Job) -> JobBook:
    """Return the empty book of a job: its first terms and methods hold from its start."""
    week = week_of(job.started_at)
    terms = Terms(job.rate_minor, job.currency, job.authorized_s)
    return JobBook(job, ((week, terms),), (MethodsFrom(job.started_at, job.methods, job.declines),), week)
