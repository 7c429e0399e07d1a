"""macOS: CGEventSourceSecondsSinceLastEventType, which needs no permission.

https://developer.apple.com/documentation/coregraphics/1408790-cgeventsourcesecondssincelasteve
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any

from idle import problems
from worktime.errors import Problem

CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
COMBINED_SESSION_STATE = 0
ANY_INPUT_EVENT = 0xFFFFFFFF


class MacIdle:
    """The counter of the login session. ``load`` opens a library by path; tests replace it."""

    name = "macos"
    problem: Problem | None = None

    def __init__(self, *, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._load = load

    def idle_ms(self) -> int:
        """Return milliseconds since the last input in this session. Raises FairhourError."""
        try:
            seconds_since = self._load(CORE_GRAPHICS).CGEventSourceSecondsSinceLastEventType
        except (OSError, AttributeError) as error:
            raise problems.failed("macOS does not tell when the last input was ({detail}).", detail=error) from error
        seconds_since.restype = ctypes.c_double
        seconds_since.argtypes = (ctypes.c_int32, ctypes.c_uint32)
        seconds = float(seconds_since(COMBINED_SESSION_STATE, ANY_INPUT_EVENT))
        if not math.isfinite(seconds) or seconds < 0:
            raise problems.failed("macOS does not tell when the last input was ({detail}).", detail=f"{seconds} s")
        return int(seconds * 1000)

    def close(self) -> None:
        """Do nothing: nothing is held open."""
