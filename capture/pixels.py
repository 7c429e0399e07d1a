"""What is made of pixels: which settings, how small a thumbnail; and the program that makes it of those that come in.

For each screenshot a process starts with this and ``quick`` (``darkroom``), and would load again whatever they import.
So they know nothing of ours, and of Python what is loaded anyway: ``typing`` alone takes 10 ms. How Pillow is asked
stands in ``pillow`` and, for that process, in ``quick``.
"""

from __future__ import annotations

from io import FileIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Protocol

    Setting = tuple[bool, int, int]
    Fill = Callable[[memoryview], None]
    """Fills what it is given with the pixels that come next. Raises EOFError."""
    Read = Callable[["Fill", "Size", str, "Size"], "Picture"]
    """Takes a picture in: its pixels, its size, its layout, and the size that is wanted."""

    class Picture(Protocol):
        """A picture in the hands of an encoder."""

        size: Size

        def colours(self, most: int) -> int | None:
            """Return how many colours it has, None when they are more than ``most``."""
            ...

        def webp(self, lossless: bool, quality: int, method: int) -> bytes:
            """Return it as a WebP, without any metadata."""
            ...

        def jpeg(self, reduce: int, size: Size, quality: int) -> bytes:
            """Return it as a JPEG of ``size``, after a box filter over ``reduce`` pixels each way."""
            ...


TEXT_COLOURS = 8192
"""A picture with at most this many colours is text-like (seen: 2 710 to 4 200; with photos 160 000 and more)."""
THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 70
MADE = b"\0"
"""What the program's answer begins with, and no word does; else it is the kind of an error, in words."""
HEAD_BYTES = 10
"""``MADE``, whether the picture is flat, bytes of the picture and of the thumbnail in four each; both follow."""

_LOSSLESS: Setting = (True, 52, 1)
"""Method 3 at quality 60 takes 9 to 15 ms more of 80 for 0.5 % less bytes; at quality 50 they are a sixth more."""
_LOSSY: tuple[Setting, ...] = ((False, 78, 3), (False, 45, 2), (False, 20, 2), (False, 0, 2))
"""Best first. The first keeps the structure of a photo (SSIM 0.981) where 70 does not (0.977). Noise of 16.6 million
pixels has 18 MB at 70, 9.6 at 20, 1.5 at 0."""

Size = tuple[int, int]
Files = tuple[bytes, bytes, bool]
"""The bytes of a picture and of its thumbnail, and whether all its pixels have one colour."""


class TooLargeError(ValueError):
    """The picture has too many bytes whatever its quality."""


def files_of(picture: Picture, most: int) -> Files:
    """Return the files of a picture, its own of ``most`` bytes at most. Raises TooLargeError."""
    colours = picture.colours(TEXT_COLOURS)
    for setting in _settings(text_like=colours is not None):
        data = picture.webp(*setting)
        if len(data) <= most:
            return data, _thumbnail(picture), colours == 1
    raise TooLargeError


def packed(files: Files) -> bytes:
    """Return the program's answer; by hand, because ``struct`` takes 0.5 ms to load."""
    data, thumbnail, flat = files
    sizes = (len(part).to_bytes(4, "little") for part in (data, thumbnail))
    return b"".join((MADE, bytes([flat]), *sizes, data, thumbnail))


def main(words: Sequence[str], quick: Read) -> int:
    """Make the files of the pixels at the standard input: width, height, layout, wanted width and height, most bytes.

    ``quick`` is tried on two pixels first: where it fails, Pillow is asked in its public way. Returns 1 when nothing
    came of it; the answer is then the kind of error.
    """
    status = 0
    try:
        width, height, layout, wanted_width, wanted_height, most = words
        read = quick if _works(quick, layout) else _public()
        picture = read(_fill, (int(width), int(height)), layout, (int(wanted_width), int(wanted_height)))
        answer = packed(files_of(picture, int(most)))
    except Exception as error:  # noqa: BLE001 - there is no log here: who asked has one
        status, answer = 1, type(error).__name__.encode()
    try:
        _say(answer)
    except OSError:  # who asked may have ended meanwhile
        status = 1
    return status


def _fill(room: memoryview) -> None:
    with FileIO(0, closefd=False) as source:
        while room:
            got = source.readinto(room)
            if not got:
                raise EOFError
            room = room[got:]


def _works(quick: Read, layout: str) -> bool:
    try:
        files_of(quick(lambda room: None, (2, 1), layout, (1, 1)), 1 << 10)
    except (AttributeError, ImportError, LookupError, OSError, RuntimeError, SystemError, TypeError, ValueError):
        return False  # however another Pillow refuses to be asked like that
    return True


def _public() -> Read:
    """Load what asks Pillow as everybody does. It lies beside this, be that in the package or in a program's folder."""
    from importlib import import_module

    read: Read = import_module(f"{__name__.removesuffix('pixels')}pillow").read
    return read


def _say(answer: bytes) -> None:
    with FileIO(1, "w", closefd=False) as out:
        left = memoryview(answer)
        while left:
            left = left[out.write(left) :]


def _settings(*, text_like: bool) -> Iterator[Setting]:
    """Settings to try, best first. What comes after the first lossy one is for screens that outgrow the upload."""
    if text_like:
        yield _LOSSLESS
    yield from _LOSSY


def _thumbnail(picture: Picture) -> bytes:
    longest = max(picture.size)
    width, height = (max(1, round(side * min(1.0, THUMBNAIL_PX / longest))) for side in picture.size)
    # A box filter over whole pixels first: several times faster than resampling from full size.
    return picture.jpeg(max(1, longest // (2 * THUMBNAIL_PX)), (width, height), THUMBNAIL_QUALITY)
