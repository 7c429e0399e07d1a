"""Puts together what hides things in screenshots: the rules, the system's windows and the screens as Qt knows them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from worktime.errors import Problem

if TYPE_CHECKING:
    from capture import ScreenSource
    from capture.hidden import Hidden
    from capture.listing import WindowList
    from capture.rects import Rect
    from capture.redaction import Redacted


def grab_hidden(
    source: ScreenSource, hidden: Callable[[], Hidden | Problem], screens: Callable[[], tuple[Rect, ...]]
) -> Redacted:
    """Return a picture of ``source`` with everything hidden that the rules name. Raises FairhourError."""
    from capture.redaction import Redactor

    return Redactor(hidden, windows, screens).grab(source)


@cache
def windows() -> WindowList:
    """This system's list of windows."""
    from capture.listing import open_windows

    return open_windows()


def desktop_screens() -> tuple[Rect, ...]:
    """The monitors in the desktop's own measure, where a picture does not tell them itself: on Wayland.

    Elsewhere such a picture is put together of single monitors, in an order that is not theirs on the desktop.
    """
    from capture.choose import is_wayland
    from capture.rects import Rect

    if not is_wayland(os.environ):
        return ()
    places = [screen.geometry() for screen in QGuiApplication.screens()]
    return tuple(
        Rect(each.left(), each.top(), each.left() + each.width(), each.top() + each.height()) for each in places
    )
