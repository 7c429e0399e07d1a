"""An hour of work on sway, recorded by the real tracker with the portal and paid at the real marketplace.

The loop is the one that X11 has every day (``tests.e2e.check``), with a hand on a Wayland pointer: five pictures, none
black, idle taken off, one tile rejected, one charge.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.e2e import check, desks
from tests.e2e.stack import ROOT
from tests.wayland.conftest import needs


def test_an_hour_is_recorded_seen_judged_and_paid() -> None:
    needs("sway")
    command = [sys.executable, "-m", "tests.e2e.check", "--fast", "--on", "sway"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures == check.expected(desks.SWAY, figures)
    assert figures["screenshots"] == figures["slots"] == 5
