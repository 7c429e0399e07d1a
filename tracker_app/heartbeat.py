"""Seconds in which nothing happens, counted on a thread without Qt: a turn of Qt's loop costs as much as the count.

What a beat does, and when there is more to do, is decided elsewhere.
"""

from __future__ import annotations

import logging
import queue
import select
import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)

_NS = 1_000_000_000


class Grid(Protocol):
    """``tracker_app.clock.TrackerClock``."""

    def real_s_to_tick(self) -> float: ...


class Ahead(Protocol):
    """Seconds that may pass without a beat; ``tracker_app.lease.Lease``."""

    due_ns: int
    now_ns: Callable[[], int]

    def second(self) -> bool: ...


def rester(system: str = sys.platform) -> Callable[[float], object]:
    """Return what waits for real seconds, at most a millisecond or two more; for one thread at a time.

    On Linux poll(2) without descriptors: the kernel may put that wake-up off, by a thousandth of the time, to when
    something else wakes the processor; not so nanosleep(2). It takes a fifth less of a second's CPU (decision 25).
    """
    if not system.startswith("linux"):
        return time.sleep
    poll = select.poll().poll
    return lambda real_s: poll(real_s * 1000)


class Heartbeat:
    """Calls ``beat`` at each second of the clock's grid from ``take_over()`` on, but for those that ``ahead`` has.

    It ends with ``hand_back()``, with a beat that returns False or fails, or with a second at which something
    ``stirs``; then ``wanted`` is called, on the thread.
    """

    def __init__(
        self,
        clock: Grid,
        beat: Callable[[], bool],
        wanted: Callable[[], None],
        *,
        ahead: Callable[[], Ahead | None] = lambda: None,
        stirs: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock = clock
        self._beat = beat
        self._wanted = wanted
        self._ahead = ahead
        self._stirs = stirs
        self._bell: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._beating = threading.Lock()
        self._rest = rester()
        self._on = False
        self._thread: threading.Thread | None = None

    @property
    def on(self) -> bool:
        """Whether the seconds are counted here."""
        return self._on and self._thread is not None and self._thread.is_alive()

    def take_over(self) -> bool:
        """Count from the next second on. False where the system gives no thread."""
        if self._thread is None or not self._thread.is_alive():
            thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                log.warning("seconds are counted on the windows' thread: %s", error)
                return False
            self._thread = thread
        self._on = True
        self._bell.put(True)
        return True

    def hand_back(self) -> None:
        """Count no more; one beat may be under way still.

        Nobody is waited for: who calls this may hold what that beat waits for (the recorder, which tells what it did).
        """
        self._on = False

    def close(self) -> None:
        """End the thread: no beat comes after this. Waits for one under way, so not for who holds what it needs."""
        self._on = False
        with self._beating:
            self._bell.put(False)

    def _run(self) -> None:
        while self._on or self._bell.get():  # nothing wakes it while Qt's thread counts
            if self._on:
                try:
                    quiet = self._wait() and self._go_on()
                except Exception:  # top of the thread: the tick on Qt's thread tries the same, and goes on
                    log.exception("a beat failed")
                    quiet = False
                if not quiet:
                    self._on = False
                    self._wanted()

    def _wait(self) -> bool:
        """Wait for the next beat; tells whether nothing stirs."""
        # By no wait that can be cut short: that takes twice the CPU. Whoever hands back waits for nothing.
        ahead = self._ahead()
        if ahead is None:
            self._rest(max(0.0, self._clock.real_s_to_tick()))
            return True
        while self._on:
            while (wait_ns := ahead.due_ns - ahead.now_ns()) > 0:
                self._rest(wait_ns / _NS)
            with self._beating:
                if not (self._on and ahead.second()):
                    return True
                if self._stirs():
                    return False
        return True

    def _go_on(self) -> bool:
        with self._beating:
            return not self._on or self._beat()
