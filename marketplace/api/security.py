"""Who sends a request to the API: the bearer of an access token with the tracker's scope. Sessions do not count."""

from __future__ import annotations

from typing import cast

from allauth.idp.oidc.contrib.ninja.security import TokenAuth
from django.http import HttpRequest
from ninja.throttling import AuthRateThrottle

from marketplace.accounts.models import User
from marketplace.accounts.provider import SCOPE

bearer = TokenAuth(scope=[SCOPE])


class PerPerson(AuthRateThrottle):
    """Counts requests by account, whatever address they come from."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return the key under which the requests of the sender are counted."""
        return f"api-requests-{person_of(request).pk}"


def person_of(request: HttpRequest) -> User:
    """Return the person whose token the request carries (``bearer`` has put it there)."""
    return cast(User, request.user)
