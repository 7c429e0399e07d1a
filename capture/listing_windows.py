"""Windows: EnumWindows and what DWM and user32 tell of each window, by ctypes.

EnumWindows goes from the front to the back. DWMWA_EXTENDED_FRAME_BOUNDS is the frame as it is seen, in pixels whatever
the program's DPI awareness, and DWMWA_CLOAKED what is not shown though it is "visible": another virtual desktop, a
suspended app (https://learn.microsoft.com/windows/win32/api/dwmapi/ne-dwmapi-dwmwindowattribute). GetWindowText asks no
other program, so one that hangs does not stop us. Not seen running: checked by fixtures of those pages.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import PureWindowsPath
from typing import Any

from capture import problems
from capture.listing import Window
from capture.rects import Rect
from worktime.errors import Problem

EXTENDED_FRAME_BOUNDS, CLOAKED = 9, 14
GW_OWNER = 4
GWL_EXSTYLE = -20
WS_EX_TRANSPARENT, WS_EX_LAYERED, WS_EX_NOREDIRECTIONBITMAP = 0x20, 0x80000, 0x200000
PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
_TEXT, _PATH = 1024, 32_768
_CORNER_PX = 16
"""Windows 11 rounds corners, by 8 pixels at 100 %, 16 at 200 %."""


class RECT(ctypes.Structure):
    """windef.h."""

    _fields_ = [(name, ctypes.c_long) for name in ("left", "top", "right", "bottom")]


def load(name: str) -> Any:
    """Return a system library by ctypes. Raises OSError elsewhere than on Windows."""
    loader = getattr(ctypes, "WinDLL", None)
    if loader is None:
        raise OSError(f"{name} is not here")
    return loader(name)


def callback(function: Callable[[int, int], bool]) -> Any:
    """Return ``function`` as EnumWindows calls it."""
    kind = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
    return kind(ctypes.c_int, ctypes.c_void_p, ctypes.c_ssize_t)(lambda window, data: int(function(window or 0, data)))


class Win32Windows:
    """The top-level windows of the desktop. ``library`` loads user32, dwmapi and kernel32, which tests replace."""

    name = "windows"
    problem: Problem | None = None

    def __init__(self, *, library: Callable[[str], Any] = load) -> None:
        self._library = library

    def windows(self) -> tuple[Window, ...]:
        """Return the windows, the one at the back first. Raises FairhourError."""
        try:
            reading = _Reading(*(self._library(name) for name in ("user32", "dwmapi", "kernel32")))
            return tuple(reversed(reading.windows()))
        # AttributeError: a library without the symbol.
        except (OSError, AttributeError) as error:
            raise problems.windows_unknown("The list of windows could not be read ({detail}).", detail=error) from error


class _Reading:
    """One look at all windows."""

    def __init__(self, user32: Any, dwmapi: Any, kernel32: Any) -> None:
        self._user32 = user32
        self._dwmapi = dwmapi
        self._kernel32 = kernel32
        for function in (user32.GetWindow, kernel32.OpenProcess):
            function.restype = ctypes.c_void_p

    def windows(self) -> list[Window]:
        found: list[Window] = []

        def note(handle: int, _data: int) -> bool:
            if self._is_shown(handle):
                found.append(self._window(handle))
            return True

        if not self._user32.EnumWindows(callback(note), 0):
            raise OSError("EnumWindows failed")
        return found

    def _is_shown(self, handle: int) -> bool:
        if not self._user32.IsWindowVisible(_handle(handle)) or self._user32.IsIconic(_handle(handle)):
            return False
        cloaked = ctypes.c_uint32()
        # Where DWM does not know the attribute (before Windows 8), nothing is cloaked.
        self._dwmapi.DwmGetWindowAttribute(_handle(handle), CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked))
        return not cloaked.value

    def _window(self, handle: int) -> Window:
        rect = self._rect(handle)
        title = ctypes.create_unicode_buffer(_TEXT)
        self._user32.GetWindowTextW(_handle(handle), title, _TEXT)
        style = self._user32.GetWindowLongW(_handle(handle), GWL_EXSTYLE)
        clear = style & (WS_EX_TRANSPARENT | WS_EX_LAYERED | WS_EX_NOREDIRECTIONBITMAP)
        inner = Rect(rect.left, rect.top + _CORNER_PX, rect.right, rect.bottom - _CORNER_PX)
        owner = self._user32.GetWindow(_handle(handle), GW_OWNER)
        opaque = None if clear or inner.empty else inner
        return Window(handle, rect, self._program(handle), title.value, opaque, owner or 0)

    def _rect(self, handle: int) -> Rect:
        bounds = RECT()
        place, size = ctypes.byref(bounds), ctypes.sizeof(bounds)
        if self._dwmapi.DwmGetWindowAttribute(_handle(handle), EXTENDED_FRAME_BOUNDS, place, size):
            self._user32.GetWindowRect(_handle(handle), place)
        return Rect(bounds.left, bounds.top, bounds.right, bounds.bottom)

    def _program(self, handle: int) -> str:
        """Return the file name of the program, "" for one that is not ours to ask."""
        number = ctypes.c_uint32()
        self._user32.GetWindowThreadProcessId(_handle(handle), ctypes.byref(number))
        process = self._kernel32.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, number)
        if not process:
            return ""
        path, length = ctypes.create_unicode_buffer(_PATH), ctypes.c_uint32(_PATH)
        try:
            done = self._kernel32.QueryFullProcessImageNameW(_handle(process), 0, path, ctypes.byref(length))
        finally:
            self._kernel32.CloseHandle(_handle(process))
        return PureWindowsPath(path.value).name if done else ""


def _handle(value: int) -> ctypes.c_void_p:
    """A handle as wide as a pointer: without a type ctypes passes an int of 32 bits."""
    return ctypes.c_void_p(value)
