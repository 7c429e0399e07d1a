"""Reading what concerns payment: is the job Ready, what was charged, with what can be paid."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from marketplace.accounts.models import User
from marketplace.billing import ledger
from marketplace.billing.models import Charge, ChargeState, PaymentMethod, Posting
from marketplace.billing.readiness import decide_for, words_for
from marketplace.billing.sandbox import configured_gateway
from marketplace.jobs.models import Job
from marketplace.timesheets.models import Timesheet
from worktime.wire import ChargeView


def readiness(job: Job, now: int) -> tuple[bool, str]:
    """Return whether ``job`` is Ready at the second ``now``, and as sentences why not (empty when it is)."""
    found = decide_for(job, now)
    return found.ready, words_for(found)


def methods_of(owner: User) -> QuerySet[PaymentMethod]:
    """Return the payment methods of ``owner`` that were not removed, the default first, then the backup."""
    methods = PaymentMethod.objects.filter(owner=owner, removed_at__isnull=True)
    return methods.order_by("-is_default", "-is_backup", "added_at")


def charges_of(job: Job, week_start: int) -> tuple[ChargeView, ...]:
    """Return the charges of a job's week, oldest first: what the ledger booked, else the charge that is under way.

    Booked ones are read from the ledger and not from the charge's row, so that what is shown is what was paid.
    """
    sheet = Timesheet.objects.filter(job=job, week_start=week_start).first()
    if sheet is None:
        return ()
    booked = (
        Posting.objects.filter(kind=ledger.CHARGE, subject=sheet.pk).order_by("id").annotate(sum=Sum("moves__minor"))
    )
    charge = Charge.objects.filter(timesheet=sheet).first()
    views = [
        ChargeView(
            id=charge.pk if charge else sheet.pk,
            amount_minor=posting.sum,
            currency=job.currency,
            state=ChargeState.SUCCEEDED.value,
            at=posting.at,
        )
        for posting in booked
    ]
    if charge is not None and charge.state != ChargeState.SUCCEEDED:
        views.append(
            ChargeView(
                id=charge.pk,
                amount_minor=charge.amount_minor,
                currency=charge.currency,
                state=charge.state,
                at=charge.settled_at or charge.created_at,
            )
        )
    return tuple(views)


def can_charge() -> bool:
    """Return False where no payment gateway is configured, so that every charge waits."""
    return configured_gateway() is not None


def earned(freelancer: User, currency: str) -> int:
    """Return what the marketplace owes the freelancer, in minor units."""
    return -ledger.balance(ledger.freelancer_account(freelancer.pk), currency)
