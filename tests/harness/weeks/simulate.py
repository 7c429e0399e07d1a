"""People by the thousand, in as many processes as asked for; the figures of a run."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from functools import partial

from tests.harness.weeks import compare, plants
from tests.harness.weeks.scenario import write


def person(seed: int, plant: str | None = None, eventful: bool | None = None) -> tuple[int, int, int, str]:
    """Run one person; return its job weeks, mismatches (0 or 1), minor units that are off, and the story."""
    plan = write(seed, eventful)
    with plants.planted(plant):
        found = compare.run(plan)
        if found is None:
            return plan.job_weeks, 0, 0, ""
        shorter, again = compare.shrink(plan, found)
        return plan.job_weeks, 1, found.cents, compare.story(shorter, again)


def people(
    weeks: int, seed: int, jobs: int, plant: str | None, eventful: bool | None
) -> Iterator[tuple[int, int, int, str]]:
    """Run people until their weeks are enough, in the order of their seeds."""
    # The first seeds of two runs don't meet as long as neither has a million people.
    seeds = range(seed * 1_000_000, (seed + 1) * 1_000_000)
    done = 0
    if jobs == 1:
        for each in seeds:
            found = person(each, plant, eventful)
            yield found
            done += found[0]
            if done >= weeks:
                return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        # Each person has three weeks at least, so no more seeds are handed out than could be needed.
        for found in pool.imap(
            partial(person, plant=plant, eventful=eventful), seeds[: weeks // 3 + jobs], chunksize=4
        ):
            yield found
            done += found[0]
            if done >= weeks:
                return


def simulate(
    weeks: int, seed: int, jobs: int, plant: str | None = None, eventful: bool | None = None
) -> dict[str, float | int]:
    """Return the figures of a run; it stops at the first mismatch."""
    began = time.monotonic()
    done = mismatches = cents = 0
    for of_person, wrong, off, story in people(weeks, seed, jobs, plant, eventful):
        done, mismatches, cents = done + of_person, mismatches + wrong, cents + off
        if wrong:
            print(story, flush=True)
            break
    rate = round(done / max(time.monotonic() - began, 0.001), 1)
    return {"weeks": done, "seed": seed, "mismatches": mismatches, "cents_off": cents, "weeks_per_s": rate}
