"""The widget in the tray menu's line with the last screenshot (``shot_action``)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui.models import Tile
from ui.parts import ElidedLabel
from ui.shot import Picture
from ui.theme import Theme
from ui.thumbnails import Thumbnails
from ui.tokens import FONT_12

_WIDTH = 340


class ShotRow(QPushButton):
    """A picture with its time and its comment beside it."""

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
        before, behind = theme.px(42), theme.px(12)
        left, right = (behind, before) if self.isRightToLeft() else (before, behind)
        row.setContentsMargins(left, theme.space(1), right, theme.space(1))
        row.setSpacing(theme.space(3))
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        for part in (self._picture, self._title, self._comment):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_tile(self, tile: Tile, title: str, comment: str) -> None:
        """Show a tile, under this title."""
        self._picture.show_tile(tile)
        self._title.setText(title)
        self._comment.setText(comment)
        self.setAccessibleName(f"{title}: {comment}")

    def sizeHint(self) -> QSize:
        """As high as the picture."""
        return QSize(self._theme.px(_WIDTH), self._picture.sizeHint().height() + self._theme.space(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter, too."""
        # A menu line answers to Enter; a plain button in no dialog does not.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
