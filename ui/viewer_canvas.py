"""The ground on which a screenshot is looked at: fitted to the window, or enlarged and moved about.

Which picture it is, and what is said of it, is the viewer's to know.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from ui.theme import Theme

STEP = 1.25
MOST = 8.0
"""So much a pixel can be enlarged: four of them then fill a finger's breadth."""


class Canvas(QGraphicsView):
    """One picture. ``zoomed()`` after each change of ``percent`` or ``fits``."""

    zoomed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene = QGraphicsScene(self)
        self._scene.addItem(self._item)
        self._rejected = False
        self.fits = True
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._repaint()
        theme.changed.connect(self._repaint)

    def show_picture(self, image: QImage | QPixmap | None, *, rejected: bool = False) -> None:
        """Show a picture, framed in red when it was rejected; fitted again when it has another size."""
        pixmap = QPixmap() if image is None else image if isinstance(image, QPixmap) else QPixmap.fromImage(image)
        another = pixmap.size() != self._item.pixmap().size()
        self._item.setPixmap(pixmap)
        self._rejected = rejected
        self._scene.setSceneRect(QRectF(pixmap.rect()))
        if another:
            self.fit()
        self.viewport().update()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to look at."""
        return not self._item.pixmap().isNull()

    @property
    def percent(self) -> int:
        """Pixels of the screen for 100 pixels of the picture."""
        return round(self.transform().m11() * self.devicePixelRatioF() * 100)

    def fit(self) -> None:
        """Show all of it, but no pixel larger than a pixel of the screen."""
        self.fits = True
        if not self.has_picture:
            return
        room, size = self.viewport().size(), self._item.pixmap().size()
        whole = min(room.width() / size.width(), room.height() / size.height(), 1 / self.devicePixelRatioF())
        self._scale_to(whole)

    def actual_size(self) -> None:
        """Show a pixel of the picture as a pixel of the screen."""
        self.fits = False
        self._scale_to(1 / self.devicePixelRatioF())

    def zoom(self, steps: int) -> None:
        """Enlarge (or reduce, where negative) by steps of a quarter."""
        if not self.has_picture:
            return
        self.fits = False
        least = 0.1 / self.devicePixelRatioF()
        self._scale_to(max(least, min(MOST, self.transform().m11() * STEP**steps)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on to fit."""
        super().resizeEvent(event)
        if self.fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else move."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Frame what was rejected, whatever its colours are."""
        super().drawForeground(painter, rect)
        if self._rejected and self.has_picture:
            pen = QPen(QColor(self._theme.colours.rejected), self._theme.px(4))
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(self._scene.sceneRect())

    def _scale_to(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)
        self.zoomed.emit()

    def _repaint(self) -> None:
        self.setBackgroundBrush(QColor(self._theme.colours.surface))
