"""Ready or Not Ready: whether a job's automatic payment can be made, and why not (rules.md, Ready 1 and 2).

Decides from values; who loads them, and who is told, is the marketplace's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MethodKind(StrEnum):
    """What a client can pay with."""

    CARD = "card"
    PAYPAL = "paypal"
    BALANCE = "balance"


@dataclass(frozen=True, kw_only=True)
class Method:
    """A payment method. ``expires_at``: the first second at which it can no longer be used, None for never."""

    kind: MethodKind
    authenticated: bool
    removed: bool = False
    expires_at: int | None = None

    def usable(self, now: int) -> bool:
        """Whether a charge at ``now`` can use it: expired, removed and unauthenticated count as none."""
        return self.authenticated and not self.removed and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class Methods:
    """The client's default payment method and the backup that is tried after it."""

    default: Method | None = None
    backup: Method | None = None


class NotReady(StrEnum):
    """The reasons for Not Ready; there are no others."""

    NO_DEFAULT_METHOD = "no_default_method"
    NO_BACKUP_METHOD = "no_backup_method"
    PAYMENT_FAILED = "payment_failed"
    DISPUTE_OPEN = "dispute_open"


@dataclass(frozen=True)
class Readiness:
    """The decision; ``reasons`` are all that hold, in the order of ``NotReady``, and none when the job is Ready."""

    reasons: tuple[NotReady, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the job's automatic payment can be made."""
        return not self.reasons


def decide(methods: Methods, open_dispute: bool, failed_charge: bool, now: int) -> Readiness:
    """Return whether a job is Ready at the UTC second ``now``.

    ``failed_charge``: an automatic payment of the job failed, and no failed timesheet of it was paid by hand since.
    """
    reasons: list[NotReady] = []
    default = methods.default
    if default is None or not default.usable(now):
        reasons.append(NotReady.NO_DEFAULT_METHOD)
    elif default.kind is MethodKind.BALANCE and not _backs_a_balance(methods.backup, now):
        reasons.append(NotReady.NO_BACKUP_METHOD)
    if failed_charge:
        reasons.append(NotReady.PAYMENT_FAILED)
    if open_dispute:
        reasons.append(NotReady.DISPUTE_OPEN)
    return Readiness(tuple(reasons))


def may_become_default(method: Method, *, job_in_progress: bool, now: int) -> bool:
    """Whether the client can make ``method`` the default: while a job is in progress, one that can't pay cannot."""
    return method.usable(now) or not job_in_progress


def may_turn_off_automatic_payment(*, work_view: bool) -> bool:
    """Whether automatic payment of a job can be turned off: not while its Work View is on."""
    return not work_view


def _backs_a_balance(backup: Method | None, now: int) -> bool:
    return backup is not None and backup.kind is not MethodKind.BALANCE and backup.usable(now)
