"""The picture in "What is hidden": as large as there is room, and a rectangle can be drawn on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class PreviewPicture(QWidget):
    """``drawn(rect)``: a rectangle in thousandths of the picture. Who has no pointer types it instead."""

    drawn = Signal(QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._from: QPoint | None = None
        self._to = QPoint()
        self.setMinimumHeight(theme.px(120))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        """Wide enough to see what is hidden."""
        return QSize(self._theme.px(560), self._theme.px(260))

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        self._image = image
        self.update()

    def place(self) -> QRect:
        """Where the picture stands in the widget."""
        if self._image is None or self._image.isNull():
            return QRect()
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(QPoint(self.width() - size.width() if self.isRightToLeft() else 0, 0), size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture with a hair line round it, and what is being drawn."""
        painter = QPainter(self)
        place = self.place()
        if self._image is not None and not place.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            painter.setPen(QPen(QColor(self._theme.colours.line), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        if self._from is not None:
            painter.setPen(QPen(QColor(self._theme.colours.attention), 2))
            painter.drawRect(QRect(self._from, self._to).normalized())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle on the picture."""
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.place().contains(at):
            self._from = self._to = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        self._to = event.position().toPoint()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was drawn; a mere click is nothing."""
        begun, self._from = self._from, None
        self.update()
        place = self.place()
        if begun is None or place.isEmpty():
            return
        rect = QRect(begun, event.position().toPoint()).normalized().intersected(place)
        rect.translate(-place.topLeft())
        if rect.width() > 2 and rect.height() > 2:
            thousandths = (
                rect.left() * 1000 // place.width(),
                rect.top() * 1000 // place.height(),
                -(-rect.width() * 1000 // place.width()),
                -(-rect.height() * 1000 // place.height()),
            )
            self.drawn.emit(QRect(*thousandths))
