"""What a timesheet costs: a 40-hour week cut into slots and totalled, with 400, 4,000 and 40,000 intervals in it.

    python -m benchmarks.timesheet

The floor is a plain loop that adds up the same intervals in the same run. Both are the best of a few rounds of CPU
time, so that other programs on the machine disturb little. The last line is JSON: ``growth_per_10x`` is what ten times
as many intervals cost; 10 is linear, and less is the share that each slot costs anyhow.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from time import process_time
from uuid import UUID

from worktime.intervals import Interval, cut_by_slot
from worktime.timesheet import Record, Terms, totals
from worktime.weeks import week_of
from worktime.wire import Span

JOB, DEVICE = UUID(int=1), UUID(int=2)
WEEK = week_of(1_793_600_000)
DAYS, HOURS_A_DAY = 5, 8
TERMS = Terms(rate_minor=6000, currency="USD", authorized_s=40 * 3600)
SIZES = (400, 4_000, 40_000)
ROUNDS = 5


def intervals(count: int) -> list[Interval]:
    """Return ``count`` intervals of uneven lengths over five days of eight hours, with gaps between them."""
    out: list[Interval] = []
    for number in range(count):
        day, place = divmod(number, count // DAYS)
        step = HOURS_A_DAY * 3600 * DAYS / count
        start = WEEK + 9 * 3600 + 60 + day * 86_400 + int(place * step)
        longest = int(step) - 1  # a second at least is left free before the next
        out.append((start, start + 1 + number * 7919 % longest))
    return out


def timesheet(raw: Sequence[Interval]) -> int:
    """Cut the intervals into slots, total them, and return the seconds found."""
    slots: dict[int, list[Span]] = defaultdict(list)
    for interval in raw:
        for slot, (start, end) in cut_by_slot(interval):
            slots[slot].append(Span(start, end, True))
    records = [
        Record(job=JOB, slot=slot, device=DEVICE, spans=tuple(spans), picture_protects=True, has_arrived=True)
        for slot, spans in slots.items()
    ]
    return totals(records, job=JOB, week_start=WEEK, terms=TERMS).tracked_s


def floor(raw: Sequence[Interval]) -> int:
    """Add up the same intervals in a plain loop."""
    seconds = 0
    for start, end in raw:
        seconds += end - start
    return seconds


def cost_ms(work: Callable[[Sequence[Interval]], int], raw: Sequence[Interval], expected: int, rounds: int) -> float:
    """Return the milliseconds of CPU of the best round. ValueError when a round finds another sum."""
    best = float("inf")
    for _ in range(rounds):
        began = process_time()
        found = work(raw)
        best = min(best, process_time() - began)
        if found != expected:
            raise ValueError(f"{found} seconds were found, {expected} are there")
    return best * 1000


def measure(sizes: Sequence[int], rounds: int) -> dict[str, list[float]]:
    """Return the figures for each number of intervals, which must be multiples of five."""
    out: dict[str, list[float]] = {"intervals": [], "ms": [], "x_floor": [], "growth_per_10x": []}
    for size in sizes:
        raw = intervals(size)
        expected = floor(raw)
        ms = cost_ms(timesheet, raw, expected, rounds)
        # A loop of microseconds is measured by the hundred.
        plain = cost_ms(lambda same: sum(floor(same) for _ in range(100)), raw, 100 * expected, rounds) / 100
        if out["ms"]:
            times = size / out["intervals"][-1]
            out["growth_per_10x"].append(round(ms / out["ms"][-1] * 10 / times, 2))
        out["intervals"].append(size)
        out["ms"].append(round(ms, 3))
        out["x_floor"].append(round(ms / max(plain, 1e-6), 1))
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of intervals, by fives")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the best of so many is taken")
    options = parser.parse_args(arguments)
    print(json.dumps(measure(options.sizes, options.rounds)))


if __name__ == "__main__":
    main()
