"""Wayland: the desktop portal, else grim. Never mss, Qt or Pillow: they see a black Xwayland and report success."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from capture import grim, portal, problems
from capture.files import raw_picture, take_away
from capture.port import RawPicture
from worktime.errors import FairhourError, Problem

TIMEOUT_S = 15.0
"""Longest wait for the compositor, its question to the user included."""


class WaylandSource:
    """All outputs of the compositor named by ``env``. The system does not tell how many: ``count_monitors`` does."""

    name = "wayland"
    problem: Problem | None = None

    def __init__(
        self, env: Mapping[str, str], *, count_monitors: Callable[[], int], timeout_s: float = TIMEOUT_S
    ) -> None:
        self._env = env
        self._count_monitors = count_monitors
        self._timeout_s = timeout_s

    def grab(self) -> RawPicture:
        """Return all outputs in one picture. Raises FairhourError; waits ``timeout_s`` at most for each way."""
        try:
            path = portal.take_file(bus_address(self._env), timeout_s=self._timeout_s)
        except portal.PortalMissingError as why:
            return self._by_grim(why)
        grabbed_ns = time.monotonic_ns()
        return raw_picture([take_away(path)], monitors=self._count_monitors(), grabbed_ns=grabbed_ns)

    def _by_grim(self, why: portal.PortalMissingError) -> RawPicture:
        program = grim.find(self._env)
        if program is None:
            raise nothing_there(why) from why
        data = grim.take(program, self._env, timeout_s=self._timeout_s)
        return raw_picture([data], monitors=self._count_monitors())


def nothing_there(why: portal.PortalMissingError) -> FairhourError:
    """Return the error for a desktop with neither a portal nor grim."""
    return problems.unavailable(
        "This Wayland desktop offers no way to take a picture ({detail}), and grim is not installed.",
        "Install xdg-desktop-portal with the back end of your desktop (-gnome, -kde or -wlr); on sway, grim.",
        detail=why,
    )


def bus_address(env: Mapping[str, str]) -> str:
    """Return the address of the session bus; without one in ``env``, where systemd puts it."""
    return env.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={env.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"
