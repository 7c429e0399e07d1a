"""Step 3 of a charge: booking what the gateway said, in one transaction each, and telling both sides.

The rows of the charge, its timesheet and its job are locked, and everything is decided from locked rows: no deadline
meets here, so nothing has to be serializable beyond that.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.billing import ledger, readiness
from marketplace.billing.gateway import Payment, PaymentDiffers
from marketplace.billing.models import Attempt, Charge, ChargeState, PaymentMethod
from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.timesheets.models import State
from marketplace.timesheets.words import moment, money
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from worktime.money import FeeSchedule, payout
from worktime.weeks import saturday_after


@transaction.atomic
def succeed(pk: UUID, payment: Payment, now: int) -> bool:
    """Book a successful payment: ledger, charge, timesheet, words. False when it was booked before.

    Raises PaymentDiffers when the gateway took another amount than the charge's: nothing is booked then.
    """
    charge = _locked(pk)
    if charge.state == ChargeState.SUCCEEDED:
        return False
    if (payment.amount_minor, payment.currency) != (charge.amount_minor, charge.currency):
        raise PaymentDiffers(f"charge {pk} is {charge.amount_minor} {charge.currency}, the gateway took {payment}")
    job = charge.timesheet.job
    _post(charge, job, now)
    method = PaymentMethod.objects.filter(owner=job.client, token=payment.token).order_by("-added_at").first()
    if method is not None:
        Attempt.objects.create(charge=charge, method=method, at=now, succeeded=True)
    _settle(charge, ChargeState.SUCCEEDED, State.CHARGED, now)
    readiness.refresh([job], now)
    text = _("%(amount)s were charged for the week from %(week)s.") % _figures(charge)
    _tell(job, MessageKind.CHARGED, text, f"charged:{pk}", now)
    return True


@transaction.atomic
def fail(pk: UUID, now: int) -> bool:
    """Book that no method could pay: the job is Not Ready, both sides are told, next try on the next Saturday.

    False when the charge had ended meanwhile.
    """
    charge = _locked(pk)
    if charge.state in (ChargeState.SUCCEEDED, ChargeState.FAILED):
        return False
    charge.retry_at = saturday_after(now)
    _settle(charge, ChargeState.FAILED, State.FAILED, now)
    job = charge.timesheet.job
    readiness.refresh([job], now)
    text = _(
        "The automatic payment of %(amount)s for the week from %(week)s failed. The job is Not Ready: time worked now "
        "is not protected. The payment is tried again on %(again)s."
    ) % {**_figures(charge), "again": moment(charge.retry_at)}
    _tell(job, MessageKind.CHARGE_FAILED, text, f"charge_failed:{pk}:{charge.retry_at}", now)
    return True


def note_decline(charge: Charge, method: PaymentMethod, reason: str, now: int) -> None:
    """Store that ``method`` was declined for the charge."""
    Attempt.objects.create(charge=charge, method=method, at=now, succeeded=False, reason=reason[:200])


def fee_schedule() -> FeeSchedule:
    """Return the configured fees (rules.md, Timesheets 9)."""
    return FeeSchedule(**getattr(settings, "FAIRHOUR_FEES", {}))


def _post(charge: Charge, job: Job, now: int) -> None:
    before = Charge.objects.filter(timesheet__job=job, state=ChargeState.SUCCEEDED).aggregate(sum=Sum("amount_minor"))
    split = payout(charge.amount_minor, before["sum"] or 0, fee_schedule())
    passing = ledger.job_account(job.pk)
    ledger.post(
        key=f"charge:{charge.pk}",
        kind=ledger.CHARGE,
        subject=charge.timesheet_id,
        currency=charge.currency,
        transfers=(ledger.Transfer(ledger.BANK, passing, charge.amount_minor),),
        now=now,
    )
    ledger.post(
        key=f"payout:{charge.pk}",
        kind=ledger.PAYOUT,
        subject=charge.timesheet_id,
        currency=charge.currency,
        transfers=(
            ledger.Transfer(passing, ledger.freelancer_account(job.freelancer_id), split.net),
            ledger.Transfer(passing, ledger.SERVICE_FEES, split.service_fee),
            ledger.Transfer(passing, ledger.PROCESSING_FEES, split.processing_fee),
        ),
        now=now,
    )


def _locked(pk: UUID) -> Charge:
    related = ("timesheet", "timesheet__job", "timesheet__job__client", "timesheet__job__freelancer")
    locked = Charge.objects.select_for_update(of=("self", *related[:2]))
    return locked.select_related(*related).get(pk=pk)


def _settle(charge: Charge, state: ChargeState, sheet_state: State, now: int) -> None:
    charge.state, charge.settled_at = state, now
    charge.save(update_fields=["state", "settled_at", "retry_at"])
    charge.timesheet.state, charge.timesheet.settled_at = sheet_state, now
    charge.timesheet.save(update_fields=["state", "settled_at"])
    touch(charge.timesheet.job_id)


def _figures(charge: Charge) -> dict[str, str]:
    return {
        "amount": money(charge.amount_minor, charge.currency),
        "week": moment(charge.timesheet.week_start, "date"),
    }


def _tell(job: Job, kind: MessageKind, text: str, key: str, now: int) -> None:
    post_message(job=job, author=None, kind=kind, text=text, now=now)
    for person in (job.client, job.freelancer):
        queue_mail(to=person, subject=f"{kind.label}: {job.title}", text=text, key=f"{key}:{person.pk}", now=now)
