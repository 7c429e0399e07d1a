"""What a day of asking for the last input costs, against a Qt timer that does nothing.

    python -m benchmarks.idle               a minute and a half: all processes beside each other, at the true 1 Hz
    python -m benchmarks.idle --ticks 300   the same for five minutes

Four processes on X servers of their own: an empty timer and the tracker's poll (``tracker_app.input_probe`` with
``idle``'s source) where nobody touches the pointer, and the poll where it moves 125 and 1,000 times a second. Each
notes its CPU time from tick to tick, the way through Qt's loop included; ticks are not made faster than they are in
life, because a loop that never sleeps finds its caches warm and looks three times cheaper than it is. What is told of
a day is 86,400 such ticks: nobody waited for a day. At rest the X server's word is waited for, in motion it is asked:
that may cost the question, and more motion nothing on top. Ratios are of medians, since a neighbour on the machine can
make single ticks dear; the day is made of means. The X server's part is its CPU time beside the poll, less that beside
nothing. The last line is JSON; more than the limits exits 1.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.pointer import Pointer
from tests.support.xserver import XServer, x_server

DAY_S = 86_400
TICKS, PACE_S = 90, 1.0
WARM_UP = 3
"""First ticks of a process that are left out: they import, connect and fill caches."""
POINTERS_HZ = {"poll_125_hz": 125, "poll_1000_hz": 1000}
LIMIT_X_EMPTY = 2.0
LIMIT_IN_MOTION = 1.5
LIMIT_IN_HASTE = 1.0 + 0.15
"""Two runs of one and the same process differ by that on a busy machine."""


@dataclass(frozen=True)
class Cost:
    """CPU time of one process, in microseconds a tick."""

    median_us: float
    mean_us: float
    ticks: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 when a poll costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ticks", type=int, default=TICKS, help="how many are measured")
    parser.add_argument("--pace", type=float, default=PACE_S, help="seconds between two of them")
    parser.add_argument("--measure", choices=("empty", "poll"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        print(json.dumps(asdict(measure(options.measure, options.ticks, options.pace))))
        return 0
    figures = run(options.ticks, options.pace)
    print(json.dumps(figures))
    dear = figures["x_empty"] > LIMIT_X_EMPTY
    moved = figures["x_at_125_hz"] > LIMIT_IN_MOTION or figures["x_1000_to_125_hz"] > LIMIT_IN_HASTE
    return 1 if dear or moved else 0


def run(ticks: int, pace_s: float) -> dict[str, float]:
    """Run the processes beside each other; returns the figures of the last line and prints a table."""
    with contextlib.ExitStack() as stack:
        quiet, asked = (stack.enter_context(x_server()) for _ in range(2))
        running = {"empty": (quiet, _start(stack, "empty", quiet, ticks, pace_s))}
        running["poll"] = (asked, _start(stack, "poll", asked, ticks, pace_s))
        for name, rate_hz in POINTERS_HZ.items():
            server = stack.enter_context(x_server())
            stack.enter_context(moving(server, rate_hz))
            running[name] = (server, _start(stack, "poll", server, ticks, pace_s))
        costs = {name: _result(process) for name, (_, process) in running.items()}
        servers = {name: cpu_s(server.process.pid) for name, (server, _) in running.items()}
    every = ticks + WARM_UP
    server_us = max(0.0, servers["poll"] - servers["empty"]) / every * 1e6
    for name, cost in costs.items():
        print(f"{name:13} {cost.median_us:7.1f} us a tick (mean {cost.mean_us:.1f}, {cost.ticks} ticks)")
    print(f"the X server adds {server_us:.1f} us a poll")
    empty, poll = costs["empty"], costs["poll"]
    return {
        "poll_us": round(poll.median_us, 1),
        "empty_us": round(empty.median_us, 1),
        "x_empty": round(poll.median_us / empty.median_us, 2),
        "x_at_125_hz": round(costs["poll_125_hz"].median_us / poll.median_us, 2),
        "x_1000_to_125_hz": round(costs["poll_1000_hz"].median_us / costs["poll_125_hz"].median_us, 2),
        "server_us": round(server_us, 1),
        "day_cpu_s": round((poll.mean_us + server_us) * DAY_S / 1e6, 1),
        "empty_day_cpu_s": round(empty.mean_us * DAY_S / 1e6, 1),
        "ticks": ticks,
    }


def measure(what: str, ticks: int, pace_s: float) -> Cost:
    """In a process of its own: a Qt program on the display whose timer does nothing, or asks for the last input."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    act = _poll() if what == "poll" else _nothing
    readings: list[int] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        act()
        # Read at the same place of each tick: the difference is one tick and everything on the way to it.
        readings.append(time.process_time_ns())
        if len(readings) > ticks + WARM_UP:
            app.quit()

    timer.timeout.connect(tick)
    timer.start(round(pace_s * 1000))
    app.exec()
    costs = [(after - before) / 1000 for before, after in itertools.pairwise(readings)][WARM_UP:]
    return Cost(statistics.median(costs), statistics.mean(costs), len(costs))


def _nothing() -> None:
    """The empty timer's callback."""


def _poll() -> Callable[[], object]:
    """The tracker's poll as ``tracker_app.tracker`` makes it; a source that does not answer is no figure."""
    import idle
    from tracker_app.clock import TrackerClock
    from tracker_app.input_probe import Probe

    probe = Probe(TrackerClock(), idle.open_source)
    probe.open_soon().join()
    if probe.look().last is None:
        raise SystemExit(f"The last input is not known: {probe.problem}")
    return probe.look


@contextlib.contextmanager
def moving(server: XServer, rate_hz: int) -> Iterator[None]:
    """Move the server's pointer that often a second while the context lasts."""
    stop = threading.Event()

    def move() -> None:
        with Pointer(server.display) as pointer:
            due = time.monotonic()
            while not stop.is_set():
                pointer.nudge()
                due += 1 / rate_hz
                stop.wait(max(0.0, due - time.monotonic()))

    thread = threading.Thread(target=move, name=f"pointer at {rate_hz} Hz", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _start(stack: contextlib.ExitStack, what: str, server: XServer, ticks: int, pace_s: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.idle", "--measure", what, "--ticks", str(ticks), "--pace", str(pace_s)]
    env = {**os.environ, **server.env, "QT_QPA_PLATFORM": "xcb"}
    process = stack.enter_context(subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True))
    stack.callback(process.kill)
    return process


def _result(process: subprocess.Popen[str]) -> Cost:
    said, _ = process.communicate()
    if process.returncode != 0:
        raise SystemExit("A part of the benchmark ended early; what it said stands above.")
    return Cost(**json.loads(said.splitlines()[-1]))


def cpu_s(pid: int) -> float:
    """CPU seconds of a process since its start; Linux tells them in nanoseconds, which ``times`` does not."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    sys.exit(main())
