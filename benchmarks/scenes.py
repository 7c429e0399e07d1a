"""Four desktops as people have them, made here: ``python -m benchmarks.scenes SCALE``.

A text editor, a web page with photos, a spreadsheet, and windows over a photo, drawn full screen with sub-pixel
smoothed text of this repository. Prints ``ready``; each line on its input is the name of the scene to show, which is
printed back once it is on the screen. Photos are noise with the spectrum of photos: no picture is kept in the tree.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QPointF, QRect, QSize, QSocketNotifier, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parent.parent
SANS, MONO = "DejaVu Sans", "DejaVu Sans Mono"


def photo(width: int, height: int, seed: int) -> QImage:
    """Return a picture that a codec takes for a photo: a valley with ridges, grass and the grain of a sensor."""
    chance = random.Random(seed)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sky = QLinearGradient(0, 0, 0, height)
        sky.setColorAt(0, QColor.fromHsv(chance.randrange(195, 225), 130, 215))
        sky.setColorAt(0.7, QColor.fromHsv(chance.randrange(20, 45), 70, 245))
        painter.fillRect(0, 0, width, height, sky)
        for depth in range(7):
            _ridge(painter, width, height, depth / 6, chance)
        _grass(painter, width, height, chance)
    return _with_grain(image, chance)


def _ridge(painter: QPainter, width: int, height: int, near: float, chance: random.Random) -> None:
    """Draw a line of hills with its woods; the nearer, the lower, darker and rougher."""
    points = [chance.random(), chance.random()]
    while len(points) < width / 6:
        spread = 1.6 / len(points)
        halves = [(low + high) / 2 + chance.uniform(-spread, spread) for low, high in pairwise(points)]
        points = [each for pair in zip(points, halves, strict=False) for each in pair] + points[-1:]
    top, swing = height * (0.30 + 0.5 * near), height * 0.22
    line = [QPointF(width * at / (len(points) - 1), top + swing * (y - 0.5)) for at, y in enumerate(points)]
    colour = QColor.fromHsv(round(210 - 110 * near), round(60 + 90 * near), round(190 - 110 * near))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([*line, QPointF(width, height), QPointF(0, height)]))
    for _ in range(round(width * near * 2)):
        foot = chance.choice(line)
        tall = height * (0.01 + 0.03 * near) * chance.uniform(0.5, 1.3)
        painter.setBrush(colour.darker(chance.randrange(100, 150)))
        low = foot + QPointF(chance.uniform(-8, 8), chance.uniform(0, swing))
        painter.drawPolygon(
            QPolygonF([low + QPointF(-tall / 4, 0), low + QPointF(0, -tall), low + QPointF(tall / 4, 0)])
        )


def _grass(painter: QPainter, width: int, height: int, chance: random.Random) -> None:
    for _ in range(width * 6):
        foot = QPointF(chance.uniform(0, width), height * (1 - 0.22 * chance.random() ** 2))
        tip = foot + QPointF(chance.uniform(-6, 6), -chance.uniform(0.01, 0.05) * height)
        painter.setPen(QPen(QColor.fromHsv(chance.randrange(70, 120), 150, chance.randrange(50, 190)), 1.4))
        painter.drawLine(foot, tip)


def _with_grain(image: QImage, chance: random.Random) -> QImage:
    """Return it with the noise of a sensor, drawn from ``chance``: Pillow's own noise can't be seeded."""
    width, height = image.width(), image.height()
    plain = Image.frombuffer("RGB", (width, height), bytes(image.constBits()), "raw", "BGRX", image.bytesPerLine(), 1)
    noise = Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))
    grained = ImageChops.add(plain.filter(ImageFilter.GaussianBlur(0.7)), noise.point(lambda value: value >> 5), 1, -4)
    return QImage(grained.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()


class Desk(QWidget):
    """Paints one scene over the whole screen; ``scale`` is that of the desktop (1.5: text half as large again)."""

    def __init__(self, size: QSize, scale: float) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(size)
        self.scale = scale
        self.scene = "code"
        self._photos = {
            name: photo(round(width * scale), round(height * scale), seed)
            for seed, (name, (width, height)) in enumerate({"hero": (1180, 420), "card": (380, 240)}.items())
        }
        self._wall = photo(size.width(), size.height(), 7)
        self._lines = (ROOT / "worktime" / "timesheet.py").read_text(encoding="utf-8").splitlines()
        self._words = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").replace("*", "").splitlines()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        with QPainter(self) as painter:
            SCENES[self.scene](self, painter)

    def px(self, value: float) -> int:
        """Return pixels of this desktop."""
        return round(value * self.scale)

    def letters(self, family: str, size: float, *, bold: bool = False) -> QFont:
        """Return a font smoothed as desktops do it, by the thirds of a pixel."""
        made = QFont(family)
        made.setPixelSize(self.px(size))
        made.setBold(bold)
        made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        return made

    def code(self, painter: QPainter, area: QRect | None = None) -> None:
        """Draw an editor, dark."""
        area = area or self.rect()
        painter.setClipRect(area)
        painter.fillRect(area, QColor("#1e222a"))
        painter.setFont(self.letters(MONO, 14))
        step, left = self.px(19), area.left() + self.px(16)
        for number, text in enumerate(self._lines):
            y = area.top() + (number + 1) * step
            if y > area.bottom():
                break
            painter.setPen(QColor("#5c6370"))
            painter.drawText(left, y, f"{number + 1:>4}")
            stripped = text.lstrip()
            keyword = stripped.split(" ")[0] in ("def", "class", "return", "if", "for", "from", "import", "yield")
            painter.setPen(QColor("#c678dd" if keyword else "#7f8899" if stripped[:1] in ("#", '"') else "#d5dae2"))
            painter.drawText(left + self.px(56), y, text)
        painter.setClipping(False)

    def web(self, painter: QPainter, area: QRect | None = None) -> None:
        """Draw a page with a large photo, text, and small photos."""
        area = area or self.rect()
        painter.setClipRect(area)
        painter.fillRect(area, QColor("#ffffff"))
        painter.fillRect(QRect(area.left(), area.top(), area.width(), self.px(64)), QColor("#0b4f4a"))
        painter.setPen(QColor("#ffffff"))
        painter.setFont(self.letters(SANS, 22, bold=True))
        left, top = area.left() + max(self.px(24), (area.width() - self.px(1180)) // 2), area.top()
        painter.drawText(left, top + self.px(42), "Fairhour")
        painter.drawImage(left, top + self.px(88), self._photos["hero"])
        painter.setPen(QColor("#20242a"))
        painter.setFont(self.letters(SANS, 16))
        text = QRect(left, top + self.px(530), self.px(770), self.px(1200))
        painter.drawText(text, Qt.TextFlag.TextWordWrap, "\n".join(self._words[30:50]))
        for row in range(3):
            painter.drawImage(left + self.px(800), top + self.px(530 + row * 300), self._photos["card"])
            painter.drawText(left + self.px(800), top + self.px(800 + row * 300), self._words[30 + row][:44])
        painter.setClipping(False)

    def sheet(self, painter: QPainter, area: QRect | None = None) -> None:
        """Draw a table of figures with grid lines."""
        area = area or self.rect()
        painter.setClipRect(area)
        painter.fillRect(area, QColor("#ffffff"))
        chance = random.Random(3)
        column, row = self.px(112), self.px(22)
        painter.setFont(self.letters(SANS, 13))
        names = [word for line in self._words for word in line.split() if word.isalpha() and len(word) > 3]
        for y in range(area.top(), area.bottom(), row):
            for x in range(area.left(), area.right(), column):
                cell = QRect(x, y, column, row)
                painter.fillRect(cell, QColor("#edf0f3" if y == area.top() or x == area.left() else "#ffffff"))
                painter.setPen(QColor("#d3d8de"))
                painter.drawRect(cell)
                painter.setPen(QColor("#20242a"))
                inner = cell.adjusted(self.px(6), 0, -self.px(6), 0)
                if x == area.left() or y == area.top():
                    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, chance.choice(names))
                else:
                    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                    painter.drawText(inner, flags, f"{chance.randrange(100, 99_999) / 100:,.2f}")
        painter.setClipping(False)

    def mixed(self, painter: QPainter) -> None:
        """Draw two windows over a photo."""
        painter.drawImage(0, 0, self._wall)
        width, height = self.width(), self.height()
        for draw, left, top in ((self.code, 0.05, 0.08), (self.sheet, 0.42, 0.34)):
            window = QRect(round(width * left), round(height * top), round(width * 0.5), round(height * 0.56))
            painter.fillRect(window.adjusted(0, -self.px(32), 0, 0), QColor("#2b3038"))
            draw(painter, window)


SCENES: dict[str, Callable[[Desk, QPainter], None]] = {
    "code": Desk.code,
    "web": Desk.web,
    "sheet": Desk.sheet,
    "mixed": Desk.mixed,
}


def main() -> int:
    """Run until the input is closed."""
    app = QApplication(sys.argv[:1])
    desk = Desk(app.primaryScreen().size(), float(sys.argv[1]))
    desk.show()

    def read() -> None:
        name = sys.stdin.readline().strip()
        if not name:
            app.quit()
            return
        desk.scene = name
        desk.repaint()
        app.sync()
        print(name, flush=True)

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, desk)
    orders.activated.connect(read)
    app.processEvents()
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
