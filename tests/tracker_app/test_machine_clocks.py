"""Which of the system's clocks are read. Windows and macOS from their documentation; not yet seen on those systems.

QueryInterruptTimePrecise, QueryUnbiasedInterruptTimePrecise: learn.microsoft.com/windows/win32/api/realtimeapiset.
CLOCK_UPTIME_RAW, CLOCK_MONOTONIC_RAW: clock_gettime(3) of macOS.
"""

from __future__ import annotations

import ctypes
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

from tracker_app.machine_clocks import machine_clocks


@pytest.mark.skipif(sys.platform != "linux", reason="reads the clocks of Linux")
def test_on_linux_boot_time_goes_on_while_the_monotonic_clock_stands_still() -> None:
    clocks = machine_clocks("linux")
    assert clocks.tell_sleep
    assert abs(clocks.awake_ns() - time.clock_gettime_ns(time.CLOCK_MONOTONIC)) < 10**9
    assert abs(clocks.boot_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)) < 10**9
    assert abs(clocks.wall_ns() - time.time_ns()) < 10**9


def test_on_macos_the_raw_clocks_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", 8, raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC_RAW", 4, raising=False)
    monkeypatch.setattr(time, "clock_gettime_ns", {8: 100, 4: 3700}.__getitem__)
    clocks = machine_clocks("darwin")
    assert (clocks.awake_ns(), clocks.boot_ns()) == (100, 3700)


def test_a_system_without_such_a_pair_still_has_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    clocks = machine_clocks("linux")
    assert not clocks.tell_sleep
    assert clocks.awake_ns() <= time.monotonic_ns()


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a clock by its number on Linux")
def test_a_kernel_that_does_not_know_the_clock_still_has_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 9999)
    assert not machine_clocks("linux").tell_sleep


class Query:
    """A function of KernelBase: ctypes sets its signature."""

    restype: Any = ctypes.c_int
    argtypes: Any = None

    def __init__(self, units: int) -> None:
        self._units = units

    def __call__(self, pointer: Any) -> None:
        ctypes.cast(pointer, ctypes.POINTER(ctypes.c_ulonglong)).contents.value = self._units


def test_on_windows_interrupt_time_is_read_with_and_without_sleep() -> None:
    base = SimpleNamespace(
        QueryUnbiasedInterruptTimePrecise=Query(1 << 40), QueryInterruptTimePrecise=Query((1 << 40) + 36_000_000_000)
    )
    clocks = machine_clocks("win32", load={"KernelBase": base}.__getitem__)
    assert clocks.tell_sleep
    assert clocks.boot_ns() - clocks.awake_ns() == 3600 * 10**9


def test_an_older_windows_shows_sleep_as_a_hole() -> None:
    assert not machine_clocks("win32", load=lambda _name: SimpleNamespace()).tell_sleep
