"""Ticks come at each second of the grid, whatever one of them does, and end when they are stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import Hands
from tracker_app.clock import TrackerClock
from tracker_app.ticking import Ticking


class Late(TrackerClock):
    """Says how long it is to the next tick as a test wants it."""

    to_tick_s = 0.001

    def real_s_to_tick(self) -> float:
        return self.to_tick_s


def late() -> Late:
    hands = Hands()
    return Late(None, monotonic_ns=lambda: hands.monotonic_ns, wall_ns=lambda: hands.wall_ns)


def test_a_tick_that_fails_ends_no_other_and_none_comes_after_the_end(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    ticks: list[None] = []

    def tick() -> None:
        ticks.append(None)
        if len(ticks) == 3:
            ticking.stop()
        raise ValueError("bad luck")

    parent = QObject()
    ticking = Ticking(parent, late(), tick)
    ticking.begin()
    qtbot.waitUntil(lambda: len(ticks) == 3)
    timer = parent.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
    assert caplog.messages == ["a tick failed"] * 3


@pytest.mark.parametrize(
    ("to_tick_s", "left_alone"), [(1.0, True), (0.9951, True), (0.98, False), (0.02, False), (1.2, False)]
)
def test_a_timer_that_comes_to_the_next_second_by_itself_is_left_alone(
    qapp: object, to_tick_s: float, left_alone: bool
) -> None:
    clock, parent = late(), QObject()
    clock.to_tick_s = 1.0
    ticking = Ticking(parent, clock, lambda: None)
    ticking.begin()
    timer = parent.findChild(QTimer)
    assert timer is not None
    before = timer.timerId()
    clock.to_tick_s = to_tick_s
    ticking.begin()
    assert (timer.timerId() == before) is left_alone
    assert timer.interval() == (1000 if left_alone else round(to_tick_s * 1000))
    ticking.stop()
