"""X11: the MIT-SCREEN-SAVER extension's idle counter, through python-xlib.

Not through libX11 or libXss: they end the whole process when the X server dies. Input that a program injects (XTest)
resets the counter like real input; nothing can tell them apart.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from idle import problems
from worktime.errors import Problem

if TYPE_CHECKING:
    from Xlib.display import Display

EXTENSION = "MIT-SCREEN-SAVER"


class X11Idle:
    """The counter of one X display (``display`` as in $DISPLAY). Keeps one connection, opened at the first call."""

    name = "x11"
    problem: Problem | None = None

    def __init__(self, display: str) -> None:
        self._name = display
        self._display: Display | None = None
        self._lock = threading.Lock()

    def idle_ms(self) -> int:
        """Return milliseconds since the last input (50 us). Raises FairhourError; the next call connects anew."""
        with self._lock:
            try:
                if self._display is None:
                    self._display = _connect(self._name)
                return int(self._display.screen().root.screensaver_query_info().idle)
            except _errors() as error:
                self._drop()
                raise problems.failed(
                    "The X server {server} does not answer ({detail}).", server=self._name, detail=error
                ) from error

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        display, self._display = self._display, None
        if display is not None:
            try:
                display.close()
            except _errors():
                # The server is gone; there is nobody left to say goodbye to.
                return


def _connect(name: str) -> Display:
    from Xlib.display import Display

    display = Display(name)
    if not display.has_extension(EXTENSION):
        display.close()
        raise problems.unavailable(
            "The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none).",
            "Start Fairhour from within your desktop session.",
            server=name,
            extension=EXTENSION,
        )
    return display


def _errors() -> tuple[type[Exception], ...]:
    """What python-xlib raises: its own errors, those of sockets, and struct-like ones from a reply cut short."""
    from Xlib.error import ConnectionClosedError, DisplayError, XError

    return (ConnectionClosedError, DisplayError, XError, OSError, EOFError, ValueError)
