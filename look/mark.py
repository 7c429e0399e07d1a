"""The geometry of the mark: a ring of five 12-minute sectors around a shape that tells the state.

Here are the numbers, once. ``look.generate`` writes them as SVG for people and browsers and as ``ui/mark_shapes.py``
for the tracker, which fills sectors as slots are recorded. All shapes are closed paths of moves, lines and cubic
curves in pixels of the drawn size, so that both sides draw the same picture. No colours live here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SIZES = (16, 22, 24, 32, 48, 64)
"""Pixel sizes that are drawn on their own grid; others are scaled from the nearest one."""
SECTORS = 5
STATES = ("recording", "paused", "stopped", "idle")
SECTOR_KINDS = ("filled", "open", "notch")

Step = tuple[str, tuple[float, ...]]
Path = tuple[Step, ...]


@dataclass(frozen=True)
class Band:
    """The ring at one size: radii in pixels, the gap between two sectors and the widths of line and notch."""

    outer: float
    inner: float
    gap: float
    line: float
    notch: float


def band(size: int) -> Band:
    """Return the ring for ``size`` pixels. Small sizes get a thicker band and wider gaps, else they blur to a disc."""
    small = size < 32
    outer = size / 2 - (0.25 if small else size / 64)
    thickness = size * (0.165 if small else 0.14)
    return Band(
        outer, outer - thickness, gap=max(1.5, size * 0.05), line=max(1.0, size / 32), notch=max(1.6, size / 14)
    )


def sector(size: int, kind: str) -> Path:
    """Return the first sector, minute :00 to :12, of the kind filled, open or notch; the others are it, turned."""
    ring = band(size)
    start, end = 0.0, 360 / SECTORS
    if kind == "filled":
        return _annular(size, ring.outer, ring.inner, start, end, ring.gap)
    if kind == "notch":
        middle = (start + end) / 2
        return _annular(size, ring.outer, ring.inner, start, middle, ring.gap, ring.notch) + _annular(
            size, ring.outer, ring.inner, middle, end, ring.notch, ring.gap
        )
    if size < 32:  # two outlines would touch in a band of three pixels: one thin arc says "not yet" as well
        middle_radius = (ring.outer + ring.inner) / 2
        half = ring.line / 2
        return _annular(size, middle_radius + half, middle_radius - half, start, end, ring.gap)
    outside = _annular(size, ring.outer, ring.inner, start, end, ring.gap)
    inside = _annular(size, ring.outer - ring.line, ring.inner + ring.line, start, end, ring.gap + 2 * ring.line)
    return outside + _reversed(inside)


def glyph(size: int, state: str) -> Path:
    """Return the centre shape of ``state``; straight edges stand on whole pixels."""
    return {"recording": _disc, "paused": _bars, "stopped": _square, "idle": _crescent}[state](size)


def _disc(size: int) -> Path:
    return _circle(size / 2, size / 2, size * 0.19)


def _bars(size: int) -> Path:
    width, height = _snap(size * 0.12), _even(size * 0.36, size)
    gap = _even(size * 0.11, size)
    top, middle = (size - height) / 2, size / 2
    return _rect(middle - gap / 2 - width, top, width, height) + _rect(middle + gap / 2, top, width, height)


def _square(size: int) -> Path:
    """Hollow: beside a badge, the small square's four corners alone would not tell it from the disc of recording."""
    side, line = _even(size * 0.4, size), _snap(size * 0.09)
    outer, inner = (size - side) / 2, side - 2 * line
    return _rect(outer, outer, side, side) + _reversed(_rect(outer + line, outer + line, inner, inner))


def _crescent(size: int) -> Path:
    """A moon: the part of a disc that a second disc, up and to the right, leaves over."""
    radius, bite, shift = size * 0.23, size * 0.2, size * 0.135
    centre = size / 2
    bite_x, bite_y = centre + shift * 0.8, centre - shift * 0.6
    distance = math.hypot(bite_x - centre, bite_y - centre)
    along = (radius**2 - bite**2 + distance**2) / (2 * distance)
    towards = math.degrees(math.atan2(bite_x - centre, centre - bite_y))
    open_half = math.degrees(math.acos(along / radius))
    bite_half = math.degrees(math.acos((distance - along) / bite))
    start, end = towards + open_half, towards - open_half + 360
    outline = _arc(centre, centre, radius, start, end)
    back_from = towards + 180 + bite_half
    return (
        ("M", _polar(centre, centre, radius, start)),
        *outline,
        *_arc(bite_x, bite_y, bite, back_from, back_from - 2 * bite_half),
        ("Z", ()),
    )


def _snap(value: float) -> float:
    """Return the nearest whole number of pixels, at least one."""
    return float(max(1, round(value)))


def _even(value: float, size: int) -> float:
    """Return a whole number of pixels that can stand centred in ``size`` without half pixels."""
    whole = max(1, round(value))
    return float(whole if (size - whole) % 2 == 0 else whole + 1)


def _polar(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    """Return the point at ``degrees`` clockwise from the top."""
    angle = math.radians(degrees)
    return (x + radius * math.sin(angle), y - radius * math.cos(angle))


def _arc(x: float, y: float, radius: float, start: float, end: float) -> tuple[Step, ...]:
    """Return cubic curves along a circle from ``start`` to ``end`` degrees (either way round), 45 degrees each."""
    parts = max(1, math.ceil(abs(end - start) / 45))
    step = (end - start) / parts
    pull = 4 / 3 * math.tan(math.radians(step) / 4) * radius
    curves: list[Step] = []
    for part in range(parts):
        a, b = start + part * step, start + (part + 1) * step
        (ax, ay), (bx, by) = _polar(x, y, radius, a), _polar(x, y, radius, b)
        ca, sa = math.cos(math.radians(a)), math.sin(math.radians(a))
        cb, sb = math.cos(math.radians(b)), math.sin(math.radians(b))
        curves.append(("C", (ax + pull * ca, ay + pull * sa, bx - pull * cb, by - pull * sb, bx, by)))
    return tuple(curves)


def _annular(
    size: int, outer: float, inner: float, start: float, end: float, gap: float, gap_end: float | None = None
) -> Path:
    """Return a piece of the ring whose straight sides keep half of ``gap`` pixels from each border, at every radius."""
    centre = size / 2

    def inset(radius: float, width: float) -> float:
        return math.degrees(math.asin(min(1.0, width / 2 / radius)))

    last = gap if gap_end is None else gap_end
    outer_from, outer_to = start + inset(outer, gap), end - inset(outer, last)
    inner_from, inner_to = start + inset(inner, gap), end - inset(inner, last)
    return (
        ("M", _polar(centre, centre, outer, outer_from)),
        *_arc(centre, centre, outer, outer_from, outer_to),
        ("L", _polar(centre, centre, inner, inner_to)),
        *_arc(centre, centre, inner, inner_to, inner_from),
        ("Z", ()),
    )


def _circle(x: float, y: float, radius: float) -> Path:
    return (("M", _polar(x, y, radius, 0)), *_arc(x, y, radius, 0, 360), ("Z", ()))


def _rect(x: float, y: float, width: float, height: float) -> Path:
    return (
        ("M", (x, y)),
        ("L", (x + width, y)),
        ("L", (x + width, y + height)),
        ("L", (x, y + height)),
        ("Z", ()),
    )


def _reversed(path: Path) -> Path:
    """Return one closed path walked the other way, so that a non-zero fill leaves it out of the one around it."""
    points: list[tuple[float, float]] = []
    curves: list[tuple[tuple[float, float], tuple[float, float]] | None] = []
    for command, values in path:
        if command == "C":
            curves.append(((values[0], values[1]), (values[2], values[3])))
        elif command == "L":
            curves.append(None)
        if command != "Z":
            points.append((values[-2], values[-1]))
    steps: list[Step] = [("M", points[-1])]
    for at in range(len(curves) - 1, -1, -1):
        curve = curves[at]
        if curve is None:
            steps.append(("L", points[at]))
        else:
            steps.append(("C", (*curve[1], *curve[0], *points[at])))
    return (*steps, ("Z", ()))
