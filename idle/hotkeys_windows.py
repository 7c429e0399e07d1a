"""Windows: RegisterHotKey, which posts WM_HOTKEY to the queue of the thread that registered.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey. Registering, waiting and giving back
are therefore all done on one thread.
"""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from idle import hotkeys
from worktime.errors import Problem

log = logging.getLogger(__name__)

MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
NO_REPEAT = 0x4000
WM_HOTKEY, WM_QUIT = 0x0312, 0x0012
VK_F1 = 0x70
TIMEOUT_S = 2.0


class Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


class WindowsHotkeys:
    """Hot keys of this session. ``load`` opens a DLL by name; tests replace it."""

    problem: Problem | None = None

    def __init__(self, pressed: hotkeys.Pressed, *, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._pressed = pressed
        self._load = load
        self._thread: threading.Thread | None = None
        self._thread_id = 0

    def use(self, keys: Mapping[str, str]) -> dict[str, Problem]:
        """Register these keys instead of those of before."""
        self.close()
        wanted = {name: text for name, text in keys.items() if text}
        if not wanted:
            return {}
        problems: dict[str, Problem] = {}
        done = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(wanted, problems, done), name="hotkeys", daemon=True)
        self._thread.start()
        if not done.wait(TIMEOUT_S):
            return dict.fromkeys(wanted, hotkeys.unreachable("timeout"))
        return problems

    def close(self) -> None:
        """End the thread; it gives the keys back."""
        thread, self._thread = self._thread, None
        if thread is not None and thread.is_alive():
            self._load("user32").PostThreadMessageW(self._thread_id, WM_QUIT, 0, 0)
            thread.join(TIMEOUT_S)

    def _run(self, wanted: Mapping[str, str], problems: dict[str, Problem], done: threading.Event) -> None:
        try:
            user32 = self._load("user32")
            self._thread_id = self._load("kernel32").GetCurrentThreadId()
            names = self._register(user32, wanted, problems)
        except OSError as error:
            problems.update(dict.fromkeys(wanted, hotkeys.unreachable(type(error).__name__)))
            done.set()
            return
        done.set()
        message = Message()
        # 0 for WM_QUIT, -1 for an error.
        while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == WM_HOTKEY and message.wParam in names:
                self._pressed(names[message.wParam])
        for number in names:
            user32.UnregisterHotKey(None, number)

    def _register(self, user32: Any, wanted: Mapping[str, str], problems: dict[str, Problem]) -> dict[int, str]:
        names = {}
        for number, (name, text) in enumerate(wanted.items(), 1):
            modifiers, key = hotkeys.split(text)
            flags = NO_REPEAT | sum(MODIFIERS[each] for each in modifiers)
            if user32.RegisterHotKey(None, number, flags, virtual_key(key)):
                names[number] = name
            else:
                problems[name] = hotkeys.taken(text)
        return names


def virtual_key(key: str) -> int:
    """Return the virtual-key code of a letter, a figure or F1 to F12."""
    return VK_F1 - 1 + int(key[1:]) if key[1:] else ord(key)
