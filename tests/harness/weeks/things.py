"""What the model knows beside seconds: jobs, segments, Other hours, timesheets, charges. Imports no rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

FOREVER = 1 << 40

LineFigures = tuple[str, int, int, int]
"""Kind, worked week, seconds, amount in minor units."""


class Refused(Exception):  # noqa: N818  an answer, not a failure
    """The act is not allowed; the argument is the code of the problem."""


@dataclass
class Segment:
    """A segment, beside its seconds. ``final``: restored.

    ``rejected``: what no timesheet holds, and what comes: 1, or 2 when staff have upheld it.
    """

    revision: int
    arrived: bool = False
    protects: bool = False
    rejected: int = 0
    rejected_at: int = 0
    final: bool = False


@dataclass
class Other:
    """Other hours. ``placed_s`` were billed in the authorized hours, ``above_s`` above them."""

    number: int
    week: int
    seconds: int
    sheet: int = 0
    off: bool = False
    placed_s: int = 0
    above_s: int = 0


@dataclass
class Charge:
    """Money taken for a timesheet, in minor units. ``kind``: automatic, hand or above."""

    kind: str
    amount: int
    lines: list[LineFigures]
    service: int
    processing: int
    refunded: int = 0
    service_back: int = 0


@dataclass
class Figures:
    """What a timesheet shows."""

    lines: list[LineFigures] = field(default_factory=list)
    tracked: int = 0
    rejected: int = 0
    disputed: int = 0
    above: int = 0
    other: int = 0
    protected: int = 0
    unprotected: dict[str, int] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        """Minor units."""
        return sum(amount for _, _, _, amount in self.lines)


@dataclass
class Sheet:
    """A submitted timesheet. ``settled``: what it showed when it was charged, or tried. ``named``: by its dispute."""

    number: int
    week: int
    review_end: int
    state: str = "submitted"
    settled: Figures | None = None
    named: tuple[list[tuple[int, int]], list[int]] | None = None
    again_at: int = FOREVER
    weeks: set[int] = field(default_factory=set)
    minus: dict[int, int] = field(default_factory=dict)
    carried: list[tuple[int, int]] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """A way to pay. ``until``: from that second on it is expired."""

    kind: str
    authenticated: bool
    removed: bool
    until: int | None

    def usable(self, second: int) -> bool:
        """Ready 1: expired, removed and unauthenticated count as none."""
        return self.authenticated and not self.removed and (self.until is None or second < self.until)


@dataclass
class Job:
    """A job. ``terms``: (rate, authorized seconds) from a Monday on. ``minus``: billed seconds that left, by week."""

    number: int
    first_week: int
    terms: dict[int, tuple[int, int]]
    default: Way | None
    backup: Way | None
    declines: bool
    next_week: int
    began: int
    ended: int | None = None
    payment_failed: bool = False
    billed: int = 0
    sheets: list[Sheet] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    minus: dict[int, int] = field(default_factory=dict)
    carried: list[tuple[int, int]] = field(default_factory=list)
    charges: list[tuple[int, Charge]] = field(default_factory=list)

    def at(self, week: int) -> tuple[int, int]:
        """Return the terms of a week: the last ones that began by then."""
        return self.terms[max([monday for monday in self.terms if monday <= week], default=min(self.terms))]

    @property
    def disputed(self) -> bool:
        """Whether any timesheet has an open dispute."""
        return any(sheet.named is not None for sheet in self.sheets)

    def why_not_ready(self, second: int) -> list[str]:
        """Ready 1 and 2, all reasons that hold."""
        out = []
        if self.default is None or not self.default.usable(second):
            out.append("no_default_method")
        elif self.default.kind == "balance":
            backup = self.backup
            if backup is None or backup.kind == "balance" or not backup.usable(second):
                out.append("no_backup_method")
        if self.payment_failed:
            out.append("payment_failed")
        if self.disputed:
            out.append("dispute_open")
        return out

    def can_pay(self, second: int) -> bool:
        """Timesheets 5: the default method, then the backup; and the bank has to want."""
        ways = (self.default, self.backup)
        return not self.declines and any(way is not None and way.usable(second) for way in ways)


def cents(seconds: int, rate: int) -> int:
    """Timesheets 8; Python rounds a fraction half-even."""
    return round(Fraction(seconds * rate, 3600))


def fees(amount: int, billed: int, threshold: int) -> tuple[int, int]:
    """Timesheets 9: service and processing fee of a charge, after ``billed`` was charged before it."""
    service = Fraction(0)
    cheap = max(0, min(amount, threshold - billed))
    service += Fraction(6, 100) * cheap + Fraction(4, 100) * (amount - cheap)
    processing = round(Fraction(275, 10000) * amount)
    return round(service), min(processing, amount - round(service))
