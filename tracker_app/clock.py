"""The tracker's one business clock, and what it notices about the machine's clocks.

Business time comes from the monotonic clock, sleep included, so a change of the wall clock moves no second. The wall
clock is read when the origin is made, and at each tick to notice a jump. Here clocks are read; their arithmetic is in
``worktime.business_clock``, what follows from a jump or from sleep in ``worktime.tracking``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from worktime.business_clock import ClockOrigin
from worktime.tracking_values import AHEAD_S

JUMP_S = 2.0
"""Real seconds by which wall and monotonic clock must move apart between two ticks to count as a jump."""
SLEEP_S = 1.0
_NOISE_NS = 10_000_000
_NS = 1_000_000_000

_boot = getattr(time, "CLOCK_BOOTTIME", None)


def boot_time_ns() -> int:
    """Read the clock that goes on while the machine sleeps (Linux: the monotonic one stands still meanwhile)."""
    return time.monotonic_ns() if _boot is None else time.clock_gettime_ns(_boot)


class TrackerClock:
    """Business seconds for one process. ``given``: the origin that a sample mode handed to both programs.

    Without one the origin is the wall clock at the first ``anchor()``, and the rate is 1.
    """

    def __init__(
        self,
        given: ClockOrigin | None = None,
        *,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
        wall_ns: Callable[[], int] = time.time_ns,
        boot_ns: Callable[[], int] = boot_time_ns,
    ) -> None:
        self._monotonic_ns = monotonic_ns
        self._wall_ns = wall_ns
        self._given = given is not None
        # A clock that two programs share must read the same in both, so it knows no sleep.
        self._boot_ns = monotonic_ns if self._given else boot_ns
        self._awake_offset = self._boot_ns() - monotonic_ns()
        self._origin = given or ClockOrigin(wall_ns() // 1000, self.reading())
        self._slept_before = self._slept_ns()
        self._apart_before = wall_ns() - self.reading()

    @property
    def rate(self) -> int:
        """Business seconds in a real one."""
        return self._origin.rate

    @property
    def tick_s(self) -> int:
        """Business seconds between ticks."""
        return self._origin.tick_s

    def reading(self) -> int:
        """Nanoseconds of the monotonic clock, the time that the machine slept since the start included."""
        return self._monotonic_ns() + self._slept_ns()

    def now_us(self) -> int:
        """Business microseconds since the epoch."""
        return self._origin.us_at(self.reading())

    def second(self) -> int:
        """The whole business second, rounded down."""
        return self._origin.second_at(self.reading())

    def tick_second(self) -> int:
        """The newest second of the grid on which ticks are made."""
        return self.on_grid(self.second())

    def on_grid(self, second: int) -> int:
        """Round a second down to the grid of ticks."""
        return second - second % self.tick_s

    def real_s_until(self, second: int) -> float:
        """Real seconds until business time reaches ``second``; negative when it has passed."""
        return (self._origin.mono_ns_of(second) - self.reading()) / _NS

    def anchor(self, not_before: int) -> None:
        """Set the clock by the wall clock again, while nothing is recorded; never before what was recorded last.

        A record far ahead comes from a clock that was wrong, and is no reason to be wrong again. A given origin stays.
        """
        if self._given:
            return
        wall_us = self._wall_ns() // 1000
        ahead_us = not_before * 1_000_000 - wall_us
        if 0 < ahead_us <= AHEAD_S * 1_000_000:
            wall_us += ahead_us
        self._origin = ClockOrigin(wall_us, self.reading())

    def slept(self) -> bool:
        """Tell whether the machine slept since the last call."""
        before, self._slept_before = self._slept_before, self._slept_ns()
        return self._slept_before - before > SLEEP_S * _NS

    def jumped(self) -> bool:
        """Tell whether the wall clock was changed since the last call; a clock that was given can't tell."""
        before, self._apart_before = self._apart_before, self._wall_ns() - self.reading()
        return not self._given and abs(self._apart_before - before) > JUMP_S * _NS

    def _slept_ns(self) -> int:
        slept = self._boot_ns() - self._monotonic_ns() - self._awake_offset
        # The two clocks are read one after the other: what lies between is no sleep.
        return slept if slept > _NOISE_NS else 0
