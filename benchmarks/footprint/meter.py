"""What a program and its children cost: memory, CPU time, bytes written, wake-ups. Read from /proc (Linux), decides
nothing."""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

EVERY_S = 5.0
"""Real seconds between two readings; a process that lives shorter is seen by its parent's sum of CPU time alone."""
_SCHEDULED = 2  # CPUCLOCK_SCHED: the nanoseconds that all threads of a process have run


@dataclass(frozen=True)
class Reading:
    """A program at one moment. ``pss_mb`` in MiB, ``written`` in bytes since its start."""

    pss_mb: float
    cpu_s: float
    written: int
    wakes: int


@dataclass(frozen=True)
class Cost:
    """A program over a stretch of time. ``pss_mb`` is the mean, ``peak_mb`` the highest reading."""

    seconds: float
    pss_mb: float
    peak_mb: float
    cpu_s: float
    written: int
    wakes: int

    @property
    def cpu_pct(self) -> float:
        """Per cent of one core."""
        return 100 * self.cpu_s / self.seconds


class Meter:
    """Sums over the process ``pid`` and everything that it started. What ended meanwhile keeps its share."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._wakes: dict[str, int] = {}
        self._written: dict[int, int] = {}

    def read(self) -> Reading:
        """Read all of it. A process that ends just now is left out."""
        pss, cpu = 0.0, 0.0
        for pid in family(self._pid):
            with contextlib.suppress(OSError):
                pss += _field(f"/proc/{pid}/smaps_rollup", "Pss") / 1024
                cpu += cpu_s(pid)
                self._written[pid] = _field(f"/proc/{pid}/io", "write_bytes")
                for task in Path(f"/proc/{pid}/task").iterdir():
                    self._wakes[task.as_posix()] = _field(task / "status", "voluntary_ctxt_switches")
        return Reading(pss, cpu, sum(self._written.values()), sum(self._wakes.values()))


class Watch:
    """Reads several programs every ``EVERY_S`` on a thread of its own, from ``begin`` to ``end``."""

    def __init__(self, meters: Mapping[str, Meter], every_s: float = EVERY_S) -> None:
        self._meters = meters
        self._every_s = every_s
        self._readings: dict[str, list[Reading]] = {name: [] for name in meters}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._began = 0.0

    def begin(self) -> None:
        """Take the first reading."""
        self._read()
        self._began = time.monotonic()
        self._thread.start()

    def end(self) -> dict[str, Cost]:
        """Take the last reading; returns what each program cost."""
        self._stop.set()
        self._thread.join()
        self._read()
        seconds = time.monotonic() - self._began
        return {name: _cost(readings, seconds) for name, readings in self._readings.items()}

    def _run(self) -> None:
        while not self._stop.wait(self._every_s):
            self._read()

    def _read(self) -> None:
        for name, meter in self._meters.items():
            self._readings[name].append(meter.read())


def _cost(readings: list[Reading], seconds: float) -> Cost:
    first, last = readings[0], readings[-1]
    return Cost(
        seconds=seconds,
        pss_mb=statistics.mean(reading.pss_mb for reading in readings),
        peak_mb=max(reading.pss_mb for reading in readings),
        cpu_s=last.cpu_s - first.cpu_s,
        written=last.written - first.written,
        wakes=last.wakes - first.wakes,
    )


def family(pid: int) -> list[int]:
    """Return a process and all its descendants that run."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                children.setdefault(_parent(folder), []).append(int(folder.name))
    found = [pid]
    for each in found:
        found.extend(children.get(each, ()))
    return found


def cpu_s(pid: int) -> float:
    """CPU seconds of a process to the nanosecond, threads that ended included, and of its children that were reaped.

    The latter come in ticks of 10 ms: all that Linux tells of them.
    """
    own = time.clock_gettime_ns((~pid << 3) | _SCHEDULED) / 1e9
    *_, user, system = _stat(Path(f"/proc/{pid}"))[13:15]
    return own + (int(user) + int(system)) / 100


def _parent(folder: Path) -> int:
    return int(_stat(folder)[1])


def _stat(folder: Path) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold blanks; index 0 is the state."""
    return (folder / "stat").read_text().rpartition(")")[2].split()


def _field(path: str | Path, name: str) -> int:
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0])
    raise OSError(f"no {name} in {path}")
