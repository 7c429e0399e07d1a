"""Pixels to the bytes of a WebP and of its thumbnail, with Pillow and nothing of ours.

Besides being a module this is a program: for each screenshot it is started by its path (``darkroom``), and whatever it
imported would be loaded again each time. So it knows no Shot, no Problem and no rule; sizes and bounds are given to it.
"""

from __future__ import annotations

import contextlib
import struct
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT_COLOURS = 8192
"""A picture with at most this many colours is text-like (seen: 2 710 to 4 200; with photos 160 000 and more)."""
THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 70
MADE = b"\0"
HEAD = struct.Struct("<c?II")
"""What the program answers: ``MADE``, with which no word begins, whether the picture is flat, bytes of the picture and
of the thumbnail; both follow. Else it is the kind of an error, in words."""

_LOSSLESS: dict[str, Any] = {"lossless": True, "quality": 60, "method": 3}
_LOSSY: tuple[dict[str, Any], ...] = (
    {"quality": 78, "method": 3},
    {"quality": 45, "method": 2},
    {"quality": 20, "method": 2},
    {"quality": 0, "method": 2},
)
"""Best first. The first keeps the structure of a photo (SSIM 0.981) where 70 does not (0.977). Noise of 16.6 million
pixels has 18 MB at 70, 9.6 at 20, 1.5 at 0."""

Size = tuple[int, int]


class TooLargeError(ValueError):
    """The picture has too many bytes whatever its quality."""


class Files(NamedTuple):
    """The bytes of a picture and of its thumbnail, and whether all its pixels have one colour."""

    data: bytes
    thumbnail: bytes
    flat: bool


def make(pixels: bytes | bytearray, size: Size, layout: str, wanted: Size, most: int) -> Files:
    """Return the files of a picture of ``size``, ``wanted`` large, of ``most`` bytes at most. Raises TooLargeError."""
    from PIL import Image

    image = Image.frombuffer("RGB", size, pixels, "raw", layout, 0, 1)
    if wanted != size:
        # Bicubic: the sharp one of the cheap filters (0.37 s of CPU for 25 million pixels), and text stays lossless.
        image = image.resize(wanted, Image.Resampling.BICUBIC)
    colours = image.getcolors(TEXT_COLOURS)
    data = _best_that_fits(image, most, text_like=colours is not None)
    return Files(data, _thumbnail(image), colours is not None and len(colours) == 1)


def main(words: Sequence[str]) -> int:
    """Make the files of the pixels at the standard input: width, height, layout, wanted width and height, most bytes.

    Returns 1 when nothing came of it; the answer is then the kind of error.
    """
    try:
        width, height, layout, wanted_width, wanted_height, most = words
        with open(0, "rb", closefd=False) as pixels:
            raw = pixels.read()
        made = make(raw, (int(width), int(height)), layout, (int(wanted_width), int(wanted_height)), int(most))
        _say(HEAD.pack(MADE, made.flat, len(made.data), len(made.thumbnail)), made.data, made.thumbnail)
    except Exception as error:  # noqa: BLE001 - there is no log here: who asked has one
        with contextlib.suppress(OSError):  # who asked may have ended meanwhile
            _say(type(error).__name__.encode())
        return 1
    return 0


def _say(*parts: bytes) -> None:
    with open(1, "wb", closefd=False) as answer:
        answer.writelines(parts)


def _best_that_fits(image: Image, most: int, *, text_like: bool) -> bytes:
    for options in _settings(text_like=text_like):
        data = _saved(image, "WEBP", options)
        if len(data) <= most:
            return data
    raise TooLargeError


def _settings(*, text_like: bool) -> Iterator[dict[str, Any]]:
    """Settings to try, best first. What comes after the first lossy one is for screens that outgrow the upload."""
    if text_like:
        yield _LOSSLESS
    yield from _LOSSY


def _thumbnail(image: Image) -> bytes:
    # reduce() first: a box filter over whole pixels is several times faster than resampling from full size.
    small = image.reduce(max(1, image.width // (2 * THUMBNAIL_PX)))
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    return _saved(small, "JPEG", {"quality": THUMBNAIL_QUALITY})


def _saved(image: Image, kind: str, options: dict[str, Any]) -> bytes:
    """Do what ``image.save`` does, which loads all formats that there are before it looks for one: 30 ms of CPU.

    What is used for that is meant for plugins; should another Pillow have it otherwise, no picture is lost by that.
    """
    from PIL import Image, JpegImagePlugin, WebPImagePlugin  # noqa: F401 - they put themselves into SAVE

    buffer = BytesIO()
    try:
        image.encoderinfo, image.encoderconfig = dict(options), ()
        Image.SAVE[kind](image, buffer, "")
    except (AttributeError, KeyError, TypeError):
        buffer = BytesIO()
        image.save(buffer, kind, **options)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
