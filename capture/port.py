"""The port of the room: what a display system gives (`RawPicture`) and what the room hands out (`Shot`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from capture.rects import Rect
from worktime.errors import Problem

Layout = Literal["BGRX", "RGB"]
_BYTES_PER_PIXEL: dict[Layout, int] = {"BGRX": 4, "RGB": 3}


@dataclass(frozen=True)
class RawPicture:
    """The pixels of all monitors in one rectangle, as the display system gave them.

    ``pixels`` are rows from the top without padding, in ``layout``; sizes are in pixels; ``grabbed_ns`` is the
    machine's monotonic clock (``time.monotonic_ns()``) right after the grab. ``screens`` are the monitors in desktop
    pixels, none where the system does not tell; ``redacted`` is how many areas were hidden. Raises ValueError when the
    sizes and the number of bytes do not agree.
    """

    pixels: bytes | bytearray = field(repr=False)
    width: int
    height: int
    layout: Layout
    monitors: int
    grabbed_ns: int
    screens: tuple[Rect, ...] = ()
    redacted: int = 0

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or self.monitors < 1:
            raise ValueError(f"a picture of {self.width}x{self.height} from {self.monitors} monitors cannot be")
        wanted = self.width * self.height * _BYTES_PER_PIXEL[self.layout]
        if len(self.pixels) != wanted:
            raise ValueError(f"{self.width}x{self.height} {self.layout} needs {wanted} bytes, not {len(self.pixels)}")


@dataclass(frozen=True)
class Shot:
    """A screenshot ready to be kept: ``data`` is WebP, ``thumbnail`` JPEG, both without any metadata.

    ``flat`` tells that every pixel has one colour: an inactive or locked desktop, which does not protect
    (rules.md, Tracking 4). ``sha256`` (hex) is of ``data``; ``grabbed_ns`` and ``redacted`` as in
    `RawPicture`.
    """

    data: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    monitors: int
    flat: bool
    sha256: str
    grabbed_ns: int
    redacted: int = 0


class ScreenSource(Protocol):
    """One display system. Calls block and come from one worker thread at a time."""

    @property
    def name(self) -> str:
        """Short name for logs and ``fairhour doctor``, for example ``x11``."""
        ...

    @property
    def problem(self) -> Problem | None:
        """Why this source can give no picture, as far as that is known before the first grab."""
        ...

    def grab(self) -> RawPicture:
        """Return all monitors in one picture. Raises FairhourError (codes: capture/problems.py)."""
        ...
