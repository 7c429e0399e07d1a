"""The settings window on real preferences and a real recorder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import JOB, OTHER_JOB
from tests.tracker_app.samples import job, job_list
from tracker_app.autostart import unwritable
from tracker_app.control import Request
from tracker_app.jobs_file import save_jobs
from tracker_app.preferences import Hotkeys, Notice
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.settings import SettingsWindow
from worktime.errors import FairhourError
from worktime.tracking_values import Cause


@pytest.fixture
def tracker(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Tracker]:
    """A tracker whose settings are open; the environment names the days kept."""
    save_jobs(tmp_path / "jobs.json", job_list())
    made = Tracker(
        qapp,
        read_settings(
            {"FAIRHOUR_HOME": str(tmp_path), "FAIRHOUR_SERVER": "http://127.0.0.1:9", "FAIRHOUR_KEEP_DAYS": "5"}
        ),
    )
    made.actions.settings.emit()
    yield made
    made.quit()


@pytest.fixture
def window(tracker: Tracker) -> SettingsWindow:
    """Its window."""
    return tracker.shell.settings_window()


def test_what_is_chosen_is_kept_and_shown(tracker: Tracker, window: SettingsWindow) -> None:
    assert window.isVisible()
    for name, value in (
        ("notice", "quiet"),
        ("hold_s", 0),
        ("theme", "dark"),
        ("start_stop", "Ctrl+Alt+R"),
        ("private", "Ctrl+Alt+P"),
        ("proxy", " proxy.example:3128"),
        ("language", "en"),
    ):
        window.acts.change.emit(name, value)
    now = tracker.preferences.now
    assert (now.notice, now.hold_s, now.theme) == (Notice.QUIET, 0, "dark")
    assert now.hotkeys == Hotkeys(start_stop="Ctrl+Alt+R", private="Ctrl+Alt+P")
    assert now.proxy == "http://proxy.example:3128"
    assert window.screenshots.notice.currentData() == "quiet"
    assert window.screenshots.hold.currentText() == "Sent at once"
    assert window.general.private.edit.text() == "Ctrl+Alt+P"
    assert "next start" in window.general.settings[1].help.text()
    assert not window.screenshots.days.isEnabled(), "the environment says it"
    assert window.screenshots.days.currentText() == "Kept here for 5 days"


def test_a_proxy_that_can_not_be_meant_leaves_the_old_one(tracker: Tracker, window: SettingsWindow) -> None:
    window.acts.change.emit("proxy", "two words")
    assert tracker.preferences.now.proxy == "system"
    (setting,) = window.connection.settings
    assert "no address of a proxy" in setting.why.text()
    window.acts.change.emit("proxy", "none")
    assert setting.why.text() == ""


def test_a_disk_that_is_full_is_told_in_the_window(
    tracker: Tracker, window: SettingsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker_app.preferences.write_whole", full)
    window.acts.change.emit("reminder", True)
    assert tracker.preferences.now.reminder
    assert "No space left on device" in window.problem.text()


def test_work_view_of_a_job_holds_for_the_running_recording_and_the_next(
    tracker: Tracker, window: SettingsWindow
) -> None:
    def with_screenshots() -> bool:
        phase = tracker.recorder.state.phase
        assert phase is not None
        return phase.work_view

    tracker.actions.start.emit(JOB)
    window.recording.jobs[JOB].click()
    assert not with_screenshots()
    tracker.actions.switch.emit(OTHER_JOB)
    assert with_screenshots()
    tracker.actions.switch.emit(JOB)
    assert not with_screenshots()
    window.recording.jobs[JOB].click()
    assert with_screenshots()
    assert tracker.preferences.kept.work_view_off == ()


class FakeLogin:
    """What a system does at login."""

    on = False
    refuses = False

    def is_on(self) -> bool:
        return self.on

    def switch(self, *, on: bool) -> None:
        if self.refuses:
            raise unwritable("the entry", "Permission denied")
        self.on = on


def test_start_at_login_is_what_the_system_says(tracker: Tracker, window: SettingsWindow) -> None:
    box = window.general.autostart
    box.click()
    (why,) = (setting.why.text() for setting in window.general.settings if setting.why.text())
    assert "FAIRHOUR_HOME" in why
    assert not box.isChecked()
    login = FakeLogin()
    tracker.late.settings._autostart = lambda: login
    box.click()
    assert (login.on, box.isChecked(), tracker.preferences.now.autostart) == (True, True, True)
    login.refuses = True
    box.click()
    assert (box.isChecked(), tracker.preferences.now.autostart) == (True, True)
    login.on = False
    tracker.actions.settings.emit()
    assert not box.isChecked(), "somebody switched it off elsewhere"


def test_keys_start_stop_and_pause(tracker: Tracker, window: SettingsWindow) -> None:
    window.acts.change.emit("start_stop", "Ctrl+Alt+Shift+F11")
    assert tracker._hotkeys.problems == {}
    tracker._hotkeys.pressed.emit("start_stop")
    assert tracker.recorder.state.phase is not None
    tracker._hotkeys.pressed.emit("private")
    assert tracker.recorder.paused is not None
    assert tracker.recorder.paused.cause is Cause.PRIVATE
    assert tracker.requests.answer(Request("toggle"))["state"] == "recording"
    assert tracker.requests.answer(Request("private", text="30"))["state"] == "paused"
    tracker.requests.answer(Request("resume"))
    assert tracker.requests.answer(Request("toggle"))["state"] == "stopped"
    for minutes in ("0", "241", "some"):
        with pytest.raises(FairhourError, match="private_minutes"):
            tracker.requests.answer(Request("private", text=minutes))
    tracker._jobs_came(job_list())
    tracker._jobs = None
    tracker._hotkeys.pressed.emit("start_stop")
    assert [problem.code for problem in tracker._sight.problems()][:1] == ["no_job"]


def test_new_jobs_come_into_the_open_window_and_hidden_things_open_from_it(
    tracker: Tracker, window: SettingsWindow
) -> None:
    tracker._jobs_came(job_list(job(OTHER_JOB, work_view=False)))
    assert list(window.recording.jobs) == [OTHER_JOB]
    assert not window.recording.jobs[OTHER_JOB].isEnabled()
    window.screenshots.hidden.click()
    assert tracker.shell.hidden_window().isVisible()
