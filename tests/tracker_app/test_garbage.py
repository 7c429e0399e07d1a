"""Garbage in cycles: collected on the thread that asks, by Python's thresholds, and on no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from tracker_app import garbage


class Cycle:
    """Refers to itself, so only the collector takes it apart."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    before, by_itself = gc.get_threshold(), gc.isenabled()
    gc.collect()
    gc.set_threshold(500, 3, 3)
    garbage.collect_here_only()
    yield
    if by_itself:
        gc.enable()
    else:
        gc.disable()
    gc.set_threshold(*before)


def make(cycles: int) -> list[weakref.ref[Cycle]]:
    return [weakref.ref(Cycle()) for _ in range(cycles)]


def test_another_thread_collects_nothing_and_this_one_does() -> None:
    there: list[weakref.ref[Cycle]] = []
    taken_apart_on: list[str] = []

    def work() -> None:
        there.extend(make(2000))
        weakref.finalize(there[0](), lambda: taken_apart_on.append(threading.current_thread().name))

    other = threading.Thread(target=work, name="camera")
    other.start()
    other.join()
    assert all(each() is not None for each in there)
    assert garbage.collect_due() is not None
    assert not any(each() for each in there)
    assert taken_apart_on == [threading.main_thread().name]


def test_nothing_is_due_before_the_threshold() -> None:
    few = make(5)
    assert garbage.collect_due() is None
    assert all(each() is not None for each in few)


def test_the_older_generations_come_in_their_turn() -> None:
    seen = []
    for _ in range(24):
        kept = [Cycle() for _ in range(600)]
        seen.append(garbage.collect_due())
        del kept
    assert {0, 1, 2} == set(seen)
    assert seen.count(0) > seen.count(1) > seen.count(2)


def test_while_python_collects_by_itself_there_is_nothing_to_do() -> None:
    gc.enable()
    make(2000)
    assert garbage.collect_due() is None
