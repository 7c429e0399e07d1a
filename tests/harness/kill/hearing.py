"""The harness's end of a victim's pipe: whole lines, as they come, until the victim is dead."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable, Iterator


class Ear:
    """Reads a pipe that the victim writes. What was cut short by the kill was not said."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        self._hear = hear
        self._rest = b""
        self._reading, self.writing = os.pipe()

    def listen(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Listen so long, or until something has become true; tells whether it has."""
        end = time.monotonic() + seconds
        while not until():
            left = end - time.monotonic()
            if left <= 0:
                return False
            if not self._take(left):
                time.sleep(left)  # everything that could have spoken has ended
                return until()
        return True

    def let_go(self) -> None:
        """Close the victim's end here: from now on it alone keeps the pipe open."""
        if self.writing >= 0:
            os.close(self.writing)
            self.writing = -1

    def close(self) -> None:
        """Hear what is left, after the victim's end."""
        self.let_go()
        while self._take(60.0):
            pass
        os.close(self._reading)

    def _take(self, timeout_s: float) -> bool:
        readable, _, _ = select.select([self._reading], [], [], timeout_s)
        if not readable:
            return True
        block = os.read(self._reading, 65_536)
        *lines, self._rest = (self._rest + block).split(b"\n")
        for line in lines:
            self._hear(line.decode())
        return bool(block)


@contextlib.contextmanager
def listening(hear: Callable[[str], None]) -> Iterator[Ear]:
    """An ear for one victim; at the end, when the victim is dead, all that it said has been heard."""
    ear = Ear(hear)
    try:
        yield ear
    finally:
        ear.close()
