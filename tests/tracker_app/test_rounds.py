"""Seconds while nobody looks: counted on a thread of their own, and shown at once by whatever is opened."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import JOB, T0
from tests.tracker_app.samples import job_list
from tracker_app.jobs_file import save_jobs
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.models import TrackerView
from worktime.business_clock import ClockOrigin
from worktime.errors import Problem

RATE = 60


@pytest.fixture
def tracker(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracker]:
    """A tracker that runs hidden and records, a minute in each second."""
    save_jobs(tmp_path / "jobs.json", job_list())
    clock = ClockOrigin(T0 * 1_000_000, time.monotonic_ns(), RATE)
    env = {"FAIRHOUR_HOME": str(tmp_path), "FAIRHOUR_CLOCK": clock.encode(), "FAIRHOUR_SAMPLE": "1"}
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
