"""Pillow's libraries in C asked directly: the same bytes as in Pillow's public way, which is taken where that fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import capture
from capture import RawPicture, darkroom, pillow, pixels, quick
from tests.capture.test_encoding import noise_screen, photo_screen, raw_of, text_screen
from worktime.wire import MAX_PICTURE_BYTES

NO_PUBLIC_WAY = "import sys; sys.modules['PIL.Image'] = None\n"
ONCE = """
from PIL import {module}
_kept = {module}.{name}
def _once(*given):
    {module}.{name} = _kept
    raise {error}
{module}.{name} = _once
"""
BROKEN = {
    "another Pillow": "import quick; quick.KNOWN = '99.0.'\n",
    "it has no such part": ONCE.format(module="_imaging", name="raw_decoder", error="AttributeError"),
    "it wants something else": ONCE.format(module="_webp", name="WebPEncode", error="TypeError"),
}
Start = Callable[[str], list[str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Returns the darkroom's command, with something done there before it begins."""

    def after(done: str) -> list[str]:
        monkeypatch.setattr(darkroom, "_PROGRAM", program.replace("import pixels", f"{done}import pixels"))
        return darkroom._command()

    program = darkroom._PROGRAM
    return after


def quickly(raw: RawPicture, wanted: pixels.Size, most: int = MAX_PICTURE_BYTES) -> pixels.Files:
    given = memoryview(raw.pixels)

    def fill(room: memoryview) -> None:
        nonlocal given
        room[:], given = given[: len(room)], given[len(room) :]

    files = pixels.files_of(quick.read(fill, (raw.width, raw.height), raw.layout, wanted), most)
    assert not given, "all was read"
    return files


@pytest.mark.parametrize("layout", ["BGRX", "RGB"])
@pytest.mark.parametrize(
    ("screen", "wanted"),
    [
        (text_screen(1920, 1080), (1920, 1080)),
        (text_screen(1280, 801), (960, 600)),
        (text_screen(801, 1400), (801, 1400)),
        (photo_screen(1280, 720), (1280, 720)),
        (photo_screen(640, 360), (480, 270)),
        (Image.new("RGB", (700, 300), "navy"), (700, 300)),
        (Image.new("RGB", (1, 1), "white"), (1, 1)),
        (Image.new("RGB", (3000, 2), "white"), (3000, 2)),
    ],
    ids=["text", "text, smaller", "text, upright", "photo", "photo, smaller", "flat", "a pixel", "a line"],
)
def test_it_gives_the_bytes_of_the_public_way(screen: Image.Image, wanted: pixels.Size, layout: Any) -> None:
    raw = raw_of(screen, layout)
    public = pillow.picture_of(raw.pixels, screen.size, layout, wanted)
    assert quickly(raw, wanted) == pixels.files_of(public, MAX_PICTURE_BYTES)


def test_it_loses_quality_as_the_public_way_does_until_it_fits() -> None:
    raw = raw_of(noise_screen(320, 200))
    best, _, _ = quickly(raw, (320, 200))
    public = pillow.picture_of(raw.pixels, (320, 200), raw.layout, (320, 200))
    smaller = quickly(raw, (320, 200), len(best) // 2)
    assert smaller == pixels.files_of(public, len(best) // 2)
    assert len(smaller[0]) <= len(best) // 2
    with pytest.raises(pixels.TooLargeError):
        quickly(raw, (320, 200), 10)


@pytest.mark.parametrize("scale", [100, 50])
def test_the_darkroom_takes_it_with_the_pillow_of_the_lock(scale: int, command: Start) -> None:
    raw = raw_of(text_screen(640, 400))
    assert darkroom.developed_by(command(NO_PUBLIC_WAY), raw, scale) == capture.encode(raw, scale)


@pytest.mark.parametrize("how", BROKEN.values(), ids=BROKEN)
def test_where_it_does_not_work_the_public_way_is_taken(how: str, command: Start) -> None:
    raw = raw_of(text_screen(640, 400))
    assert darkroom.developed_by(command(how), raw) == capture.encode(raw)
    with pytest.raises(EOFError, match="ModuleNotFoundError"):
        darkroom.developed_by(command(how + NO_PUBLIC_WAY), raw)


@pytest.mark.parametrize("done", ["", NO_PUBLIC_WAY.replace("Image", "_webp")], ids=["quick", "public"])
def test_pixels_that_end_early_are_no_picture(done: str, command: Start) -> None:
    words = [*command(done), "64", "32", "BGRX", "64", "32", "99999"]
    said = subprocess.run(words, input=bytes(64 * 32 * 4 - 1), capture_output=True, timeout=60, check=False)
    assert (said.returncode, said.stdout) == (1, b"EOFError")


def test_who_asked_may_be_gone(command: Start) -> None:
    words = [*command(""), "64", "32", "BGRX", "64", "32", "99999"]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            words, input=bytes(64 * 32 * 4), stdout=write, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


class Failing:
    """Stands for the libraries and for all that they hand out, in a way that comes to no end."""

    PILLOW_VERSION = quick.KNOWN
    size = (2, 1)
    ptr = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *given: self

    def decode(self, part: memoryview) -> tuple[int, int]:
        return len(part), 0

    def encode(self, room: int) -> tuple[int, int, bytes]:
        return 0, -2, b""

    def WebPEncode(self, *options: object) -> None:
        return None


def test_a_library_that_fails_gives_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Failing()
    picture = quick.QuickPicture(failing, (failing, failing))
    with pytest.raises(OSError, match="no WebP"):
        picture.webp(True, 60, 1)
    with pytest.raises(OSError, match="no JPEG"):
        picture.jpeg(1, (2, 1), 70)
    monkeypatch.setattr("PIL._imaging", failing)
    with pytest.raises(ValueError, match="not unpacked"):
        quick.read(lambda room: None, (2, 1), "RGB", (2, 1))


def test_nothing_in_the_programs_folder_stands_before_a_module_of_python() -> None:
    names = {path.stem for path in Path(capture.__file__).parent.glob("*.py")}
    assert not names & {*sys.stdlib_module_names, "PIL"}
