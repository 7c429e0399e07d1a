"""No core dump of the server: its memory holds people's screenshots, its keys, and who signs in."""

from __future__ import annotations

import sys

_NOT_PIPED = 1
"""Bytes. Linux writes no file that is smaller than a page, and asks no program that takes dumps for exactly this limit;
for a limit of none at all it would ask."""


def keep_none() -> bool:
    """Have the system write none when this process, or one that it starts, dies; returns whether it took that.

    Who needs one for once raises the limit while it runs (``prlimit --core``).
    """
    if sys.platform == "win32":
        return False
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard == 0:
        return True
    resource.setrlimit(resource.RLIMIT_CORE, (_NOT_PIPED if sys.platform == "linux" else 0, hard))
    return True
