"""Rectangles of whole pixels, half-open like ranges: what is covered, what stays to be seen, and where it lies when
the picture has another size than the desktop. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Rect(NamedTuple):
    """The pixels ``left <= x < right`` and ``top <= y < bottom``. One without pixels is empty."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels from left to right, never negative."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """Pixels from top to bottom, never negative."""
        return max(0, self.bottom - self.top)

    @property
    def empty(self) -> bool:
        """Whether there is no pixel in it."""
        return self.left >= self.right or self.top >= self.bottom


def common(one: Rect, other: Rect) -> Rect:
    """Return the pixels that are in both; empty where there are none."""
    return Rect(
        max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom)
    )


def around(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle with all of ``rects`` in it; empty for none."""
    held = [rect for rect in rects if not rect.empty]
    if not held:
        return Rect(0, 0, 0, 0)
    return Rect(
        min(rect.left for rect in held),
        min(rect.top for rect in held),
        max(rect.right for rect in held),
        max(rect.bottom for rect in held),
    )


def without(rect: Rect, cover: Rect) -> tuple[Rect, ...]:
    """Return what is left of ``rect`` where ``cover`` lies on it: up to four rectangles that don't overlap."""
    hit = common(rect, cover)
    if hit.empty:
        return () if rect.empty else (rect,)
    parts = (
        Rect(rect.left, rect.top, rect.right, hit.top),
        Rect(rect.left, hit.top, hit.left, hit.bottom),
        Rect(hit.right, hit.top, rect.right, hit.bottom),
        Rect(rect.left, hit.bottom, rect.right, rect.bottom),
    )
    return tuple(part for part in parts if not part.empty)


def visible(rect: Rect, covers: Iterable[Rect]) -> tuple[Rect, ...]:
    """Return what is left of ``rect`` under all of ``covers``, as rectangles that don't overlap."""
    parts: tuple[Rect, ...] = () if rect.empty else (rect,)
    for cover in covers:
        parts = tuple(left for part in parts for left in without(part, cover))
    return parts


def onto(rect: Rect, desktop: Rect, width: int, height: int) -> Rect:
    """Return where ``rect`` of the ``desktop`` lies in its picture of ``width`` x ``height``, cut to the picture.

    Rounded outwards: a pixel that shows any of the rectangle belongs to it.
    """
    if rect.empty:
        return Rect(0, 0, 0, 0)
    return common(
        Rect(
            (rect.left - desktop.left) * width // desktop.width,
            (rect.top - desktop.top) * height // desktop.height,
            -(-(rect.right - desktop.left) * width // desktop.width),
            -(-(rect.bottom - desktop.top) * height // desktop.height),
        ),
        Rect(0, 0, width, height),
    )
