"""No core dump of us: memory holds screenshots and tokens, and a dump would lay them on the disk for whoever finds it.

A process that calls itself not dumpable (prctl) would keep debuggers out as well, and with them the portals that take
screenshots on Wayland, which look at /proc of who asks (docs/decisions/0018-core-dumps.md). Windows makes no such dumps
unless its owner has it make them.
"""

from __future__ import annotations

import sys

_NOT_PIPED = 1
"""Bytes. Linux writes no file that is smaller than a page, and asks no program that takes dumps for exactly this limit;
for a limit of none at all it would ask."""


def keep_none() -> bool:
    """Have the system write none when this process, or one that it starts, dies; returns whether it took that.

    What may be raised again stays: a program that the user opens from ours decides for itself.
    """
    if sys.platform == "win32":
        return False
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard == 0:
        return True
    resource.setrlimit(resource.RLIMIT_CORE, (_NOT_PIPED if sys.platform == "linux" else 0, hard))
    return True
