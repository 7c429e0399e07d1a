"""The idle harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from typing import Any

from tests.harness.idle.desks import DESKS
from tests.support import wayland

THRESHOLD_S = 24
WORK_S = 3.0
EVERY_S = 0.3
SLOW_S = 10.0
LATE_S = 2.0
EARLY_S = 1.0
"""Input within a second counts as the second's beginning, so idle may be found by so much before the threshold."""
PLANTS = ("slow-poll", "touchy")


def run(on: str, threshold_s: int, plant: str | None = None) -> dict[str, Any]:
    """Work for a moment, go away, and measure; returns the figures of the last line."""
    poll_s = SLOW_S if plant == "slow-poll" else 1.0
    meant = threshold_s // 2 if plant == "touchy" else threshold_s
    with DESKS[on]() as desk:
        desk.touch()
        with desk.start("tests.harness.idle.watcher", str(meant), str(poll_s)) as watcher:
            try:
                began = _line(watcher)
                end = time.monotonic() + WORK_S
                while time.monotonic() < end:
                    desk.touch()
                    left_ns = time.monotonic_ns()
                    time.sleep(EVERY_S)
                found = _line(watcher)
            finally:
                watcher.kill()
    after_s = (found["paused_ns"] - left_ns) / 1e9
    late_s = after_s - threshold_s
    ok = found["cause"] == "idle" and -EARLY_S <= late_s <= LATE_S
    return {
        "on": on,
        "source": began["source"],
        "threshold_s": threshold_s,
        "found_after_s": round(after_s, 2),
        "late_s": round(late_s, 2),
        "cause": found["cause"],
        "plant": plant,
        "ok": ok,
    }


def _line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("The watcher ended early; what it said stands above.")
    said: dict[str, Any] = json.loads(line)
    return said


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.idle")
    parser.add_argument("--on", choices=sorted(DESKS), default="x11")
    parser.add_argument("--threshold", type=int, default=THRESHOLD_S, help="seconds without input")
    parser.add_argument("--plant", choices=PLANTS, help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    if options.on in wayland.PROGRAMS and (missing := wayland.missing_for(options.on)):
        print(f"Not installed: {', '.join(missing)} (packaging/debian.txt, group wayland)", file=sys.stderr)
        return 2
    figures = run(options.on, options.threshold, options.plant)
    print(json.dumps(figures))
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
