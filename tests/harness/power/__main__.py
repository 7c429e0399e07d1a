"""The power harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.harness.power.disk import Disk
from tests.harness.power.driver import PLANTS
from tests.harness.power.trace import COMMAND, Call, Said, read_calls
from tests.harness.power.verdict import Kept, Tally

ROOT = Path(__file__).parents[3]
IMAGES_A_RUN = 200
SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)
"""How much of what was not synced has reached the disk: from nothing to everything."""


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.power")
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=PLANTS, help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    tally, began, calls = Tally(), time.monotonic(), 0
    runs = -(-options.images // IMAGES_A_RUN)
    for number in range(runs):
        images = options.images // runs + (number < options.images % runs)
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            recorded = record(Path(folder), options.seed * 1000 + number, options.plant)
            calls += len(recorded)
            cut(Path(folder), recorded, images, random.Random(options.seed * 1000 + number), tally)
    for example in tally.examples:
        print(example)
    found = dataclasses.asdict(tally)
    del found["examples"]
    print(json.dumps({"plant": options.plant, "calls": calls, "seconds": round(time.monotonic() - began), **found}))
    return 0 if tally.good else 1


def record(folder: Path, seed: int, plant: str | None) -> list[Call]:
    """Run the driver under strace; returns its calls."""
    home, log = folder / "home", folder / "strace.log"
    command = [*COMMAND, "-o", str(log), sys.executable, "-m", "tests.harness.power.driver", str(home), str(seed)]
    subprocess.run([*command, *([plant] if plant else [])], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    calls = list(read_calls(log, home))
    log.unlink()
    shutil.rmtree(home)
    return calls


def cut(folder: Path, calls: list[Call], images: int, source: random.Random, tally: Tally) -> None:
    """Cut the power after random calls, and judge what is found."""
    disk, kept, home = Disk(), Kept(), str(folder / "home")
    disk.certain[home] = None
    moments = sorted(source.randrange(len(calls)) for _ in range(images))
    for number, call in enumerate(calls):
        disk.play(call)
        if isinstance(call, Said):
            kept.hear(call)
        while moments and moments[0] == number:
            moments.pop(0)
            image = folder / "image"
            disk.image(image, home, source, source.choice(SHARES))
            tally.judge(image, kept, f"call {number} of {len(calls)} ({call.__class__.__name__})")
            shutil.rmtree(image)


def _memory() -> str | None:
    """A folder in memory, where there is one: the images need no disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
