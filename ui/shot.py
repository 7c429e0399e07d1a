"""A screenshot at a size to look at, with its story, its comment and what deleting it costs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import tiles
from ui.actions import UiActions
from ui.models import Tile, TileKind, TrackerView, same_slot
from ui.parts import CommentField, ElidedLabel, label
from ui.theme import Theme
from ui.thumbnails import Thumbnails, middle_of
from ui.tokens import FONT_12

WIDTH = 176


class Picture(QWidget):
    """The picture of a tile, or an empty frame."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, *, width: int = WIDTH) -> None:
        super().__init__()
        self._theme = theme
        self._width = theme.px(width)
        self._thumbnails = thumbnails
        self._tile: Tile | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_tile(self, tile: Tile | None) -> None:
        """Show another picture."""
        if tile != self._tile:
            self._tile = tile
            self.update()

    def sizeHint(self) -> QSize:
        """16:9."""
        return QSize(self._width, self._width * 9 // 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture."""
        paint(QPainter(self), self.rect(), self._tile, self._theme, self._thumbnails)


class PictureButton(QAbstractButton):
    """The picture of a tile as a button: a click, Space or Enter opens it."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._tile: Tile | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_tile(self, tile: Tile | None) -> None:
        """Show another picture."""
        if tile != self._tile:
            self._tile = tile
            self.update()

    def sizeHint(self) -> QSize:
        """16:9."""
        width = self._theme.px(WIDTH)
        return QSize(width, width * 9 // 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and a frame of ink around it while it has the focus."""
        painter = QPainter(self)
        paint(painter, self.rect(), self._tile, self._theme, self._thumbnails)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.ink), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def paint(painter: QPainter, box: QRect, tile: Tile | None, theme: Theme, thumbnails: Thumbnails) -> None:
    """Paint the picture of a tile, framed in red when it was rejected, or an empty frame."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    colours = theme.colours
    shown = tile.thumbnail if tile is not None and tile.kind is TileKind.PICTURE else None
    pixmap = thumbnails.get(shown)
    if pixmap is not None:
        painter.drawPixmap(box, pixmap, middle_of(pixmap, box.size()))
    else:
        painter.fillRect(box, QColor(colours.surface))
        if tile is not None:
            painter.setPen(QColor(colours.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tiles.short(tile))
    rejected = tile is not None and tile.rejected
    painter.setPen(QPen(QColor(colours.rejected if rejected else colours.line), 2 if rejected else 1))
    edge = 1 if rejected else 0
    painter.drawRect(box.adjusted(edge, edge, -1, -1))


class ShotPanel(QWidget):
    """The picked tile, or the last screenshot when none is picked."""

    delete_wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, actions: UiActions, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._actions = actions
        self._tile: Tile | None = None
        self.picture = PictureButton(theme, thumbnails)
        self.picture.setAccessibleName(self.tr("Open at full size"))
        self.picture.setToolTip(self.tr("Open at full size"))
        self.picture.clicked.connect(lambda: self.opened.emit(self._tile))
        self.title = ElidedLabel(theme, strong=True)
        self.story = label(theme, FONT_12, tone="muted", wrap=True)
        self.comment = CommentField(theme, self.tr("Comment on this screenshot"), self.tr("Comment on this screenshot"))
        self.comment.save.connect(self._save)
        self.delete = QPushButton()
        self.delete.setProperty("look", "danger")
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(self._tile))
        side = QVBoxLayout()
        side.setSpacing(theme.space(1))
        side.addWidget(self.title)
        side.addWidget(self.story)
        side.addWidget(self.comment)
        side.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(3))
        self._row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(side, 1)
        QWidget.setTabOrder(self.picture, self.comment.edit)
        QWidget.setTabOrder(self.comment.edit, self.delete)
        self.hide()

    def set_narrow(self, narrow: bool) -> None:
        """Put the words below the picture."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)

    def show_tile(self, tile: Tile | None, view: TrackerView) -> None:
        """Show ``tile``; nothing is shown where there is none."""
        before, self._tile = self._tile, tile
        self.setVisible(tile is not None)
        if tile is None:
            return
        if not same_slot(before, tile):
            self.comment.forget()
        self.picture.show_tile(tile)
        at = tiles.start_time(tile, view.zone)
        self.title.setText(
            self.tr("Last screenshot") if same_slot(tile, view.last_tile) else self.tr("Slot of {at}").format(at=at)
        )
        self.story.setText(tiles.facts(tile, view.zone) if tile.can_comment else tiles.story(tile, view.zone))
        self.comment.setVisible(tile.can_comment)
        self.comment.show_stored(tile.comment)
        self.delete.setVisible(tile.can_delete)
        text = tiles.delete_button(tile)
        if tile.can_delete and text != self.delete.text():
            self.delete.setText(text)

    def _save(self, text: str) -> None:
        if self._tile is not None:
            self._actions.tile_comment.emit(self._tile.job, self._tile.slot, text)
