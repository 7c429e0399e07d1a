"""A process of its own that decodes one uploaded picture within limits and returns its size and a thumbnail.

``python -m marketplace.workview.decode PIXELS`` reads a WebP of at most that many pixels from its standard input. It is
started for each picture, so that a bomb takes down nothing but itself. Where the system knows no such limits (Windows),
the pixel bound and the time-out remain. ``decode()`` is the caller's side. The process imports neither Django nor the
wire contract: a start costs about 0.1 s, and its memory is counted.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_MEMORY = 300_000_000
MAX_CPU_S = 2
MAX_WALL_S = 20
MAX_QUEUE_S = 20
FLAT_LEVELS = 8
"""Levels of 255 by which a lossy codec may make one colour into several."""
THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 70


class Decoded(NamedTuple):
    """Size in pixels, whether it shows one colour, and a JPEG at most 320 px wide."""

    width: int
    height: int
    flat: bool
    thumbnail: bytes


class NotDecodedError(Exception):
    """The bytes are no picture, or one that needs more memory than a picture may."""


class NotFinishedError(Exception):
    """Decoding took too long: too much of a picture, or a machine that is busy. Another try can tell."""


class BusyError(Exception):
    """Too many pictures are waiting, so this one was not tried."""


_places = threading.BoundedSemaphore(os.cpu_count() or 1)
"""One decoder for each processor: more at a time would only run each other into their time-outs."""


def decode(data: bytes) -> Decoded:
    """Decode ``data`` in a process with limits.

    Raises NotDecodedError with the reason, NotFinishedError, or BusyError after ``MAX_QUEUE_S`` without a place.
    """
    if not _places.acquire(timeout=MAX_QUEUE_S):
        raise BusyError
    try:
        return _run(data)
    finally:
        _places.release()


def _run(data: bytes) -> Decoded:
    from worktime import wire

    try:
        done = subprocess.run(
            [sys.executable, "-m", "marketplace.workview.decode", str(wire.MAX_PICTURE_PIXELS)],
            input=data,
            capture_output=True,
            timeout=MAX_WALL_S,
            check=False,
            env={name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "SYSTEMROOT")},
        )
    except subprocess.TimeoutExpired as error:
        raise NotFinishedError from error
    except BlockingIOError as error:  # the system gives no more processes
        raise BusyError from error
    if done.returncode < 0:  # a signal: out of processor time, or the system was short of memory
        raise NotFinishedError
    if done.returncode != 0:
        raise NotDecodedError(done.stderr.decode("utf-8", "replace").strip()[-200:] or "the decoder gave no reason")
    head, _, thumbnail = done.stdout.partition(b"\n")
    size = json.loads(head)
    return Decoded(size["width"], size["height"], size["flat"], thumbnail)


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    # DATA, not AS: the addresses of shared libraries are not memory.
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _work(stream: io.BytesIO, max_pixels: int) -> Decoded:
    from PIL import Image

    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = max_pixels
    with Image.open(stream, formats=["WEBP"]) as picture:
        # The decoder has a copy, and four times the pixels to hold besides.
        stream.truncate(0)
        width, height = picture.size
        if width * height > max_pixels:
            raise ValueError(f"{width} x {height} pixels are too many")
        if getattr(picture, "n_frames", 1) != 1:
            raise ValueError("it is an animation")
        picture.load()
        flat = _is_flat(picture)
        factor = max(1, width // THUMBNAIL_PX, height // THUMBNAIL_PX)
        small = picture.reduce(factor).convert("RGB")
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=THUMBNAIL_QUALITY)
    return Decoded(width, height, flat, out.getvalue())


def _is_flat(picture: Image) -> bool:
    """Tell whether one colour is all that can be seen."""
    # A WebP is RGB or RGBA, so each band has a pair; the decoder's types also know pictures of one band.
    extrema = cast(tuple[tuple[int, int], ...], picture.getextrema())
    bands = dict(zip(picture.getbands(), extrema, strict=True))
    if bands.pop("A", (255, 255))[1] == 0:
        return True
    return all(high - low <= FLAT_LEVELS for low, high in bands.values())


def main() -> int:
    """Decode standard input to standard output within the pixels of the argument; 1 and a line of reason if refused."""
    _limit()
    try:
        done = _work(io.BytesIO(sys.stdin.buffer.read()), int(sys.argv[1]))
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, ArithmeticError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    head = {"width": done.width, "height": done.height, "flat": done.flat}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + done.thumbnail)
    return 0


if __name__ == "__main__":
    sys.exit(main())
