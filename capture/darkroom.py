"""The encoding in a process of its own that lives for one picture: 8 MB less in the one that runs all day.

Pillow, its libraries and what an encoder leaves behind end with it; starting it costs 0.06 s of CPU, once in a slot.
``develop()`` starts it; ``main()`` is what runs there. Pixels go through a pipe, never through a file. A picture that
was taken must not be lost: whatever goes wrong over there, it is encoded here after all.
"""

from __future__ import annotations

import logging
import struct
import sys
import threading
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from capture.port import Layout, RawPicture, Shot
from capture.shots import encode
from worktime.errors import FairhourError

if TYPE_CHECKING:
    from subprocess import Popen

log = logging.getLogger(__name__)

ARGUMENT = "--darkroom"
"""By which the frozen program knows that it is this process; the picture's measures follow."""
TIMEOUT_S = 60.0
"""Real seconds after which the process is ended: 16.6 million pixels of noise take 5 s."""

_ANSWER = struct.Struct("<64s?IIII")
"""The picture's hash, whether it is flat, width, height, bytes of the picture and of the thumbnail; both follow."""


def develop(raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot of ``raw`` as ``encode`` does, in another process's memory. Raises FairhourError."""
    try:
        return _shot(raw, _ask(raw, scale))
    except (OSError, EOFError) as error:
        log.info("a picture is encoded here, not in a process of its own: %s", error)
        return encode(raw, scale)


def main(measures: Sequence[str]) -> int:
    """Encode the pixels of the standard input. ``measures``: width, height, layout, per cent."""
    width, height, scale = int(measures[0]), int(measures[1]), int(measures[3])
    layout: Layout = "RGB" if measures[2] == "RGB" else "BGRX"
    with open(0, "rb", closefd=False) as pixels, open(1, "wb", closefd=False) as answer:
        raw = RawPicture(pixels.read(), width, height, layout, 1, 0)
        try:
            shot = encode(raw, scale)
        except FairhourError:
            return 1  # it is tried again where the reason can be told
        sizes = len(shot.data), len(shot.thumbnail)
        answer.write(_ANSWER.pack(shot.sha256.encode(), shot.flat, shot.width, shot.height, *sizes))
        answer.write(shot.data)
        answer.write(shot.thumbnail)
    return 0


def _ask(raw: RawPicture, scale: int) -> bytes:
    """Give the pixels to a new process, and return all that it said."""
    measures = (str(raw.width), str(raw.height), raw.layout, str(scale))
    with _process(measures) as process:
        watch = threading.Timer(TIMEOUT_S, process.kill)
        watch.daemon = True
        watch.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError("it has no pipes")
            _give(process.stdin, raw.pixels)
            return process.stdout.read()
        finally:
            watch.cancel()
            process.kill()


def _process(measures: Sequence[str]) -> Popen[bytes]:
    # Loaded with the first picture, on the camera's thread.
    import subprocess

    return subprocess.Popen(
        [*_command(), ARGUMENT, *measures],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: what lies in the folder that Fairhour was started from is no part of it, and sees no picture.
    return [sys.executable, "-P", "-m", "capture.darkroom"]


def _give(pipe: IO[bytes], pixels: bytes | bytearray) -> None:
    left = memoryview(pixels)
    while left:
        left = left[pipe.write(left) :]
    pipe.close()


def _shot(raw: RawPicture, answer: bytes) -> Shot:
    """Read an answer. Raises EOFError for one that is not whole."""
    body = memoryview(answer)[_ANSWER.size :]
    if len(answer) < _ANSWER.size:
        raise EOFError("it gave no answer")
    sha256, flat, width, height, size, thumbnail = _ANSWER.unpack_from(answer)
    if len(body) != size + thumbnail:
        raise EOFError("its answer was cut")
    return Shot(
        data=bytes(body[:size]),
        thumbnail=bytes(body[size:]),
        width=width,
        height=height,
        monitors=raw.monitors,
        flat=flat,
        sha256=sha256.decode(),
        grabbed_ns=raw.grabbed_ns,
        redacted=raw.redacted,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
