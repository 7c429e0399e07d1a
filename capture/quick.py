"""A picture in the hands of Pillow's two libraries in C, without the 68 modules of Python around them: 26 ms of CPU.

What is called is no public interface. So it is asked of the one Pillow that it was read in, ``pixels.main`` tries it
before it relies on it, and the tests compare its bytes with those of the public way (``pillow``).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from capture.pixels import Fill, Size

KNOWN = "13.0."
"""The Pillow whose plugins ask the libraries as is done here; change it together with the lock, after a look at
``JpegImagePlugin._save``, ``WebPImagePlugin._save`` and ``Image.resize``."""

_BICUBIC = 3
_PART_BYTES = 1 << 20
"""Unpacked as it comes through the pipe: 1 to 2 ms less than with all pixels in a buffer first, and 8 MB."""


class QuickPicture:
    """A picture in the libraries' memory (``pixels.Picture``)."""

    def __init__(self, image: Any, libraries: tuple[Any, Any]) -> None:
        self.size: Size = image.size
        self._image = image
        self._core, self._webp = libraries

    def colours(self, most: int) -> int | None:
        """Return how many colours it has, None when they are more than ``most``."""
        found = self._image.getcolors(most)
        return None if found is None else len(found)

    def webp(self, lossless: bool, quality: int, method: int) -> bytes:
        """Return it as a WebP, without any metadata. Raises OSError."""
        made: bytes | None = self._webp.WebPEncode(
            self._image.ptr, lossless, float(quality), 100.0, "", method, 0, b"", ""
        )
        if made is None:
            raise OSError("no WebP")
        return made

    def jpeg(self, reduce: int, size: Size, quality: int) -> bytes:
        """Return it as a JPEG of ``size``, after a box filter over ``reduce`` pixels each way. Raises OSError."""
        image = self._image
        if reduce > 1:
            image = image.reduce((reduce, reduce), (0, 0, *image.size))
        image = _resized(image, size)
        encoder = self._core.jpeg_encoder(
            "RGB", "RGB", quality, False, 0, False, False, 0, [0, 0], -1, 0, 0, None, None, b"", b""
        )
        encoder.setimage(image, (0, 0, *size))
        parts = []
        status = 0
        while status == 0:
            _, status, part = encoder.encode(1 << 16)
            parts.append(part)
        encoder.cleanup()
        if status < 0:
            raise OSError("no JPEG")
        return b"".join(parts)


def read(fill: Fill, size: Size, layout: str, wanted: Size) -> QuickPicture:
    """Return the picture of pixels that come in, ``wanted`` large (``pixels.Read``). Raises ImportError, ValueError."""
    from PIL import _imaging as core
    from PIL import _webp as webp

    if not core.PILLOW_VERSION.startswith(KNOWN):
        raise ImportError("another Pillow")
    width, height = size
    line = width * len(layout)
    image = core.new("RGB", size)
    decoder = core.raw_decoder("RGB", layout, 0, 1)
    decoder.setimage(image, (0, 0, width, height))
    room = memoryview(bytearray(line * min(height, max(1, _PART_BYTES // line))))
    left, state = line * height, (0, 0)
    while left:
        part = room[:left]
        fill(part)
        left -= len(part)
        state = decoder.decode(part)
    if state[0] >= 0 or state[1] != 0:
        raise ValueError("it was not unpacked")
    return QuickPicture(_resized(image, wanted), (core, webp))


def _resized(image: Any, size: Size) -> Any:
    return image if image.size == size else image.resize(size, _BICUBIC, (0, 0, *image.size))
