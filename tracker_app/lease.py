"""Some seconds in advance: while nothing but their passing is certain, each is one mark on the disk, reckoned later.

What a count needs of a second (the input's age) is noted; the machine's clocks, the counts and everything else are
looked at with the second after these. ``Recorder`` takes a lease, and reckons what was noted before anything else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from tracker_app.ports import Clock, Marks
from worktime.errors import FairhourError

LEASE_S = 9
"""Seconds, so that with the one after them there is a whole look every 10, as often as the tick record is forced to the
disk. Whether that is full is looked at by whoever counts the beats (``pace``)."""
LATE_NS = 100_000_000
"""A second that comes later than this may have been slept through (``clock.SLEEP_S``), and is looked at."""
_CLOSE_NS = 1_000_000
"""Two clocks that were read within this were read at the same time."""
_NS = 1_000_000_000


class Lease:
    """The seconds after ``since``, as many as there are ``marks``. ``age``: of the last input, in milliseconds.

    ``second()`` is for one thread, ``end()`` for any. It knows one clock of the machine's and no other: what a second
    needs is read again from memory that everything else has used since.
    """

    def __init__(self, clock: Clock, since: int, age: Callable[[], int], marks: Marks) -> None:
        self.now_ns = clock.all_ns
        before_ns = clock.all_ns()
        now_us = clock.now_us()
        self._zero_ns = clock.all_ns() - now_us * 1000
        self._over = now_us * 1000 + self._zero_ns - before_ns > _CLOSE_NS
        self.due_ns = (since + 1) * _NS + self._zero_ns
        """When the next second has passed, by ``now_ns``."""
        self._seen: list[tuple[int, int]] = []
        self._age = age
        self._mark = marks.mark
        self._left = marks.left
        self._lock = threading.Lock()

    def second(self) -> bool:
        """Keep that one more second passed. False, and nothing is noted, where it is not just the next one, and where
        nothing more is to be noted here."""
        with self._lock:
            now_ns = self.now_ns()
            if self._over or self._left == 0 or not 0 <= now_ns - self.due_ns < LATE_NS:
                return False
            try:
                age_ms = self._age()
                if not self._mark():
                    return False
            except (FairhourError, OSError):
                return False
            self.due_ns += _NS
            self._left -= 1
            self._seen.append(((now_ns - self._zero_ns) // 1000, age_ms))
            return True

    @property
    def age_ms(self) -> int | None:
        """The last input's age when it was noted last, None before; on any thread."""
        return self._seen[-1][1] if self._seen else None

    def end(self) -> list[tuple[int, int]]:
        """Note nothing more; returns of each second when it was noted (business us), and the last input's age (ms)."""
        with self._lock:
            self._over = True
            return self._seen
