"""The sample's payment methods: the client's card, authenticated and default, with PayPal behind it."""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.billing.models import PaymentMethod
from marketplace.billing.sandbox import GOOD_CARD, GOOD_PAYPAL
from marketplace.billing.services import add_method, make_backup, make_default
from marketplace.jobs.models import Job
from worktime.readiness import MethodKind


def install(now: int, jobs: Iterable[Job]) -> None:
    """Give the client of each of ``jobs`` a card and a PayPal account that the sandbox's bank accepts.

    A client who has a payment method keeps it, so installing twice does it once.
    """
    for client in {job.client for job in jobs}:
        if PaymentMethod.objects.filter(owner=client).exists():
            continue
        card = add_method(
            owner=client, kind=MethodKind.CARD, label="Sandbox 4242", token=GOOD_CARD, authenticated=True, now=now
        )
        paypal = add_method(
            owner=client,
            kind=MethodKind.PAYPAL,
            label="Sandbox",
            token=GOOD_PAYPAL,
            authenticated=True,
            now=now,
        )
        make_default(method=card, now=now)
        make_backup(method=paypal, now=now)
