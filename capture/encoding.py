"""Pixels to a small WebP, its thumbnail and its hash.

Measured at 1080p (docs/decisions/0003-screens-and-input.md): text on flat grounds is smaller lossless (60 KB, and
exact) than lossy (250 KB), photos the other way round; the number of colours tells the two apart. The resolution is
never lowered to save bytes: at half size half of the words are unreadable whatever the codec. It is lowered where the
user wants it so, and, by as little as will do, where a grab has more pixels than the marketplace takes. How the bytes
come about is in ``pixels`` and ``pillow``.
"""

from __future__ import annotations

import math

from capture import memory, pillow, pixels, problems
from capture.port import RawPicture, Shot
from worktime.digest import sha256_of
from worktime.wire import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS

WEBP_MAX_PX = 16_383
"""Longest side that the WebP format can hold."""


def encode(raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot of ``raw``, at ``scale`` per cent of its width and height. Raises FairhourError.

    0.1 to 0.25 s of CPU at 1080p. Memory that the encoder used is given back to the system afterwards; the pixels of
    ``raw`` are the caller's, who does the same when they are gone (``give_memory_back``).
    """
    wanted = size_of(raw, scale)
    try:
        # Held by nobody here: its memory is to be free when it is given back.
        files = pixels.files_of(
            pillow.picture_of(raw.pixels, (raw.width, raw.height), raw.layout, wanted), MAX_PICTURE_BYTES
        )
    except pixels.TooLargeError as error:
        raise problems.failed(
            "A picture of {width}x{height} does not fit in {limit} bytes.",
            width=wanted[0],
            height=wanted[1],
            limit=MAX_PICTURE_BYTES,
        ) from error
    finally:
        memory.give_back()
    return shot_of(raw, wanted, files)


def size_of(raw: RawPicture, scale: int) -> pixels.Size:
    """Return how large the screenshot of ``raw`` will be."""
    return fitting(max(1, raw.width * scale // 100), max(1, raw.height * scale // 100))


def shot_of(raw: RawPicture, size: pixels.Size, files: pixels.Files) -> Shot:
    """Return the screenshot of ``raw`` that these files are."""
    data, thumbnail, flat = files
    return Shot(
        data=data,
        thumbnail=thumbnail,
        width=size[0],
        height=size[1],
        monitors=raw.monitors,
        flat=flat,
        sha256=sha256_of(data),
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
