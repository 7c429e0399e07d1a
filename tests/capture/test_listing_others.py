"""Windows and macOS, through their ctypes signatures.

Not recorded from running systems: the answers are made from the vendors' documents. Windows: EnumWindows, IsIconic,
DwmGetWindowAttribute (DWMWA_EXTENDED_FRAME_BOUNDS, DWMWA_CLOAKED), GetWindow, QueryFullProcessImageNameW at
https://learn.microsoft.com/windows/win32/api/. macOS: CGWindowListCopyWindowInfo, its required and optional keys, and
CGRectMakeWithDictionaryRepresentation at https://developer.apple.com/documentation/coregraphics/.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from capture.listing_macos import MacWindows
from capture.listing_windows import (
    CLOAKED,
    EXTENDED_FRAME_BOUNDS,
    WS_EX_LAYERED,
    Win32Windows,
    load,
)
from capture.rects import Rect
from worktime.errors import FairhourError

Sides = tuple[int, int, int, int]


@dataclass
class Win:
    """A window of the Windows desktop."""

    title: str
    path: str = r"C:\Program Files\Vault\Vault.exe"
    frame: Sides = (0, 0, 100, 100)
    style: int = 0
    owner: int = 0
    visible: bool = True
    iconic: bool = False
    cloaked: int = 0
    has_frame: bool = True


def value(handle: Any) -> int:
    return int(handle.value or 0)


class User32:
    """user32.dll, as far as it is called."""

    def __init__(self, windows: list[Win], *, works: bool = True) -> None:
        self.windows = windows
        self.works = works
        self.GetWindow = Callee(self._owner)

    def EnumWindows(self, callback: Any, data: int) -> int:
        if not self.works:
            return 0
        return int(all(callback(number, data) for number in range(1, len(self.windows) + 1)))

    def _at(self, handle: Any) -> Win:
        return self.windows[value(handle) - 1]

    def IsWindowVisible(self, handle: Any) -> int:
        return int(self._at(handle).visible)

    def IsIconic(self, handle: Any) -> int:
        return int(self._at(handle).iconic)

    def GetWindowTextW(self, handle: Any, buffer: Any, _size: int) -> int:
        buffer.value = self._at(handle).title
        return len(buffer.value)

    def GetWindowLongW(self, handle: Any, _index: int) -> int:
        return self._at(handle).style

    def GetWindowRect(self, handle: Any, place: Any) -> int:
        fill(place, self._at(handle).frame, by=7)
        return 1

    def GetWindowThreadProcessId(self, handle: Any, place: Any) -> int:
        place._obj.value = value(handle)
        return 1

    def _owner(self, handle: Any, _command: int) -> int | None:
        return self._at(handle).owner or None


@dataclass
class Callee:
    """A function whose result type can be set, as ctypes has it."""

    call: Callable[..., Any]
    restype: Any = None
    argtypes: Any = field(default_factory=list)

    def __call__(self, *arguments: Any) -> Any:
        return self.call(*arguments)


def fill(place: Any, sides: Sides, by: int = 0) -> None:
    rect = place._obj
    rect.left, rect.top, rect.right, rect.bottom = sides[0] - by, sides[1], sides[2] + by, sides[3] + by


def win32(windows: list[Win], *, works: bool = True) -> Win32Windows:
    user32 = User32(windows, works=works)

    def attribute(handle: Any, which: int, place: Any, _size: int) -> int:
        window = windows[value(handle) - 1]
        if which == CLOAKED:
            place._obj.value = window.cloaked
            return 0
        assert which == EXTENDED_FRAME_BOUNDS
        if not window.has_frame:
            return -2147024809  # E_INVALIDARG
        fill(place, window.frame)
        return 0

    def name(process: Any, _flags: int, buffer: Any, _length: Any) -> int:
        buffer.value = windows[value(process) - 1].path
        return 1

    closed: list[int] = []
    kernel32 = SimpleNamespace(
        OpenProcess=Callee(lambda _rights, _inherit, number: number.value if windows[number.value - 1].path else None),
        QueryFullProcessImageNameW=name,
        CloseHandle=lambda handle: closed.append(value(handle)),
    )
    libraries = {
        "user32": user32,
        "dwmapi": SimpleNamespace(DwmGetWindowAttribute=attribute),
        "kernel32": kernel32,
    }
    return Win32Windows(library=libraries.__getitem__)


def test_windows_are_listed_from_the_back_with_program_title_and_frame() -> None:
    front = Win("Save?", owner=2, frame=(10, 20, 110, 220))
    back = Win("Unlocked", frame=(-1920, 0, 0, 1080))
    found = win32([front, back]).windows()
    assert [(each.id, each.title, each.owner) for each in found] == [(2, "Unlocked", 0), (1, "Save?", 2)]
    assert {each.program for each in found} == {"Vault.exe"}
    assert found[0].rect == Rect(-1920, 0, 0, 1080)
    assert found[1].opaque == Rect(10, 36, 110, 204), "round corners cover nothing"


def test_what_is_not_shown_is_not_listed() -> None:
    hidden = [Win("a", visible=False), Win("b", iconic=True), Win("c", cloaked=2)]
    assert [each.title for each in win32([*hidden, Win("d")]).windows()] == ["d"]


def test_a_clear_window_and_a_tiny_one_cover_nothing() -> None:
    found = win32([Win("a", style=WS_EX_LAYERED), Win("b", frame=(0, 0, 20, 20))]).windows()
    assert [each.opaque for each in found] == [None, None]


def test_without_a_drawn_frame_the_plain_one_holds_and_a_protected_program_has_no_name() -> None:
    (found,) = win32([Win("x", path="", has_frame=False, frame=(5, 5, 50, 50))]).windows()
    assert (found.program, found.rect) == ("", Rect(-2, 5, 57, 57))


def test_windows_that_can_not_be_enumerated_are_a_problem() -> None:
    with pytest.raises(FairhourError, match="EnumWindows failed"):
        win32([], works=False).windows()
    with pytest.raises(FairhourError, match="hiding_windows"):
        Win32Windows(library=lambda _name: SimpleNamespace()).windows()


def test_elsewhere_there_is_no_windows_library() -> None:
    with pytest.raises(OSError, match="user32"):
        load("user32-that-is-nowhere")


class Foundation:
    """CoreFoundation over Python objects: a pointer is a place in ``held``."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.held: list[Any] = [None, entries, *entries]
        self.entries = entries
        self.released: list[int] = []
        for name in (
            "CFArrayGetCount",
            "CFArrayGetValueAtIndex",
            "CFDictionaryGetValue",
            "CFStringCreateWithCString",
            "CFStringGetLength",
            "CFStringGetMaximumSizeForEncoding",
            "CFStringGetCString",
            "CFNumberGetValue",
            "CFRelease",
        ):
            setattr(self, name, Callee(getattr(self, f"_{name}")))

    def pointer(self, what: Any) -> int:
        self.held.append(what)
        return len(self.held) - 1

    def _CFArrayGetCount(self, array: int) -> int:
        return len(self.held[array])

    def _CFArrayGetValueAtIndex(self, array: int, place: int) -> int:
        return self.pointer(self.held[array][place])

    def _CFDictionaryGetValue(self, dictionary: int, key: int) -> int | None:
        found = self.held[dictionary].get(self.held[key])
        return None if found is None else self.pointer(found)

    def _CFStringCreateWithCString(self, _allocator: None, text: bytes, _encoding: int) -> int:
        return self.pointer(text.decode())

    def _CFStringGetLength(self, text: int) -> int:
        return len(self.held[text])

    def _CFStringGetMaximumSizeForEncoding(self, length: int, _encoding: int) -> int:
        return 3 * length

    def _CFStringGetCString(self, text: int, buffer: Any, _size: int, _encoding: int) -> bool:
        buffer.value = self.held[text].encode()
        return True

    def _CFNumberGetValue(self, number: int, _kind: int, place: Any) -> bool:
        place._obj.value = self.held[number]
        return True

    def _CFRelease(self, pointer: int) -> None:
        self.released.append(pointer)


def mac(entries: list[dict[str, Any]] | None) -> tuple[MacWindows, Foundation]:
    foundation = Foundation(entries or [])

    def to_rect(pointer: int, place: Any) -> bool:
        bounds, rect = foundation.held[pointer], place._obj
        if not bounds:
            return False
        rect.origin.x, rect.origin.y = bounds["X"], bounds["Y"]
        rect.size.width, rect.size.height = bounds["Width"], bounds["Height"]
        return True

    graphics = SimpleNamespace(
        CGWindowListCopyWindowInfo=Callee(lambda _option, _window: 1 if entries is not None else None),
        CGRectMakeWithDictionaryRepresentation=Callee(to_rect),
    )
    return MacWindows(core_graphics=lambda: graphics, core_foundation=lambda: foundation), foundation


def entry(number: int, **more: Any) -> dict[str, Any]:
    """The required keys of a window's dictionary."""
    return {
        "kCGWindowNumber": number,
        "kCGWindowLayer": 0,
        "kCGWindowAlpha": 1.0,
        "kCGWindowOwnerName": "Vault",
        "kCGWindowBounds": {"X": 10.5, "Y": 20.0, "Width": 300.0, "Height": 200.0},
        **more,
    }


def test_mac_windows_are_listed_from_the_back() -> None:
    lister, foundation = mac([entry(7, kCGWindowName="Unlocked – Ünï"), entry(3)])  # noqa: RUF001
    found = lister.windows()
    assert [(each.id, each.program, each.title) for each in found] == [(3, "Vault", ""), (7, "Vault", "Unlocked – Ünï")]  # noqa: RUF001
    assert found[0].rect == Rect(10, 20, 311, 220)
    assert found[0].opaque == Rect(10, 46, 311, 194), "round corners cover nothing"
    strings = [place for place, what in enumerate(foundation.held) if isinstance(what, str) and what.startswith("kCG")]
    assert sorted(foundation.released) == [1, *strings], "what was created or copied is given back, once"


def test_menus_overlays_and_clear_windows_of_macos_cover_nothing() -> None:
    lister, _ = mac([entry(1, kCGWindowLayer=25), entry(2, kCGWindowAlpha=0.9)])
    assert [each.opaque for each in lister.windows()] == [None, None]


@pytest.mark.parametrize("entries", [None, [entry(1, kCGWindowBounds=None)], [entry(1, kCGWindowBounds={})]])
def test_no_list_or_no_place_is_a_problem(entries: list[dict[str, Any]] | None) -> None:
    lister, _ = mac(entries)
    with pytest.raises(FairhourError, match="macOS gave no list of windows"):
        lister.windows()


def test_elsewhere_there_is_no_list_of_mac_windows() -> None:
    with pytest.raises(FairhourError, match="could not be read"):
        MacWindows().windows()
    assert ctypes.sizeof(ctypes.c_double) == 8
