"""The encoding in a process of its own that lives for one picture: 8 MB less in the one that runs all day.

Pillow, its libraries and what an encoder leaves behind end with it; what is not encoding costs 0.02 s of CPU, once in a
slot. ``pixels`` is what runs there. Pixels go through a pipe, never through a file. A picture that was taken must not
be lost: whatever goes wrong over there, it is encoded here after all.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from capture import pixels
from capture.encoding import encode, shot_of, size_of
from capture.port import RawPicture, Shot
from worktime.wire import MAX_PICTURE_BYTES

if TYPE_CHECKING:
    from subprocess import Popen

log = logging.getLogger(__name__)

ARGUMENT = "--darkroom"
"""By which the frozen program (packaging/start_tracker.py) knows that it is this process; its words follow."""
TIMEOUT_S = 60.0
"""Real seconds after which the process is ended: 16.6 million pixels of noise take 5 s."""

_PROGRAM = f"""\
import sys, {os.name} as system
sys.path[:] = [sys.argv[1], *sys.path, sys.argv[2]]
import pixels, quick
system._exit(pixels.main(sys.argv[3:], quick.read))
"""
"""What runs in a process that nothing else is loaded into; its folder and that in which Pillow lies are given to it.

``-P``: what lies in the folder that Fairhour was started from is no part of it, and sees no picture. ``-S``: nobody
looks for what else is installed, 4 ms. The system's own module in place of ``os``, and the end without tidying: 2 ms.
"""

_HERE = "a picture is encoded here, not in a process of its own: %s"
_PIPE_BYTES = 1 << 20
_MALLOC = {"mmap_threshold": 1 << 25, "trim_threshold": 1 << 30, "top_pad": 1 << 25}
"""Memory in large pieces that are kept: asking the kernel for it again for each of the encoder's
frames, takes a quarter of the CPU of a process that lives for one picture. Other C libraries don't know the name."""


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
    size = size_of(raw, scale)
    words = (raw.width, raw.height, raw.layout, *size, MAX_PICTURE_BYTES)
    return shot_of(raw, size, _files(_ask([*command, *map(str, words)], raw.pixels)))


def _ask(command: Sequence[str], given: bytes | bytearray) -> bytes:
    """Give the pixels to a new process, and return all that it said."""
    with _process(command) as process:
        watch = threading.Timer(TIMEOUT_S, process.kill)
        watch.daemon = True
        watch.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError("it has no pipes")
            _widen(process.stdin)
            _give(process.stdin, given)
            return process.stdout.read()
        finally:
            watch.cancel()
            process.kill()


def _process(command: Sequence[str]) -> Popen[bytes]:
    # Loaded with the first picture, on the camera's thread.
    import subprocess

    return subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_roomy(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _roomy() -> dict[str, str]:
    """Return the environment with ``_MALLOC`` beside what the user has tuned, who has the last word."""
    ours = [f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items()]
    named = os.environ.get("GLIBC_TUNABLES", "")
    return {**os.environ, "GLIBC_TUNABLES": ":".join([*ours, *([named] if named else [])])}


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    spec = find_spec("PIL")
    if spec is None or spec.origin is None:
        raise EOFError("Pillow has no folder")
    folders = (str(Path(pixels.__file__).parent), str(Path(spec.origin).parents[1]))
    return [sys.executable, "-P", "-S", "-c", _PROGRAM, *folders]


def _widen(pipe: IO[bytes]) -> None:
    """Let the pixels through in a few large parts: by Linux's usual 64 KB, each side would wake 130 times."""
    if sys.platform.startswith("linux"):
        import fcntl

        with contextlib.suppress(OSError):  # the user's pipes may have all the room that there is for them
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _give(pipe: IO[bytes], given: bytes | bytearray) -> None:
    left = memoryview(given)
    while left:
        left = left[pipe.write(left) :]
    pipe.close()


def _files(answer: bytes) -> pixels.Files:
    """Read an answer. Raises EOFError for one that is not whole."""
    head, body = answer[: pixels.HEAD_BYTES], memoryview(answer)[pixels.HEAD_BYTES :]
    if len(head) < pixels.HEAD_BYTES or head[:1] != pixels.MADE:
        raise EOFError(f"it gave no answer but {answer.decode('latin-1')!a}" if answer else "it gave no answer")
    size, rest = (int.from_bytes(head[at : at + 4], "little") for at in (2, 6))
    if len(body) != size + rest:
        raise EOFError("its answer was cut")
    data, thumbnail = bytes(body[:size]), bytes(body[size:])
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or thumbnail[:2] != b"\xff\xd8":
        raise EOFError("what it gave is no picture")
    return data, thumbnail, head[1] == 1
