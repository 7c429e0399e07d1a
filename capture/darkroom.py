"""The encoding in a process of its own that lives for one picture: 8 MB less in the one that runs all day.

Pillow, its libraries and what an encoder leaves behind end with it; starting it costs 0.06 s of CPU, once in a slot.
``develop()`` starts it; ``main()`` is what runs there. Pixels go through a pipe, never through a file. A picture that
was taken must not be lost: whatever goes wrong over there, it is encoded here after all.
"""

from __future__ import annotations

import contextlib
import logging
import os
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

_HERE = "a picture is encoded here, not in a process of its own: %s"
_PIPE_BYTES = 1 << 20
_ANSWER = struct.Struct("<64s?IIII")
"""The picture's hash, whether it is flat, width, height, bytes of the picture and of the thumbnail; both follow."""


def develop(raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot of ``raw`` as ``encode`` does, in another process's memory. Raises FairhourError."""
    try:
        return developed_by(_command(), raw, scale)
    except EOFError as error:
        log.info(_HERE, str(error))  # our own words: the log would tell no more than the kind of an error
    except OSError as error:
        log.info(_HERE, error)
    except Exception:  # whatever it is, the pixels are here
        log.exception(_HERE, "something is wrong")
    return encode(raw, scale)


def developed_by(command: Sequence[str], raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot that a program makes of ``raw`` and nobody else. Raises OSError and EOFError."""
    return _shot(raw, _ask(command, raw, scale))


def main(measures: Sequence[str]) -> int:
    """Encode the pixels of the standard input. ``measures``: width, height, layout, per cent.

    Returns 1 when nothing came of it; the answer is then the kind of error, and shorter than any other answer.
    """
    try:
        _serve(measures)
    except Exception as error:  # noqa: BLE001 - there is no log here: who asked has one
        why = error.problem.code if isinstance(error, FairhourError) else type(error).__name__
        with contextlib.suppress(OSError):  # who asked may have ended meanwhile
            os.write(1, why.encode()[: _ANSWER.size - 1])
        return 1
    return 0


def _serve(measures: Sequence[str]) -> None:
    width, height, scale = int(measures[0]), int(measures[1]), int(measures[3])
    layout: Layout = "RGB" if measures[2] == "RGB" else "BGRX"
    with open(0, "rb", closefd=False) as pixels, open(1, "wb", closefd=False) as answer:
        raw = RawPicture(pixels.read(), width, height, layout, 1, 0)
        shot = encode(raw, scale)
        sizes = len(shot.data), len(shot.thumbnail)
        answer.write(_ANSWER.pack(shot.sha256.encode(), shot.flat, shot.width, shot.height, *sizes))
        answer.write(shot.data)
        answer.write(shot.thumbnail)


def _ask(command: Sequence[str], raw: RawPicture, scale: int) -> bytes:
    """Give the pixels to a new process, and return all that it said."""
    measures = (str(raw.width), str(raw.height), raw.layout, str(scale))
    with _process(command, measures) as process:
        watch = threading.Timer(TIMEOUT_S, process.kill)
        watch.daemon = True
        watch.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError("it has no pipes")
            _widen(process.stdin)
            _give(process.stdin, raw.pixels)
            return process.stdout.read()
        finally:
            watch.cancel()
            process.kill()


def _process(command: Sequence[str], measures: Sequence[str]) -> Popen[bytes]:
    # Loaded with the first picture, on the camera's thread.
    import subprocess

    return subprocess.Popen(
        [*command, ARGUMENT, *measures],
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


def _widen(pipe: IO[bytes]) -> None:
    """Let the pixels through in a few large parts: by Linux's usual 64 KB, each side would wake 130 times."""
    if sys.platform.startswith("linux"):
        import fcntl

        with contextlib.suppress(OSError):  # the user's pipes may have all the room that there is for them
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _give(pipe: IO[bytes], pixels: bytes | bytearray) -> None:
    left = memoryview(pixels)
    while left:
        left = left[pipe.write(left) :]
    pipe.close()


def _shot(raw: RawPicture, answer: bytes) -> Shot:
    """Read an answer. Raises EOFError for one that is not whole."""
    body = memoryview(answer)[_ANSWER.size :]
    if len(answer) < _ANSWER.size:
        raise EOFError(f"it gave no answer but {answer.decode('latin-1')!a}" if answer else "it gave no answer")
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
