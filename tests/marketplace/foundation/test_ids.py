"""Ids of rows sort by when they were made, also those that are made in the same moment."""

from __future__ import annotations

import time

import pytest

from marketplace.foundation.ids import new_id


def test_ids_of_one_moment_sort_as_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    now_ns = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now_ns)
    made = [new_id() for _ in range(100)]
    assert made == sorted(made)
    assert len(set(made)) == 100


def test_a_clock_that_is_set_back_turns_no_order_round(monkeypatch: pytest.MonkeyPatch) -> None:
    now_ns = time.time_ns()
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: now_ns - 3_600_000_000_000)
    assert new_id() > before
