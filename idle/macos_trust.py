"""macOS: whether the user switched Fairhour on under Accessibility. Only the counts of keys and clicks need that.

https://developer.apple.com/documentation/applicationservices/1460720-axisprocesstrusted. The answer changes while the
program runs, and it is of the program that the system holds responsible: in a terminal, that one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from idle import problems
from worktime.errors import FairhourError, Problem

APPLICATION_SERVICES = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_Accessibility"
"""macOS opens the page of its System Settings at this address."""


def is_trusted(*, load: Callable[[str], Any] = ctypes.CDLL) -> bool:
    """Return whether it is switched on; ``load`` opens a library by path. Raises FairhourError if that is not told."""
    try:
        asked = load(APPLICATION_SERVICES).AXIsProcessTrusted
    except (OSError, AttributeError) as error:
        raise problems.accessibility(
            "macOS does not tell whether Fairhour may see keys and clicks ({detail}).", "Update macOS.", detail=error
        ) from error
    asked.restype = ctypes.c_bool
    asked.argtypes = []
    return bool(asked())


def examine_accessibility(*, load: Callable[[str], Any] = ctypes.CDLL) -> tuple[str, Problem | None]:
    """Return ``macos``, and what is to be known where it is not switched on; ``none`` where macOS does not say."""
    try:
        if is_trusted(load=load):
            return "macos", None
    except FairhourError as error:
        return "none", error.problem
    return "macos", problems.accessibility(
        "macOS does not let Fairhour see keys and clicks in other programs. Only their counts need it.",
        "Where you want them counted, switch Fairhour on in System Settings, Privacy & Security, Accessibility. "
        'This opens that page: open "{address}"',
        address=SETTINGS,
    ).problem
