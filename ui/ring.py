"""The mark as tray icon, window icon and widget: the current hour's five sectors around the shape of what is recorded.

Painted from ``ui.mark_shapes``, whose paths are drawn for each size, so that edges stand on whole pixels.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.badge import paint_badge
from ui.mark_shapes import GLYPHS, SECTORS
from ui.marks import Badge, Emblem, Sector
from ui.theme import Theme
from ui.tokens import LIGHT, Colours

SIZES = tuple(SECTORS)
_TURN = 360 / 5
_KEPT_ICONS = 16


@lru_cache(maxsize=256)
def _path(data: str) -> QPainterPath:
    """Parse the moves, lines and curves of ``look.generate`` (absolute, space-separated)."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    words = iter(data.split())
    for word in words:
        if word == "Z":
            path.closeSubpath()
            continue
        values = [float(next(words)) for _ in range(6 if word == "C" else 2)]
        if word == "C":
            path.cubicTo(*values)
        elif word == "L":
            path.lineTo(*values)
        else:
            path.moveTo(*values)
    return path


def drawn_size(pixels: int) -> int:
    """Return the drawing to use for ``pixels``: its own, the one of half the size, or the next smaller."""
    if pixels in SIZES:
        return pixels
    whole = [size for size in SIZES if pixels == 2 * size]
    smaller = [size for size in SIZES if size <= pixels]
    return max(whole or smaller or SIZES[:1])


def paint_mark(painter: QPainter, pixels: int, emblem: Emblem, colours: Colours, *, plate: bool = False) -> None:
    """Paint the mark into the square from (0, 0) to (``pixels``, ``pixels``). The ground must be transparent.

    ``plate`` puts a disc in the ground's colour behind it: hardly seen on the panel that the colours are made for, and
    legible on any other. No system on X11 tells what its panel looks like.
    """
    size = drawn_size(pixels)
    painter.save()
    painter.scale(pixels / size, pixels / size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(_path(GLYPHS[size][emblem.mark.value]), QColor(colours.ink))
    for index, sector in enumerate(emblem.sectors):
        colour = colours.muted if sector is Sector.OPEN else colours.recorded
        painter.fillPath(_turned(size, index, sector), QColor(colour))
    paint_badge(painter, size, emblem.badge, emblem.count, colours)
    if plate:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.paper))
        painter.drawEllipse(QRectF(0, 0, size, size))
        if emblem.badge is not Badge.NONE:
            # The badge reaches into the corner, where the disc does not.
            painter.drawRoundedRect(QRectF(size / 2, size / 2, size / 2, size / 2), size / 16, size / 16)
    painter.restore()


def _turned(size: int, index: int, sector: Sector) -> QPainterPath:
    """Return the path of sector ``index``: the first one, turned clockwise around the middle."""
    turn = QTransform().translate(size / 2, size / 2).rotate(index * _TURN).translate(-size / 2, -size / 2)
    return turn.map(_path(SECTORS[size][sector.value]))


def mark_pixmap(pixels: int, ratio: float, emblem: Emblem, colours: Colours, *, plate: bool = False) -> QPixmap:
    """Return the mark, ``pixels`` high in logical pixels, for a screen with ``ratio`` device pixels to one."""
    pixmap = QPixmap(round(pixels * ratio), round(pixels * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, round(pixels * ratio), emblem, colours, plate=plate)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class MarkIcons:
    """Makes the mark's icons and keeps the last few: a new one each second would cost more than all the rest."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QIcon] = {}

    def icon(self, emblem: Emblem, colours: Colours = LIGHT, *, plate: bool = False, template: bool = False) -> QIcon:
        """Return the icon at all drawn sizes. ``template``: macOS recolours it to fit its menu bar."""
        ratios = sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})
        key = (emblem, colours, plate, template, *ratios)
        found = self._kept.get(key)
        if found is not None:
            return found
        icon = QIcon()
        for ratio in ratios:
            for size in SIZES:
                icon.addPixmap(mark_pixmap(size, ratio, emblem, colours, plate=plate))
        icon.setIsMask(template)
        if len(self._kept) >= _KEPT_ICONS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = icon
        return icon


class RingWidget(QWidget):
    """The mark in the window's head; its meaning is read out by the label beside it."""

    def __init__(self, theme: Theme, pixels: int) -> None:
        super().__init__()
        self._theme = theme
        self._pixels = theme.px(pixels)
        self._shown = Emblem()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_mark(self, emblem: Emblem) -> None:
        """Paint again when something changed."""
        if emblem != self._shown:
            self._shown = emblem
            self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._pixels, self._pixels)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from a pixmap, out of which the badge can be cut."""
        painter = QPainter(self)
        pixmap = mark_pixmap(self._pixels, self.devicePixelRatioF(), self._shown, self._theme.colours)
        painter.drawPixmap(0, 0, pixmap)
