"""macOS calls against stand-ins made from Apple's documentation; not yet seen on a Mac.

CGPreflightScreenCaptureAccess, CGGetActiveDisplayList: developer.apple.com/documentation/coregraphics.
``screencapture -x file ...``: man screencapture (one file per display).
"""

import ctypes
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from capture.macos import MacSource
from capture.port import RawPicture
from worktime.errors import FairhourError, failure

PICTURE = RawPicture(bytes(4), 1, 1, "BGRX", 1, 0)


class CoreGraphics:
    """The two calls, as ctypes functions are: attributes may be set on them."""

    def __init__(self, *, allowed: bool = True, displays: int = 1) -> None:
        class Preflight:
            restype: Any = None
            argtypes: Any = None

            def __call__(self) -> bool:
                return allowed

        self.CGPreflightScreenCaptureAccess = Preflight()
        self.displays = displays

    def CGGetActiveDisplayList(self, most: int, ids: Any, count: Any) -> int:
        assert len(ids) == most
        ctypes.cast(count, ctypes.POINTER(ctypes.c_uint32))[0] = self.displays
        return 0


def png(width: int, height: int, colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def mss_fails() -> RawPicture:
    raise failure("capture_failed", "t", "CGWindowListCreateImage() failed", "a")


def screencapture(*pictures: bytes) -> Callable[..., None]:
    """The program: writes one file per display."""

    def run(command: list[str], **_options: Any) -> None:
        assert command[:4] == ["/usr/sbin/screencapture", "-x", "-t", "png"]
        for name, data in zip(command[4:], pictures, strict=True):
            Path(name).write_bytes(data)

    return run


def never(*_arguments: Any, **_options: Any) -> Any:
    raise AssertionError("must not be called")


def test_without_permission_nothing_is_grabbed_and_the_way_to_it_is_told() -> None:
    source = MacSource(core_graphics=lambda: CoreGraphics(allowed=False), by_mss=never, run=never)
    assert source.problem is not None
    assert "Screen Recording" in source.problem.action
    with pytest.raises(FairhourError) as caught:
        source.grab()
    assert caught.value.problem.code == "capture_permission"


def test_with_permission_mss_does_it() -> None:
    source = MacSource(core_graphics=CoreGraphics, by_mss=lambda: PICTURE, run=never)
    assert source.problem is None
    assert source.grab() is PICTURE


def test_a_macos_without_the_permission_call_needs_none() -> None:
    source = MacSource(core_graphics=object, by_mss=lambda: PICTURE, run=never)
    assert source.problem is None


def test_screencapture_takes_over_with_every_display_side_by_side() -> None:
    source = MacSource(
        core_graphics=lambda: CoreGraphics(displays=2),
        by_mss=mss_fails,
        run=screencapture(png(4, 3, "red"), png(2, 5, "blue")),
    )
    raw = source.grab()
    assert (raw.width, raw.height, raw.monitors) == (6, 5, 2)
    image = Image.frombytes("RGB", (6, 5), bytes(raw.pixels))
    assert image.getpixel((3, 2)) == (255, 0, 0)
    assert image.getpixel((4, 4)) == (0, 0, 255)


def test_a_macos_that_does_not_count_its_displays_has_one() -> None:
    raw = MacSource(core_graphics=object, by_mss=mss_fails, run=screencapture(png(4, 3, "red"))).grab()
    assert (raw.width, raw.height, raw.monitors) == (4, 3, 1)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (subprocess.TimeoutExpired("screencapture", 15), "capture_timeout"),
        (subprocess.CalledProcessError(1, "screencapture"), "capture_failed"),
        (FileNotFoundError(2, "No such file"), "capture_failed"),
    ],
)
def test_what_screencapture_can_do_wrong(error: Exception, code: str) -> None:
    def run(*_arguments: Any, **_options: Any) -> None:
        raise error

    with pytest.raises(FairhourError) as caught:
        MacSource(core_graphics=CoreGraphics, by_mss=mss_fails, run=run).grab()
    assert caught.value.problem.code == code


def test_elsewhere_the_library_is_missing() -> None:
    source = MacSource(by_mss=never, run=never)
    assert source.problem is not None
    assert source.problem.code == "capture_unavailable"
