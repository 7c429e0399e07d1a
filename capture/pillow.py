"""A picture in the hands of Pillow, asked as everybody does: in the tracker, and where ``quick`` does not work."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

    from capture.pixels import Fill, Size


class PillowPicture:
    """A picture of Pillow's (``pixels.Picture``)."""

    def __init__(self, image: Image) -> None:
        self.size: Size = image.size
        self._image = image

    def colours(self, most: int) -> int | None:
        """Return how many colours it has, None when they are more than ``most``."""
        found = self._image.getcolors(most)
        return None if found is None else len(found)

    def webp(self, lossless: bool, quality: int, method: int) -> bytes:
        """Return it as a WebP, without any metadata."""
        return _saved(self._image, "WEBP", {"lossless": lossless, "quality": quality, "method": method})

    def jpeg(self, reduce: int, size: Size, quality: int) -> bytes:
        """Return it as a JPEG of ``size``, after a box filter over ``reduce`` pixels each way."""
        return _saved(self._image.reduce(reduce).resize(size), "JPEG", {"quality": quality})


def picture_of(pixels: bytes | bytearray, size: Size, layout: str, wanted: Size) -> PillowPicture:
    """Return the picture of pixels that are there, ``wanted`` large."""
    from PIL import Image

    image = Image.frombuffer("RGB", size, pixels, "raw", layout, 0, 1)
    if wanted != size:
        # Bicubic: the sharp one of the cheap filters (0.37 s of CPU for 25 million pixels), and text stays lossless.
        image = image.resize(wanted, Image.Resampling.BICUBIC)
    return PillowPicture(image)


def read(fill: Fill, size: Size, layout: str, wanted: Size) -> PillowPicture:
    """Return the picture of pixels that come in, ``wanted`` large (``pixels.Read``)."""
    pixels = bytearray(size[0] * size[1] * len(layout))
    fill(memoryview(pixels))
    return picture_of(pixels, size, layout, wanted)


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
