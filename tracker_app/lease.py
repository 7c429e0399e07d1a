"""Some seconds in advance: while nothing but their passing is certain, each is one mark on the disk, reckoned later.

What a count needs of a second (the input's age) is noted; the machine's clocks, the counts and everything else are
looked at with the second after these. ``Recorder`` takes a lease, and reckons what was noted before anything else.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker_app.ports import Clock, Marks
from worktime.errors import FairhourError

LEASE_S = 3
"""Seconds, so that with the one after them there is a whole look every 4 (a full disk is told within 5)."""
LATE_US = 100_000
"""A second that comes later than this may have been slept through (``clock.SLEEP_S``), and is looked at."""
_US = 1_000_000


class Lease:
    """The seconds after ``since``, as many as there are ``marks``. ``age``: of the last input, in milliseconds."""

    def __init__(self, clock: Clock, since: int, age: Callable[[], int], marks: Marks) -> None:
        self.since = since
        self.seen: list[tuple[int, int]] = []
        """Of each second that passed: when it was noted (business us), and the age of the last input (ms)."""
        self._now_us = clock.now_us
        self._due_us = (since + 1) * _US
        self._age = age
        self._mark = marks.mark

    def second(self) -> bool:
        """Keep that one more second passed. False, and nothing is noted, where it is not just the next one."""
        now_us = self._now_us()
        if not 0 <= now_us - self._due_us < LATE_US:
            return False
        try:
            age_ms = self._age()
            if not self._mark():
                return False
        except (FairhourError, OSError):
            return False
        self._due_us += _US
        self.seen.append((now_us, age_ms))
        return True
