"""Simulate job weeks through ``worktime``'s book and through the naive model, and compare every figure of both.

    python -m tests.harness.weeks --weeks 100000 --seed 1 [--jobs 2]
    python -m tests.harness.weeks --plant half_up             # must exit 1
    python -m tests.harness.weeks --plants                    # all of them, and how many weeks each took

A job week is a work week in which something was recorded for a job. The last line is JSON; a difference prints the
seed of its person, the shortest list of acts that still shows it and both figures, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Sequence

from tests.harness.weeks import plants
from tests.harness.weeks.simulate import simulate

PLANT_WEEKS = 1500
"""Weeks after which a planted bug counts as not found."""


def try_plants(names: Sequence[str]) -> dict[str, int]:
    """Return for each planted bug after how many job weeks it was found, 0 for never."""
    return {name: plants.weeks_until_found(name, PLANT_WEEKS) for name in names}


def main(arguments: Sequence[str]) -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="tests.harness.weeks", description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--plant", choices=sorted(plants.PLANTS))
    parser.add_argument("--plants", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.plants:
        found = try_plants(sorted(plants.PLANTS))
        for name, weeks in found.items():
            print(f"{name}: {f'found after {weeks} weeks' if weeks else 'NOT FOUND'}")
        print(json.dumps({"plants": len(found), "found": sum(1 for weeks in found.values() if weeks), "after": found}))
        return 0 if all(found.values()) else 1
    shown = simulate(chosen.weeks, chosen.seed, chosen.jobs, chosen.plant, eventful=True if chosen.plant else None)
    print(json.dumps(shown))
    return 1 if shown["mismatches"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
