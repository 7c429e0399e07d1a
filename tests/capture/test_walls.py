"""A wall larger than what is stored, 8K and an upright 4K monitor: it is scaled, and its memory given back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from capture import encoding
from tests.support.xserver import x_server

# Read from a fresh process: what the tests before it have left behind would hide what a picture costs.
GRAB_AND_ENCODE = """
import json
from pathlib import Path
import capture, mss, PIL.Image, PIL.JpegImagePlugin, PIL.WebPImagePlugin

def megabytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000

source = capture.open_source()
before = megabytes("RssAnon")
raw = capture.grab(source)
seen = {"grabbed": [raw.width, raw.height], "monitors": raw.monitors}
shot = capture.encode(raw)
del raw
capture.give_memory_back()
seen |= {"stored": [shot.width, shot.height], "bytes": len(shot.data), "flat": shot.flat}
print(json.dumps(seen | {"peak": megabytes("VmHWM"), "grown": megabytes("RssAnon") - before}))
"""


def test_a_wall_beyond_8k_is_scaled_and_its_memory_given_back() -> None:
    with x_server(7680 + 2160, 4320) as server:
        server.split(7680, 2160, height=4320)
        server.run("xsetroot", "-mod", "16", "16", "-fg", "white", "-bg", "navy")
        done = subprocess.run(
            [sys.executable, "-c", GRAB_AND_ENCODE],
            env={**os.environ, **server.env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert (seen["grabbed"], seen["monitors"], seen["flat"]) == ([9840, 4320], 2, False)
    wide, high = seen["stored"]
    assert (wide, high) == encoding.fitting(9840, 4320)
    assert seen["bytes"] < 2_000_000
    # The grab once (4 bytes a pixel) beside what the largest stored picture costs to encode (32 bytes a pixel).
    bound = (9840 * 4320 * 4 + wide * high * 32) / 1e6
    assert seen["peak"] < bound < 750
    assert seen["grown"] < 10, "megabytes that were not given back"
