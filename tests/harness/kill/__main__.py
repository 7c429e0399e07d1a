"""The kill harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys

from tests.harness.kill.acknowledging import PLANTS
from tests.harness.kill.tracker import kill_trackers
from tests.harness.kill.witness import Tally
from tests.harness.kill.writer import kill_at_any_time, kill_in_opening, kill_in_picture


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.kill")
    parser.add_argument("--kills", type=int, default=200, help="at instants uniform in time")
    parser.add_argument("--trackers", type=int, help="how many of them hit the real tracker; else a quarter")
    parser.add_argument("--stride", type=int, default=1, help="kill after each so manieth system call")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=PLANTS, help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    source = random.Random(options.seed)
    tally = Tally()
    trackers = options.kills // 4 if options.trackers is None else options.trackers
    kill_at_any_time(tally, options.kills - trackers, source, options.plant)
    kill_in_picture(tally, options.stride, options.plant)
    if options.plant is None:
        kill_in_opening(tally, options.stride)
    kill_trackers(tally, trackers, source, options.plant)
    print(json.dumps({"plant": options.plant, **dataclasses.asdict(tally)}))
    return 0 if tally.good else 1


if __name__ == "__main__":
    sys.exit(main())
