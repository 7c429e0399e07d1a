"""X11: the window manager's list of windows by EWMH, and the menus and tips that no manager knows of.

https://specifications.freedesktop.org/wm-spec/latest/: _NET_CLIENT_LIST_STACKING is in stacking order, the window at
the back first; _NET_FRAME_EXTENTS is the manager's frame around a window, whose title bar says what is to be hidden.
python-xlib and never ctypes: the C library ends the whole program when the X server goes away.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from capture import problems
from capture.listing import Window
from capture.rects import Rect
from worktime.errors import Problem

_ALL_DESKTOPS = 0xFFFFFFFF
_LONGEST = 4096
"""Of a property, in units of four bytes: 16 KB of title, or 4096 windows."""


class X11Windows:
    """The windows of one X display; ``display`` as in $DISPLAY."""

    name = "x11"
    problem: Problem | None = None

    def __init__(self, display: str) -> None:
        self._display = display

    def windows(self) -> tuple[Window, ...]:
        """Return the windows, the one at the back first. Raises FairhourError."""
        from Xlib.error import DisplayError, XError

        try:
            with contextlib.closing(self._open()) as display:
                return tuple(_Reading(display).windows())
        # python-xlib: its own errors, and OSError or ValueError where the connection ends in the middle of an answer.
        except (XError, DisplayError, OSError, ValueError) as error:
            why = str(error).strip() or type(error).__name__
            raise problems.windows_unknown("The list of windows could not be read ({detail}).", detail=why) from error

    def _open(self) -> Any:
        from Xlib.display import Display

        return Display(self._display)


class _Reading:
    """One look at all windows over one connection."""

    def __init__(self, display: Any) -> None:
        self._display = display
        self._root = display.screen().root
        self._depth = display.screen().root_depth
        self._atoms: dict[str, int] = {}

    def windows(self) -> Iterator[Window]:
        listed = self._cards(self._root, "_NET_CLIENT_LIST_STACKING")
        if listed is None:
            raise problems.windows_unknown("The window manager does not list its windows.")
        shown = self._cards(self._root, "_NET_CURRENT_DESKTOP")
        desktop = shown[0] if shown else None
        for one in listed:
            window = self._display.create_resource_object("window", one)
            yield from self._client(window, desktop)
        # Menus, tips and panels of programs: in front of all others, and in nobody's list.
        for window in self._root.query_tree().children:
            if window.id not in listed:
                yield from self._unmanaged(window)

    def _client(self, window: Any, desktop: int | None) -> Iterator[Window]:
        from Xlib import X
        from Xlib.error import BadDrawable, BadWindow

        try:
            on = (self._cards(window, "_NET_WM_DESKTOP") or [_ALL_DESKTOPS])[0]
            away = desktop is not None and on not in (desktop, _ALL_DESKTOPS)
            hidden = self._atom("_NET_WM_STATE_HIDDEN") in (self._cards(window, "_NET_WM_STATE") or [])
            if window.get_attributes().map_state == X.IsViewable and not away and not hidden:
                yield self._seen(window)
        # It was closed while we looked.
        except (BadWindow, BadDrawable):
            return

    def _unmanaged(self, window: Any) -> Iterator[Window]:
        from Xlib import X
        from Xlib.error import BadDrawable, BadWindow

        try:
            seen = window.get_attributes()
            if seen.override_redirect and seen.map_state == X.IsViewable and seen.win_class == X.InputOutput:
                # Never a cover: whether it really is in front is not known.
                menu = self._seen(window, is_cover=False)
                # Of no program: a helper of the window manager, as large as the screen on some.
                if menu.program.strip() or menu.owner:
                    yield menu
        except (BadWindow, BadDrawable):
            return

    def _seen(self, window: Any, *, is_cover: bool = True) -> Window:
        geometry = window.get_geometry()
        # Where the root's corner lies from the window's.
        corner = self._root.translate_coords(window, 0, 0)
        # The border is round what the geometry tells.
        edge = geometry.border_width
        content = Rect(corner.x, corner.y, corner.x + geometry.width, corner.y + geometry.height)
        left, right, top, bottom = self._extents(window)
        frame = Rect(
            content.left - max(left, edge),
            content.top - max(top, edge),
            content.right + max(right, edge),
            content.bottom + max(bottom, edge),
        )
        instance, group = window.get_wm_class() or ("", "")
        owner = self._cards(window, "WM_TRANSIENT_FOR") or [0]
        opaque = content if is_cover and self._is_opaque(window, geometry.depth) else None
        return Window(window.id, frame, f"{instance}\n{group}", self._title(window), opaque, owner[0])

    def _extents(self, window: Any) -> tuple[int, int, int, int]:
        sides = self._cards(window, "_NET_FRAME_EXTENTS") or []
        return (sides[0], sides[1], sides[2], sides[3]) if len(sides) == 4 else (0, 0, 0, 0)

    def _is_opaque(self, window: Any, depth: int) -> bool:
        """Whether nothing shines through: no alpha channel, no opacity that a compositor heeds, no holes."""
        if depth != self._depth or self._cards(window, "_NET_WM_WINDOW_OPACITY"):
            return False
        from Xlib.ext import shape

        if not self._display.has_extension("SHAPE"):
            return True
        return not shape.query_extents(window).bounding_shaped

    def _title(self, window: Any) -> str:
        """Return every name that the window goes by: a rule fits any of them."""
        names = []
        for name in ("_NET_WM_NAME", "_NET_WM_VISIBLE_NAME", "WM_NAME"):
            held = window.get_full_property(self._atom(name), 0, sizehint=_LONGEST)
            value = held.value if held is not None else b""
            encoding = "latin-1" if held is not None and held.property_type == self._atom("STRING") else "utf-8"
            names.append(value.decode(encoding, "replace") if isinstance(value, bytes) else str(value))
        return "\n".join(dict.fromkeys(filter(None, names)))

    def _cards(self, window: Any, name: str) -> list[int] | None:
        """Return a property that is a list of numbers; None where there is none."""
        held = window.get_full_property(self._atom(name), 0, sizehint=_LONGEST)
        return None if held is None or isinstance(held.value, bytes | str) else list(held.value)

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = self._display.intern_atom(name)
        return self._atoms[name]
