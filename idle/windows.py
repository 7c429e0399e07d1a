"""Windows: GetLastInputInfo against GetTickCount, both 32-bit milliseconds since the system started.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-getlastinputinfo. Both wrap around every 49.7 days
together; GetTickCount64 does not wrap and must not be mixed in.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from idle import problems
from worktime.errors import Problem

_WRAP = 1 << 32
_AHEAD_MS = 1000
"""How far the input's stamp may be ahead of the clock that is read right after it (they tick in 10 to 16 ms)."""


class LastInputInfo(ctypes.Structure):
    """LASTINPUTINFO of winuser.h."""

    _fields_ = (("cbSize", ctypes.c_uint32), ("dwTime", ctypes.c_uint32))


def age_ms(tick: int, last_input: int) -> int:
    """Return ``tick - last_input`` on the 32-bit circle; 0 when the input is stamped a little ahead of the clock."""
    age = (tick - last_input) % _WRAP
    return 0 if age >= _WRAP - _AHEAD_MS else age


class WindowsIdle:
    """The counter of the session that this process belongs to. ``load`` opens a DLL by name; tests replace it."""

    name = "windows"
    problem: Problem | None = None

    def __init__(self, *, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        self._load = load

    def idle_ms(self) -> int:
        """Return milliseconds since the last input in this session. Raises FairhourError."""
        info = LastInputInfo(ctypes.sizeof(LastInputInfo), 0)
        try:
            # CDLL serves on 64-bit Windows, which has one calling convention only; loading again is a look-up.
            answered = self._load("user32").GetLastInputInfo(ctypes.byref(info))
            tick = self._load("kernel32").GetTickCount() % _WRAP
        except OSError as error:
            raise problems.failed("Windows does not tell when the last input was ({detail}).", detail=error) from error
        if not answered:
            raise problems.failed(
                "Windows does not tell when the last input was ({detail}).", detail="GetLastInputInfo failed"
            )
        return age_ms(tick, info.dwTime)

    def close(self) -> None:
        """Do nothing: nothing is held open."""
