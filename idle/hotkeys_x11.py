"""X11: passive grabs of single keys by python-xlib (XGrabKey), on a connection and a thread of their own.

Not pynput's GlobalHotKeys: that records every key of the keyboard and compares. With a grab the server sends these
keys alone. Caps Lock and Num Lock are modifiers to it, so each key is grabbed with and without them.
"""

from __future__ import annotations

import logging
import os
import select
import threading
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from idle import hotkeys
from worktime.errors import Problem

if TYPE_CHECKING:
    from Xlib.display import Display

log = logging.getLogger(__name__)

AGAIN_MS = 1000
"""Milliseconds without the key until it counts again: a key that is held repeats itself, after 660 ms at first."""
_SHIFT, _LOCK, _CONTROL, _ALT, _SUPER = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 6
_MASKS = {"Shift": _SHIFT, "Ctrl": _CONTROL, "Alt": _ALT, "Meta": _SUPER}
_CLOCK = 1 << 32


class X11Hotkeys:
    """Grabs on the X display ``display`` (as in $DISPLAY)."""

    problem: Problem | None = None

    def __init__(self, display: str, pressed: hotkeys.Pressed) -> None:
        self._name = display
        self._pressed = pressed
        self._watch: _Watch | None = None

    def use(self, keys: Mapping[str, str]) -> dict[str, Problem]:
        """Grab these keys instead of those of before."""
        self.close()
        wanted = {name: text for name, text in keys.items() if text}
        if not wanted:
            return {}
        from Xlib.error import ConnectionClosedError, DisplayError, XError

        try:
            self._watch = _Watch(self._name, self._pressed)
            return self._watch.grab(wanted)
        except (ConnectionClosedError, DisplayError, XError, OSError) as error:
            log.warning("hotkeys: %s", type(error).__name__)
            self.close()
            return dict.fromkeys(wanted, hotkeys.unreachable(type(error).__name__))

    def close(self) -> None:
        """End the connection, and the grabs with it."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()


class _Watch:
    """One connection, and the thread that waits for its keys."""

    def __init__(self, name: str, pressed: hotkeys.Pressed) -> None:
        from Xlib.display import Display

        self._display: Display = Display(name)
        self._pressed = pressed
        self._names: dict[tuple[int, int], str] = {}
        self._seen_ms: dict[str, int] = {}
        self._woken, self._wake = os.pipe()
        self._thread: threading.Thread | None = None

    def grab(self, wanted: Mapping[str, str]) -> dict[str, Problem]:
        """Grab what can be had, and begin to wait for it."""
        problems = {}
        for name, text in wanted.items():
            problem = self._grab(name, text)
            if problem is not None:
                problems[name] = problem
        self._thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)
        self._thread.start()
        return problems

    def close(self) -> None:
        """End the thread, then the connection."""
        os.write(self._wake, b".")
        if self._thread is not None:
            self._thread.join()
        self._display.close()
        os.close(self._wake)
        os.close(self._woken)

    def _grab(self, name: str, text: str) -> Problem | None:
        from Xlib import XK, X, error

        modifiers, key = hotkeys.split(text)
        code = self._display.keysym_to_keycode(
            XK.string_to_keysym(key if key.startswith("F") and key[1:] else key.lower())
        )
        if not code:
            return hotkeys.unknown(text)
        mask = sum(_MASKS[each] for each in modifiers)
        root, catch = self._display.screen().root, error.CatchError(error.BadAccess)
        for locks in self._locks():
            root.grab_key(code, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, onerror=catch)
        self._display.sync()
        if catch.get_error() is not None:
            for locks in self._locks():
                root.ungrab_key(code, mask | locks)
            self._display.sync()
            return hotkeys.taken(text)
        self._names[code, mask] = name
        return None

    def _locks(self) -> list[int]:
        """Every state of Caps Lock and Num Lock."""
        from Xlib import XK

        num_lock = self._display.keysym_to_keycode(XK.string_to_keysym("Num_Lock"))
        masks = [_LOCK]
        for index, codes in enumerate(self._display.get_modifier_mapping()):
            if num_lock and num_lock in codes:
                masks.append(1 << index)
        return [sum(some) for count in range(len(masks) + 1) for some in combinations(masks, count)]

    def _run(self) -> None:
        from Xlib import X
        from Xlib.error import ConnectionClosedError

        try:
            while True:
                if not self._display.pending_events():
                    ready, _, _ = select.select([self._display.fileno(), self._woken], [], [])
                    if self._woken in ready:
                        return
                    continue
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    self._press(event.detail, event.state & sum(_MASKS.values()), event.time)
        except (ConnectionClosedError, OSError) as error:
            log.info("hotkeys: the display is gone (%s)", type(error).__name__)

    def _press(self, code: int, mask: int, at_ms: int) -> None:
        name = self._names.get((code, mask))
        if name is None:
            return
        before, self._seen_ms[name] = self._seen_ms.get(name), at_ms
        if before is None or (at_ms - before) % _CLOCK >= AGAIN_MS:
            self._pressed(name)
