"""macOS: the permission first, then mss (CoreGraphics), else the system's own ``screencapture``.

Without the permission the system hands out pictures of the bare wallpaper and calls that success, hence the check.
CGWindowListCreateImage, which mss uses, is deprecated and missing in new SDKs: the fallback is expected to be used.
"""

from __future__ import annotations

import contextlib
import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from capture import problems
from capture.files import raw_picture, take_away
from capture.mss_grab import grab_all
from capture.port import RawPicture
from worktime.errors import FairhourError, Problem

CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
TIMEOUT_S = 15.0
MAX_DISPLAYS = 32


def load_core_graphics() -> Any:
    """Return CoreGraphics by ctypes. Raises OSError elsewhere than on macOS."""
    return ctypes.CDLL(CORE_GRAPHICS)


class MacSource:
    """All displays of the login session. The arguments are the system's calls, which tests replace."""

    name = "macos"

    def __init__(
        self,
        *,
        core_graphics: Callable[[], Any] = load_core_graphics,
        by_mss: Callable[[], RawPicture] = grab_all,
        run: Callable[..., Any] = subprocess.run,
    ) -> None:
        self._core_graphics = core_graphics
        self._by_mss = by_mss
        self._run = run

    @property
    def problem(self) -> Problem | None:
        """The missing permission, asked anew each time: the user can change it while we run."""
        error = self._refusal()
        return error.problem if error else None

    def grab(self) -> RawPicture:
        """Return all displays in one picture. Raises FairhourError."""
        if error := self._refusal():
            raise error
        try:
            return self._by_mss()
        except FairhourError:
            return self._by_screencapture()

    def _refusal(self) -> FairhourError | None:
        try:
            library = self._core_graphics()
        except OSError as error:
            return problems.unavailable("CoreGraphics can't be loaded ({detail}).", "Update macOS.", detail=error)
        preflight = getattr(library, "CGPreflightScreenCaptureAccess", None)
        # Before macOS 10.15 the call and the permission did not exist.
        if preflight is None:
            return None
        preflight.restype = ctypes.c_bool
        preflight.argtypes = []
        if preflight():
            return None
        return problems.permission(
            "macOS does not let Fairhour see other programs' windows.",
            "Open System Settings, Privacy & Security, Screen Recording, switch Fairhour on and start it again.",
        )

    def _by_screencapture(self) -> RawPicture:
        count = self._count_displays()
        with tempfile.TemporaryDirectory(prefix="fairhour-") as folder:
            # screencapture writes one display into each file that it is given, the main display first.
            files = [Path(folder, f"{index}.png") for index in range(count)]
            try:
                self._run(
                    ["/usr/sbin/screencapture", "-x", "-t", "png", *map(str, files)],
                    timeout=TIMEOUT_S,
                    check=True,
                    capture_output=True,
                )
            except subprocess.TimeoutExpired as error:
                raise problems.timed_out(
                    "screencapture did not finish within {seconds} s.", seconds=f"{TIMEOUT_S:g}"
                ) from error
            except (OSError, subprocess.CalledProcessError) as error:
                raise problems.failed("screencapture took no picture ({detail}).", detail=error) from error
            return raw_picture([take_away(file) for file in files], monitors=count)

    def _count_displays(self) -> int:
        count = ctypes.c_uint32(0)
        displays = (ctypes.c_uint32 * MAX_DISPLAYS)()
        with contextlib.suppress(OSError, AttributeError):
            self._core_graphics().CGGetActiveDisplayList(MAX_DISPLAYS, displays, ctypes.byref(count))
        return max(1, count.value)
