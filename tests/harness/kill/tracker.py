"""The real tracker, with Qt, camera and control socket on a virtual display, killed as it starts and as it records.

Half of the homes run at rate 1, where a second is a second; the others so fast that a slot, and so a picture, comes
every few seconds. The truth is this process's reading of the same monotonic clock at the moment of the kill.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from devtools.desktop import virtual_desktop
from sync.journal import Journal
from tests.harness.kill.hearing import Ear, listening
from tests.harness.kill.witness import DEVICE, FAR, Tally, Witness
from tests.tracker_app.fakes import JOB
from tests.tracker_app.samples import job_list
from tracker_app.control import request
from tracker_app.jobs_file import save_jobs
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError

ROOT = Path(__file__).parents[3]
BEGIN = 1_772_636_400
FAST = 120
"""Business seconds a second: a slot takes six, and nobody is idle before twelve."""
LIVES = 8
"""So many trackers in a row recover and go on with one home."""
AT_ONCE = 3
START_S, STOP_S = 60.0, 30.0
LONGEST_START_S, LONGEST_LIFE_S = 2.0, 4.0
LONGEST_WRITE_S = 0.02


def kill_trackers(tally: Tally, kills: int, source: random.Random, plant: str | None) -> None:
    """Kill real trackers: one in six as it starts, the others as they record, some of them as a picture is written."""
    if kills <= 0:
        return
    lives = [min(LIVES, kills - begun) for begun in range(0, kills, LIVES)]
    seeds = [source.random() for _ in lives]
    rates = [FAST if number % 2 else 1 for number in range(len(lives))]
    with virtual_desktop() as desktop, ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(partial(_live_and_die, desktop.env, plant), rates, lives, seeds):
            tally.add(found)


def _live_and_die(desktop: Mapping[str, str], plant: str | None, rate: int, lives: int, seed: float) -> Tally:
    tally, source = Tally(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="fairhour-kill-") as folder:
        home = _Home(Path(folder) / "home", tally, rate, desktop, plant)
        for _ in range(lives):
            home.kill_one(source)
        home.end_well()
    return tally


class _Home:
    """One data folder, and the trackers that live in it one after the other."""

    def __init__(self, home: Path, tally: Tally, rate: int, desktop: Mapping[str, str], plant: str | None) -> None:
        home.mkdir()
        save_jobs(home / "jobs.json", job_list())
        self._home = home
        self._origin = ClockOrigin(BEGIN * 1_000_000, time.monotonic_ns(), rate)
        self._witness = Witness(home, tally, rate)
        self._plant = plant
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
        ours = {"FAIRHOUR_HOME": str(home), "FAIRHOUR_SAMPLE": "1", "FAIRHOUR_CLOCK": self._origin.encode()}
        self._env = {**plain, **desktop, **ours}

    def kill_one(self, source: random.Random) -> None:
        """Start one, let it live for a random while, kill it, and see what it left."""
        with listening(self._witness.hear) as ear:
            process = self._spawn(ear)
            try:
                if source.random() < 1 / 6:
                    ear.listen(source.uniform(0, LONGEST_START_S))
                else:
                    self._record(ear)
                    if self._origin.rate > 1 and source.random() < 1 / 2:
                        ear.listen(2 * LONGEST_LIFE_S, lambda: self._witness.writing is not None)
                        time.sleep(source.uniform(0, LONGEST_WRITE_S))
                    else:
                        ear.listen(source.uniform(0, LONGEST_LIFE_S))
                now_ns = time.monotonic_ns()
            finally:
                process.kill()
                process.wait(STOP_S)
        second = self._origin.second_at(now_ns)
        self._witness.killed(until=second - second % self._origin.tick_s)

    def end_well(self) -> None:
        """Start once more, and quit as the system does it: everything is whole and nothing is open."""
        with listening(self._witness.hear) as ear:
            process = self._spawn(ear)
            try:
                self._record(ear)
                process.send_signal(signal.SIGTERM)
                ear.let_go()
                ear.listen(STOP_S, lambda: process.poll() is not None)
                if process.wait(STOP_S) != 0:
                    raise RuntimeError(f"the tracker ended with status {process.returncode}")
            finally:
                process.kill()
        self._witness.recovered(set())
        journal = Journal(self._home, new_device=lambda: DEVICE)
        self._witness.tally.left_open += sum(journal.facts(*key).stay is not None for key in journal.keys(0, FAR))
        journal.close()

    def _spawn(self, ear: Ear) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.harness.kill.tracked", str(ear.writing)]
        process = subprocess.Popen(
            [*command, self._plant] if self._plant else command,
            env=self._env,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            pass_fds=[ear.writing],
        )
        ear.let_go()
        return process

    def _record(self, ear: Ear) -> None:
        """Have it record: go on with what a kill cut, or begin."""
        end = time.monotonic() + START_S
        while not (status := self._status()):
            if time.monotonic() > end:
                raise RuntimeError("the tracker did not start")
            ear.listen(0.05)
        if status["state"] == "paused":
            request(self._home, {"do": "resume"})
        else:
            request(self._home, {"do": "start", "job": str(JOB)})
        if not ear.listen(START_S, lambda: self._witness.recording):
            raise RuntimeError("the tracker did not begin to record")

    def _status(self) -> dict[str, object]:
        try:
            return request(self._home, {"do": "status"})
        except FairhourError:
            return {}
