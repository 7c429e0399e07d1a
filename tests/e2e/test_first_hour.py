"""An hour of real work on a real desktop, seen, judged and paid, as a user would live through it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.check import EXPECTED, Arrivals, late_arrivals, run_check


def test_an_hour_is_recorded_seen_judged_and_paid(tmp_path: Path) -> None:
    figures: dict[str, Any] = {}
    arrivals = Arrivals()
    run_check(tmp_path, figures, arrivals)
    assert figures == EXPECTED
    assert late_arrivals(arrivals) == []
