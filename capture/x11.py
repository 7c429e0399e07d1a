"""X11: the root window of the display through mss (xcb with shared memory)."""

from __future__ import annotations

from capture.mss_grab import grab_all
from capture.port import RawPicture
from worktime.errors import Problem


class X11Source:
    """All monitors of one X display; ``display`` as in $DISPLAY, for example ``:0``."""

    name = "x11"
    problem: Problem | None = None

    def __init__(self, display: str) -> None:
        self._display = display

    def grab(self) -> RawPicture:
        """Return all monitors in one picture. Raises FairhourError, also after the X server has died."""
        return grab_all(display=self._display)
