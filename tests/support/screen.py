"""The X display as somebody sees and touches it: windows and pixels, mouse and keyboard (through XTEST)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

import mss
from PIL import Image
from Xlib import XK, X, display, error
from Xlib.ext import xtest

Found = TypeVar("Found")
TIMEOUT_S = 10.0
ICON_PX = 16
STILL_S = 0.15
"""Real seconds without a change after which a picture counts as painted."""


class Box(NamedTuple):
    """A place on the screen, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def grown(self, margin: int, within: Box) -> Box:
        """The box with a margin, cut at the edge of another."""
        return Box(
            max(within.left, self.left - margin),
            max(within.top, self.top - margin),
            min(within.right, self.right + margin),
            min(within.bottom, self.bottom + margin),
        )

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def centre(self) -> tuple[int, int]:
        """The point in its middle."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


class Screen:
    """One connection to the display. Every wait raises AssertionError when its time is over."""

    def __init__(self, display_name: str | None = None) -> None:
        self._display = display.Display(display_name)
        self._root = self._display.screen().root
        self._grabber = mss.MSS(display=display_name) if display_name else mss.MSS()

    @property
    def box(self) -> Box:
        """The whole screen."""
        size = self._root.get_geometry()
        return Box(0, 0, size.width, size.height)

    def grab(self, box: Box) -> Image.Image:
        """What the screen shows there."""
        left, top, right, bottom = box
        shot = self._grabber.grab({"left": left, "top": top, "width": right - left, "height": bottom - top})
        return Image.frombytes("RGB", shot.size, shot.rgb)

    def grab_still(self, box: Box) -> Image.Image:
        """What the screen shows there once it has stopped changing."""
        last = self.grab(box)

        def still() -> Image.Image | None:
            nonlocal last
            time.sleep(STILL_S)
            before, last = last, self.grab(box)
            return last if before.tobytes() == last.tobytes() else None

        return self.waited(still, "the screen is still")

    def click(self, at: tuple[int, int], button: int) -> None:
        """Move the pointer there and press and release one of its buttons (1 left, 3 right)."""
        self.point(at)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, button)
            self._display.sync()

    def point(self, at: tuple[int, int]) -> None:
        """Move the pointer."""
        xtest.fake_input(self._display, X.MotionNotify, x=at[0], y=at[1])
        self._display.sync()

    def press(self, *keys: str) -> None:
        """Press and release keys one after the other, by their X names."""
        for key in keys:
            code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
            for kind in (X.KeyPress, X.KeyRelease):
                xtest.fake_input(self._display, kind, code)
                self._display.sync()

    def frame(self, title: str) -> Box:
        """Where the window of that title is, with the frame that the window manager draws, once it has been placed."""
        last: Box | None = None

        def found() -> Box | None:
            nonlocal last
            time.sleep(STILL_S)
            before, last = last, now()
            return last if last and last == before and last == last.grown(0, self.box) else None

        def now() -> Box | None:
            for number in self._property(self._root, "_NET_CLIENT_LIST") or ():
                window = self._display.create_resource_object("window", number)
                name = self._property(window, "_NET_WM_NAME")
                if name is not None and bytes(name).decode() == title and self._viewable(window):
                    left, right, top, bottom = self._property(window, "_NET_FRAME_EXTENTS") or (0, 0, 0, 0)
                    box = self._place(window)
                    return Box(box.left - left, box.top - top, box.right + right, box.bottom + bottom)
            return None

        return self.waited(found, f"a window is called {title}")

    def tray_icon(self) -> Box:
        """Where the one icon in the tray is."""

        def found() -> Box | None:
            for window in self._below(self._root):
                if window.get_wm_class() == ("panel", "trayer"):
                    boxes = [self._place(each) for each in self._below(window) if self._viewable(each)]
                    icons = [box for box in boxes if box.bottom - box.top >= ICON_PX]
                    return icons[-1] if icons else None
            return None

        return self.waited(found, "there is an icon in the tray")

    def menu(self) -> Box:
        """Where the open menu is."""
        return self.waited(self.open_menu, "a menu is open")

    def open_menu(self) -> Box | None:
        """Where the open menu is, None while there is none."""
        kind = self._display.intern_atom("_NET_WM_WINDOW_TYPE_POPUP_MENU")
        for window in self._root.query_tree().children:
            if kind in (self._property(window, "_NET_WM_WINDOW_TYPE") or ()) and self._viewable(window):
                return self._place(window)
        return None

    def waited(self, look: Callable[[], Found | None], what: str) -> Found:
        """Poll until ``look`` gives something, and return it. A window may go while it is looked at."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except (error.BadWindow, error.BadDrawable):
                pass
            time.sleep(0.02)
        raise AssertionError(f"waited in vain until {what}")

    def close(self) -> None:
        """Close the connection."""
        self._grabber.close()
        self._display.close()

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _below(self, window: Any) -> Iterator[Any]:
        for child in window.query_tree().children:
            yield child
            yield from self._below(child)

    def _property(self, window: Any, name: str) -> Any:
        found = window.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        return found.value if found is not None else None

    def _viewable(self, window: Any) -> bool:
        return bool(window.get_attributes().map_state == X.IsViewable)

    def _place(self, window: Any) -> Box:
        size = window.get_geometry()
        corner = self._root.translate_coords(window, 0, 0)
        return Box(corner.x, corner.y, corner.x + size.width, corner.y + size.height)
