"""The tray menu's line with the last screenshot: its picture, its time and its comment.

Panels that take menus over D-Bus and macOS show the action's text instead of the widget, which is made when the menu
first opens.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget, QWidgetAction

from ui import words
from ui.models import Tile
from ui.theme import Theme
from ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from ui.shot_row import ShotRow


class ShotAction(QWidgetAction):
    """A menu line that opens the window at the last screenshot."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnails = thumbnails
        self._menu = parent
        self._row: ShotRow | None = None
        self._wanted = False
        self._shown: tuple[Tile, str, str] | None = None
        self.setVisible(False)

    def use_widget(self) -> bool:
        """Have a picture from now on; tells whether that is new. A menu asks for the widget when it takes the line."""
        new, self._wanted = not self._wanted, True
        return new

    def createWidget(self, parent: QWidget) -> QWidget:
        """Make the line's widget, once it is wanted; a line without one shows its text."""
        if not self._wanted:
            return cast(QWidget, None)  # Qt takes that for: none
        from ui.shot_row import ShotRow

        self._row = ShotRow(self._theme, self._thumbnails)
        self._row.setParent(parent)
        self._row.clicked.connect(self._pressed)
        if self._shown is not None:
            self._row.show_tile(*self._shown)
        return self._row

    def deleteWidget(self, widget: QWidget) -> None:
        """Forget the widget that goes."""
        self._row = None
        super().deleteWidget(widget)

    def show_tile(self, tile: Tile | None, zone: tzinfo) -> None:
        """Show the newest screenshot; without one the line is not there."""
        self.setVisible(tile is not None)
        # The menu would leave it where it stood, for who reads its widgets aloud.
        if self._row is not None:
            self._row.setVisible(tile is not None)
        if tile is None:
            return
        title = self.tr("Last screenshot")
        if tile.taken_at is not None:
            title = self.tr("Last screenshot, {at}").format(at=words.clock_time(tile.taken_at, zone))
        comment = tile.comment or self.tr("No comment yet")
        text = f"{title}: {comment}"
        if self.text() != text:
            self.setText(text)
        self._shown = (tile, title, comment)
        if self._row is not None:
            self._row.show_tile(*self._shown)

    def _pressed(self) -> None:
        self._menu.close()
        self.trigger()
