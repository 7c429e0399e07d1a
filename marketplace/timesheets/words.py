"""Durations, money and New York moments in the sentences that messages and e-mails are made of."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Literal

from django.utils import dateformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from worktime.weeks import WORK_WEEK_ZONE, zone

_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}
"""Minor digits of the currencies that do not have two (ISO 4217)."""


def duration(seconds: int) -> str:
    """Return e.g. "7 h 24 min"; seconds are named only where there are less than an hour of them in all."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if left:
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": left}
    return _("%(minutes)d min") % {"minutes": minutes}


def money(minor: int, currency: str) -> str:
    """Return e.g. "24.00 USD"."""
    return f"{Decimal(minor).scaleb(-_DIGITS.get(currency, 2)):,} {currency}"


def moment(second: int, style: Literal["date", "time", "before"] = "time") -> str:
    """Return a moment in New York: "Mon 16 Nov", "Mon 16 Nov 07:00 ET", or as a deadline its last minute before."""
    at = datetime.fromtimestamp(second - 60 if style == "before" else second, zone(WORK_WEEK_ZONE))
    text = date_format(at, "D j M Y" if style == "date" else "D j M Y H:i", use_l10n=False)
    return text if style == "date" else _("%(moment)s ET") % {"moment": text}


def moment_for(second: int, own: tzinfo) -> str:
    """Return a moment in New York and in the reader's zone: "Wed 18 Nov 2026 10:00 ET (16:00 your time)"."""
    return with_own_time(moment(second), second, own)


def with_own_time(text: str, second: int, own: tzinfo) -> str:
    """Return ``text``, which tells ``second`` in New York, with the reader's own time of day behind it.

    The reader's day is named where it differs; nothing is added where both zones read the same.
    """
    eastern, here = (datetime.fromtimestamp(second, where) for where in (zone(WORK_WEEK_ZONE), own))
    if eastern.utcoffset() == here.utcoffset():
        return text
    shape = "H:i" if eastern.date() == here.date() else "D H:i"
    return _("%(moment)s (%(own)s your time)") % {"moment": text, "own": dateformat.format(here, shape)}
