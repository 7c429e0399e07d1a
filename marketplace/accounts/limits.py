"""Limits on what somebody does again and again, counted in windows of real time: an address, a device or a person.

Signing in by password has allauth's own limits; they are configured, not written here. A count that two requests write
at the same instant can miss one of them: these limits keep floods out, and nothing is charged by them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import caches
from django.http import HttpRequest

CACHE = "throttle"
"""The cache of counts that many requests make, apart from the one that holds sign-in's limits and codes."""


@dataclass(frozen=True)
class Limit:
    """Up to ``most`` times for each one in each window of ``window_s`` real seconds."""

    name: str
    most: int
    window_s: int = 60
    clock: Callable[[], float] = time.time

    def is_reached(self, who: str) -> bool:
        """Tell whether ``who`` has done it too often in this window."""
        return int(caches[CACHE].get(self._key(who), 0)) >= self.most

    def count(self, who: str) -> None:
        """Count it once for ``who``."""
        cache, key = caches[CACHE], self._key(who)
        cache.set(key, int(cache.get(key, 0)) + 1, 2 * self.window_s)

    def _key(self, who: str) -> str:
        return f"limit-{self.name}-{int(self.clock()) // self.window_s}-{who}"


def address_of(request: HttpRequest) -> str:
    """Return the network address that a request comes from, as far as the proxies in front are believed."""
    return str(get_ip(request))
