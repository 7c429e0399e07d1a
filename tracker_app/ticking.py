"""When the next tick is: at each second of the clock's grid, on Qt's thread. What a tick does is decided elsewhere."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from tracker_app.clock import TrackerClock

log = logging.getLogger(__name__)

_PERIOD_MS, _LATE_MS = 1000, 15


class Ticking:
    """Calls ``tick`` from ``begin()`` to ``stop()``; one that fails is logged, and ends no other."""

    def __init__(self, parent: QObject, clock: TrackerClock, tick: Callable[[], None]) -> None:
        self._clock = clock
        self._tick = tick
        self._over = False
        self._timer = QTimer(parent, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.begin)

    def begin(self) -> None:
        """Tick now, and then each second."""
        try:
            self._tick()
        except Exception:  # top of the loop: one bad tick must not end all others
            log.exception("a tick failed")
        finally:
            if not self._over:
                self._wait()

    def stop(self) -> None:
        """No tick any more."""
        self._over = True
        self._timer.stop()

    def _wait(self) -> None:
        """Go on at the next second. A timer that comes to it by itself is left alone: setting one costs half a tick."""
        wait_ms = max(1, math.ceil(self._clock.real_s_to_tick() * 1000))
        if self._timer.interval() != _PERIOD_MS or not _PERIOD_MS - _LATE_MS < wait_ms <= _PERIOD_MS:
            self._timer.start(wait_ms)
