"""A small window at the corner of the screen that takes no focus by itself: the ground of notice and reminder.

What it says is theirs. It gets the focus when the user clicks into a field of it, or asks for it by keyboard, and gives
it back for good on leaving. Nothing about it moves.
"""

from __future__ import annotations

import itertools
import sys

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCloseEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QRegion,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QLineEdit, QVBoxLayout, QWidget

from ui.screens import handle_of, screen_of
from ui.theme import Theme

WIDTH = 376
_numbers = itertools.count()
_MARGIN = 12
_NOWHERE = QRegion(-2, -2, 1, 1)
"""A mask outside the window: nothing of it is left on the screen. An empty one would mean none."""


class CornerWindow(QFrame):
    """``column`` takes its parts. ``gone``: it is closed, by the user or by itself, and deletes itself, unless it is to
    be shown again."""

    gone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self._theme = theme
        self._keep_clear = QRect()
        self.setProperty("part", "corner")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # macOS hides the tool windows of a program that is not in front.
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setWindowTitle("Fairhour")
        self.setObjectName(f"corner{next(_numbers)}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(theme.space(3),) * 4)
        self.column.setSpacing(theme.space(2))
        # Each part that comes or goes would enlarge the window by itself, and it would be in two sizes at once.
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setFixedWidth(theme.px(WIDTH))
        # When Qt has done with it: the screen itself is about to be destroyed.
        theme.app.screenRemoved.connect(self._screens_changed, Qt.ConnectionType.QueuedConnection)

    def appear(self, keep_clear: QRect) -> None:
        """Show at the corner of the screen that the pointer is on, beside ``keep_clear`` (the tray icon's place)."""
        self._keep_clear = keep_clear
        self.place()
        # Where it was shown before it may have had the focus as it closed.
        self._accept_focus(accept=False)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self, screen: QScreen | None = None) -> None:
        """Go to the corner, in the size that the words need now; on the screen where it is, once it is shown."""
        if screen is None:
            here = None if self.isVisible() else QGuiApplication.screenAt(QCursor.pos())
            screen = here or screen_of(self)
        size = self._wanted_size()
        margin = self._theme.px(_MARGIN)
        at = corner(screen.availableGeometry(), size, margin, self.layoutDirection(), self._keep_clear)
        # In one go: Qt may not know yet where the window manager has put it.
        self.setGeometry(QRect(at, size))

    def fit(self) -> None:
        """Follow the words, when they need another size."""
        if self.isVisible() and self._wanted_size() != self.size():
            self.place()

    def take_focus(self) -> None:
        """Take the focus: the user wants to type here."""
        self._accept_focus(accept=True)
        self.raise_()
        self.activateWindow()

    def look_away(self, *, away: bool) -> None:
        """Be on no picture: off the screen without a trace, focus and place kept, and back again."""
        if sys.platform in ("win32", "darwin"):
            self.setWindowOpacity(0.0 if away else 1.0)
        elif away:
            self.setMask(_NOWHERE)
        else:
            self.clearMask()

    @property
    def in_use(self) -> bool:
        """Whether the user is in it."""
        return self.isActiveWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Hear of clicks into its fields."""
        super().showEvent(event)
        for field in self.findChildren(QLineEdit):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into a field is the wish to type there."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and not self.in_use:
            self.take_focus()
            watched.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Take no focus any more after the user has left."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._accept_focus(accept=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it; what was typed into a field is kept by the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave no field with something typed and not told."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()
        super().closeEvent(event)
        self.gone.emit()

    def _wanted_size(self) -> QSize:
        self.column.activate()
        # Not adjustSize(): it asks for the height of wrapped texts at another width.
        return QSize(self.width(), self.column.totalHeightForWidth(self.width()))

    def _accept_focus(self, *, accept: bool) -> None:
        # On the window itself: changed on the widget, it would vanish and come again.
        handle = handle_of(self)
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not accept)

    def _screens_changed(self) -> None:
        self.place(QGuiApplication.primaryScreen())


def corner(room: QRect, size: QSize, margin: int, direction: Qt.LayoutDirection, keep_clear: QRect) -> QPoint:
    """Return where a window of ``size`` stands in ``room``: below at the end of the line, off ``keep_clear``."""
    right_to_left = direction == Qt.LayoutDirection.RightToLeft
    left = room.left() + margin if right_to_left else room.right() + 1 - margin - size.width()
    top = room.bottom() + 1 - margin - size.height()
    place = QRect(QPoint(max(room.left(), left), max(room.top(), top)), size)
    if place.intersects(keep_clear):
        place.moveTop(max(room.top(), keep_clear.top() - margin - size.height()))
    return place.topLeft()
