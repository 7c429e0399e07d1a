"""The benchmark of the timesheet: what it prints, and that it measures what it says. No time is judged here."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from benchmarks.timesheet import cost_ms, floor, intervals, main, timesheet


def test_it_prints_one_line_of_figures(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "20", "200", "--rounds", "1"])
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["intervals"] == [20, 200]
    assert {name: len(values) for name, values in figures.items()} == {
        "intervals": 2,
        "ms": 2,
        "x_floor": 2,
        "growth_per_10x": 1,
    }
    assert all(value > 0 for values in figures.values() for value in values)


@pytest.mark.parametrize("count", [20, 400, 4_000])
def test_the_intervals_are_apart_and_all_are_counted(count: int) -> None:
    raw = intervals(count)
    assert len(raw) == count
    assert all(before[1] < after[0] for before, after in pairwise(raw))
    assert timesheet(raw) == floor(raw)


def test_a_wrong_sum_is_no_figure() -> None:
    with pytest.raises(ValueError, match="1 seconds were found, 2 are there"):
        cost_ms(lambda _: 1, [], 2, 1)
