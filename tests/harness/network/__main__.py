"""The network harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.uploader import Marketplace
from tests.harness.network.devices import Act, Device, StandingClock
from tests.harness.network.faults import Weather, all_faults
from tests.harness.network.market import BEGAN, DAYS, NOW, Market
from tests.harness.network.plants import NewIdsForEachTry, QueuesEachTry, TakesErrorsForReceipts
from tests.harness.network.proxy import FaultyLine
from tests.harness.network.verdict import Recorded, judge
from worktime.slots import slot_of

CLIENT_TIMEOUT_S = 2.0
HOLD_S = 2.2
UPLOADS_A_SLOT = 4.8
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


@contextlib.contextmanager
def devices(home: Path, market: Market, address: str, plant: str | None) -> Iterator[tuple[Device, Device]]:
    """Two installations of the freelancer, each with its own sign-in, closed at the end."""
    around: Callable[[Marketplace], Marketplace] = (
        TakesErrorsForReceipts if plant == "missing" else lambda client: client
    )
    made = [
        Device(
            home / f"tracker-{number}",
            number,
            market.handovers[number],
            address,
            StandingClock(NOW),
            CLIENT_TIMEOUT_S,
            around,
        )
        for number in (0, 1)
    ]
    for device in made:
        if plant in ("duplicates", "queue"):
            device.use((NewIdsForEachTry if plant == "duplicates" else QueuesEachTry)(device.journal.outbox))
    try:
        yield made[0], made[1]
    finally:
        for device in made:
            device.close()


def record_and_send(online: Device, offline: Device, works: tuple[list[Work], list[Work]], draw: random.Random) -> None:
    """One device sends while it records, and goes back to slots that it has sent; the other one records for 30 days."""
    done: list[Work] = []
    for work, other in zip(*works, strict=True):
        for device, each in ((online, work), (offline, other)):
            device.begin(each.job, each.slot)
            if device is online:
                device.round()
            device.end(each.job, each.slot, each.act)
            if device is offline and each.act not in (Act.PLAIN, Act.SHORT):
                device.think_again(each.job, each.slot, each.act)
        done.append(work)
        for _ in range(draw.randrange(4)):
            online.round()
        if len(done) > 3:
            earlier = done.pop(0)
            if earlier.act not in (Act.PLAIN, Act.SHORT):
                online.think_again(earlier.job, earlier.slot, earlier.act)
    for earlier in done:
        if earlier.act not in (Act.PLAIN, Act.SHORT):
            online.think_again(earlier.job, earlier.slot, earlier.act)


def drain(made: tuple[Device, ...], most_rounds: int) -> None:
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
            with (
                FaultyLine(market.port, Weather(seed), HOLD_S) as line,
                devices(home, market, line.address, plant) as made,
            ):
                jobs = tuple(job.id for job in made[0].witness.jobs().jobs)
                works = plan(jobs, max(4, round(uploads / UPLOADS_A_SLOT)), seed)
                line.weather.rate = rate
                record_and_send(*made, works, random.Random(seed))
                drain(made, most_rounds=uploads * 4)
                recorded = [Recorded(device.id, device.truth) for device in made]
                sent = sum(device.witness.receipts for device in made)
                over = max(device.over for device in made)
                waits = sum(device.waits for device in made)
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
