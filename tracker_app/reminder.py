"""When to remind somebody who is active that nothing is recorded. Pure but for what it remembers; off unless wished.

What it says is in ``ui.reminder``. It looks at the last input alone, on this computer, and keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from tracker_app.preferences import Preferences
from ui.words import local

ACTIVE_S = 600
"""Seconds of activity without recording after which the user is reminded."""
BREAK_S = 120
"""Seconds without input that end an activity: who reads for a while is still at it."""
REST_S = 3600
"""Seconds between two reminders, at least."""


@dataclass
class Reminder:
    """Call ``due`` at each tick. Seconds are of the business clock."""

    _since: int | None = None
    _last: int = 0
    _reminded: int | None = None

    def due(self, now: int, last_input: int | None, zone: tzinfo, wishes: Preferences, *, idle: bool) -> bool:
        """Tell whether to remind now. ``idle``: nothing is recorded, and nothing is asked about that already."""
        if not (wishes.reminder and idle) or last_input is None or now - last_input > BREAK_S:
            self._since = None
            return False
        if self._since is None or last_input - self._last > BREAK_S:
            self._since = last_input
        self._last = last_input
        here = local(now, zone)
        rested = self._reminded is None or now - self._reminded >= REST_S
        if now - self._since < ACTIVE_S or not rested or wishes.is_quiet(here.hour * 60 + here.minute):
            return False
        self._reminded = now
        return True
