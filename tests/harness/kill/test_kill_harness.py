"""The kill harness, short and without the tracker, which tests/tracker_app/test_process.py kills.

Each run is a process of its own: the harness forks, which a test's process with its threads and windows must not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace is Linux's")


def kill(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Run the harness; returns its status and its last line."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.harness.kill", "--trackers", "0", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_nothing_that_was_said_to_be_kept_is_lost() -> None:
    status, found = kill("--kills", "10", "--stride", "7")
    assert status == 0, found
    assert min(found[what] for what in ("kills_while_recording", "kills_in_picture", "kills_in_opening")) > 0
    assert (found["lost_pictures"], found["dangling"], found["duplicates"]) == (0, 0, 0)


@pytest.mark.parametrize(("plant", "wrong"), [("row-first", "dangling"), ("slow-ticks", "lost_s_max")])
def test_a_wrong_design_is_found(plant: str, wrong: str) -> None:
    stride = "4" if plant == "row-first" else "100"
    status, found = kill("--kills", "8", "--stride", stride, "--plant", plant)
    assert status == 1
    assert found[wrong] > 1
