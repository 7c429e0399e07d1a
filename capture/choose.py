"""Which display system this is, decided when the program runs."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping

from capture import problems
from capture.null import NullSource
from capture.port import ScreenSource


def is_wayland(env: Mapping[str, str]) -> bool:
    """Whether the desktop is Wayland, where an X grab would be black and claim success (also with a DISPLAY set)."""
    return bool(env.get("WAYLAND_DISPLAY")) or env.get("XDG_SESSION_TYPE", "").lower() == "wayland"


def open_source(
    *,
    env: Mapping[str, str] | None = None,
    system: str = sys.platform,
    count_monitors: Callable[[], int] = lambda: 1,
) -> ScreenSource:
    """Return the source of this machine; one whose ``problem`` says why when there is none. Opens nothing yet.

    ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``. ``count_monitors`` is asked where
    the system hands out a finished picture without telling how many monitors are in it (Wayland).
    """
    env = os.environ if env is None else env
    if system == "win32":
        from capture.windows import WindowsSource

        return WindowsSource()
    if system == "darwin":
        from capture.macos import MacSource

        return MacSource()
    if is_wayland(env):
        from capture.wayland import WaylandSource

        return WaylandSource(env, count_monitors=count_monitors)
    if env.get("DISPLAY"):
        from capture.x11 import X11Source

        return X11Source(env["DISPLAY"])
    return NullSource(
        problems.unavailable(
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Start Fairhour from within your desktop session.",
        ).problem
    )


def warm_up() -> None:
    """Load what the first grab needs, so that its moment is not late. Thread-safe. Raises ImportError.

    The encoder is not among it: it is loaded in a process of its own (``darkroom``).
    """
    for part in ("redaction", "darkroom"):
        importlib.import_module(f"capture.{part}")
    if not is_wayland(os.environ):
        from capture.mss_grab import rehearse

        rehearse()
