"""Memory that large pictures leave behind: freed by us, kept by the C library, given back to the system here."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return freed heap to the system: glibc keeps up to a whole frame otherwise. Other C libraries need no help.

    Call it once nothing refers to the picture any more: what is still in use can't be given back.
    """
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
