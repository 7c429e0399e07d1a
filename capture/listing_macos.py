"""macOS: the window server's list, by ctypes.

CGWindowListCopyWindowInfo gives the windows on the screen from the front to the back, each a dictionary
(https://developer.apple.com/documentation/coregraphics/quartz-window-services). Titles are told only to programs that
may record the screen, and without that permission there is no picture to hide anything in. Names and places of the
keys: CGWindow.h. Not seen running: checked against fixtures of those documents.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from capture import problems
from capture.listing import Window
from capture.macos import load_core_graphics
from capture.rects import Rect
from worktime.errors import Problem

CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
ON_SCREEN_ONLY = 1
"""kCGWindowListOptionOnScreenOnly."""
_UTF8 = 0x08000100
_SINT64, _DOUBLE = 4, 6
_CORNER_PX = 26
"""Windows have round corners, up to this radius: what lies under them can be seen there."""


class _Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


class _Size(ctypes.Structure):
    _fields_ = [("width", ctypes.c_double), ("height", ctypes.c_double)]


class CGRect(ctypes.Structure):
    """CGGeometry.h."""

    _fields_ = [("origin", _Point), ("size", _Size)]


def load_core_foundation() -> Any:
    """Return CoreFoundation by ctypes. Raises OSError elsewhere than on macOS."""
    return ctypes.CDLL(CORE_FOUNDATION)


class MacWindows:
    """The windows of the login session. The arguments load the system's libraries, which tests replace."""

    name = "macos"
    problem: Problem | None = None

    def __init__(
        self,
        *,
        core_graphics: Callable[[], Any] = load_core_graphics,
        core_foundation: Callable[[], Any] = load_core_foundation,
    ) -> None:
        self._core_graphics = core_graphics
        self._core_foundation = core_foundation

    def windows(self) -> tuple[Window, ...]:
        """Return the windows, the one at the back first. Raises FairhourError."""
        try:
            graphics, foundation = self._core_graphics(), self._core_foundation()
            return tuple(reversed(tuple(_windows(graphics, _typed(foundation)))))
        # AttributeError: a library without the symbol.
        except (OSError, AttributeError) as error:
            raise problems.windows_unknown("The list of windows could not be read ({detail}).", detail=error) from error


def _typed(foundation: Any) -> Any:
    pointer, index = ctypes.c_void_p, ctypes.c_long
    for name, result, arguments in (
        ("CFArrayGetCount", index, [pointer]),
        ("CFArrayGetValueAtIndex", pointer, [pointer, index]),
        ("CFDictionaryGetValue", pointer, [pointer, pointer]),
        ("CFStringCreateWithCString", pointer, [pointer, ctypes.c_char_p, ctypes.c_uint32]),
        ("CFStringGetLength", index, [pointer]),
        ("CFStringGetMaximumSizeForEncoding", index, [index, ctypes.c_uint32]),
        ("CFStringGetCString", ctypes.c_bool, [pointer, ctypes.c_char_p, index, ctypes.c_uint32]),
        ("CFNumberGetValue", ctypes.c_bool, [pointer, index, pointer]),
        ("CFRelease", None, [pointer]),
    ):
        function = getattr(foundation, name)
        function.restype, function.argtypes = result, arguments
    return foundation


def _windows(graphics: Any, foundation: Any) -> Iterator[Window]:
    copy = graphics.CGWindowListCopyWindowInfo
    copy.restype, copy.argtypes = ctypes.c_void_p, [ctypes.c_uint32, ctypes.c_uint32]
    to_rect = graphics.CGRectMakeWithDictionaryRepresentation
    to_rect.restype, to_rect.argtypes = ctypes.c_bool, [ctypes.c_void_p, ctypes.POINTER(CGRect)]
    listed = copy(ON_SCREEN_ONLY, 0)
    if not listed:
        # "NULL if called from outside of a GUI security session or when no window server is running."
        raise problems.windows_unknown("macOS gave no list of windows.")
    try:
        for place in range(foundation.CFArrayGetCount(listed)):
            yield _window(_Entry(foundation, foundation.CFArrayGetValueAtIndex(listed, place)), to_rect)
    finally:
        foundation.CFRelease(listed)


class _Entry:
    """One window's dictionary."""

    def __init__(self, foundation: Any, pointer: int) -> None:
        self._foundation = foundation
        self._pointer = pointer

    def value(self, key: str) -> int | None:
        """Return the pointer of a value; None where the key is missing."""
        name = self._foundation.CFStringCreateWithCString(None, key.encode(), _UTF8)
        with contextlib.ExitStack() as at_the_end:
            at_the_end.callback(self._foundation.CFRelease, name)
            found: int | None = self._foundation.CFDictionaryGetValue(self._pointer, name)
            return found

    def text(self, key: str) -> str:
        """Return a text, "" where there is none."""
        value = self.value(key)
        if not value:
            return ""
        room = self._foundation.CFStringGetMaximumSizeForEncoding(self._foundation.CFStringGetLength(value), _UTF8) + 1
        buffer = ctypes.create_string_buffer(room)
        return buffer.value.decode() if self._foundation.CFStringGetCString(value, buffer, room, _UTF8) else ""

    def whole(self, key: str) -> int:
        """Return a whole number, 0 where there is none."""
        number, value = ctypes.c_int64(), self.value(key)
        return number.value if value and self._foundation.CFNumberGetValue(value, _SINT64, ctypes.byref(number)) else 0

    def real(self, key: str) -> float:
        """Return a number, 0 where there is none."""
        number, value = ctypes.c_double(), self.value(key)
        return number.value if value and self._foundation.CFNumberGetValue(value, _DOUBLE, ctypes.byref(number)) else 0


def _window(entry: _Entry, to_rect: Any) -> Window:
    bounds, place = CGRect(), entry.value("kCGWindowBounds")
    if not place or not to_rect(place, ctypes.byref(bounds)):
        raise problems.windows_unknown("macOS gave no list of windows.")
    rect = Rect(
        int(bounds.origin.x // 1),
        int(bounds.origin.y // 1),
        int(-(-(bounds.origin.x + bounds.size.width) // 1)),
        int(-(-(bounds.origin.y + bounds.size.height) // 1)),
    )
    # Layer 0 are ordinary windows; what lies above (menu bar, Dock, overlays) is often clear in places.
    solid = entry.whole("kCGWindowLayer") == 0 and entry.real("kCGWindowAlpha") >= 1
    inner = Rect(rect.left, rect.top + _CORNER_PX, rect.right, rect.bottom - _CORNER_PX)
    return Window(
        entry.whole("kCGWindowNumber"),
        rect,
        entry.text("kCGWindowOwnerName"),
        entry.text("kCGWindowName"),
        inner if solid and not inner.empty else None,
    )
