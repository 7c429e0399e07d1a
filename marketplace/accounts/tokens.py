"""The end of tokens: with the password under which they were given, and when their time is over."""

from __future__ import annotations

from io import StringIO
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.idp.oidc.models import Token
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from marketplace.accounts import devices
from marketplace.accounts.models import Device, User


def forget_tokens(sender: object, *, user: User, **_more: Any) -> None:
    """Sign every tracker of ``user`` out: whoever changes a password wants nobody else to stay (signal receiver).

    A sign-in or a refresh that is under way has its tokens by then, or gets none.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        for device in Device.objects.filter(user=user):
            devices.end(device.pk)
        Token.objects.filter(user=user).delete()


def connect() -> None:
    """Make a new password end the tokens, whichever of allauth's pages it came from."""
    for signal in (password_changed, password_reset, password_set):
        signal.connect(forget_tokens, dispatch_uid="marketplace.accounts.forget_tokens")


def clear_expired() -> None:
    """Delete the tokens whose time is over, and trackers that have none left; the command's count goes nowhere."""
    call_command("oidc_cleartokens", verbosity=0, stdout=StringIO())
    devices.clear(timezone.now())
