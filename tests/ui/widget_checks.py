"""What a careful eye would find in a window: cut texts, parts out of sight, widgets without a name, faint texts.

Each check returns sentences about what is wrong, empty when nothing is. Only visible widgets are looked at. A widget
that elides on purpose says so by its property ``elides`` and must then offer the whole text as tool tip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from tests.look.contrast import ratio

LEAST_CONTRAST = 4.5
Interactive = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
WidgetT = TypeVar("WidgetT", bound=QWidget)


def visible(root: QWidget, kind: type[WidgetT]) -> Iterator[WidgetT]:
    """Yield the visible widgets of a kind under ``root``."""
    for widget in root.findChildren(kind):
        if widget.isVisible():
            yield widget


def clipped(root: QWidget) -> list[str]:
    """Find labels and buttons whose text has no room."""
    wrong = []
    for text in visible(root, QLabel):
        if not text.text():
            continue
        if text.property("elides"):
            if _advance(text) > text.width() and text.toolTip() != text.text():
                wrong.append(f"elided without a tool tip: {text.text()!r}")
        elif text.wordWrap():
            room = text.contentsRect()
            bounds = QRect(0, 0, room.width(), 1_000_000)
            flags = Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextWordWrap.value
            needed = text.fontMetrics().boundingRect(bounds, flags, text.text())
            if needed.height() > room.height() or needed.width() > room.width():
                wrong.append(f"wrapped text needs {needed.size()} in {room.size()}: {text.text()!r}")
        elif _advance(text) > text.contentsRect().width():
            wrong.append(f"{_advance(text)} px of text in {text.contentsRect().width()}: {text.text()!r}")
        elif text.fontMetrics().boundingRect(text.text()).height() > text.height():
            wrong.append(f"too low for its font: {text.text()!r}")
    for button in visible(root, QPushButton):
        needed_size = button.minimumSizeHint()
        if needed_size.width() > button.width() or needed_size.height() > button.height():
            wrong.append(f"button needs {needed_size} in {button.size()}: {button.text()!r}")
    return wrong


def _advance(text: QLabel) -> int:
    lines = text.text().split("\n")
    return max(text.fontMetrics().horizontalAdvance(line) for line in lines)


def overflowing(root: QWidget) -> list[str]:
    """Find widgets that stick out of the window at a side (below is what scroll bars are for)."""
    wrong = []
    for widget in visible(root, QWidget):
        left = widget.mapTo(root, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > root.width():
            name = widget.accessibleName() or type(widget).__name__
            wrong.append(f"{name} reaches from {left} to {left + widget.width()} in a window {root.width()} wide")
    return wrong


def unnamed(root: QWidget) -> list[str]:
    """Find interactive widgets that a screen reader has no name for."""
    wrong = []
    for widget in visible(root, QWidget):
        if isinstance(widget, Interactive) and not isinstance(widget, QHeaderView):
            reader = QAccessible.queryAccessibleInterface(widget)
            name = reader.text(QAccessible.Text.Name) if reader is not None else ""
            if not name.strip():
                wrong.append(f"{type(widget).__name__} {widget.objectName()!r} has no accessible name")
    return wrong


def unreachable(root: QWidget) -> list[str]:
    """Find enabled interactive widgets that the Tab key never comes to."""
    wrong = []
    for widget in visible(root, QWidget):
        if isinstance(widget, Interactive) and widget.isEnabled() and not isinstance(widget, QHeaderView):
            proxy = widget.focusProxy() or widget
            if not proxy.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
                wrong.append(f"{type(widget).__name__} {widget.accessibleName()!r} can't be reached by keyboard")
    return wrong


def faint(root: QWidget) -> list[str]:
    """Find texts whose colour is too close to what they really stand on."""
    wrong = []
    texts: list[QLabel | QPushButton | QLineEdit] = [*visible(root, QLabel), *visible(root, QPushButton)]
    for widget in [*texts, *visible(root, QLineEdit)]:
        if not widget.isEnabled() or not widget.text():
            continue
        if widget.size().isEmpty():
            wrong.append(f"no room at all: {widget.text()!r}")
            continue
        ground, colour = _ground(widget), widget.palette().color(widget.foregroundRole()).name()
        contrast = ratio(colour, ground)
        if contrast < LEAST_CONTRAST:
            wrong.append(f"{colour} on {ground} is {contrast:.2f}:1: {widget.text()!r}")
    return wrong


def _ground(widget: QWidget) -> str:
    """Return the colour that most of the widget's place has, also where it is scrolled out of sight."""
    sheet = widget.window()
    for area in sheet.findChildren(QScrollArea):
        content = area.widget()
        if content is not None and content.isAncestorOf(widget):
            sheet = content
    image = sheet.grab(QRect(widget.mapTo(sheet, QPoint(0, 0)), widget.size())).toImage()
    # In this format four bytes are a pixel, and no row has a filling. The bits live as long as the image.
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I").tolist()
    return QColor(Counter(pixels).most_common(1)[0][0]).name()


def everything(root: QWidget) -> list[str]:
    """Run every check."""
    return [*clipped(root), *overflowing(root), *unnamed(root), *unreachable(root), *faint(root)]
