"""People by the thousand, in as many processes as asked for; the figures of a run."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from tests.harness.weeks import compare, plants
from tests.harness.weeks.scenario import write


class Done(NamedTuple):
    """One person: job weeks, whether the two sides differ, by how many minor units, the story, CPU seconds."""

    weeks: int
    mismatch: bool
    cents: int
    story: str
    cpu_s: float


def person(seed: int, plant: str | None = None, eventful: bool | None = None) -> Done:
    """Run one person through both sides; a difference is told with the shortest list of acts that shows it."""
    began = time.process_time()
    plan = write(seed, eventful)
    with plants.planted(plant):
        found = compare.run(plan)
        took = time.process_time() - began
        if found is None:
            return Done(plan.job_weeks, False, 0, "", took)
        shorter, again = compare.shrink(plan, found)
        return Done(plan.job_weeks, True, found.cents, compare.story(shorter, again), took)


def people(weeks: int, seed: int, jobs: int, plant: str | None, eventful: bool | None) -> Iterator[Done]:
    """Run people until their weeks are enough, in the order of their seeds."""
    # The people of two runs don't meet as long as neither has a million of them.
    seeds = range(seed * 1_000_000, (seed + 1) * 1_000_000)
    one = partial(person, plant=plant, eventful=eventful)
    if jobs == 1:
        yield from _enough(map(one, seeds), weeks)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        # Nobody has no week at all, so no more seeds are handed out than could be needed.
        yield from _enough(pool.imap(one, seeds[: weeks + jobs], chunksize=4), weeks)


def _enough(found: Iterator[Done], weeks: int) -> Iterator[Done]:
    done = 0
    for each in found:
        yield each
        done += each.weeks
        if done >= weeks:
            return


def simulate(
    weeks: int, seed: int, jobs: int, plant: str | None = None, eventful: bool | None = None
) -> dict[str, float | int]:
    """Return the figures of a run, which stops at the first mismatch. ``cpu_s`` is of all processes together."""
    began = time.monotonic()
    done = mismatches = cents = 0
    cpu_s = 0.0
    for each in people(weeks, seed, jobs, plant, eventful):
        done, cents, cpu_s = done + each.weeks, cents + each.cents, cpu_s + each.cpu_s
        if each.mismatch:
            mismatches += 1
            print(each.story, flush=True)
            break
    rate = round(done / max(time.monotonic() - began, 0.001), 1)
    shown = {"weeks": done, "seed": seed, "mismatches": mismatches, "cents_off": cents}
    return {**shown, "weeks_per_s": rate, "cpu_s": round(cpu_s, 1)}
