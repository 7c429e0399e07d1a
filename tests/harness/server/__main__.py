"""The server harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.e2e.stack import StackError
from tests.harness.network.__main__ import plan
from tests.harness.network.devices import Device, StandingClock, sign_in
from tests.harness.network.market import NOW, Market
from tests.harness.network.verdict import Recorded, judge
from tests.support.postgres import throwaway_cluster

SLOTS_A_KILL = 6
LONGEST_S = 1.5
"""Real seconds from the first answer after a start to the next kill, at most."""
CLIENT_TIMEOUT_S = 10.0
DRAIN_S = 60.0
PLANTED = "tests.harness.server.planted"


class Killer(threading.Thread):
    """Kills the marketplace and starts it again, ``kills`` times, at moments that ``seed`` draws.

    The thread lives until ``release`` is set: what it started is told to end when it does (``devtools.processes``).
    """

    def __init__(self, market: Market, kills: int, seed: int) -> None:
        super().__init__(name="killer")
        self._market = market
        self._kills = kills
        self._draw = random.Random(seed)
        self.done = threading.Event()
        self.release = threading.Event()
        self.killed = 0
        self.error: Exception | None = None

    def run(self) -> None:
        """Kill, and start again."""
        try:
            for _ in range(self._kills):
                time.sleep(self._draw.uniform(0.0, LONGEST_S))
                self._market.kill()
                self.killed += 1
                self._market.start()
        except (OSError, RuntimeError, StackError) as error:  # told by the thread that waits
            self.error = error
        self.done.set()
        self.release.wait()


@contextlib.contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The environment that makes the marketplace use SQLite or a PostgreSQL of its own."""
    if name == "sqlite":
        yield {}
        return
    with throwaway_cluster() as dsn:
        yield {"FAIRHOUR_DATABASE_URL": dsn}


def send(devices: list[Device], killer: Killer, works: Any) -> None:
    """Record slot by slot and send, while it is killed; then send until nothing waits."""
    for pair in zip(*works, strict=True):
        for device, work in zip(devices, pair, strict=False):
            device.begin(work.job, work.slot)
            device.round()
            device.end(work.job, work.slot, work.act)
            device.round()
    deadline = None
    while not killer.done.is_set() or any(device.waits for device in devices):
        if killer.done.is_set():
            deadline = deadline or time.monotonic() + DRAIN_S
            if time.monotonic() > deadline:
                for device in devices:
                    print(device.uploader.status, file=sys.stderr)
                return
        for device in devices:
            device.round()
        if not any(device.uploader.status.online for device in devices):
            time.sleep(0.02)  # it is being started: the trackers' own waiting passes at once here


def run(engine: str, kills: int, seed: int, plant: str | None, *, trackers: int = 2) -> dict[str, Any]:
    """Do it once on one database; returns the report."""
    with tempfile.TemporaryDirectory(prefix="fairhour-server-") as folder, database(engine) as env:
        home = Path(folder)
        market = Market(home, env)
        market.prepare(trackers)
        if plant is not None:
            market.serve_with(PLANTED)
        market.start()
        devices = [
            Device(home / f"tracker-{n}", n, sign_in(token, market.stack.address), StandingClock(NOW), CLIENT_TIMEOUT_S)
            for n, token in enumerate(market.handovers)
        ]
        killer = Killer(market, kills, seed)
        try:
            jobs = tuple(job.id for job in devices[0].witness.jobs().jobs)
            killer.start()
            send(devices, killer, plan(jobs, max(4, kills * SLOTS_A_KILL), seed))
            if killer.error is not None:
                raise killer.error
            recorded = [Recorded(device.id, device.truth) for device in devices]
            waits = sum(device.waits for device in devices)
        finally:
            for device in devices:
                device.close()
            market.stop()
            killer.release.set()
        verdict = judge(recorded, market.holdings(sweep=engine == "sqlite"))
        held = market.last
    for note in verdict.notes:
        print(f"{engine}: {note}", file=sys.stderr)
    return {
        "kills": killer.killed,
        "segments": len(held["segments"]),
        "pictures": len(held["pictures"]),
        "still_waiting": waits,
        "missing": verdict.missing,
        "duplicates": verdict.duplicates,
        "broken_pictures": sum(picture["sha256"] == "broken" for picture in held["pictures"]),
        "stray_files": held["stray_files"],
    }


def is_wrong(report: dict[str, Any]) -> bool:
    """Tell whether a report shows a broken promise. PostgreSQL has no sweep: a kill may leave a picture's two files."""
    strays = 2 * report["kills"] if report["engine"] == "postgres" else 0
    broken = report["missing"] or report["duplicates"] or report["broken_pictures"] or report["still_waiting"]
    return bool(broken) or report["stray_files"] > strays


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.server")
    parser.add_argument("--kills", type=int, default=10, help="on each database")
    parser.add_argument("--engine", choices=("both", "sqlite", "postgres"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=("early-receipt",), help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    engines = ("sqlite", "postgres") if options.engine == "both" else (options.engine,)
    reports = [{"engine": engine, **run(engine, options.kills, options.seed, options.plant)} for engine in engines]
    print(json.dumps({"seed": options.seed, "plant": options.plant, "runs": reports}))
    return 1 if any(is_wrong(report) for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
