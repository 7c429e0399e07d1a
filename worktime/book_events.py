"""What can happen to a person's timesheets, as frozen values: ``worktime.book`` applies them.

Every event carries ``at``, the server's second at which it happened; all other moments are UTC seconds too. Weeks are
named by their first second (``worktime.weeks``), and a timesheet by its job and week.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from worktime.book_values import ChargeKind
from worktime.intervals import Interval
from worktime.readiness import Methods
from worktime.timesheet import check_recorded
from worktime.wire import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Time has passed: what is due by ``at`` is done, as it is with every other event."""

    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfJob:
    """What happens to one job."""

    at: int
    job: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSegment(OfJob):
    """What happens to one segment."""

    slot: int
    device: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSheet(OfJob):
    """What happens to one timesheet."""

    week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(OfSegment):
    """A segment, or a revision of one, came in; ValueError for one that cannot be (``timesheet.check_recorded``).

    ``has_arrived``: its picture, or the reason why there is none, is here as well (rules.md, Timesheets 2).
    """

    revision: int
    spans: tuple[Span, ...]
    idle: tuple[Interval, ...] = ()
    deleted: tuple[Interval, ...] = ()
    picture_protects: bool
    has_arrived: bool

    def __post_init__(self) -> None:
        check_recorded(self.slot, self.spans, (*self.deleted, *self.idle))


class Deleted(OfSegment):
    """The freelancer deletes what the segment recorded so far (rules.md, Tracking 6)."""

    __slots__ = ()


class Commented(OfSegment):
    """The freelancer writes, changes or removes the segment's comment; only whether that is allowed matters here."""

    __slots__ = ()


class Rejected(OfSegment):
    """The client rejects the segment (rules.md, Work View 2)."""

    __slots__ = ()


class TakenBack(OfSegment):
    """The client takes the rejection back."""

    __slots__ = ()


class AssistanceAsked(OfSegment):
    """The freelancer asks staff about a rejection; only whether that is allowed matters here (Work View 3)."""

    __slots__ = ()


class Restored(OfSegment):
    """Staff restore what a rejection took, finally (rules.md, Work View 3)."""

    __slots__ = ()


class Upheld(OfSegment):
    """Staff uphold a rejection, finally."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHoursAdded(OfSheet):
    """The freelancer adds time by hand, to a week that is open or past. ``id`` is the entry's for good."""

    id: UUID
    seconds: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHoursChanged(OfJob):
    """The freelancer changes an entry that no submitted timesheet holds."""

    id: UUID
    seconds: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHoursRemoved(OfJob):
    """The freelancer removes an entry that no submitted timesheet holds."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChanged(OfSheet):
    """From ``week`` on, which is the next one, the job has these terms (rules.md, Timesheets 6)."""

    rate_minor: int
    authorized_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsChanged(OfJob):
    """The client's payment methods are these now. ``declines``: a bank that is asked for a charge refuses it."""

    methods: Methods
    declines: bool = False


class Submitted(OfSheet):
    """The freelancer submits the timesheet before it is due."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidByHand(OfSheet):
    """The client pays what stands, and with ``include_above`` what is above the authorized hours too."""

    include_above: bool = False


class AbovePaid(OfSheet):
    """The client pays what stands above the authorized hours of a timesheet that was charged."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed(OfSheet):
    """The client disputes tracked seconds and entries of Other hours by name (rules.md, Timesheets 7)."""

    seconds: tuple[Interval, ...] = ()
    other_hours: tuple[UUID, ...] = ()


class Resolved(Disputed):
    """Staff resolve the open dispute: of what it named, this comes off."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded(OfSheet):
    """The freelancer or staff give back ``amount_minor`` of the timesheet's charge of this kind."""

    kind: ChargeKind
    amount_minor: int


class JobEnded(OfJob):
    """The job ended: the running week's timesheet is its last ordinary one."""

    __slots__ = ()


Event = Tick | OfJob
