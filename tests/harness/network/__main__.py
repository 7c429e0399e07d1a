"""The network harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.uploader import Marketplace
from tests.harness.network.devices import Act, Device, StandingClock, sign_in
from tests.harness.network.faults import Weather, all_faults
from tests.harness.network.market import BEGAN, DAYS, NOW, Market
from tests.harness.network.plants import NewIdsForEachTry, QueuesEachTry, TakesErrorsForReceipts
from tests.harness.network.proxy import FaultyLine
from tests.harness.network.verdict import Recorded, judge
from worktime.slots import slot_of

CLIENT_TIMEOUT_S = 2.0
HOLD_S = 2.2
UPLOADS_A_SLOT = 4.5
"""Of both devices together: revisions and pictures, as counted in runs of this harness."""
OVERLAP = 0.1
ACTS = (Act.PLAIN, Act.PLAIN, Act.PLAIN, Act.PLAIN, Act.COMMENTED, Act.IDLE, Act.SHORT, Act.DELETED)
PLANTS = ("missing", "duplicates", "queue")


@dataclass(frozen=True)
class Work:
    """One slot of one device."""

    job: UUID
    slot: int
    act: Act


def plan(jobs: tuple[UUID, ...], slots: int, seed: int) -> tuple[list[Work], list[Work]]:
    """Return what both devices record in 30 days: days of work with gaps, some slots on both at once."""
    draw = random.Random(seed)
    a_day = max(1, -(-slots // DAYS))
    first: list[Work] = []
    second: list[Work] = []
    for number in range(slots):
        slot = slot_of(BEGAN) + number // a_day * 120 + number % a_day
        job = jobs[0] if number % 7 else jobs[1]
        first.append(Work(job, slot, draw.choice(ACTS)))
        if draw.random() < OVERLAP:
            # In the same slot for the same job. What is deleted frees no second for another device: none is here.
            first[-1] = Work(job, slot, Act.PLAIN)
            second.append(Work(job, slot, draw.choice((Act.PLAIN, Act.SHORT))))
        else:
            second.append(Work(job, slot + 60, draw.choice(ACTS)))
    return first, second


class Bench:
    """The installations of the freelancer on two computers, the first of which is restored and later set up anew."""

    def __init__(self, home: Path, market: Market, address: str, plant: str | None) -> None:
        self._home = home
        self._plant = plant
        self._signins = [sign_in(handover, address) for handover in market.handovers]
        self.all: list[Device] = []
        self.online, self.offline = self._install(0), self._install(1)

    def reinstall(self) -> None:
        """Set the first computer up anew: another id, the same person."""
        self.online = self._install(0)

    def close(self) -> None:
        """End every installation."""
        for device in self.all:
            device.close()

    def _install(self, computer: int) -> Device:
        number = len(self.all)
        around: Callable[[Marketplace], Marketplace] = (
            TakesErrorsForReceipts if self._plant == "missing" else lambda client: client
        )
        folder, now = self._home / f"tracker-{number}", StandingClock(NOW)
        device = Device(folder, number, self._signins[computer], now, CLIENT_TIMEOUT_S, around)
        if self._plant in ("duplicates", "queue"):
            device.use((NewIdsForEachTry if self._plant == "duplicates" else QueuesEachTry)(device.journal.outbox))
        self.all.append(device)
        return device


class Story:
    """What happens: the first computer sends while it records, the second one records for 30 days before it does.

    On the way the first one is restored from a backup made in the middle of a slot, and set up anew later.
    """

    def __init__(self, bench: Bench, works: tuple[list[Work], list[Work]], seed: int, most_rounds: int) -> None:
        self._bench = bench
        self._works = works
        self._draw = random.Random(seed)
        self._most_rounds = most_rounds
        self._done: list[Work] = []

    def tell(self, backup: Path) -> None:
        """Do it all, and send until nothing waits."""
        bench, count = self._bench, len(self._works[0])
        for number, (work, other) in enumerate(zip(*self._works, strict=True)):
            bench.online.begin(work.job, work.slot)
            bench.online.round()
            if number == count * 2 // 5:
                bench.online.back_up(backup)
            bench.online.end(work.job, work.slot, work.act)
            if number == count * 3 // 5:
                drain([bench.online], self._most_rounds)
                bench.online.restore(backup)
                self._after_restoring(self._works[0][: count * 2 // 5 + 1])
            if number == count * 4 // 5:
                drain([bench.online], self._most_rounds)
                self._done.clear()
                bench.reinstall()
                bench.online.begin(work.job, work.slot)
                bench.online.end(work.job, work.slot, Act.SHORT)
            elif number != count * 3 // 5:  # of that slot the restored copy knows nothing
                self._done.append(work)
            bench.offline.begin(other.job, other.slot)
            bench.offline.end(other.job, other.slot, other.act)
            self._again(bench.offline, other)
            for _ in range(self._draw.randrange(4)):
                bench.online.round()
            if len(self._done) > 3:
                self._again(bench.online, self._done.pop(0))
        for work in self._done:
            self._again(bench.online, work)
        drain(bench.all, self._most_rounds)

    def _after_restoring(self, known: list[Work]) -> None:
        """Write on what the old copy knows, also where it was open in it; of what came later it knows nothing."""
        self._done.clear()
        self._done += [Work(work.job, work.slot, Act.COMMENTED) for work in known[-3:] if work.act is not Act.DELETED]

    @staticmethod
    def _again(device: Device, work: Work) -> None:
        if work.act not in (Act.PLAIN, Act.SHORT):
            device.think_again(work.job, work.slot, work.act)


def drain(made: list[Device], most_rounds: int) -> None:
    """Send until nothing waits, by turns; gives up after ``most_rounds``, and what is left counts as missing."""
    for _ in range(most_rounds):
        waiting = [device for device in made if device.waits]
        if not waiting:
            return
        for device in waiting:
            device.round()


def run(uploads: int, seed: int, rate: float, plant: str | None) -> dict[str, Any]:
    """Do it once; returns the report."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fairhour-network-") as folder:
        home = Path(folder)
        market = Market(home)
        market.prepare()
        market.start()
        try:
            with FaultyLine(market.port, Weather(seed), HOLD_S) as line:
                bench = Bench(home, market, line.address, plant)
                with contextlib.closing(bench):
                    jobs = tuple(job.id for job in bench.online.witness.jobs().jobs)
                    works = plan(jobs, max(5, round(uploads / UPLOADS_A_SLOT)), seed)
                    line.weather.rate = rate
                    Story(bench, works, seed, uploads * 4).tell(home / "backup")
                    made = bench.all
                    recorded = [Recorded(device.id, device.truth) for device in made]
                    sent = sum(device.witness.receipts for device in made)
                    over = max(device.over for device in made)
                    waits = sum(device.waits for device in made)
                    for device in made:
                        if device.waits:
                            print(f"{device.id} still has {device.journal.outbox.counts()}", file=sys.stderr)
                            print(*device.journal.outbox.problems(), sep="\n", file=sys.stderr)
                    united = sum(device.journal.outbox.counts().united for device in made)
        finally:
            market.stop()
        verdict = judge(recorded, market.holdings())
    for note in verdict.notes:
        print(note, file=sys.stderr)
    faults = line.weather.drawn
    return {
        "uploads": sent,
        "requests": line.requests,
        "faults": faults.total(),
        "sorts": len(faults),
        "of": len(all_faults()),
        "seed": seed,
        "plant": plant,
        "seconds": round(time.monotonic() - began, 1),
        "united": united,
        "still_waiting": waits,
        "missing": verdict.missing,
        "duplicates": verdict.duplicates,
        "max_queue_over_unsent": over,
    }


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.network")
    parser.add_argument("--uploads", type=int, default=300, help="about how many revisions and pictures are to arrive")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.3, help="the share of requests with which something goes wrong")
    parser.add_argument("--plant", choices=PLANTS, help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    report = run(options.uploads, options.seed, options.rate, options.plant)
    print(json.dumps(report))
    return 1 if report["missing"] or report["duplicates"] or report["max_queue_over_unsent"] > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
