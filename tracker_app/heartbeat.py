"""Seconds in which nothing happens, counted on a thread without Qt: a turn of Qt's loop costs as much as the count.

What a beat does, and when there is more to do, is decided elsewhere.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)


class Grid(Protocol):
    """``tracker_app.clock.TrackerClock``."""

    def real_s_to_tick(self) -> float: ...


class Heartbeat:
    """Calls ``beat`` at each second of the clock's grid from ``take_over()`` on.

    It ends with ``hand_back()``, or with a beat that returns False or fails; then ``wanted`` is called, on the thread.
    """

    def __init__(self, clock: Grid, beat: Callable[[], bool], wanted: Callable[[], None]) -> None:
        self._clock = clock
        self._beat = beat
        self._wanted = wanted
        self._bell: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._beating = threading.Lock()
        self._on = False
        self._thread: threading.Thread | None = None

    @property
    def on(self) -> bool:
        """Whether the seconds are counted here."""
        return self._on

    def take_over(self) -> None:
        """Count from the next second on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
            self._thread.start()
        self._on = True
        self._bell.put(True)

    def hand_back(self) -> None:
        """Count no more. Waits for a beat under way."""
        with self._beating:
            self._on = False

    def close(self) -> None:
        """End the thread: no beat comes after this."""
        self.hand_back()
        self._bell.put(False)

    def _run(self) -> None:
        while self._on or self._bell.get():  # nothing wakes it while Qt's thread counts
            if self._on:
                # Not a wait that can be cut short: that takes twice the CPU. Whoever hands back waits for nothing.
                time.sleep(max(0.0, self._clock.real_s_to_tick()))
                if not self._go_on():
                    self._wanted()

    def _go_on(self) -> bool:
        with self._beating:
            if not self._on:
                return True
            try:
                self._on = self._beat()
            except Exception:  # top of the thread: the tick on Qt's thread tries the same, and goes on
                log.exception("a beat failed")
                self._on = False
            return self._on
