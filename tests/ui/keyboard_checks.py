"""What somebody without a mouse, or who has windows read aloud, would find in a window.

Each check returns sentences about what is wrong, empty when nothing is. ``trapped`` presses Tab for real: the window
must be in front.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QAbstractAnimation, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QProgressBar,
    QScrollBar,
    QStyle,
    QWidget,
)

ANIMATED = (QAbstractButton, QComboBox, QProgressBar, QScrollBar)
"""What Qt's styles move."""
SILENT_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
"""What a reader says of a widget of which it knows nothing."""


def stops(window: QWidget) -> list[QWidget]:
    """Return what Tab comes to, in its order."""
    found = [widget for widget in _chain(window) if _takes_tab(widget)]
    # A widget that hands its focus on stands for the one that gets it.
    return list(dict.fromkeys(widget.focusProxy() or widget for widget in found))


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        yield widget
        widget = widget.nextInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tab) and widget.isVisible() and widget.isEnabled()


def speechless(window: QWidget) -> list[str]:
    """Find what takes the focus and has no name or no role."""
    wrong = []
    for widget in [window, *stops(window)]:
        reader = QAccessible.queryAccessibleInterface(widget)
        name = reader.text(QAccessible.Text.Name) if reader is not None else ""
        if not name.strip():
            wrong.append(f"{_called(widget)} has no name")
        # Qt has no role to give to a picture that can be moved about; its name and description say what it shows.
        if widget is window or isinstance(widget, QGraphicsView):
            continue
        if reader is None or reader.role() in SILENT_ROLES:
            wrong.append(f"{_called(widget)} has no role")
    return wrong


def disordered(window: QWidget) -> list[str]:
    """Find where Tab leads back up, or back along a line, in the direction in which one reads."""
    order = stops(window)
    wrong = []
    for one, next_one in itertools.pairwise(order):
        before, after = _place(one, next_one, window), _place(next_one, one, window)
        if window.isRightToLeft():
            before, after = (_mirrored(place, window.width()) for place in (before, after))
        above = after.bottom() <= before.top() and after.left() < before.right()
        if above or (_on_one_line(before, after) and after.right() <= before.left()):
            wrong.append(f"after {_called(one)} at {before} comes {_called(next_one)} at {after}")
    return wrong


def _place(widget: QWidget, other: QWidget, window: QWidget) -> QRect:
    """Return where a widget stands; what is scrolled stands where its area does, for others outside of that."""
    stands: QWidget = widget
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QAbstractScrollArea) and not above.isAncestorOf(other):
            stands = above
        above = above.parentWidget()
    return QRect(stands.mapTo(window, QPoint(0, 0)), stands.size())


def _on_one_line(one: QRect, other: QRect) -> bool:
    lower, higher = sorted((one, other), key=QRect.height)
    return higher.top() < lower.center().y() < higher.bottom()


def _mirrored(place: QRect, width: int) -> QRect:
    return QRect(width - place.right(), place.top(), place.width(), place.height())


def for_the_mouse_alone(window: QWidget) -> list[str]:
    """Find what can be clicked (it shows a hand, or tells of clicks) and never gets the focus."""
    return [
        f"{_called(widget)} can be clicked, and has no keyboard"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and (widget.cursor().shape() is Qt.CursorShape.PointingHandCursor or hasattr(widget, "clicked"))
        and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and not widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and not isinstance(widget, QHeaderView)
        and _is_ours(widget)
    ]


def _is_ours(widget: QWidget) -> bool:
    """Leave out what Qt builds into its own widgets, which have the focus for it: corners, arrows, clear buttons."""
    parent = widget.parentWidget()
    return not (parent is not None and type(parent).__module__.startswith("PySide6") and _takes_tab(parent))


def trapped(window: QWidget) -> list[str]:
    """Press Tab until the first widget has the focus again; find what it never came to, and where it stuck."""
    wanted = stops(window)
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    been: list[QWidget] = []
    for _ in range(len(wanted) + 3):
        here = QApplication.focusWidget()
        if here is None or here.window() is not window or here in been:
            break
        been.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    last = QApplication.focusWidget()
    wrong = [f"Tab never comes to {_called(widget)}" for widget in wanted if widget not in been]
    if last is not been[0]:
        wrong.append(f"Tab does not come round: it ends at {_called(last) if last is not None else 'nothing'}")
    QTest.keyClick(been[-1], Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    return wrong


def moving(window: QWidget) -> list[str]:
    """Find what moves by itself: animations of ours or of the style, and bars that run without an end."""
    wrong = [
        f"{type(each).__name__} runs"
        for each in window.findChildren(QAbstractAnimation)
        if each.state() is QAbstractAnimation.State.Running
    ]
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    wrong += [
        f"{_called(widget)} has {widget.style().styleHint(hint, None, widget)} ms of motion"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, ANIMATED) and widget.style().styleHint(hint, None, widget)
    ]
    bars = window.findChildren(QProgressBar)
    return wrong + [f"{_called(bar)} runs without an end" for bar in bars if bar.minimum() == bar.maximum()]


def everything(window: QWidget) -> list[str]:
    """Run every check that needs no window in front."""
    return [*speechless(window), *disordered(window), *for_the_mouse_alone(window), *moving(window)]


def _called(widget: QWidget) -> str:
    reader = QAccessible.queryAccessibleInterface(widget)
    name = reader.text(QAccessible.Text.Name) if reader is not None else ""
    return f"{type(widget).__name__} {name or widget.objectName()!r}"
