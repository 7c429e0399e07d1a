"""The port for what happens to the login session, and the choice of who watches it.

Rules.md, Idle 3: lock, user switch, suspend, hibernate and shutdown pause the tracker at that moment. What pausing
means is the recorder's business; here the system's signals become five events.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Protocol

from idle import problems
from worktime.errors import Problem


class SessionEvent(Enum):
    """What happened. LOCK, SUSPEND and SESSION_END can be told more than once.

    SESSION_END is followed by WAKE when it was cancelled, where the system tells that (macOS does not).
    """

    LOCK = "lock"
    UNLOCK = "unlock"
    SUSPEND = "suspend"
    WAKE = "wake"
    SESSION_END = "session_end"


Callback = Callable[[SessionEvent], None]


class SessionWatch(Protocol):
    """A running watch. Events come on the thread that opened it, which must run Qt's event loop.

    The machine is held back from sleeping until the callback for SUSPEND or SESSION_END has returned, where the system
    allows that (logind: 5 s, Windows: 2 s), so the callback must make its record durable before it returns.
    """

    @property
    def name(self) -> str:
        """Short name for logs and ``fairhour doctor``, for example ``logind``."""
        ...

    @property
    def problem(self) -> Problem | None:
        """What can't be seen here, or None when everything can."""
        ...

    def close(self) -> None:
        """Stop watching; no event comes afterwards. May be called twice."""
        ...


def open_session_watch(
    callback: Callback, *, env: Mapping[str, str] | None = None, system: str = sys.platform
) -> SessionWatch:
    """Start watching; never fails: a watch whose ``problem`` says why sees less or nothing.

    ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``.
    """
    env = os.environ if env is None else env
    if system == "win32":
        from idle.windows_session import open_windows_watch

        return open_windows_watch(callback)
    if system == "darwin":
        from idle.macos_session import open_macos_watch

        return open_macos_watch(callback)
    if system.startswith("linux"):
        from idle.logind import LinuxWatch

        return LinuxWatch(callback, env)
    return NullWatch(problems.session_unavailable("Fairhour does not watch lock and sleep on this system yet.").problem)


class NullWatch:
    """Sees nothing; ``problem`` is the reason that the user is told."""

    name = "none"

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""
