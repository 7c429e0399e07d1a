"""A client's payment methods: adding, choosing default and backup, removing. Each change asks anew who is Ready."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.billing import readiness
from marketplace.billing.models import PaymentMethod
from marketplace.jobs.models import Job
from worktime.errors import failure
from worktime.readiness import MethodKind, may_become_default


@transaction.atomic
def add_method(
    *,
    owner: User,
    kind: MethodKind,
    label: str,
    token: str,
    authenticated: bool,
    now: int,
    expires_at: int | None = None,
) -> PaymentMethod:
    """Store a method that the gateway knows as ``token``. It pays nothing until it is made default or backup."""
    return PaymentMethod.objects.create(
        owner=owner,
        kind=kind.value,
        label=label,
        token=token,
        authenticated=authenticated,
        expires_at=expires_at,
        added_at=now,
    )


@transaction.atomic
def make_default(*, method: PaymentMethod, now: int) -> None:
    """Charge ``method`` first from now on; if it was the backup, there is none any more.

    Raises FairhourError while a job is in progress and the method can't be charged (rules.md, Ready 2).
    """
    in_progress = Job.objects.filter(client=method.owner, ended_at__isnull=True).exists()
    if method.removed_at is not None or not may_become_default(
        method.as_method(), job_in_progress=in_progress, now=now
    ):
        raise _unusable()
    _only(method, "is_default")
    readiness.refresh_of(method.owner, now)


@transaction.atomic
def make_backup(*, method: PaymentMethod, now: int) -> None:
    """Charge ``method`` when the default declines. Raises FairhourError for one that can't be, and for the default."""
    if method.is_default or not method.as_method().usable(now):
        raise _unusable()
    _only(method, "is_backup")
    readiness.refresh_of(method.owner, now)


@transaction.atomic
def remove_method(*, method: PaymentMethod, now: int) -> None:
    """Charge ``method`` no more. Its row stays, for what it has paid."""
    method.removed_at = now
    method.is_default = method.is_backup = False
    method.save(update_fields=["removed_at", "is_default", "is_backup"])
    readiness.refresh_of(method.owner, now)


def _only(method: PaymentMethod, role: str) -> None:
    PaymentMethod.objects.filter(owner=method.owner, **{role: True}).update(**{role: False})
    method.is_default, method.is_backup = role == "is_default", role == "is_backup"
    method.save(update_fields=["is_default", "is_backup"])


def _unusable() -> Exception:
    return failure(
        "method_unusable",
        _("This payment method can't be used"),
        _("It has expired, was removed, was not authenticated, or has this place already."),
        _("Choose another one, or authenticate it first."),
    )
