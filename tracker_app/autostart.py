"""Starting at login: the port, and which system's way this is. Each system's own is in a file beside this one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tracker_app.settings import data_folder
from worktime.errors import FairhourError, failure


class Autostart(Protocol):
    """What this system does at login. It is asked each time: users change it with the system's own programs, too."""

    def is_on(self) -> bool:
        """Tell whether Fairhour starts at the next login."""

    def switch(self, *, on: bool) -> None:
        """Have it start, or not. Raises FairhourError."""


def open_autostart(home: Path, *, environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Autostart:
    """Return this system's way for the Fairhour of ``home``. Raises FairhourError when no login can start that.

    ``system`` is a ``sys.platform``.
    """
    if home.resolve() != data_folder({}).resolve():
        # No login sets FAIRHOUR_HOME: it would begin to record into another folder.
        raise failure(
            "autostart_home",
            "Not this Fairhour",
            "It was started with FAIRHOUR_HOME; at login it would work in another folder.",
            "Start Fairhour without that variable, or have a script of yours start it.",
        )
    if system == "win32":
        from tracker_app.autostart_windows import WindowsAutostart, open_registry

        return WindowsAutostart(command(), open_registry())
    if system == "darwin":
        from tracker_app.autostart_macos import MacAutostart

        return MacAutostart(command(), Path.home() / "Library/LaunchAgents")
    from tracker_app.autostart_xdg import XdgAutostart

    config = environ.get("XDG_CONFIG_HOME", "")
    # "All paths set in these variables must be absolute"; others are to be ignored (XDG Base Directory).
    return XdgAutostart(command(), Path(config if config.startswith("/") else Path.home() / ".config") / "autostart")


def command() -> list[str]:
    """Return what starts this Fairhour as an icon, without its window."""
    # -P: a login starts it in the home folder, and what lies there is no part of it.
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "tracker_app"]
    return [*program, "--hidden"]


def unwritable(what: object, detail: object) -> FairhourError:
    """Return the error for a system that did not take the wish."""
    return failure(
        "autostart_unwritable",
        "Start at login could not be changed",
        "{what} can't be written ({detail}).",
        "Check that it belongs to you, and try again.",
        what=what,
        detail=detail,
    )
