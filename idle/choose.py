"""Which system this is, decided when the program runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from idle import problems
from idle.null import NullIdle
from idle.port import IdleSource


def is_wayland(env: Mapping[str, str]) -> bool:
    """Whether the desktop is Wayland, where an X server (Xwayland) sees only part of the input."""
    return bool(env.get("WAYLAND_DISPLAY")) or env.get("XDG_SESSION_TYPE", "").lower() == "wayland"


def open_source(*, env: Mapping[str, str] | None = None, system: str = sys.platform) -> IdleSource:
    """Return the idle source of this machine; one whose ``problem`` says why when there is none. Opens nothing yet.

    ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``.
    """
    env = os.environ if env is None else env
    if system == "win32":
        from idle.windows import WindowsIdle

        return WindowsIdle()
    if system == "darwin":
        from idle.macos import MacIdle

        return MacIdle()
    if is_wayland(env):
        from idle.wayland import WaylandIdle

        return WaylandIdle(env)
    if env.get("DISPLAY"):
        from idle.x11 import X11Idle

        return X11Idle(env["DISPLAY"])
    return NullIdle(
        problems.unavailable(
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Start Fairhour from within your desktop session.",
        ).problem
    )
