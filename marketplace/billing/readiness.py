"""Whether a job is Ready: loads what ``worktime.readiness`` decides from, keeps the history that protection needs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.billing.models import Charge, ChargeState, PaymentMethod
from marketplace.foundation.one_by_one import one_by_one
from marketplace.jobs.models import Job
from marketplace.timesheets.models import ReadinessChange
from marketplace.timesheets.services import record_readiness
from worktime.readiness import Methods, NotReady, Readiness, decide


def decide_for(job: Job, now: int) -> Readiness:
    """Return whether ``job`` is Ready at the second ``now``, with every reason that holds when it is not."""
    default, backup = default_and_backup(job.client)
    methods = Methods(default.as_method() if default else None, backup.as_method() if backup else None)
    failed = Charge.objects.filter(timesheet__job=job, retry_at__isnull=False).exclude(state=ChargeState.SUCCEEDED)
    # A case stops no payment (rules.md, Work View 3), and hours can't be disputed yet: no dispute is ever open.
    return decide(methods, False, failed.exists(), now)


def words_for(readiness: Readiness) -> str:
    """Return the reasons as sentences for both sides; empty when the job is Ready."""
    return " ".join(_sentence(reason) for reason in readiness.reasons)


def refresh(jobs: Iterable[Job], now: int) -> None:
    """Note for each job, in the caller's transaction, what has become of its readiness by ``now``."""
    for job in jobs:
        found = decide_for(job, now)
        record_readiness(job=job, ready=found.ready, reason=found.reasons[0] if found.reasons else "", now=now)


def refresh_of(client: User, now: int) -> None:
    """Note the readiness of every job that ``client`` pays for."""
    refresh(Job.objects.filter(client=client), now)


def refresh_due(now: int) -> None:
    """Note what changed by the passing of time: jobs that are new, and methods that have expired by ``now``."""
    due = _due(now)
    one_by_one(due, lambda job: refresh([job], now), "could not note the readiness of job %s", name=lambda job: job.pk)


def default_and_backup(client: User) -> tuple[PaymentMethod | None, PaymentMethod | None]:
    """Return what the client pays with, and what is tried after it."""
    methods = PaymentMethod.objects.filter(Q(is_default=True) | Q(is_backup=True), owner=client)
    found = {method.is_default: method for method in methods}
    return found.get(True), found.get(False)


def _due(now: int) -> QuerySet[Job]:
    last = ReadinessChange.objects.filter(job=OuterRef("pk")).order_by("-id")
    expired = PaymentMethod.objects.filter(expires_at__lte=now, expires_at__gt=OuterRef("last_at")).filter(
        Q(is_default=True) | Q(is_backup=True), owner=OuterRef("client")
    )
    jobs = Job.objects.annotate(last_at=Coalesce(Subquery(last.values("at")[:1]), -1))
    return jobs.filter(Q(last_at=-1) | Exists(expired))


def _sentence(reason: NotReady) -> str:
    match reason:
        case NotReady.NO_DEFAULT_METHOD:
            return _("There is no payment method that can be charged.")
        case NotReady.NO_BACKUP_METHOD:
            return _("The marketplace balance has no card or PayPal behind it.")
        case NotReady.PAYMENT_FAILED:
            return _("The automatic payment of a timesheet failed.")
        case NotReady.DISPUTE_OPEN:
            return _("A dispute is open.")
