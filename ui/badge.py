"""The badge at the mark's lower right: what needs a look, while the centre goes on telling what is recorded.

By shape, not colour alone: a chip with the number of what is not sent (a dash for nothing), a ring with a bar for Not
Ready, a triangle for anything else. Drawn on the grid of the mark's sizes, so that edges stand on whole pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.marks import Badge
from ui.tokens import Colours

_MOST = 99


@dataclass(frozen=True)
class _Grid:
    """One size of the mark: the badge's side, and a digit's width, height, stroke and the ground around it."""

    side: int
    width: int
    height: int
    stroke: int
    pad: int


_GRIDS = {
    16: _Grid(9, 3, 5, 1, 1),
    22: _Grid(11, 4, 7, 1, 1),
    24: _Grid(13, 4, 7, 1, 2),
    32: _Grid(17, 5, 9, 2, 2),
    48: _Grid(25, 8, 13, 2, 3),
    64: _Grid(33, 10, 17, 3, 4),
}
# Strokes as on a pocket calculator: top, upper left, upper right, middle, lower left, lower right, bottom.
_STROKES = {
    "0": "1110111",
    "1": "0010010",
    "2": "1011101",
    "3": "1011011",
    "4": "0111010",
    "5": "1101011",
    "6": "1101111",
    "7": "1010010",
    "8": "1111111",
    "9": "1111011",
    "-": "0001000",
}


def said(count: int) -> str:
    """Return what stands in the chip: two places at most, so that it can be read in a panel."""
    return "-" if count <= 0 else str(count) if count <= _MOST else "9+"


def paint_badge(painter: QPainter, size: int, badge: Badge, count: int, colours: Colours) -> None:
    """Paint into the lower right of the square of ``size``; what stands there is cut away around it first."""
    if badge is Badge.NONE:
        return
    grid = _GRIDS[size]
    painter.save()
    if badge is Badge.OFFLINE:
        _chip(painter, size, grid, said(count), colours.ink)
    elif badge is Badge.NOT_READY:
        _barred_ring(painter, size, grid, colours.attention)
    else:
        _triangle(painter, size, grid, colours.attention)
    painter.restore()


def _cut(painter: QPainter, shape: QPainterPath, by: float = 0) -> None:
    """Take the shape away, and ``by`` pixels around it."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    if by:
        painter.strokePath(shape, QPen(Qt.GlobalColor.black, 2 * by))
    painter.fillPath(shape, Qt.GlobalColor.black)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _gap(size: int) -> int:
    return max(1, size // 24)


def _chip(painter: QPainter, size: int, grid: _Grid, text: str, colour: str) -> None:
    # A lone digit in a narrow chip would look like a bar.
    pad = grid.pad + (1 if len(text) == 1 else 0)
    width = len(text) * grid.width + (len(text) - 1) * grid.stroke + 2 * pad
    height = grid.height + 2 * grid.pad
    box = QRect(size - width, size - height, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box), grid.pad, grid.pad)
    around = QPainterPath()
    around.addRect(QRectF(box))
    _cut(painter, around, _gap(size))
    painter.fillPath(shape, QColor(colour))
    strokes = QPainterPath()
    for place, character in enumerate(text):
        left = box.left() + pad + place * (grid.width + grid.stroke)
        for stroke in _digit(grid, character):
            strokes.addRect(QRectF(stroke.translated(left, box.top() + grid.pad)))
    strokes.setFillRule(Qt.FillRule.WindingFill)
    _cut(painter, strokes)


def _digit(grid: _Grid, character: str) -> list[QRect]:
    width, height, stroke = grid.width, grid.height, grid.stroke
    middle, right, bottom = (height - stroke) // 2, width - stroke, height - stroke
    if character == "+":
        side = width - (width - stroke) % 2
        top = middle - (side - stroke) // 2
        return [QRect(0, middle, side, stroke), QRect((side - stroke) // 2, top, stroke, side)]
    upper, lower = middle + stroke, height - middle
    places = (
        QRect(0, 0, width, stroke),
        QRect(0, 0, stroke, upper),
        QRect(right, 0, stroke, upper),
        QRect(0, middle, width, stroke),
        QRect(0, middle, stroke, lower),
        QRect(right, middle, stroke, lower),
        QRect(0, bottom, width, stroke),
    )
    return [place for place, on in zip(places, _STROKES[character], strict=True) if on == "1"]


def _barred_ring(painter: QPainter, size: int, grid: _Grid, colour: str) -> None:
    line = max(1.5, grid.side / 7)
    box = QRectF(size - grid.side, size - grid.side, grid.side, grid.side)
    disc = QPainterPath()
    disc.addEllipse(box)
    _cut(painter, disc, _gap(size))
    inner = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.setPen(QPen(QColor(colour), line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    reach = inner.width() / 2 * 0.7071
    painter.drawLine(inner.center() + QPointF(-reach, -reach), inner.center() + QPointF(reach, reach))


def _triangle(painter: QPainter, size: int, grid: _Grid, colour: str) -> None:
    side = grid.side
    left, top = size - side, size - side
    shape = QPainterPath()
    corners = (QPointF(left + side / 2, top), QPointF(size, size), QPointF(left, size))
    shape.addPolygon(QPolygonF(list(corners)))
    shape.closeSubpath()
    _cut(painter, shape, _gap(size))
    painter.fillPath(shape, QColor(colour))
    # The mark of exclamation: a bar and a dot, cut out.
    wide = 1 + 2 * (side // 16)
    middle = left + (side - wide) // 2
    dot = size - wide - max(1, side // 12)
    bar_top = top + side * 4 // 10
    mark = QPainterPath()
    mark.addRect(QRectF(middle, bar_top, wide, dot - max(1, wide // 2) - bar_top))
    mark.addRect(QRectF(middle, dot, wide, wide))
    _cut(painter, mark)
