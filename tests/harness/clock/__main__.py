"""The clock harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.harness.clock.day import Day
from tests.harness.clock.machine import PLANTS, Machine, honest
from tracker_app.clock import TrackerClock

ACTS = 12


def days(count: int, seed: int, make_clock: Callable[[Machine], TrackerClock]) -> dict[str, int]:
    """Run ``count`` days, the first by ``seed``; returns the sums of what happened and of what went wrong."""
    found: Counter[str] = Counter(wrong_days=0, wrong_s_max=0, twice_s=0, unflagged=0, unasked=0, asked_again=0)
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    try:
        for number in range(seed, seed + count):
            with tempfile.TemporaryDirectory(prefix="fairhour-clock-") as folder:
                day = Day(Path(folder) / "home", number, make_clock)
                day.run(ACTS)
            wrong = {name for name, times in day.found.items() if times and not name.startswith("did_")}
            if wrong:
                print(f"seed {number}: {dict(day.found)}, truth {day.truth_s} s", file=sys.stderr)
            found["wrong_days"] += bool(wrong)
            found["wrong_s_max"] = max(found["wrong_s_max"], day.found["wrong_s"])
            found.update({name.removeprefix("did_"): times for name, times in day.found.items() if name != "wrong_s"})
    finally:
        os.environ.pop("TZ") if zone is None else os.environ.update(TZ=zone)
        time.tzset()
    return dict(found)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.clock")
    parser.add_argument("--scripts", type=int, default=500, help="how many days")
    parser.add_argument("--seed", type=int, default=1, help="the first day's; the next ones follow")
    parser.add_argument("--plant", choices=sorted(PLANTS), help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    found = days(options.scripts, options.seed, PLANTS[options.plant] if options.plant else honest)
    print(json.dumps({"scripts": options.scripts, "plant": options.plant, **found}))
    return 1 if found["wrong_days"] else 0


if __name__ == "__main__":
    sys.exit(main())
