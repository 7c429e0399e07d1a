"""Screen and window of a widget, found without asking the widget.

What ``QWidget.screen()`` and ``windowHandle()`` return, PySide 6.11 takes for the widget's own: it destroys it when the
widget's wrapper is collected, and the next who touches that screen crashes.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget


def screen_of(widget: QWidget) -> QScreen:
    """Return the screen on which the middle of a window is, else the primary one."""
    return QGuiApplication.screenAt(widget.geometry().center()) or QGuiApplication.primaryScreen()


def handle_of(widget: QWidget) -> QWindow | None:
    """Return the window that Qt made for a widget with a name of its own, None before it was shown."""
    # Qt's own name for it.
    name = f"{widget.objectName()}Window"
    return next((window for window in QGuiApplication.allWindows() if window.objectName() == name), None)
