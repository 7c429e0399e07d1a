"""The command that installs what ``fairhour doctor`` found missing, as it is typed on this system.

Names of packages are those of Debian, which Fedora, Arch and openSUSE share where they stand here.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

from worktime.errors import Problem

MANAGERS = {
    "apt-get": "sudo apt install",
    "dnf": "sudo dnf install",
    "pacman": "sudo pacman -S",
    "zypper": "sudo zypper install",
}

# By a word of XDG_CURRENT_DESKTOP; the portal's own back end for each desktop.
PORTALS = {
    "gnome": "xdg-desktop-portal-gnome",
    "kde": "xdg-desktop-portal-kde",
    "hyprland": "xdg-desktop-portal-hyprland",
}
LOGIND = "libpam-systemd"
TRAYS = {"gnome": "gnome-shell-extension-appindicator", "sway": "waybar", "hyprland": "waybar"}


def install_command(part: str, problem: Problem, env: Mapping[str, str], system: str) -> str | None:
    """Return one line to type, or None when nothing that can be installed would help."""
    if part == "counts":
        return _counts(problem, env)
    if not system.startswith("linux"):
        return None
    manager = next((name for name in MANAGERS if shutil.which(name, path=env.get("PATH"))), None)
    package = _package(part, problem, env)
    # The others come with systemd, or have it under another name.
    if manager is None or package is None or (package == LOGIND and manager != "apt-get"):
        return None
    return f"{MANAGERS[manager]} {package}"


def _package(part: str, problem: Problem, env: Mapping[str, str]) -> str | None:
    desktop = env.get("XDG_CURRENT_DESKTOP", "").lower()

    def fitting(known: Mapping[str, str], otherwise: str) -> str:
        return next((package for word, package in known.items() if word in desktop), otherwise)

    displayed = bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))
    if part == "screen" and problem.code == "capture_unavailable" and env.get("WAYLAND_DISPLAY"):
        return fitting(PORTALS, "grim")
    if part == "session" and "logind" in problem.message:
        return LOGIND
    if part == "keyring":
        return fitting({"kde": "kwalletmanager"}, "gnome-keyring")
    if part == "tray" and displayed:
        return fitting(TRAYS, "waybar" if env.get("WAYLAND_DISPLAY") else "trayer")
    return None


def _counts(problem: Problem, env: Mapping[str, str]) -> str | None:
    """pynput without what it asks for: evdev has no wheel, and is not used."""
    if "pynput" not in problem.message or not (env.get("DISPLAY") or not sys.platform.startswith("linux")):
        return None
    return f"{sys.executable} -m pip install --no-deps pynput six"
