"""How often the face is brought up to date: each tick while somebody looks, else when something happens.

A refresh costs twenty ticks (the day's tiles, counts of what is unsent), so what nobody sees waits. What the tray shows
without being opened is its icon and its tip: the one changes when something happens, the other tells whole minutes, and
is looked at by who moves the pointer there. Whether something has gone wrong is looked at at every second tick, or
fourth second that is only counted: looking costs as much as those.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

SEEN_S = 0.25
"""Real seconds between two refreshes, at least, while a window or the menu is open."""
LOOK_S = 1.5
"""Business seconds between two looks at what may have happened, at least, while nothing is open: a full disk is told
within 5 s (reliability.md), and the reserve is looked at at every second tick, too."""
LOOK_BEATS = 4
"""Seconds that are only counted, on another thread, from any look to the next such one."""
UNSEEN_S = 60.0
"""Business seconds between two refreshes while nothing is open and nothing happens."""
QUIET_S = 30.0
"""Real seconds without input after which nobody is about to look, however fast the clock runs: see ``Pace.quiet``."""
QUIET_UNSEEN_S = 600.0
"""What ``UNSEEN_S`` is then: what time alone brings (a deadline, a limit) is still told, and soon enough."""


class Pace:
    """Says when to refresh. ``rate``: business seconds in a real one; ``age_ms``: real milliseconds since the last
    input, None where that is not known (asked on any thread); ``monotonic``: real seconds."""

    def __init__(
        self, rate: int, age_ms: Callable[[], int | None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._look_s = LOOK_S / rate
        self._unseen_s = {quiet: max(SEEN_S, s / rate) for quiet, s in ((False, UNSEEN_S), (True, QUIET_UNSEEN_S))}
        self._age_ms = age_ms
        self._monotonic = monotonic
        self.quiet = False
        """Whether, at the last look, nothing was open and nothing had been touched for a while: nobody sees the tip
        before they touch something, and nobody waits for news."""
        self._at = 0.0
        self._looked_at = float("-inf")
        self._news: Hashable = None
        self._wanted = True
        self._beats = 0

    def want(self) -> None:
        """Refresh at the next tick: something happened."""
        self._wanted = True

    def look(self, *, seen: bool) -> bool:
        """Tell whether to look at this tick. ``seen``: something that shows the state is open."""
        now = self._monotonic()
        if not (seen or self._wanted) and now - self._looked_at < self._look_s:
            return False
        self._looked_at, self._beats = now, 0
        self.quiet = not seen and self._is_quiet()
        return True

    def stirs(self, news: Callable[[], Hashable]) -> bool:
        """Tell, at some beats, whether what has to be shown at once is another than at the last look, or whether it
        got quiet or is no more. Any thread's."""
        self._beats = (self._beats + 1) % LOOK_BEATS
        return self._beats == 0 and (self._is_quiet() != self.quiet or news() != self._news)

    def rest_s(self, *, seen: bool) -> float | None:
        """Return for how many real seconds nothing has to be shown if nothing happens; None: it is now, or soon."""
        if seen or self._wanted:
            return None
        return max(SEEN_S, self._at + self._unseen_s[self.quiet] - self._monotonic())

    def due(self, *, seen: bool, news: Hashable) -> bool:
        """Tell whether to refresh now. ``seen``: something that shows the state is open; ``news``: what has to be shown
        as soon as it changes."""
        changed, self._news = news != self._news, news
        rested = self._monotonic() - self._at
        return self._wanted or changed or rested >= (SEEN_S if seen else self._unseen_s[self.quiet])

    def refreshed(self) -> None:
        """Note that it was done."""
        self._at, self._wanted = self._monotonic(), False

    def _is_quiet(self) -> bool:
        age_ms = self._age_ms()
        return age_ms is not None and age_ms >= QUIET_S * 1000
