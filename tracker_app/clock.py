"""The tracker's one business clock, and what it notices about the machine's clocks.

Business time comes from the monotonic clock, sleep included, so a change of the wall clock moves no second. The wall
clock is read when the origin is made, and at each tick to notice a jump. The machine's clocks are in
``machine_clocks``, the arithmetic is in ``worktime.business_clock``, what follows from a jump or from sleep in
``worktime.tracking``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tracker_app.machine_clocks import MachineClocks, machine_clocks
from worktime.business_clock import ClockOrigin
from worktime.tracking_values import AHEAD_S

JUMP_S = 2.0
"""Real seconds by which wall and monotonic clock must move apart between two ticks to count as a jump."""
SLEEP_S = 0.1
"""Real seconds asleep that are noticed. Readings of one counter differ by less; shorter sleeps add up to it."""
_CLOSE_NS = 100_000_000
_TRIES = 5
_NS = 1_000_000_000


class TrackerClock:
    """Business seconds for one process. ``given``: the origin that a sample mode handed to both programs.

    Without one the origin is the wall clock at the first ``anchor()``, and the rate is 1.
    """

    def __init__(
        self,
        given: ClockOrigin | None = None,
        *,
        monotonic_ns: Callable[[], int] | None = None,
        wall_ns: Callable[[], int] | None = None,
        boot_ns: Callable[[], int] | None = None,
    ) -> None:
        self._given = given is not None
        # A clock that two programs share must read the same in both, so it knows no sleep.
        machine = MachineClocks(time.monotonic_ns, time.monotonic_ns) if self._given else machine_clocks()
        self._awake_ns = monotonic_ns or machine.awake_ns
        self._boot_ns = self._awake_ns if self._given else boot_ns or machine.boot_ns
        self._wall_ns = wall_ns or machine.wall_ns
        self._slept = 0
        self._slept_told = 0
        self._boot_ahead = min(self._boot_ahead_at_most() for _ in range(_TRIES))
        self._origin = given or ClockOrigin(self._wall_ns() // 1000, self.reading())
        self._tick_s = self._origin.tick_s
        self._apart_before = self._apart_ns()
        self.off_the_wall = False

    @property
    def rate(self) -> int:
        """Business seconds in a real one."""
        return self._origin.rate

    @property
    def tick_s(self) -> int:
        """Business seconds between ticks."""
        return self._tick_s

    @property
    def all_ns(self) -> Callable[[], int]:
        """What tells nanoseconds that pass, those asleep included, and has no meaning by itself."""
        return self._boot_ns

    def reading(self) -> int:
        """Nanoseconds of the monotonic clock, the time that the machine slept since the start included."""
        return self._awake_ns() if self._given else self._slept_ns() + self._awake_ns()

    def now_us(self) -> int:
        """Business microseconds since the epoch."""
        return self._origin.us_at(self.reading())

    def second(self) -> int:
        """The whole business second, rounded down."""
        return self._origin.us_at(self.reading()) // 1_000_000

    def tick_second(self) -> int:
        """The newest second of the grid on which ticks are made."""
        second = self._origin.us_at(self.reading()) // 1_000_000
        return second - second % self._tick_s

    def on_grid(self, second: int) -> int:
        """Round a second down to the grid of ticks."""
        return second - second % self._tick_s

    def real_s_to_tick(self) -> float:
        """Real seconds until the next second of the grid on which ticks are made."""
        tick_us = self._tick_s * 1_000_000
        return (tick_us - self._origin.us_at(self.reading()) % tick_us) / (self._origin.rate * 1_000_000)

    def real_s_until(self, second: int) -> float:
        """Real seconds until business time reaches ``second``; negative when it has passed."""
        return (self._origin.mono_ns_of(second) - self.reading()) / _NS

    def anchor(self, not_before: int) -> None:
        """Set the clock by the wall clock again, while nothing is recorded; never before what was recorded last.

        A record far ahead comes from a clock that was wrong, and is no reason to be wrong again. A given origin stays.
        ``off_the_wall`` tells afterwards whether the clock had to be set ahead of the wall clock by more than a moment.
        """
        if self._given:
            return
        wall_us = self._wall_ns() // 1000
        ahead_us = not_before * 1_000_000 - wall_us
        if not 0 < ahead_us <= AHEAD_S * 1_000_000:
            ahead_us = 0
        self.off_the_wall = ahead_us > JUMP_S * 1_000_000
        self._origin = ClockOrigin(wall_us + ahead_us, self.reading())

    def slept(self) -> bool:
        """Tell whether the machine slept since the last call that told so."""
        if self._given:
            return False
        slept = self._slept_ns()
        if slept - self._slept_told <= SLEEP_S * _NS:
            return False
        self._slept_told = slept
        return True

    def jumped(self) -> bool:
        """Tell whether the wall clock was changed since the last call; a clock that was given can't tell."""
        if self._given:
            return False
        before, apart = self._apart_before, self._apart_ns()
        if apart is None:
            return False
        self._apart_before = apart
        return before is not None and abs(apart - before) > JUMP_S * _NS

    def _apart_ns(self) -> int | None:
        """Wall time less the reading. None: each time this process was held up between the two for too long."""
        for _ in range(_TRIES):
            before = self.reading()
            apart = self._wall_ns() - before
            if self.reading() - before <= _CLOSE_NS:
                return apart
        return None

    def _boot_ahead_at_most(self) -> int:
        awake = self._awake_ns()
        return self._boot_ns() - awake

    def _slept_ns(self) -> int:
        """Nanoseconds asleep since the start; never less than before.

        The later clock is read first here, and last at the start: whatever holds this process up between two readings
        makes sleep look shorter for this once, never longer, so a busy machine puts no second on the record.
        """
        boot = self._boot_ns()
        self._slept = max(self._slept, boot - self._awake_ns() - self._boot_ahead)
        return self._slept
