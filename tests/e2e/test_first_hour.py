"""An hour of real work on a real desktop, seen, judged and paid, as a user would live through it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.e2e.check import EXPECTED
from tests.e2e.stack import ROOT


def test_an_hour_is_recorded_seen_judged_and_paid() -> None:
    # A process of its own: the browser's driver takes one loop in each.
    command = [sys.executable, "-m", "tests.e2e.check", "--fast"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == EXPECTED
