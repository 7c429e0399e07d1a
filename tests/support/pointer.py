"""A real input generator for X11: moves the pointer through the XTEST extension, as a hand on a mouse would."""

from __future__ import annotations

from types import TracebackType

from Xlib import X, display
from Xlib.ext import xtest


class Pointer:
    """One open connection, so that an event is in the server within a millisecond of ``nudge()``."""

    def __init__(self, display_name: str | None = None) -> None:
        self._display = display.Display(display_name)
        self._step = 0

    def nudge(self) -> None:
        """Move the pointer by a pixel, and wait until the server has done so."""
        self._step ^= 1
        xtest.fake_input(self._display, X.MotionNotify, x=960 + self._step, y=400)
        self._display.sync()

    def close(self) -> None:
        """Close the connection."""
        self._display.close()

    def __enter__(self) -> Pointer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
