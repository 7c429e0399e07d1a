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
import warnings
from typing import NamedTuple

MAX_MEMORY = 300_000_000
MAX_CPU_S = 2
MAX_WALL_S = 20
THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 70


class Decoded(NamedTuple):
    """Size in pixels and a JPEG at most 320 px wide."""

    width: int
    height: int
    thumbnail: bytes


class NotDecodedError(Exception):
    """The bytes are no picture, or one that needs more memory or time than a picture may."""


def decode(data: bytes) -> Decoded:
    """Decode ``data`` in a process with limits. Raises NotDecodedError with the reason."""
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
        raise NotDecodedError("it took too long") from error
    if done.returncode != 0:
        raise NotDecodedError(done.stderr.decode("utf-8", "replace").strip()[-200:] or "it needs too much time")
    head, _, thumbnail = done.stdout.partition(b"\n")
    size = json.loads(head)
    return Decoded(size["width"], size["height"], thumbnail)


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
        factor = max(1, width // THUMBNAIL_PX, height // THUMBNAIL_PX)
        small = picture.reduce(factor).convert("RGB")
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=THUMBNAIL_QUALITY)
    return Decoded(width, height, out.getvalue())


def main() -> int:
    """Decode standard input to standard output within the pixels of the argument; 1 and a line of reason if refused."""
    _limit()
    try:
        done = _work(io.BytesIO(sys.stdin.buffer.read()), int(sys.argv[1]))
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, ArithmeticError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(json.dumps({"width": done.width, "height": done.height}).encode() + b"\n" + done.thumbnail)
    return 0


if __name__ == "__main__":
    sys.exit(main())
