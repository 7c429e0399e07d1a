"""A machine whose clocks are turned by hand, and the wrong designs that can be planted in the tracker's clock."""

from __future__ import annotations

from collections.abc import Callable

from tracker_app.clock import TrackerClock

NS = 1_000_000_000


class Machine:
    """Awake time, time with sleep and wall time in nanoseconds. ``utc``: the second at which it is switched on."""

    def __init__(self, utc: int) -> None:
        self.awake_ns = 30 * NS
        self.boot_ns = 30 * NS
        self.wall_ns = utc * NS

    def live(self, ns: int, *, slewed_ns: int = 0) -> None:
        """Let time pass; the wall clock goes ``slewed_ns`` more, as one that is being corrected."""
        self.awake_ns += ns
        self.boot_ns += ns
        self.wall_ns += ns + slewed_ns

    def sleep(self, ns: int) -> None:
        """Sleep: the monotonic clock stands still, the two others go on."""
        self.boot_ns += ns
        self.wall_ns += ns

    def jump(self, seconds: int) -> None:
        """Set the wall clock."""
        self.wall_ns += seconds * NS

    def reboot(self, away_s: int) -> None:
        """Be off for a while: both counters begin anew."""
        self.awake_ns = self.boot_ns = 12 * NS
        self.wall_ns += away_s * NS


def honest(machine: Machine) -> TrackerClock:
    """The tracker's clock on this machine."""
    return _read(TrackerClock, machine)


def _read(kind: type[TrackerClock], machine: Machine) -> TrackerClock:
    return kind(monotonic_ns=lambda: machine.awake_ns, wall_ns=lambda: machine.wall_ns, boot_ns=lambda: machine.boot_ns)


class _Wall(TrackerClock):
    """Elapsed time is the difference of two wall times."""

    def reading(self) -> int:
        return self._wall_ns()


class _Asleep(TrackerClock):
    """Time goes on asleep, and nobody looks whether there was any sleep."""

    def slept(self) -> bool:
        return False


PLANTS: dict[str, Callable[[Machine], TrackerClock]] = {
    "wall": lambda machine: _read(_Wall, machine),
    "asleep": lambda machine: _read(_Asleep, machine),
}
