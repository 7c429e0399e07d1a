"""When the next tick is, and on which thread: at each second of the clock's grid.

On Qt's thread while somebody looks or something happens; else the seconds are only counted (``heartbeat``), or nobody
needs them, and Qt's thread is asked now and then, or when there is more to do. What each does is decided elsewhere.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tracker_app.clock import TrackerClock
from tracker_app.heartbeat import Ahead, Heartbeat

log = logging.getLogger(__name__)

_PERIOD_MS, _LATE_MS = 1000, 15


class Rest(NamedTuple):
    """For how many real seconds no tick is needed if nothing happens; ``counts``: but beats are."""

    real_s: float
    counts: bool = True


class Ticking(QObject):
    """Calls ``tick`` from ``begin()`` to ``stop()``; one that fails is logged, and ends no other.

    After a tick that returned a rest in which seconds count, ``beat`` is called on a thread instead, for that long or
    until it returns False; then comes the next tick. Seconds that ``ahead`` has need no beat until something ``stirs``.
    """

    _wanted = Signal()

    def __init__(
        self,
        parent: QObject,
        clock: TrackerClock,
        tick: Callable[[], Rest | None],
        beat: Callable[[], bool],
        *,
        ahead: Callable[[], Ahead | None] = lambda: None,
        stirs: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tick = tick
        self._over = self._rests = False
        self._heart = Heartbeat(clock, beat, self._wanted.emit, ahead=ahead, stirs=stirs)
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.begin)
        self._wanted.connect(self.begin, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Tick now, and then each second."""
        if self._over:
            return
        rest = None
        try:
            rest = self._tick()
        except Exception:  # top of the loop: one bad tick must not end all others
            log.exception("a tick failed")
        finally:
            if not self._over:
                self._wait(rest)

    def soon(self) -> None:
        """Tick at the next second: something happened, or somebody looks."""
        if (self._heart.on or self._rests) and not self._over:
            self._wait(None)

    def stop(self) -> None:
        """No tick and no beat any more."""
        self._over = True
        self._timer.stop()
        self._heart.close()

    def _wait(self, rest: Rest | None) -> None:
        self._rests = rest is not None and not rest.counts
        if rest is not None and (self._rests or self._heart.on or self._heart.take_over()):
            if self._rests:
                self._heart.hand_back()
            self._timer.start(max(1, round(rest.real_s * 1000)))
            return
        self._heart.hand_back()
        # A timer that comes to the next second by itself is left alone: setting one costs half a tick.
        wait_ms = max(1, math.ceil(self._clock.real_s_to_tick() * 1000))
        if self._timer.interval() != _PERIOD_MS or not _PERIOD_MS - _LATE_MS < wait_ms <= _PERIOD_MS:
            self._timer.start(wait_ms)
