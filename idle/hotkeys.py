"""Keys that work in every program: the port, and which system's way this is.

The system tells of the chosen keys alone; no other key is ever seen here, so nothing watches what is typed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from idle.choose import is_wayland
from worktime.errors import FairhourError, Problem, failure

Pressed = Callable[[str], None]
"""Called with the name of what the keys are for, on a thread of its own."""


class Hotkeys(Protocol):
    """One system's way."""

    @property
    def problem(self) -> Problem | None:
        """Why there can be no such keys here, None when there can."""
        ...

    def use(self, keys: Mapping[str, str]) -> dict[str, Problem]:
        """Take these keys ("Ctrl+Alt+R" by name) instead of those of before; returns which could not be had."""
        ...

    def close(self) -> None:
        """Give them back. May be called twice."""
        ...


class NoHotkeys:
    """A system that gives no keys away."""

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem

    def use(self, keys: Mapping[str, str]) -> dict[str, Problem]:
        """Take none."""
        return {}

    def close(self) -> None:
        """Do nothing."""


def open_hotkeys(pressed: Pressed, *, env: Mapping[str, str] | None = None, system: str = sys.platform) -> Hotkeys:
    """Return this system's way; one whose ``problem`` says why when there is none. Takes no keys yet."""
    env = os.environ if env is None else env
    if system == "win32":
        from idle.hotkeys_windows import WindowsHotkeys

        return WindowsHotkeys(pressed)
    if system == "darwin":
        return NoHotkeys(unavailable("On macOS Fairhour takes no keys for itself yet.").problem)
    if is_wayland(env):
        return NoHotkeys(unavailable("Wayland lets no program take keys that work in every program.").problem)
    if env.get("DISPLAY"):
        from idle.hotkeys_x11 import X11Hotkeys

        return X11Hotkeys(env["DISPLAY"], pressed)
    return NoHotkeys(unavailable("There is no display.").problem)


def split(keys: str) -> tuple[frozenset[str], str]:
    """Return the modifiers (Ctrl, Alt, Shift, Meta) and the key of "Ctrl+Alt+R"."""
    *modifiers, key = keys.split("+")
    return frozenset(modifiers), key


def unavailable(message: str) -> FairhourError:
    """Return the error for a system that gives no keys away."""
    return failure(
        "hotkeys_unavailable",
        "Keys for every program are not possible here",
        message,
        "Have the keyboard settings of your desktop run a command: fairhour toggle, or fairhour private.",
    )


def taken(keys: str) -> Problem:
    """Return the problem of keys that somebody else has."""
    return failure(
        "hotkeys_taken",
        "These keys are taken",
        "{keys} belong to another program or to the desktop.",
        "Choose others.",
        keys=keys,
    ).problem


def unknown(keys: str) -> Problem:
    """Return the problem of keys that this keyboard does not have."""
    return failure(
        "hotkeys_unknown",
        "No such keys",
        "This keyboard has no {keys}.",
        "Choose others.",
        keys=keys,
    ).problem


def unreachable(detail: object) -> Problem:
    """Return the problem of a system that does not answer."""
    return failure(
        "hotkeys_failed",
        "The keys could not be had",
        "The display system did not give them ({detail}).",
        "Choose them again.",
        retryable=True,
        detail=detail,
    ).problem
