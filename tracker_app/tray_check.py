"""Asks the desktop for a place for the tray icon, in a process of its own: Qt ends the one that finds no display.

``python -m tracker_app.tray_check`` prints the name of what shows icons, or ``none``.
"""

from __future__ import annotations

import subprocess
import sys

from worktime.errors import Problem, make_problem

TIMEOUT_S = 15.0
_WATCHER = "org.kde.StatusNotifierWatcher"


def examine_tray(*, timeout_s: float = TIMEOUT_S) -> tuple[str, Problem | None]:
    """Return what shows the icon on this process's desktop (``none``: nothing), and what is wrong."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tracker_app.tray_check"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "none", _unknown(type(error).__name__)
    said = done.stdout.strip()
    if done.returncode != 0 or not said:
        return "none", _unknown((done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[0])
    if said == "none":
        return "none", make_problem(
            "no_tray",
            "No place for the icon",
            "This desktop shows no tray icons, so Fairhour is its window alone.",
            "Switch on or install what shows tray icons on your desktop, or keep Fairhour's window open.",
        )
    return said, None


def _unknown(detail: str) -> Problem:
    return make_problem(
        "no_tray",
        "No place for the icon",
        "Qt could not open a display ({detail}).",
        "Start Fairhour from within your desktop session.",
        detail=detail,
    )


def main() -> int:
    """Print the name."""
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QApplication

    from ui.tray import tray_available

    app = QApplication([])
    name = "none"
    if tray_available():
        names = QDBusConnection.sessionBus().interface() if sys.platform.startswith("linux") else None
        by_bus = names is not None and names.isServiceRegistered(_WATCHER).value()
        name = "StatusNotifierItem" if by_bus else ("XEmbed" if app.platformName() == "xcb" else app.platformName())
    print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
