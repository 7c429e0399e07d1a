"""Today's timeline: an hour a row, five tiles in it. A table model, its painter and its view."""

from __future__ import annotations

from datetime import UTC, tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import tiles, words
from ui.models import Delivery, HourRow, Tile, TileKind, TrackerView, same_slot
from ui.theme import Theme
from ui.thumbnails import Thumbnails, middle_of
from ui.tokens import CORNER, FONT_12

TILES_AN_HOUR = 5
TILE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractTableModel):
    """Hours as rows, their tiles as columns."""

    def __init__(self) -> None:
        super().__init__()
        self._hours: tuple[HourRow, ...] = ()
        self._zone: tzinfo = UTC

    def set_hours(self, hours: tuple[HourRow, ...], zone: tzinfo) -> None:
        """Take new tiles; a second that only adds time to the running tile repaints that tile alone."""
        same_shape = [row.start for row in hours] == [row.start for row in self._hours] and zone == self._zone
        if not same_shape:
            self.beginResetModel()
            self._hours, self._zone = hours, zone
            self.endResetModel()
            return
        before, self._hours = self._hours, hours
        for row, (old, new) in enumerate(zip(before, hours, strict=True)):
            if old == new:
                continue
            for column, (was, tile) in enumerate(zip(old.tiles, new.tiles, strict=True)):
                if was != tile:
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def tile(self, index: Index) -> Tile | None:
        """Return the tile of an index."""
        if not index.isValid():
            return None
        return self._hours[index.row()].tiles[index.column()]

    def find(self, tile: Tile) -> QModelIndex:
        """Return the index of the tile with the same job and slot."""
        for row, hour in enumerate(self._hours):
            for column, other in enumerate(hour.tiles):
                if same_slot(other, tile):
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each hour."""
        return 0 if parent is not None and parent.isValid() else len(self._hours)

    def columnCount(self, parent: Index | None = None) -> int:
        """Five tiles an hour."""
        return 0 if parent is not None and parent.isValid() else TILES_AN_HOUR

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The tile for the painter, its story for readers and tool tips."""
        tile = self.tile(index)
        if tile is None:
            return None
        if role == TILE_ROLE:
            return tile
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tiles.story(tile, self._zone)
        if role == Qt.ItemDataRole.DisplayRole:
            return tiles.short(tile)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The hour, "09", before its row."""
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return words.clock_time(self._hours[section].start, self._zone)
        return None


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: picture, hatch or outline, a strip of words, and a red frame where it was rejected."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one tile inside its cell."""
        tile = index.data(TILE_ROLE)
        if not isinstance(tile, Tile):
            return
        gap = self._theme.space(1)
        box: QRect = option.rect.adjusted(gap // 2, gap // 2, -(gap - gap // 2), -(gap - gap // 2))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self._theme.font(FONT_12))
        self._ground(painter, box, tile)
        self._text(painter, box, tile)
        if tile.delivery in (Delivery.HELD, Delivery.WAITING):
            self._arrow(painter, box)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        self._frame(painter, box, tile, selected=selected or focused)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        colours = self._theme.colours
        pixmap = self._thumbnails.get(tile.thumbnail) if tile.kind is TileKind.PICTURE else None
        painter.setPen(Qt.PenStyle.NoPen)
        if pixmap is not None:
            painter.drawPixmap(box, pixmap, middle_of(pixmap, box.size()))
            return
        painter.setBrush(QColor(colours.paper if tile.kind is TileKind.EMPTY else colours.surface))
        painter.drawRoundedRect(box, CORNER, CORNER)
        if tile.kind is TileKind.IDLE:
            hatch = QColor(colours.idle)
            hatch.setAlphaF(0.35)
            painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, CORNER, CORNER)

    def _text(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        text = tiles.short(tile)
        if not text:
            return
        colours = self._theme.colours
        line = painter.fontMetrics().height()
        if tile.kind is TileKind.PICTURE or tile.rejected:
            strip = QRect(box.left(), box.bottom() - line - 1, box.width(), line + 2)
            painter.fillRect(strip, QColor(colours.rejected if tile.rejected else colours.surface))
            painter.setPen(QColor(colours.paper if tile.rejected else colours.ink))
        else:
            strip = box
            painter.setPen(QColor(_TONES.get(tile.kind, "muted") and getattr(colours, _TONES.get(tile.kind, "muted"))))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, strip.width() - 4)
        reason = tiles.why_none(tile)
        if reason and strip is box and box.height() >= 2 * line:
            upper = QRect(box.left(), box.center().y() - line, box.width(), line)
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, shown)
            painter.setPen(QColor(colours.muted))
            shown = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, strip.width() - 4)
            strip = upper.translated(0, line)
        if tile.kind is TileKind.IDLE:
            # The hatch would run through the letters.
            ground = QRect(0, 0, painter.fontMetrics().horizontalAdvance(shown) + 8, line + 2)
            ground.moveCenter(strip.center())
            painter.fillRect(ground, QColor(colours.surface))
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, shown)

    def _arrow(self, painter: QPainter, box: QRect) -> None:
        """Mark what is not with the marketplace yet, with or without a picture, by an arrow that points up."""
        side, colours = self._theme.px(16), self._theme.colours
        chip = QRect(box.right() - side, box.top() + 1, side, side)
        painter.fillRect(chip, QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.ink), max(1, self._theme.px(1.5))))
        middle, wing = chip.center(), self._theme.px(3)
        tip, foot = QPoint(middle.x(), middle.y() - wing - 1), QPoint(middle.x(), middle.y() + wing + 1)
        painter.drawLine(foot, tip)
        painter.drawPolyline([tip + QPoint(-wing, wing), tip, tip + QPoint(wing, wing)])

    def _frame(self, painter: QPainter, box: QRect, tile: Tile, *, selected: bool) -> None:
        colours = self._theme.colours
        colour, width = colours.line, 1
        if tile.kind is TileKind.RUNNING:
            colour, width = colours.recorded, 2
        if tile.delivery is Delivery.REFUSED:
            colour, width = colours.attention, 2
        if tile.rejected:
            colour, width = colours.rejected, 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(box)
        if selected:
            painter.setPen(QPen(QColor(colours.ink), 2))
            painter.drawRect(box.adjusted(2, 2, -2, -2) if tile.rejected else box)


_TONES = {TileKind.RUNNING: "recorded", TileKind.NO_PICTURE: "attention", TileKind.IDLE: "idle"}


class Timeline(QTableView):
    """The tiles; arrow keys walk over them, and ``picked`` tells which one has the focus of attention.

    ``opened``: a click, or Enter, on one that something was recorded in.
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = theme
        self._newest: Tile | None = None
        self._fitting = False
        self._model = TimelineModel()
        self._delegate = TileDelegate(theme, thumbnails)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Today's slots, five to the hour"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        hours = self.verticalHeader()
        hours.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        hours.setFont(theme.font(FONT_12))
        hours.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.selectionModel().currentChanged.connect(self._pick)
        self.clicked.connect(self._open)
        self._model.modelReset.connect(self._latest)
        theme.changed.connect(self.viewport().update)

    def show_view(self, view: TrackerView) -> None:
        """Show the hours."""
        self._newest = view.last_tile
        self._model.set_hours(view.hours, view.zone)

    def show_tile(self, tile: Tile) -> None:
        """Select a tile and bring it into sight."""
        index = self._model.find(tile)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def tile_now(self, tile: Tile) -> Tile | None:
        """Return the present state of a tile that was picked before."""
        return self._model.tile(self._model.find(tile))

    def sizeHint(self) -> QSize:
        """Room for three hours: what there is beyond that comes from the layout."""
        return QSize(self._theme.px(320), self._theme.px(3 * 44))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest screenshot: Qt would go to the first tile of the day."""
        if not self.currentIndex().isValid() and self._newest is not None:
            self.show_tile(self._newest)
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the new size; who looked at the newest goes on to do so."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        self._fit()
        if at_end:
            self.scrollToBottom()

    def updateGeometries(self) -> None:
        """Show whole rows only: the few pixels below the last one that fits stay empty."""
        # Moving the viewport's edge resizes it, which asks for this again; and Qt's own part takes the edge away.
        if self._fitting:
            return
        self._fitting = True
        super().updateGeometries()
        rows, bar = self.verticalHeader(), self.verticalScrollBar()
        spare = self._room() % rows.defaultSectionSize() if rows.length() > self._room() else 0
        edges = self.viewportMargins()
        self.setViewportMargins(edges.left(), edges.top(), edges.right(), spare)
        beside = rows.geometry()
        rows.setGeometry(beside.x(), beside.y(), beside.width(), self.viewport().height())
        if spare and bar.value() == bar.maximum():
            rows.setOffsetToLastSection()
        self._fitting = False

    def _fit(self) -> None:
        """Give rows the height of 16:9 tiles; where not all fit, a lower one in which they do, or else the nearest that
        fills the room evenly."""
        room, least = max(1, self._room()), self._theme.px(36)
        # The width without a scroll bar, whether there is one or not: rows that are fitted beside it may need none, and
        # then one again, without end.
        beside = self.viewportMargins()
        width = self.width() - 2 * self.frameWidth() - beside.left() - beside.right()
        height = max(least, width // TILES_AN_HOUR * 9 // 16)
        whole = max(self.minimumHeight(), self._model.rowCount() * height + 2 * self.frameWidth())
        if self.maximumHeight() != whole:
            self.setMaximumHeight(whole)
        if (rows := self._model.rowCount()) * height > room:
            most = room // least
            height = room // max(1, rows if rows <= most else min(round(room / height), most))
        self.verticalHeader().setDefaultSectionSize(height)
        self.updateGeometries()

    def _room(self) -> int:
        return self.height() - 2 * self.frameWidth()

    def _pick(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.picked.emit(self._model.tile(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every system; Qt's own ``activated`` is a click, two, or a key, as the desktop likes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        tile = self._model.tile(index)
        if tile is not None and tile.kind is not TileKind.EMPTY:
            self.opened.emit(tile)

    def _latest(self) -> None:
        self._fit()
        self.scrollToBottom()
