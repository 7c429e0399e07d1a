"""Optional counts of keys and clicks by pynput, only where job and freelancer both switched them on. Off by default.

Counts and nothing else: which key, which button and where are dropped before anything is kept (rules.md, Tracking 9).
Never used to tell idle: pynput costs 0.1 ms for each event, polling costs nothing.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from idle import problems
from idle.choose import is_wayland
from worktime.errors import FairhourError, Problem

log = logging.getLogger(__name__)


class Counts(msgspec.Struct, frozen=True):
    """Events since the last reading."""

    keys: int
    clicks: int


class InputCounts(Protocol):
    """A running count. ``take()`` may be called from any thread."""

    @property
    def name(self) -> str:
        """Short name for logs and ``fairhour doctor``, for example ``pynput``."""
        ...

    @property
    def problem(self) -> Problem | None:
        """Why nothing is counted (any more), or None."""
        ...

    def take(self) -> Counts:
        """Return what was counted since the last call and start again at zero."""
        ...

    def close(self) -> None:
        """Stop counting. May be called twice."""
        ...


def open_counts(*, env: Mapping[str, str] | None = None, system: str = sys.platform) -> InputCounts:
    """Start counting keys and clicks; never fails: a count whose ``problem`` says why stays at zero.

    ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``.
    """
    try:
        _prepare(os.environ if env is None else env, system)
        return PynputCounts()
    except FairhourError as error:
        return NullCounts(error.problem)


def examine_counts(*, env: Mapping[str, str] | None = None, system: str = sys.platform) -> tuple[str, Problem | None]:
    """Return the name of what would count here (``none``: nothing), and why nothing can. No listener is started."""
    try:
        _prepare(os.environ if env is None else env, system)
        _import_pynput()
    except FairhourError as error:
        return NullCounts.name, error.problem
    return PynputCounts.name, None


def _prepare(env: Mapping[str, str], system: str) -> None:
    if system.startswith("linux"):
        if is_wayland(env):
            raise problems.counts_unavailable(
                "Wayland hides the input of other programs.", "Use an X11 session, or switch the counts off."
            )
        # pynput would try evdev too, which is not installed: it has no wheel.
        os.environ["PYNPUT_BACKEND"] = "xorg"


class PynputCounts:
    """Counts by pynput's two listener threads. Raises FairhourError when pynput can't listen here."""

    name = "pynput"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys = 0
        self._clicks = 0
        keyboard, mouse = _import_pynput()
        self._listeners: tuple[Any, ...] = (
            keyboard.Listener(on_press=self._on_press),
            mouse.Listener(on_click=self._on_click),
        )
        for listener in self._listeners:
            listener.start()

    @property
    def problem(self) -> Problem | None:
        """A listener that ended by itself (the display went away), or on macOS was never trusted."""
        if all(listener.is_alive() and getattr(listener, "IS_TRUSTED", True) for listener in self._listeners):
            return None
        return problems.counts_unavailable(
            "The system no longer tells, or does not allow, when keys are pressed.",
            "Allow Fairhour in the system's settings for input monitoring, or switch the counts off.",
        ).problem

    def take(self) -> Counts:
        """Return what was counted since the last call and start again at zero."""
        with self._lock:
            taken = Counts(self._keys, self._clicks)
            self._keys = self._clicks = 0
        return taken

    def close(self) -> None:
        """Stop counting at once. The listeners' threads, which are daemons, end with the next input."""
        for listener in self._listeners:
            # stop() of a listener that died while it started would wait for it for ever.
            if listener.is_alive():
                _stop(listener)

    def _on_press(self, _key: object) -> None:
        # A key that is held down counts again with each repeat: telling a repeat would mean to remember the key.
        with self._lock:
            self._keys += 1

    def _on_click(self, _x: int, _y: int, _button: object, pressed: bool) -> None:
        with self._lock:
            self._clicks += pressed


class NullCounts:
    """Counts nothing; ``problem`` is the reason that the user is told."""

    name = "none"

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem

    def take(self) -> Counts:
        """Return zero."""
        return Counts(0, 0)

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""


def _import_pynput() -> tuple[Any, Any]:
    try:
        from pynput import keyboard, mouse
    # pynput connects to the display while it is imported: not installed and no display are the same error.
    except ImportError as error:
        raise problems.counts_unavailable(
            "pynput can't be used here ({detail}).",
            "Install the 'counts' extra of Fairhour, or switch the counts off.",
            # The rest is advice for programmers.
            detail=str(error).partition("\n")[0],
        ) from error
    return keyboard, mouse


def _stop(listener: Any) -> None:
    try:
        listener.stop()
    # The display went away: python-xlib's errors here, other libraries' elsewhere. The listener ends either way.
    except Exception:
        log.debug("A listener ended by itself", exc_info=True)
