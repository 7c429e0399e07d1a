"""Which way leads to a picture here, found without asking the user anything: for ``fairhour doctor``.

Where a picture is silent (X11, Windows) one is taken and thrown away; on Wayland and macOS the system is asked for its
permission's state instead, because taking one could put a question on the screen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from capture.choose import is_wayland, open_source
from worktime.errors import FairhourError, Problem

if TYPE_CHECKING:
    from capture import portal

TIMEOUT_S = 5.0


def examine(*, env: Mapping[str, str] | None = None, system: str = sys.platform) -> tuple[str, Problem | None]:
    """Return the short name of what takes pictures here (``none``: nothing) and what is wrong with it.

    ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``.
    """
    env = os.environ if env is None else env
    source = open_source(env=env, system=system)
    try:
        if system not in ("win32", "darwin") and is_wayland(env):
            return _wayland(env)
        if system != "darwin" and source.problem is None:
            source.grab()
    except FairhourError as error:
        return source.name, error.problem
    return source.name, source.problem


def _wayland(env: Mapping[str, str]) -> tuple[str, Problem | None]:
    # What Wayland needs is loaded where it is in use.
    from capture import portal
    from capture.wayland import bus_address

    try:
        portal.check(bus_address(env), timeout_s=TIMEOUT_S)
    except portal.PortalMissingError as why:
        return _grim(env, why)
    except FairhourError as error:
        return "portal", error.problem
    return "portal", None


def _grim(env: Mapping[str, str], why: portal.PortalMissingError) -> tuple[str, Problem | None]:
    """Take a picture with it: it asks nobody, and serves some compositors only."""
    from capture import grim
    from capture.wayland import nothing_there

    program = grim.find(env)
    if program is None:
        return "none", nothing_there(why).problem
    try:
        grim.take(program, env, timeout_s=TIMEOUT_S)
    except FairhourError as error:
        return "grim", error.problem
    return "grim", None
