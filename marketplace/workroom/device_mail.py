"""E-mail to a person about a device of theirs: a sign-in on it or in its place, or the use of a copied one.

Queued in the transaction in which it happens (``marketplace.accounts.signals``); sent by ``marketplace.workroom.mail``.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _

from marketplace.accounts import signals
from marketplace.accounts.models import Device
from marketplace.foundation import clock
from marketplace.workroom.services import queue_mail
from worktime.weeks import zone


def connect() -> None:
    """Write from now on."""
    signals.signed_in.connect(_tell_signed_in, dispatch_uid="marketplace.workroom.device_mail.signed_in")
    signals.replaced_used.connect(_tell_replaced_used, dispatch_uid="marketplace.workroom.device_mail.replaced_used")
    signals.copied.connect(_tell_copied, dispatch_uid="marketplace.workroom.device_mail.copied")


def quoted(name: str) -> str:
    """Return a device's name in quotes, without what could end them, begin a line, or look like a link or a tag.

    Whoever signs in has chosen the name: it must not speak in the marketplace's place.
    """
    kept = (each if _is_plain(each) else " " for each in name)
    words = " ".join("".join(kept).split())
    return f"\u201c{words}\u201d" if words else _("a tracker without a name")


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" or letter in "-_()#+&,"


def _tell_signed_in(sender: object, *, device: Device, now: datetime, **_more: Any) -> None:
    text = _(
        "On {moment}, somebody signed in to your account on {device}, through the browser.\n\n"
        "If it was you, there is nothing to do. If not, sign it out on the page of your devices, and then choose a new "
        "password: that signs out every tracker."
    )
    _queue(device, now, "device-signed-in", _("A new device signed in to your account"), text)


def _tell_replaced_used(sender: object, *, device: Device, now: datetime, **_more: Any) -> None:
    text = _(
        "On {moment}, {device} used a sign-in that had ended: somebody has signed in to your account in its place, "
        "through the browser.\n\n"
        "If you have signed in on it again yourself, there is nothing to do. If not, somebody else may be using your "
        "account: sign the device out on the page of your devices, and then choose a new password: that signs out "
        "every tracker."
    )
    _queue(device, now, "device-replaced", _("Somebody signed in in the place of your device"), text)


def _tell_copied(sender: object, *, device: Device, now: datetime, **_more: Any) -> None:
    text = _(
        "On {moment}, a copy of the sign-in of {device} was used, so it was ended: it opens nothing any more.\n\n"
        "Nothing that was recorded is lost: sign in again on that device. If you have not restored a backup or copied "
        "its data, somebody may have had access to it: choose a new password."
    )
    _queue(device, now, "device-copied", _("A copy of a sign-in was used and was stopped"), text)


def _queue(device: Device, now: datetime, act: str, subject: str, text: str) -> None:
    owner = device.user
    moment = f"{dateformat.format(now.astimezone(zone(owner.time_zone)), 'j F Y, H:i')} ({owner.time_zone})"
    text = text.format(moment=moment, device=quoted(device.name))
    # Once for each sign-in on it.
    key = f"{act}:{device.pk}:{device.signed_in_at.timestamp():.6f}"
    queue_mail(to=owner, subject=subject, text=text, key=key, now=clock.second(), page=reverse("devices"))
