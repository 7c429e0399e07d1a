"""The mark as painted is the mark as drawn, at every size and on every panel."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from look.generate import APP_SECTORS, ROOT
from tests.look.contrast import ratio
from ui import badge
from ui.models import Badge, Emblem, Mark, Sector
from ui.ring import SIZES, MarkIcons, drawn_size, mark_pixmap, paint_mark
from ui.tokens import DARK, LIGHT

SECTORS = tuple(Sector(kind) for kind in APP_SECTORS)
BADGES = [
    (Badge.NONE, 0),
    *((Badge.OFFLINE, count) for count in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 21, 100)),
    (Badge.NOT_READY, 0),
    (Badge.ATTENTION, 0),
]
EMBLEMS = [Emblem(SECTORS, mark, kind, count) for mark in Mark for kind, count in BADGES]
SEEN = 80
"""A pixel counts where two icons differ in it by so many of 256 levels of grey."""


def _canvas(size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _painted(size: int, mark: Mark, *, sectors: tuple[Sector, ...] = SECTORS, dark: bool = False) -> QImage:
    image = _canvas(size)
    painter = QPainter(image)
    paint_mark(painter, size, Emblem(sectors, mark), DARK if dark else LIGHT)
    painter.end()
    return image


def _apart(one: QImage, other: QImage) -> float:
    """Return the mean difference of two images' channels, 0 to 255."""
    a, b = bytes(one.constBits()), bytes(other.constBits())
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("panel", ["light", "dark"])
def test_painted_like_the_svg(qtbot: QtBot, size: int, mark: Mark, panel: str) -> None:
    drawn = _canvas(size)
    painter = QPainter(drawn)
    renderer = QSvgRenderer(str(Path(ROOT) / f"look/svg/{panel}/{mark.value}-{size}.svg"))
    assert renderer.isValid()
    renderer.render(painter)
    painter.end()
    assert _apart(drawn, _painted(size, mark, dark=panel == "dark")) < 4


@pytest.mark.parametrize("size", SIZES)
def test_states_differ_by_shape_without_colour(qtbot: QtBot, size: int) -> None:
    shapes = {mark: _painted(size, mark).convertToFormat(QImage.Format.Format_Alpha8) for mark in Mark}
    marks = list(Mark)
    for at, one in enumerate(marks):
        for other in marks[at + 1 :]:
            assert _apart(shapes[one], shapes[other]) > 4, f"{one} and {other} look alike at {size} px"


def _grey(size: int, emblem: Emblem, *, dark: bool) -> Image.Image:
    """Return the icon on its panel as somebody sees it who sees no colours."""
    theme = DARK if dark else LIGHT
    image = _canvas(size)
    image.fill(QColor(theme.surface))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, mark_pixmap(size, 1.0, emblem, theme, plate=True))
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return Image.frombytes("L", (size, size), bytes(grey.constBits()), "raw", "L", grey.bytesPerLine())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_two_states_are_told_apart_without_colours(qtbot: QtBot, size: int, dark: bool) -> None:
    icons = {emblem: _grey(size, emblem, dark=dark) for emblem in EMBLEMS}
    for one, other in itertools.combinations(EMBLEMS, 2):
        apart = sum(ImageChops.difference(icons[one], icons[other]).histogram()[SEEN:])
        another_state = (one.mark, one.badge) != (other.mark, other.badge)
        # Two numbers may have one stroke between them, as 3 and 9 have.
        assert apart >= (size * 0.4 if another_state else 1), f"{one} and {other} look alike: {apart} pixels"


def test_a_template_icon_tells_its_badges_by_what_is_cut_out(qtbot: QtBot) -> None:
    shapes = [_canvas(22) for _ in BADGES]
    for image, (kind, count) in zip(shapes, BADGES, strict=True):
        painter = QPainter(image)
        paint_mark(painter, 22, Emblem(SECTORS, Mark.RECORDING, kind, count), LIGHT)
        painter.end()
    alphas = [bytes(image.convertToFormat(QImage.Format.Format_Alpha8).constBits()) for image in shapes]
    assert len(set(alphas)) == len(BADGES)


@pytest.mark.parametrize(("count", "said"), [(-1, "-"), (0, "-"), (1, "1"), (99, "99"), (100, "9+"), (50_000, "9+")])
def test_the_chip_says_how_much_waits_in_two_places(count: int, said: str) -> None:
    assert badge.said(count) == said


@pytest.mark.parametrize("size", SIZES)
def test_sectors_differ_by_shape_without_colour(qtbot: QtBot, size: int) -> None:
    rings = {kind: _painted(size, Mark.STOPPED, sectors=(kind,) * 5) for kind in Sector}
    alpha = {kind: ring.convertToFormat(QImage.Format.Format_Alpha8) for kind, ring in rings.items()}
    assert _apart(alpha[Sector.FILLED], alpha[Sector.OPEN]) > 8
    assert _apart(alpha[Sector.FILLED], alpha[Sector.NOTCH]) > 4


@pytest.mark.parametrize("size", SIZES)
def test_edges_are_crisp(qtbot: QtBot, size: int) -> None:
    image = _painted(size, Mark.STOPPED, sectors=())
    alphas = {image.pixelColor(x, y).alpha() for x in range(size) for y in range(size)}
    assert alphas == {0, 255}, "the square has a blurred edge"


@pytest.mark.parametrize("mark", list(Mark))
def test_the_plate_keeps_the_icon_legible_on_the_wrong_panel(qtbot: QtBot, mark: Mark) -> None:
    for theme, wrong_panel in ((LIGHT, DARK.paper), (DARK, LIGHT.paper)):
        image = _canvas(22)
        image.fill(QColor(wrong_panel))
        painter = QPainter(image)
        painter.drawPixmap(0, 0, mark_pixmap(22, 1.0, Emblem(SECTORS, mark), theme, plate=True))
        painter.end()
        middle = [image.pixelColor(x, y).name() for x in range(4, 18) for y in range(4, 18)]
        assert max(ratio(colour, theme.paper) for colour in middle) > 4.5
        assert wrong_panel.lower() not in middle, "the panel shows through"


def test_high_density_screens_get_their_own_pixels(qtbot: QtBot) -> None:
    pixmap = mark_pixmap(22, 2.0, Emblem(SECTORS, Mark.RECORDING), LIGHT)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (44, 2.0)


@pytest.mark.parametrize(("pixels", "drawing"), [(16, 16), (44, 22), (96, 48), (128, 64), (112, 64), (8, 16), (20, 16)])
def test_other_sizes_use_the_best_drawing(pixels: int, drawing: int) -> None:
    assert drawn_size(pixels) == drawing


def test_icons_are_kept_and_bounded(qtbot: QtBot) -> None:
    icons = MarkIcons()
    first = icons.icon(Emblem(SECTORS, Mark.RECORDING))
    assert icons.icon(Emblem(SECTORS, Mark.RECORDING)).cacheKey() == first.cacheKey()
    assert {size.width() for size in first.availableSizes()} >= set(SIZES)
    for count in range(20):
        icons.icon(Emblem(SECTORS, Mark.RECORDING, Badge.OFFLINE, count))
    assert icons.icon(Emblem(SECTORS, Mark.RECORDING)).cacheKey() != first.cacheKey(), "the oldest made room"
    assert icons.icon(Emblem(SECTORS, Mark.RECORDING), template=True).isMask()
