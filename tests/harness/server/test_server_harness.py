"""The server harness, short: nothing is missing or there twice after a kill -9, and its verdict can tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.server.__main__ import is_wrong, run

GOOD: dict[str, Any] = {
    "engine": "sqlite",
    "kills": 3,
    "missing": 0,
    "duplicates": 0,
    "broken_pictures": 0,
    "still_waiting": 0,
    "stray_files": 0,
}


def test_nothing_is_lost_or_doubled_by_a_kill_in_the_middle_of_uploads() -> None:
    report = run("sqlite", kills=1, seed=5, plant=None, trackers=1)
    assert not is_wrong({"engine": "sqlite", **report}), report
    assert (report["kills"], report["segments"] > 4, report["pictures"] > 2) == (1, True, True)


@pytest.mark.parametrize("figure", ["missing", "duplicates", "broken_pictures", "still_waiting", "stray_files"])
def test_each_figure_tells(figure: str) -> None:
    assert not is_wrong(GOOD)
    assert is_wrong({**GOOD, figure: 1})
    assert is_wrong({**GOOD, "engine": "postgres", "stray_files": 7}), "more than three kills can leave"
