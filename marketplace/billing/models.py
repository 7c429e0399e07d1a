"""Payment methods, charges and the ledger's three tables, with the constraints that the database itself enforces.

Times are UTC seconds since the epoch. The ledger's rows can't be changed, deleted or mix currencies: triggers in this
room's migrations see to it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.ids import new_id
from marketplace.timesheets.models import Timesheet
from worktime.readiness import Method, MethodKind

METHOD_KINDS = [
    (MethodKind.CARD.value, _("Card")),
    (MethodKind.PAYPAL.value, _("PayPal")),
    (MethodKind.BALANCE.value, _("Marketplace balance")),
]


class PaymentMethod(models.Model):
    """What a client pays with. ``token`` is the gateway's name for it; no card number is ever stored here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payment_methods")
    kind = models.CharField(max_length=10, choices=METHOD_KINDS)
    label = models.CharField(max_length=60)
    token = models.CharField(max_length=200)
    authenticated = models.BooleanField(default=False)
    expires_at = models.BigIntegerField(null=True, blank=True)
    removed_at = models.BigIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    is_backup = models.BooleanField(default=False)
    added_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="one_default_method"),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_backup=True), name="one_backup_method"),
            models.CheckConstraint(condition=~Q(is_default=True, is_backup=True), name="default_is_not_its_own_backup"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(is_default=False, is_backup=False),
                name="removed_method_pays_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"

    def as_method(self) -> Method:
        """Return the method as the rules on readiness see it."""
        return Method(
            kind=MethodKind(self.kind),
            authenticated=self.authenticated,
            removed=self.removed_at is not None,
            expires_at=self.expires_at,
        )


class ChargeState(models.TextChoices):
    """The steps of a charge; the gateway's payment is stored before anything is confirmed."""

    CREATED = "created", _("Prepared")
    CONFIRMING = "confirming", _("Being confirmed")
    SUCCEEDED = "succeeded", _("Charged")
    FAILED = "failed", _("Failed")


class Charge(models.Model):
    """The one charge of a timesheet. Every try, with whatever method, confirms the SAME payment of the gateway.

    ``payment`` is the gateway's id, empty until the unconfirmed payment was created. ``claimed_until`` only keeps a
    second worker from doing the same work at the same time; exactly-once does not depend on it. ``retry_at`` is set
    from the first failure on: until the charge has succeeded the job is Not Ready.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    timesheet = models.OneToOneField(Timesheet, on_delete=models.PROTECT, related_name="charge")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12, choices=ChargeState.choices, default=ChargeState.CREATED)
    payment = models.CharField(max_length=200, default="", blank=True)
    created_at = models.BigIntegerField()
    claimed_until = models.BigIntegerField()
    settled_at = models.BigIntegerField(null=True, blank=True)
    retry_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="charge_is_positive"),
            models.CheckConstraint(
                condition=~Q(payment="") | Q(state__in=("created", "failed")), name="payment_stored_before_confirm"
            ),
            models.UniqueConstraint(fields=["payment"], condition=~Q(payment=""), name="payment_of_one_charge"),
            models.CheckConstraint(
                condition=Q(state__in=("succeeded", "failed"), settled_at__isnull=False)
                | Q(state__in=("created", "confirming"), settled_at__isnull=True),
                name="charge_settled_when_ended",
            ),
        ]
        indexes = [models.Index(fields=["state", "retry_at"], name="charge_to_do")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} {self.state}"


class Attempt(models.Model):
    """What the gateway said about one method for a charge: the history that both sides are shown."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="attempts")
    method = models.ForeignKey(PaymentMethod, on_delete=models.PROTECT, related_name="+")
    at = models.BigIntegerField()
    succeeded = models.BooleanField()
    reason = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.method}: {'succeeded' if self.succeeded else self.reason}"


class Account(models.Model):
    """An account of the ledger in one currency; ``code`` names it, e.g. ``bank`` or ``freelancer:<id>``."""

    code = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "currency"], name="account_once")]

    def __str__(self) -> str:
        return f"{self.code} ({self.currency})"


class Posting(models.Model):
    """One act of the ledger. ``key`` makes it happen once; ``subject`` is what it is about (a timesheet's id)."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField(db_index=True)
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.key


class Move(models.Model):
    """An amount that goes from the ``credit`` account to the ``debit`` account: balanced because it is one row."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="moves")
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="move_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="move_has_two_accounts"),
        ]

    def __str__(self) -> str:
        return f"{self.minor}: {self.credit_id} -> {self.debit_id}"
