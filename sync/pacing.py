"""When the uploader tries again, and how much at a time: back-off, and what to do about an item that may be to blame.

Nothing is sent here. Waiting reads real time. One item that no request gets through with (a server's fault, a firewall
that dislikes its words) must never hold up those behind it: batches shrink until it stands alone, then it is put off.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

BATCH = 100
BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 30.0
RETRY_AFTER_MAX_S = 300.0
PUT_OFF_FIRST_S = 60.0
PUT_OFF_MAX_S = 3600.0
QUIET_TIMES = 2
"""So many times less often than else what nobody waits for is sent: seconds in which nothing was touched."""
BLAMES = 5
"""How often an item is refused alone, by whatever stands in between, until the user is asked about it."""

_ItemT = TypeVar("_ItemT")


class Backoff:
    """Exponential back-off with full jitter; ``jitter`` gives a number in [0, 1)."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        self._jitter = jitter
        self.failures = 0

    def wait_s(self, wished_s: float | None) -> float:
        """Return how many real seconds to wait after one more failure; the server's own wish counts, up to a bound."""
        self.failures += 1
        ceiling = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2.0 ** min(self.failures, 16))
        return max(self._jitter() * ceiling, min(wished_s or 0.0, RETRY_AFTER_MAX_S))

    def over(self) -> None:
        """A round went well."""
        self.failures = 0


@dataclass
class _Blame:
    count: int
    until: float
    passed_before: int


class Doubt:
    """How many items go into one request, and which are left out for a while.

    After each request that failed for a reason that may lie in what was sent, half as many go into the next; after each
    one that did not, twice as many. An item that failed alone is put off, for longer each time.
    """

    def __init__(self, monotonic: Callable[[], float], *, most: int = BATCH) -> None:
        self._monotonic = monotonic
        self._blamed: dict[Hashable, _Blame] = {}
        self.passes = 0
        """How many requests went well."""
        self._most = most
        self.limit = most

    def choose(self, offered: Callable[[int], Iterable[_ItemT]], key: Callable[[_ItemT], Hashable]) -> list[_ItemT]:
        """Return the items for the next request out of ``offered(how many)``: the blamed ones last, or not yet."""
        now = self._monotonic()
        due = [
            item
            for item in offered(self.limit + len(self._blamed))
            if (blame := self._blamed.get(key(item))) is None or blame.until <= now
        ]
        return sorted(due, key=lambda item: key(item) in self._blamed)[: self.limit]

    def passed(self, *keys: Hashable) -> None:
        """A request went well, with these in it."""
        self.passes += 1
        self.limit = min(self._most, self.limit * 2)
        for key in keys:
            self._blamed.pop(key, None)

    def failed(self, *keys: Hashable) -> bool:
        """A request failed that these were in; tells whether it is time to ask the user about the one that is to blame.

        That is when it failed alone several times while others got through.
        """
        if len(keys) > 1:
            self.limit = max(1, len(keys) // 2)
            return False
        self._forget_the_old()
        blame = self._blamed.setdefault(keys[0], _Blame(0, 0.0, self.passes))
        wait_s = min(PUT_OFF_MAX_S, PUT_OFF_FIRST_S * 2.0 ** min(blame.count, 16))
        blame.count += 1
        blame.until = self._monotonic() + wait_s
        return blame.count >= BLAMES and self.passes > blame.passed_before

    def _forget_the_old(self) -> None:
        """Drop what has left in another way since (deleted, revised under another key)."""
        long_ago = self._monotonic() - PUT_OFF_MAX_S * 24
        self._blamed = {key: blame for key, blame in self._blamed.items() if blame.until > long_ago}
