"""In whose zone a page tells its times: the browser's, as its small script says, else the one of the account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from marketplace.accounts.models import User
from worktime import weeks

COOKIE = "fairhour_zone"
"""Set by ``static/fairhour/site.js`` to the browser's IANA zone; read as a wish, never trusted to exist."""


def browser_zone(request: HttpRequest) -> str:
    """Return the zone that the browser told, or "" when it told none that exists."""
    name = request.COOKIES.get(COOKIE, "")
    try:
        return name if name and weeks.zone(name) else ""
    except ValueError:
        return ""


def viewer_zone(request: HttpRequest) -> str:
    """Return the IANA zone for every time on the page."""
    told = browser_zone(request)
    if told:
        return told
    user = request.user
    return user.time_zone if isinstance(user, User) else "UTC"


def remember_zone(request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Keep the browser's zone with the account at sign-in: e-mails name times in it too."""
    told = browser_zone(request) if request is not None else ""
    if told and told != user.time_zone:
        user.time_zone = told
        user.save(update_fields=["time_zone"])


user_logged_in.connect(remember_zone, dispatch_uid="fairhour-remember-zone")
