"""Who sends a request to the API: the bearer of an access token with the tracker's scope. Sessions do not count."""

from __future__ import annotations

from typing import Any, cast

from allauth.idp.oidc.contrib.ninja.security import TokenAuth
from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import Throttled
from ninja.throttling import AuthRateThrottle

from marketplace.accounts import devices
from marketplace.accounts.limits import CACHE, Limit, address_of
from marketplace.accounts.models import User
from marketplace.accounts.provider import SCOPE

BEARER_LIMIT = Limit("bearer-failures", 60)


class Bearer(TokenAuth):  # type: ignore[misc]
    """allauth's check of the access token; an address with too many wrong ones waits for the next minute.

    What it lets in is noted as used: that is how a tracker's last use is known.
    """

    def __call__(self, request: HttpRequest) -> Any:
        """Return the token, None for one that does not open this. Raises Throttled."""
        if BEARER_LIMIT.is_reached(address_of(request)):
            raise Throttled(BEARER_LIMIT.window_s)
        found = super().__call__(request)
        if found is None:
            BEARER_LIMIT.count(address_of(request))
        else:
            devices.seen(found, timezone.now())
        return found


bearer = Bearer(scope=[SCOPE])


class PerPerson(AuthRateThrottle):
    """Counts requests by account, whatever address they come from."""

    @property
    def cache(self) -> BaseCache:  # type: ignore[override]
        """The cache that is apart from sign-in's limits."""
        return caches[CACHE]

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return the key under which the requests of the sender are counted."""
        return f"api-requests-{person_of(request).pk}"


def person_of(request: HttpRequest) -> User:
    """Return the person whose token the request carries (``bearer`` has put it there)."""
    return cast(User, request.user)
