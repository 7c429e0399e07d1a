"""An hour of real work on a real desktop, seen, judged and paid, as a user would live through it."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.check import EXPECTED, late_arrivals, run_check


def test_an_hour_is_recorded_seen_judged_and_paid(tmp_path: Path) -> None:
    figures, arrivals = run_check(tmp_path)
    assert figures == EXPECTED
    assert late_arrivals(arrivals) == []
