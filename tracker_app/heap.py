"""How the C library keeps memory for us, set once before the threads begin (glibc; others need no help).

Each thread would get a heap of its own, and what a screenshot needed for a moment would stay in it: 4 MB after the
first one. With one heap, and large blocks straight from the system, they go back when they are freed.
"""

from __future__ import annotations

import sys

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 128 << 10
"""glibc's own beginning; said outright, it stays, where it would grow with the first screenshot."""


def keep_small() -> bool:
    """Tell the C library; returns whether it understood."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, 1)) and bool(mallopt(_MMAP_THRESHOLD, _LARGE))
