"""A limit on what fails: how many wrong tokens one network address may try. What succeeds is never counted.

Signing in by password has allauth's own limits; they are configured, not written here.
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
class FailureLimit:
    """Up to ``most`` failures of one address in each window of ``window_s`` real seconds."""

    name: str
    most: int
    window_s: int = 60
    clock: Callable[[], float] = time.time

    def is_reached(self, request: HttpRequest) -> bool:
        """Tell whether the sender's address has failed too often in this window."""
        return int(caches[CACHE].get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        """Count a failure for the sender's address."""
        cache, key = caches[CACHE], self._key(request)
        cache.set(key, int(cache.get(key, 0)) + 1, 2 * self.window_s)

    def _key(self, request: HttpRequest) -> str:
        return f"failures-{self.name}-{int(self.clock()) // self.window_s}-{get_ip(request)}"
