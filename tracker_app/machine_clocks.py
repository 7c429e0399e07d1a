"""The machine's three clocks: awake time, time with sleep, and the wall clock; which call reads which on what system.

What is made of them is in ``clock``. Every pair (awake, boot) comes from one counter of the system, so that their
difference grows by sleep alone and never by the drift of two oscillators.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

log = logging.getLogger(__name__)

ReadNs = Callable[[], int]


class MachineClocks(msgspec.Struct, frozen=True):
    """Each returns nanoseconds. ``awake_ns`` stands still while the machine sleeps, ``boot_ns`` goes on.

    Both never go back before a reboot and have no meaning by themselves; ``wall_ns`` counts from the epoch.
    """

    awake_ns: ReadNs
    boot_ns: ReadNs
    wall_ns: ReadNs = time.time_ns

    @property
    def tell_sleep(self) -> bool:
        """Whether sleep can be seen as the difference of two clocks; else it shows as a hole between two ticks."""
        return self.awake_ns is not self.boot_ns


def machine_clocks(system: str = sys.platform, *, load: Callable[[str], Any] = ctypes.CDLL) -> MachineClocks:
    """Return the clocks of this machine. ``load`` opens a library by name; tests replace it."""
    if system == "win32":
        return _windows(load)
    if system == "darwin":
        return _posix("CLOCK_UPTIME_RAW", "CLOCK_MONOTONIC_RAW")
    return _posix("CLOCK_MONOTONIC", "CLOCK_BOOTTIME")


def _posix(awake: str, boot: str) -> MachineClocks:
    """Linux: clock_gettime(2). macOS: clock_gettime(3), where MONOTONIC_RAW goes on asleep and UPTIME_RAW does not."""
    awake_id, boot_id = getattr(time, awake, None), getattr(time, boot, None)
    if awake_id is None or boot_id is None:
        return _without_sleep(f"{awake} or {boot} is missing")
    clocks = MachineClocks(partial(time.clock_gettime_ns, awake_id), partial(time.clock_gettime_ns, boot_id))
    try:
        clocks.boot_ns()
    except OSError as error:
        # Python knows its name, and the kernel (or what plays one) does not.
        return _without_sleep(str(error))
    return clocks


def _windows(load: Callable[[str], Any]) -> MachineClocks:
    """realtimeapiset.h, Windows 10 on: interrupt time in units of 100 ns; unbiased means without sleep."""
    try:
        base = load("KernelBase")
        return MachineClocks(
            _interrupt_time(base.QueryUnbiasedInterruptTimePrecise), _interrupt_time(base.QueryInterruptTimePrecise)
        )
    except (OSError, AttributeError) as error:
        return _without_sleep(str(error))


def _interrupt_time(query: Any) -> ReadNs:
    query.restype = None
    query.argtypes = (ctypes.POINTER(ctypes.c_ulonglong),)

    def read() -> int:
        value = ctypes.c_ulonglong()
        query(ctypes.byref(value))
        return value.value * 100

    return read


def _without_sleep(why: str) -> MachineClocks:
    log.info("this system has no clock that tells sleep (%s): it shows as a hole between two ticks", why)
    return MachineClocks(time.monotonic_ns, time.monotonic_ns)
