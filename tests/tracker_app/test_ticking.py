"""Ticks come at each second of the grid, whatever one of them does, and end when they are stopped; beats between."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import Hands
from tracker_app.clock import TrackerClock
from tracker_app.ticking import Rest, Ticking


class Late(TrackerClock):
    """Says how long it is to the next tick as a test wants it."""

    to_tick_s = 0.001

    def real_s_to_tick(self) -> float:
        return self.to_tick_s


def late() -> Late:
    hands = Hands()
    return Late(None, monotonic_ns=lambda: hands.monotonic_ns, wall_ns=lambda: hands.wall_ns)


def unwanted() -> bool:
    raise AssertionError("no beat is wanted")


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
    ticking = Ticking(parent, late(), tick, unwanted)
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
    ticking = Ticking(parent, clock, lambda: None, unwanted)
    ticking.begin()
    timer = parent.findChild(QTimer)
    assert timer is not None
    before = timer.timerId()
    clock.to_tick_s = to_tick_s
    ticking.begin()
    assert (timer.timerId() == before) is left_alone
    assert timer.interval() == (1000 if left_alone else round(to_tick_s * 1000))
    ticking.stop()


class Both:
    """Notes ticks and beats, and on which thread they come. ``rests``: for how long each tick says to count, the last
    one for ever; ``quiet``: how many beats are enough."""

    def __init__(self, *rests: float | None, quiet: int = 1_000_000, counts: bool = True) -> None:
        self.counts = counts
        self.rests, self.quiet = [*rests], quiet
        self.made: list[str] = []
        self.threads: dict[str, str] = {}
        self.parent = QObject()
        self.ticking = Ticking(self.parent, late(), self._tick, self._beat)

    def _tick(self) -> Rest | None:
        self._note("tick")
        rest_s = self.rests.pop(0) if len(self.rests) > 1 else self.rests[0]
        return None if rest_s is None else Rest(rest_s, self.counts)

    def _beat(self) -> bool:
        self._note("beat")
        return self.made.count("beat") % self.quiet != 0

    def _note(self, kind: str) -> None:
        self.made.append(kind)
        self.threads[kind] = threading.current_thread().name

    def count(self, kind: str) -> int:
        return self.made.count(kind)


def test_while_a_tick_says_that_counting_is_enough_there_are_beats_and_then_a_tick(qtbot: QtBot) -> None:
    both = Both(None, 0.05, None)
    both.ticking.begin()
    qtbot.waitUntil(lambda: both.count("tick") > 5)
    both.ticking.stop()
    assert both.made[:2] == ["tick", "tick"]
    assert both.made[2] == "beat"
    beats = [place for place, kind in enumerate(both.made) if kind == "beat"]
    assert beats == list(range(2, 2 + len(beats))), "in one row, and none afterwards"
    assert both.threads == {"tick": "MainThread", "beat": "heartbeat"}


def test_a_beat_that_is_not_enough_brings_the_next_tick_at_once(qtbot: QtBot) -> None:
    both = Both(3600.0, quiet=4)
    both.ticking.begin()
    qtbot.waitUntil(lambda: both.count("tick") >= 4)
    both.ticking.stop()
    assert both.made[:10] == ["tick", *["beat"] * 4, "tick", *["beat"] * 4]


def test_what_happens_meanwhile_brings_a_tick_at_the_next_second(qtbot: QtBot) -> None:
    both = Both(3600.0, None)
    both.ticking.begin()
    qtbot.waitUntil(lambda: both.count("beat") > 2)
    both.ticking.soon()
    beats = both.count("beat")
    qtbot.waitUntil(lambda: both.count("tick") > 3)
    both.ticking.stop()
    assert both.count("beat") <= beats + 1, "they ended, but for one that was under way"


def test_where_no_second_counts_there_is_no_beat_and_the_next_tick_comes_later_or_when_something_happens(
    qtbot: QtBot,
) -> None:
    both = Both(0.2, 3600.0, None, counts=False)
    both.ticking.begin()
    timer = both.parent.findChild(QTimer)
    assert timer is not None
    assert (both.made, timer.interval()) == (["tick"], 200)
    qtbot.waitUntil(lambda: both.count("tick") == 2)
    assert timer.interval() == 3_600_000
    both.ticking.soon()
    qtbot.waitUntil(lambda: both.count("tick") > 3)
    both.ticking.stop()
    assert both.count("beat") == 0


class ThreeSeconds:
    """Seconds that need no beat."""

    now_ns = staticmethod(time.monotonic_ns)

    def __init__(self) -> None:
        self.due_ns = 0
        self.passed = 0

    def second(self) -> bool:
        self.passed += self.passed < 4
        return self.passed < 4


@pytest.mark.parametrize("stirs", [False, True])
def test_seconds_ahead_pass_without_beats_and_what_stirs_in_them_brings_a_tick(qtbot: QtBot, *, stirs: bool) -> None:
    both, three = Both(3600.0), ThreeSeconds()
    ticking = Ticking(
        both.parent, late(), both._tick, both._beat, ahead=lambda: three, stirs=lambda: stirs and three.passed == 2
    )
    ticking.begin()
    qtbot.waitUntil(lambda: both.count("tick") > 1 if stirs else both.count("beat") > 3)
    ticking.stop()
    assert three.passed >= 2
    assert both.made[:2] == (["tick", "tick"] if stirs else ["tick", "beat"])


def test_nothing_comes_after_the_end_though_a_beat_had_asked_for_it(qtbot: QtBot) -> None:
    both = Both(3600.0, quiet=3)
    both.ticking.begin()
    limit = time.monotonic() + 10
    while both.count("beat") < 3 and time.monotonic() < limit:
        pass  # Qt's loop must not run: what the beat asks for waits in it
    both.ticking.stop()
    QCoreApplication.processEvents()
    both.ticking.soon()
    both.ticking.begin()
    QCoreApplication.processEvents()
    assert both.count("tick") == 1
    assert both.count("beat") == 3
