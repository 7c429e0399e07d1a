"""The process that encodes: what it gives is what is made here, and what it can't give is made here after all."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable

import pytest
from PIL import Image

import capture
from capture import RawPicture, Shot, darkroom, problems
from worktime.errors import FairhourError

LOADED = """
import sys
import capture
shot = capture.develop(capture.RawPicture(bytes(64 * 32 * 4), 64, 32, "BGRX", 1, 0))
print(shot.width, shot.height, shot.flat, [name for name in sys.modules if name.startswith("PIL")])
"""
TOO_LARGE = """
import sys
from capture import pixels, quick
sys.exit(pixels.main([*"1280 800 BGRX 1280 800 1".split()], quick.read))
"""
NO_ENCODER = """
import sys
from capture import pixels, quick
sys.modules["PIL"] = None
sys.exit(pixels.main([*"1280 800 BGRX 1280 800 99999".split()], quick.read))
"""
READS = "import sys; pixels = sys.stdin.buffer.read(); "
BROKEN = {
    "it ends at once": ("import sys; sys.exit(3)", ""),
    "it says nothing": (READS + "sys.exit(0)", "it gave no answer"),
    "it is cut in its head": (READS + "sys.stdout.buffer.write(bytes(6))", r"it gave no answer but '\x00"),
    "it is cut behind its head": (
        READS + "sys.stdout.buffer.write(bytes(2) + bytes([9, 0, 0, 0] * 2) + bytes(17))",
        "its answer was cut",
    ),
    "it gives something else": (
        READS + "sys.stdout.buffer.write(bytes(2) + bytes([9, 0, 0, 0] * 2) + bytes(18))",
        "what it gave is no picture",
    ),
    "it hangs": ("import time; time.sleep(600)", ""),
    "it can't encode it": (TOO_LARGE, "it gave no answer but 'TooLargeError'"),
    "it has no encoder": (
        NO_ENCODER,
        "it gave no answer but 'ModuleNotFoundError'",
    ),
}
Start = Callable[..., "subprocess.Popen[bytes]"]


def picture(width: int = 64, height: int = 32) -> RawPicture:
    pixels = Image.linear_gradient("L").resize((width, height)).convert("RGBX").tobytes()
    return RawPicture(pixels, width, height, "BGRX", 2, 7, redacted=3)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started."""
    found: list[subprocess.Popen[bytes]] = []
    popen: Start = subprocess.Popen

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(popen(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return found


@pytest.mark.parametrize("scale", [100, 50])
def test_it_gives_the_picture_that_is_made_here(
    scale: int, started: list[subprocess.Popen[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    raw = picture(1280, 800)
    assert capture.develop(raw, scale) == capture.encode(raw, scale)
    assert caplog.messages == [], "it was made here"
    assert [process.poll() is not None for process in started] == [True]


def test_the_encoder_is_not_loaded_by_who_asks() -> None:
    said = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.split(maxsplit=3) == ["64", "32", "True", "[]\n"]


@pytest.mark.parametrize(("program", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_it_does_not_give_is_made_here(
    program: str,
    reason: str,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    broken = [sys.executable, "-c", program]
    monkeypatch.setattr(darkroom, "_command", lambda: broken)
    monkeypatch.setattr(darkroom, "TIMEOUT_S", 3.0)
    raw = picture(1280, 800)
    assert capture.develop(raw) == capture.encode(raw)
    assert len(caplog.messages) == 1
    assert reason in caplog.messages[0]
    assert caplog.records[0].exc_info is None
    assert [process.poll() is not None for process in started] == [True], "it is left behind"


def test_where_no_process_can_be_started_it_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "_command", lambda: ["/nowhere/fairhour"])
    assert capture.develop(picture()) == capture.encode(picture())


def test_where_pillow_has_no_folder_it_is_made_here(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(darkroom, "find_spec", lambda name: None)
    assert capture.develop(picture()) == capture.encode(picture())
    assert "Pillow has no folder" in caplog.messages[0]


def test_what_nobody_thought_of_is_logged_with_its_way_and_the_picture_made(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(darkroom, "_command", lambda: [sys.executable, 7])
    assert capture.develop(picture()) == capture.encode(picture())
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_what_can_not_be_encoded_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(_raw: RawPicture, _scale: int) -> Shot:
        raise problems.failed("It does not fit.")

    monkeypatch.setattr(darkroom, "_command", lambda: [sys.executable, "-c", TOO_LARGE])
    monkeypatch.setattr(darkroom, "encode", encode)
    with pytest.raises(FairhourError, match="does not fit"):
        capture.develop(picture())


def test_what_the_user_has_tuned_of_the_c_library_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    ours = darkroom._roomy()["GLIBC_TUNABLES"]
    assert ours.startswith("glibc.malloc.mmap_threshold=")
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.top_pad=0")
    assert darkroom._roomy()["GLIBC_TUNABLES"] == f"{ours}:glibc.malloc.top_pad=0"
    assert capture.develop(picture()) == capture.encode(picture())


def test_the_frozen_program_is_its_own_darkroom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert darkroom._command() == [sys.executable, darkroom.ARGUMENT]
