"""What must hold before anything is served: the sample mode and its published password never meet real people.

Every check raises FairhourError, so that a start that is refused is one clear line.
"""

from __future__ import annotations

import ipaddress

from marketplace.foundation.home import flag
from worktime.errors import failure


def require_sample() -> None:
    """Refuse to make accounts whose password is published anywhere but in the sample mode."""
    if not flag("FAIRHOUR_SAMPLE"):
        raise failure(
            "not_sample",
            "Not in the sample mode",
            "The sample's accounts, one of them of staff, have a password that everybody can read.",
            "Set FAIRHOUR_SAMPLE=1 and a FAIRHOUR_MARKETPLACE_HOME of its own to try the product out.",
        )


def refuse_strangers(host: str) -> None:
    """Refuse to serve the sample mode on an address that other machines reach."""
    if flag("FAIRHOUR_SAMPLE") and not is_loopback(host):
        raise failure(
            "sample_host",
            "Sample mode stays on this machine",
            f"The sample's accounts have a published password, and other machines reach {host}.",
            "Serve it on 127.0.0.1, or unset FAIRHOUR_SAMPLE.",
        )


def refuse_published_accounts() -> None:
    """Refuse a database that holds accounts of the sample, when the sample mode is off. Django must be set up."""
    from marketplace.accounts.models import User
    from marketplace.sample import ADDRESSES

    if flag("FAIRHOUR_SAMPLE"):
        return
    found = sorted(User.objects.filter(email__in=ADDRESSES).values_list("email", flat=True))
    if found:
        raise failure(
            "sample_accounts",
            "Sample accounts in the database",
            f"Everybody can read the password of {', '.join(found)}.",
            "Start with a new database, or set FAIRHOUR_SAMPLE=1 to try the product out.",
        )


def refuse_sample() -> None:
    """Refuse the sample mode where it can't be kept on this machine: under a WSGI server, which chooses the address."""
    if flag("FAIRHOUR_SAMPLE"):
        raise failure(
            "sample_wsgi",
            "No sample mode under a WSGI server",
            "FAIRHOUR_SAMPLE=1 is set, and the sample's accounts have a published password.",
            "Unset it, or try the product out with python -m marketplace serve.",
        )


def is_loopback(host: str) -> bool:
    """Return True for a host that only this machine reaches."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
