"""Pixels to a small WebP, its thumbnail and its hash.

Measured at 1080p (docs/decisions/0003-screens-and-input.md): text on flat grounds is smaller lossless (60 KB, and
exact) than lossy (250 KB), photos the other way round; the number of colours tells the two apart. The resolution is
never lowered to save bytes: at half size half of the words are unreadable whatever the codec. It is lowered where the
user wants it so, and, by as little as will do, where a grab has more pixels than the marketplace takes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from capture import memory, problems
from capture.port import RawPicture, Shot
from worktime.wire import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT_COLOURS = 8192
"""A picture with at most this many colours is text-like (seen: 2 710 to 4 200; with photos 160 000 and more)."""

THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 70
WEBP_MAX_PX = 16_383
"""Longest side that the WebP format can hold."""

_LOSSLESS: dict[str, Any] = {"lossless": True, "quality": 60, "method": 3}
_LOSSY: tuple[dict[str, Any], ...] = (
    {"quality": 78, "method": 3},
    {"quality": 45, "method": 2},
    {"quality": 20, "method": 2},
    {"quality": 0, "method": 2},
)
"""Best first. The first keeps the structure of a photo (SSIM 0.981) where 70 does not (0.977). Noise of 16.6 million
pixels has 18 MB at 70, 9.6 at 20, 1.5 at 0."""


def encode(raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot of ``raw``, at ``scale`` per cent of its width and height. Raises FairhourError.

    0.1 to 0.25 s of CPU at 1080p. Memory that the encoder used is given back to the system afterwards; the pixels of
    ``raw`` are the caller's, who does the same when they are gone (``give_memory_back``).
    """
    try:
        return _encode(raw, scale)
    finally:
        memory.give_back()


def _encode(raw: RawPicture, scale: int) -> Shot:
    from PIL import Image

    size = (raw.width, raw.height)
    image = Image.frombuffer("RGB", size, raw.pixels, "raw", raw.layout, 0, 1)
    wanted = fitting(max(1, raw.width * scale // 100), max(1, raw.height * scale // 100))
    if wanted != size:
        # Bicubic: the sharp one of the cheap filters (0.37 s of CPU for 25 million pixels), and text stays lossless.
        image = image.resize(wanted, Image.Resampling.BICUBIC)
    colours = image.getcolors(TEXT_COLOURS)
    data = _best_that_fits(image, text_like=colours is not None)
    return Shot(
        data=data,
        thumbnail=_thumbnail(image),
        width=image.width,
        height=image.height,
        monitors=raw.monitors,
        flat=colours is not None and len(colours) == 1,
        sha256=hashlib.sha256(data).hexdigest(),
        grabbed_ns=raw.grabbed_ns,
        redacted=raw.redacted,
    )


def is_flat(raw: RawPicture) -> bool:
    """Tell whether every pixel has one colour (``Shot.flat``), without encoding anything."""
    from PIL import Image

    image = Image.frombuffer("RGB", (raw.width, raw.height), raw.pixels, "raw", raw.layout, 0, 1)
    return image.getcolors(1) is not None


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return the largest size of the same shape that the format and the marketplace take; the same where it fits."""
    scale = min(1.0, WEBP_MAX_PX / max(width, height), math.sqrt(MAX_PICTURE_PIXELS / (width * height)))
    if scale == 1.0:
        return width, height
    # Rounded down, so that the product stays below the bound; the billionth undoes what floats lose of whole numbers.
    return max(1, int(width * scale + 1e-9)), max(1, int(height * scale + 1e-9))


def _best_that_fits(image: Image, *, text_like: bool) -> bytes:
    for options in _settings(text_like=text_like):
        buffer = BytesIO()
        image.save(buffer, "WEBP", **options)
        if buffer.tell() <= MAX_PICTURE_BYTES:
            return buffer.getvalue()
    raise problems.failed(
        "A picture of {width}x{height} does not fit in {limit} bytes.",
        width=image.width,
        height=image.height,
        limit=MAX_PICTURE_BYTES,
    )


def _settings(*, text_like: bool) -> Iterator[dict[str, Any]]:
    """Settings to try, best first. What comes after the first lossy one is for screens that outgrow the upload."""
    if text_like:
        yield _LOSSLESS
    yield from _LOSSY


def _thumbnail(image: Image) -> bytes:
    # reduce() first: a box filter over whole pixels is several times faster than resampling from full size.
    small = image.reduce(max(1, image.width // (2 * THUMBNAIL_PX)))
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=THUMBNAIL_QUALITY)
    return buffer.getvalue()
