"""The automatic charge: what stands when review ends is charged exactly once, whatever crashes or times out.

Three steps for each timesheet, each of which can be repeated by another worker: (1) a short transaction freezes the
lines and makes the one Charge; (2) outside of any transaction the gateway's payment is created, its id STORED, and
only then confirmed; (3) a short transaction books what the gateway said. The tick looks at state, so it also finishes
what a crash left behind. A payment is never made anew: each try confirms the stored one (docs/reliability.md).
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from marketplace.billing import outcome, readiness
from marketplace.billing.gateway import Gateway, GatewayError, Payment, PaymentState
from marketplace.billing.models import Charge, ChargeState
from marketplace.billing.sandbox import configured_gateway
from marketplace.foundation.one_by_one import one_by_one
from marketplace.foundation.transactions import serializable
from marketplace.jobs.services import touch
from marketplace.timesheets.models import Frozen, State, Timesheet
from marketplace.timesheets.selectors import stands_on
from marketplace.timesheets.services import freeze_lines, settle_entries, settle_hours

CLAIM_S = 120
"""Seconds for which a charge belongs to the worker that took it. One that died leaves it to the next after this."""

log = logging.getLogger(__name__)


def charge_due(now: int, gateway: Gateway | None = None) -> int:
    """Charge every timesheet whose review has ended by ``now``, and try due failed ones again; return how many ended.

    A charge that fails, or whose gateway gives no answer, is left to a later tick and does not hold up the others.
    ``gateway`` is the configured one unless given; without any, lines are frozen and the charges wait.
    """
    readiness.refresh_due(now)
    reviewed = Timesheet.objects.filter(state=State.SUBMITTED, review_ends__lte=now).order_by("review_ends", "id")
    ended = list(reviewed.values_list("pk", flat=True))
    one_by_one(ended, lambda pk: _begin(pk, now), "could not begin the charge of timesheet %s")
    to_do = list(_to_do(now).values_list("pk", flat=True))
    gateway = gateway or configured_gateway()
    if gateway is None:
        if to_do:
            log.error("no payment gateway is configured; charges that wait for one: %d", len(to_do))
        return 0
    return one_by_one(to_do, lambda pk: _carry_out(pk, now, gateway), "could not carry out charge %s")


def _to_do(now: int) -> QuerySet[Charge]:
    unfinished = Q(state__in=(ChargeState.CREATED, ChargeState.CONFIRMING), claimed_until__lte=now)
    again = Q(state=ChargeState.FAILED, retry_at__lte=now)
    return Charge.objects.filter(unfinished | again).order_by("created_at", "id")


@serializable
def _begin(pk: UUID, now: int) -> bool:
    """Step 1: end the review. Freeze what stands and make its charge; a timesheet of zero is closed without one.

    False when another worker has the timesheet, or had it.
    """
    mine = Timesheet.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job")
    sheet = mine.filter(pk=pk, state=State.SUBMITTED, review_ends__lte=now).first()
    if sheet is None:
        return False
    standing = stands_on(sheet.job, sheet.week_start, sheet, now=now)
    lines = standing.lines
    freeze_lines(sheet, lines, Frozen.CHARGE)
    settle_entries(sheet, standing)
    settle_hours(standing.hours)
    amount = sum(line.amount_minor for line in lines)
    if amount > 0:
        sheet.state = State.CHARGING
        Charge.objects.create(
            timesheet=sheet, amount_minor=amount, currency=sheet.job.currency, created_at=now, claimed_until=now
        )
    else:
        sheet.state = State.CLOSED
        sheet.settled_at = now
    sheet.save(update_fields=["state", "settled_at"])
    touch(sheet.job_id)
    return True


def _carry_out(pk: UUID, now: int, gateway: Gateway) -> bool:
    """Steps 2 and 3 for one charge; True when it ended, either way."""
    charge = _claim(pk, now)
    if charge is None:
        return False
    try:
        return _pay(charge, now, gateway)
    except GatewayError as error:
        log.warning("charge %s waits for the gateway: %s", pk, error)
        Charge.objects.filter(pk=pk, claimed_until=charge.claimed_until).update(claimed_until=now)
        return False


@transaction.atomic
def _claim(pk: UUID, now: int) -> Charge | None:
    charge = _to_do(now).filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()
    if charge is None:
        return None
    if charge.state == ChargeState.FAILED:
        charge.state = ChargeState.CONFIRMING if charge.payment else ChargeState.CREATED
        charge.settled_at = None
        Timesheet.objects.filter(pk=charge.timesheet_id).update(state=State.CHARGING, settled_at=None)
    charge.claimed_until = now + CLAIM_S
    charge.save(update_fields=["state", "settled_at", "claimed_until"])
    return charge


def _pay(charge: Charge, now: int, gateway: Gateway) -> bool:
    client = charge.timesheet.job.client
    methods = [method for method in readiness.default_and_backup(client) if method and method.as_method().usable(now)]
    payment = _stored_payment(charge, gateway) if methods or charge.payment else None
    if payment is not None and payment.state is PaymentState.SUCCEEDED:  # confirmed before a crash or a time-out
        return outcome.succeed(charge.pk, payment, now)
    for method in methods:
        payment = gateway.confirm(charge.payment, token=method.token)
        if payment.state is PaymentState.SUCCEEDED:
            return outcome.succeed(charge.pk, payment, now)
        outcome.note_decline(charge, method, payment.reason, now)
    return outcome.fail(charge.pk, now)


def _stored_payment(charge: Charge, gateway: Gateway) -> Payment:
    """Return the charge's one payment, created unconfirmed when there is none yet, with its id stored first."""
    if not charge.payment:
        made = gateway.create_payment(
            amount_minor=charge.amount_minor,
            currency=charge.currency,
            metadata={"charge": str(charge.pk), "timesheet": str(charge.timesheet_id)},
        )
        # Whoever stores first wins; the other's payment stays unconfirmed and takes nothing.
        Charge.objects.filter(pk=charge.pk, payment="").update(payment=made, state=ChargeState.CONFIRMING)
        charge.refresh_from_db(fields=["payment", "state"])
    return gateway.lookup(charge.payment)
