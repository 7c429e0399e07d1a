"""Seconds while nobody looks: counted on a thread of their own, and shown at once by whatever is opened."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import JOB, T0, FakeIdle
from tests.tracker_app.samples import job, job_list
from tracker_app.jobs_file import save_jobs
from tracker_app.lease import Lease
from tracker_app.pace import LOOK_BEATS, QUIET_S, UNSEEN_S
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.models import TrackerView
from worktime.business_clock import ClockOrigin
from worktime.errors import Problem
from worktime.observations import Observation

RATE = 60


@pytest.fixture
def rate() -> int:
    return RATE


@pytest.fixture
def work_view() -> bool:
    """Whether the client wants screenshots; each comes at a moment of its own, and is shown."""
    return True


@pytest.fixture
def idle() -> FakeIdle:
    """The last input; somebody works until the test says otherwise."""
    return FakeIdle(0)


@pytest.fixture
def tracker(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rate: int,
    work_view: bool,
    idle: FakeIdle,
) -> Iterator[Tracker]:
    """A tracker that runs hidden and records, a minute in each second."""
    save_jobs(tmp_path / "jobs.json", job_list(job(work_view=work_view)))
    clock = ClockOrigin(T0 * 1_000_000, time.monotonic_ns(), rate)
    env = {"FAIRHOUR_HOME": str(tmp_path), "FAIRHOUR_CLOCK": clock.encode(), "FAIRHOUR_SAMPLE": "1"}
    monkeypatch.setattr("tracker_app.tracker.open_input", lambda: idle)
    made = Tracker(qapp, read_settings(env))
    monkeypatch.setattr("ui.shell.tray_available", lambda: True)
    made.start(hidden=True)
    made.actions.start.emit(JOB)
    yield made
    made.quit()


def counted(tracker: Tracker) -> int:
    return tracker.recorder.state.until


def beats(tracker: Tracker) -> bool:
    return tracker._rounds._ticking._heart.on


def views(tracker: Tracker, monkeypatch: pytest.MonkeyPatch, by: str) -> list[TrackerView]:
    """What is shown from now on."""
    shown: list[TrackerView] = []
    show = getattr(tracker.shell, by)

    def note(view: TrackerView) -> None:
        shown.append(view)
        show(view)

    monkeypatch.setattr(tracker.shell, by, note)
    return shown


def test_what_nobody_sees_is_only_counted_until_something_is_opened(
    tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: beats(tracker))
    before = counted(tracker)
    window = tracker.shell.window
    qtbot.waitUntil(lambda: counted(tracker) > before + RATE // 2)
    shown = views(tracker, monkeypatch, "show_view")
    window.show()
    assert shown, "it is up to date as it opens"
    assert shown[0].now > before
    qtbot.waitUntil(lambda: not beats(tracker))
    before, already = counted(tracker), len(shown)
    qtbot.waitUntil(lambda: counted(tracker) > before + RATE // 2)
    assert not beats(tracker)
    assert len(shown) > already, "each second is shown"
    window.hide()
    qtbot.waitUntil(lambda: beats(tracker))


def test_an_end_while_it_is_only_counted_loses_no_second(tracker: Tracker, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: beats(tracker))
    before = counted(tracker)
    qtbot.waitUntil(lambda: counted(tracker) > before)
    last = tracker._clock.second()
    tracker.actions.stop.emit()
    assert tracker.recorder.running is None
    assert last <= counted(tracker) <= tracker._clock.second()


def test_what_goes_wrong_meanwhile_is_shown(tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = views(tracker, monkeypatch, "show_glance")
    qtbot.waitUntil(lambda: beats(tracker))
    trouble = Problem("hidden_unknown", "What is hidden can't be read", "The file is damaged.", "Set it anew.")
    monkeypatch.setattr(tracker._hidden, "_now", trouble)
    qtbot.waitUntil(lambda: any(trouble in view.problems for view in shown))


def test_what_is_recorded_while_a_beat_waits_holds_up_neither(
    tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recorder tells of it while it holds what the beat waits for."""
    qtbot.waitUntil(lambda: beats(tracker))
    recorder, waiting = tracker.recorder, threading.Event()
    beat, append = recorder.beat, tracker._journal.append

    def slow(seen: Iterable[Observation]) -> None:
        waiting.clear()
        assert waiting.wait(10), "a beat comes while the disk takes its time"
        append(seen)

    def noted() -> bool:
        waiting.set()
        return beat()

    monkeypatch.setattr(recorder, "beat", noted)
    with monkeypatch.context() as disk:
        disk.setattr(tracker._journal, "append", slow)
        recorder.comment("Import", job=JOB)
    qtbot.waitUntil(lambda: beats(tracker))
    before = counted(tracker)
    qtbot.waitUntil(lambda: counted(tracker) > before)


@pytest.mark.parametrize("work_view", [False])
@pytest.mark.parametrize("rate", [1])
def test_at_a_true_pace_seconds_are_kept_without_a_beat_and_what_goes_wrong_is_told_in_time(
    tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, record, beaten = tracker.recorder, tracker._journal._tick, [0]
    beat = recorder.beat

    def noted() -> bool:
        beaten[0] += 1
        return beat()

    def kept() -> int:
        assert record.latest is not None
        return record.latest.until

    monkeypatch.setattr(recorder, "beat", noted)
    qtbot.waitUntil(lambda: recorder.lease is not None, timeout=10_000)
    before, already = kept(), beaten[0]
    qtbot.waitUntil(lambda: kept() >= before + 3, timeout=10_000)
    assert beaten[0] < already + 3, "three seconds or more; a look, and a late second, take a beat"
    shown = views(tracker, monkeypatch, "show_glance")
    trouble = Problem("hidden_unknown", "What is hidden can't be read", "The file is damaged.", "Set it anew.")
    monkeypatch.setattr(tracker._hidden, "_now", trouble)
    qtbot.waitUntil(lambda: any(trouble in view.problems for view in shown), timeout=15_000)


def test_while_nothing_is_recorded_and_nobody_looks_seconds_pass_unnoticed(
    tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until something is started, opened or breaks."""
    ticks, tick = [0], tracker.recorder.tick

    def noted() -> None:
        ticks[0] += 1
        tick()

    monkeypatch.setattr(tracker.recorder, "tick", noted)
    tracker.actions.stop.emit()
    ticking = tracker._rounds._ticking
    qtbot.waitUntil(lambda: ticking._rests)
    assert not beats(tracker)
    assert ticking._timer.interval() == 250, "a minute each second: as often as it looks while somebody looks"
    shown = views(tracker, monkeypatch, "show_glance")
    trouble = Problem("hidden_unknown", "What is hidden can't be read", "The file is damaged.", "Set it anew.")
    monkeypatch.setattr(tracker._hidden, "_now", trouble)
    qtbot.waitUntil(lambda: any(trouble in view.problems for view in shown))
    qtbot.waitUntil(lambda: ticking._rests)
    tracker.shell.window.show()
    assert not ticking._rests
    before = ticks[0]
    qtbot.waitUntil(lambda: ticks[0] > before + 3)
    tracker.shell.window.hide()
    qtbot.waitUntil(lambda: ticking._rests)
    tracker.actions.start.emit(JOB)
    assert not ticking._rests
    qtbot.waitUntil(lambda: beats(tracker))


def test_a_start_for_a_second_to_come_is_not_slept_over(tracker: Tracker, qtbot: QtBot) -> None:
    recorder, rounds = tracker.recorder, tracker._rounds
    tracker.actions.stop.emit()
    qtbot.waitUntil(lambda: rounds._ticking._rests)
    at = tracker._clock.second() + 90
    recorder.start(JOB, work_view=True, at=at)
    assert not recorder.rests
    qtbot.waitUntil(lambda: recorder.running is not None)
    assert recorder.running is not None
    assert recorder.running.since == at


@pytest.mark.parametrize("work_view", [False])
def test_while_nothing_is_touched_the_tip_waits_and_the_link_rests_until_somebody_is_back(
    tracker: Tracker, qtbot: QtBot, idle: FakeIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(tracker._rounds, "_quiet", told.append)
    idle.age_ms = round(QUIET_S * 1000)
    # Far from where a slot ends, and idle begins: something happens there.
    qtbot.waitUntil(
        lambda: told[-1:] == [True] and beats(tracker) and 0 < tracker._clock.second() % 720 < 420, timeout=20_000
    )
    tracker._refresh()
    shown = views(tracker, monkeypatch, "show_glance")
    qtbot.waitUntil(lambda: len(shown) == 1)
    before = counted(tracker)
    qtbot.waitUntil(lambda: counted(tracker) > before + 2 * UNSEEN_S, timeout=10_000)
    assert len(shown) == 1, "who touches nothing sees no tip"
    idle.age_ms = 0
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert told[-1] is False
    assert tracker._link._quiet is False, "it was not asked here"


@pytest.mark.parametrize("rate", [1])
def test_who_is_back_is_noticed_in_seconds_that_are_noted_only(tracker: Tracker, qtbot: QtBot, idle: FakeIdle) -> None:
    idle.age_ms = 3_600_000
    tracker._rounds.soon()
    noting: list[Lease] = []

    def begun() -> bool:
        """Whether a long lease has begun; a late second ends one."""
        noting[:] = [lease] if (lease := tracker.recorder.lease) is not None else []
        return [item.age_ms for item in noting] == [3_600_000] and noting[0]._left > LOOK_BEATS

    qtbot.waitUntil(lambda: tracker._link._quiet and begun(), timeout=30_000)
    idle.age_ms = 0
    qtbot.waitUntil(lambda: not tracker._link._quiet, timeout=15_000)
    assert noting[0]._left > 0, "it was not waited out"


def test_a_window_that_is_open_is_watched_whoever_touches_nothing(
    tracker: Tracker, qtbot: QtBot, idle: FakeIdle
) -> None:
    idle.age_ms = 3_600_000
    qtbot.waitUntil(lambda: tracker._link._quiet)
    tracker.shell.window.show()
    qtbot.waitUntil(lambda: not tracker._link._quiet)
    tracker.shell.window.hide()
    qtbot.waitUntil(lambda: tracker._link._quiet)


def test_what_the_marketplace_says_anew_is_shown_though_nobody_touches_anything(
    tracker: Tracker, qtbot: QtBot, idle: FakeIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle.age_ms = 3_600_000
    qtbot.waitUntil(lambda: tracker._link._quiet and beats(tracker))
    shown = views(tracker, monkeypatch, "show_glance")
    tracker._link.jobs_came.emit(job_list(job(ready=False)))
    qtbot.waitUntil(lambda: any(not item.ready for view in shown for item in view.jobs))


def test_who_can_not_look_around_hears_all_the_same_that_somebody_is_back(
    tracker: Tracker, qtbot: QtBot, idle: FakeIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle.age_ms = 3_600_000
    qtbot.waitUntil(lambda: tracker._link._quiet)

    def unreadable() -> None:
        raise RuntimeError("the record can't be read")

    monkeypatch.setattr(tracker._rounds, "_look_around", unreadable)
    idle.age_ms = 0
    qtbot.waitUntil(lambda: not tracker._link._quiet)
