"""Which windows are on the screen, and what is in front of what: one small port, one file for each system behind it.

Only for hiding: what is listed is compared with the freelancer's rules and forgotten; it is never kept, shown to a
client or written to a log.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from capture import problems
from capture.choose import is_wayland
from capture.rects import Rect
from worktime.errors import Problem


@dataclass(frozen=True)
class Window:
    """A window that can be seen, or could be if nothing lay on it. ``rect`` in desktop pixels, its frame included.

    ``opaque`` is the part through which nothing shines; None where that is not known. ``owner`` is the window that
    this one belongs to (a dialog's, a menu's), 0 for none.
    """

    id: int
    rect: Rect
    program: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    opaque: Rect | None = None
    owner: int = 0


class WindowList(Protocol):
    """One display system. Calls block and come from one worker thread at a time."""

    @property
    def name(self) -> str:
        """Short name for logs and ``fairhour doctor``."""
        ...

    @property
    def problem(self) -> Problem | None:
        """Why windows can't be listed here at all."""
        ...

    def windows(self) -> tuple[Window, ...]:
        """Return the windows, the one at the back first. Raises FairhourError (code ``hiding_windows``)."""
        ...


def open_windows(*, env: Mapping[str, str] | None = None, system: str = sys.platform) -> WindowList:
    """Return this machine's lister; one whose ``problem`` says why when windows can't be listed. Opens nothing yet."""
    from capture.listing_null import NoWindows

    env = os.environ if env is None else env
    if system == "win32":
        from capture.listing_windows import Win32Windows

        return Win32Windows()
    if system == "darwin":
        from capture.listing_macos import MacWindows

        return MacWindows()
    if is_wayland(env):
        return NoWindows(problems.windows_unknown("Wayland does not tell programs which windows are open.").problem)
    if env.get("DISPLAY"):
        from capture.listing_x11 import X11Windows

        return X11Windows(env["DISPLAY"])
    return NoWindows(problems.windows_unknown("There is no display.").problem)
