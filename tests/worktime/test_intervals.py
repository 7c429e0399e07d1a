"""Interval arithmetic against a bytearray with one cell for each second."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime.intervals import Interval, cut_by_slot, intersect, subtract, total, union

CELLS = 60
SECONDS = st.integers(0, CELLS)
INTERVALS = st.lists(st.tuples(SECONDS, SECONDS), max_size=12)


def cells(intervals: list[Interval]) -> bytearray:
    out = bytearray(CELLS)
    for start, end in intervals:
        out[start:end] = b"\1" * max(0, end - start)
    return out


def runs(found: bytes | bytearray) -> tuple[Interval, ...]:
    """Return where the cells are set, as intervals that are sorted, apart and as long as can be."""
    padded = b"\0" + found + b"\0"
    edges = [at for at in range(len(padded) - 1) if bool(padded[at]) != bool(padded[at + 1])]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


@given(INTERVALS)
def test_union_and_total(intervals: list[Interval]) -> None:
    assert union(intervals) == runs(cells(intervals))
    assert total(intervals) == sum(cells(intervals))
    assert union(reversed(union(intervals))) == union(intervals)


@given(INTERVALS, INTERVALS)
def test_subtract_and_intersect(first: list[Interval], second: list[Interval]) -> None:
    ours, theirs = cells(first), cells(second)
    assert subtract(first, second) == runs(bytes(a & ~b & 1 for a, b in zip(ours, theirs, strict=True)))
    assert intersect(first, second) == runs(bytes(a & b for a, b in zip(ours, theirs, strict=True)))


@pytest.mark.parametrize(
    ("intervals", "taken", "left"),
    [
        ([(0, 10)], [], ((0, 10),)),
        ([(0, 10)], [(0, 10)], ()),
        ([(0, 10)], [(-5, 3), (7, 20)], ((3, 7),)),
        ([(0, 10)], [(3, 5), (5, 6)], ((0, 3), (6, 10))),
        ([(0, 10), (20, 30)], [(5, 25)], ((0, 5), (25, 30))),  # one hole reaches over two
        ([(0, 10), (20, 30)], [(10, 20)], ((0, 10), (20, 30))),
        ([(0, 5), (5, 10)], [(12, 13)], ((0, 10),)),
    ],
)
def test_edges_of_subtract(intervals: list[Interval], taken: list[Interval], left: tuple[Interval, ...]) -> None:
    assert subtract(intervals, taken) == left


@given(st.integers(0, 10**10), st.integers(-10, 10_000))
def test_cutting_by_slot_keeps_every_second(start: int, length: int) -> None:
    cut = cut_by_slot((start, start + length))
    assert union(part for _, part in cut) == union([(start, start + length)])
    assert [slot for slot, _ in cut] == sorted({slot for slot, _ in cut})
    for slot, (low, high) in cut:
        assert slot * 720 <= low < high <= (slot + 1) * 720


@pytest.mark.no_cover
def test_cost_grows_with_the_intervals_and_not_with_their_square() -> None:
    def cost(count: int) -> float:
        spans = [(at * 4, at * 4 + 2) for at in range(count)]
        holes = [(at * 4 + 1, at * 4 + 3) for at in range(count)]
        began = process_time()
        assert len(subtract(spans, holes)) == count
        return process_time() - began

    # Twenty times the intervals: twenty times the cost would be linear, four hundred times the square.
    assert min(cost(40_000) for _ in range(3)) < 80 * min(cost(2_000) for _ in range(5))
