"""The tray menu's line with the last screenshot: its picture, its time and its comment.

Panels that take menus over D-Bus and macOS show the action's text instead of the widget.
"""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget, QWidgetAction

from ui import words
from ui.models import Tile
from ui.parts import ElidedLabel
from ui.shot import Picture
from ui.theme import Theme
from ui.timeline import Thumbnails
from ui.tokens import FONT_12

_WIDTH = 340


class ShotAction(QWidgetAction):
    """A menu line that opens the window at the last screenshot."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = _Row(theme, thumbnails)
        self._row.clicked.connect(self._pressed)
        self._menu = parent
        self.setDefaultWidget(self._row)
        self.setVisible(False)

    def show_tile(self, tile: Tile | None, zone: tzinfo) -> None:
        """Show the newest screenshot; without one the line is not there."""
        self.setVisible(tile is not None)
        if tile is None:
            return
        title = self.tr("Last screenshot")
        if tile.taken_at is not None:
            title = self.tr("Last screenshot, {at}").format(at=words.clock_time(tile.taken_at, zone))
        comment = tile.comment or self.tr("No comment yet")
        text = f"{title}: {comment}"
        if self.text() != text:
            self.setText(text)
        self._row.show_tile(tile, title, comment)

    def _pressed(self) -> None:
        self._menu.close()
        self.trigger()


class _Row(QPushButton):
    def __init__(self, theme: Theme, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "menu")
        self._picture = Picture(theme, thumbnails, width=96)
        self._title = ElidedLabel(theme, strong=True)
        self._comment = ElidedLabel(theme, FONT_12, tone="muted")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(self._title)
        texts.addWidget(self._comment)
        texts.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(42), theme.space(1), theme.px(12), theme.space(1))
        row.setSpacing(theme.space(3))
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        for part in (self._picture, self._title, self._comment):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_tile(self, tile: Tile, title: str, comment: str) -> None:
        self._picture.show_tile(tile)
        self._title.setText(title)
        self._comment.setText(comment)
        self.setAccessibleName(f"{title}: {comment}")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._picture.sizeHint().height() + self._theme.space(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A menu line answers to Enter; a plain button in no dialog does not.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
