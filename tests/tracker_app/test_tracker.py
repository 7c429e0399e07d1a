"""The tracker put together: what the user does in tray and window, and what becomes of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from idle import SessionEvent
from tests.tracker_app.fakes import JOB, OTHER_JOB
from tests.tracker_app.samples import DEVICE, OTHER_DEVICE, job, job_list, tile, week
from tracker_app.control import Request
from tracker_app.jobs_file import save_jobs
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from worktime.errors import FairhourError, failure
from worktime.tracking_values import Cause, Running
from worktime.weeks import week_of
from worktime.wire import PictureRef


@pytest.fixture
def tracker(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Tracker]:
    """A tracker with two jobs and no marketplace, which is told what to do and does not tick by itself."""
    save_jobs(tmp_path / "jobs.json", job_list())
    made = Tracker(qapp, read_settings({"FAIRHOUR_HOME": str(tmp_path), "FAIRHOUR_SERVER": "http://127.0.0.1:9"}))
    made.shell.window.show()
    yield made
    made.quit()


def act(tracker: Tracker, name: str, *arguments: object) -> None:
    """Do as tray and window do."""
    getattr(tracker.actions, name).emit(*arguments)


def recorded(tracker: Tracker) -> list[Running]:
    """What is recorded now, if anything is."""
    return [tracker.recorder.running] if tracker.recorder.running is not None else []


def test_another_job_chosen_while_paused_ends_the_pause(tracker: Tracker) -> None:
    act(tracker, "start", JOB)
    tracker.recorder.locked()
    assert tracker.recorder.paused is not None
    act(tracker, "choose", JOB)
    assert tracker.recorder.paused is not None, "it is the one that is paused"
    act(tracker, "choose", OTHER_JOB)
    assert tracker.recorder.state.phase is None
    assert tracker.shell.window.head.jobs.currentIndex() == 1
    assert tracker.shell.window.head.button.text() == "Start"
    act(tracker, "start", OTHER_JOB)
    assert tracker.recorder.running is not None
    assert tracker.recorder.running.job == OTHER_JOB


def test_screenshots_are_off_until_another_job_is_started(tracker: Tracker) -> None:
    act(tracker, "start", JOB)
    assert tracker.shell.window.head.work_view.isChecked()
    act(tracker, "work_view", False)
    assert [running.work_view for running in recorded(tracker)] == [False]
    assert not tracker.shell.window.head.work_view.isChecked()
    act(tracker, "switch", OTHER_JOB)
    assert [running.work_view for running in recorded(tracker)] == [True]
    assert tracker.shell.window.head.work_view.isChecked()


def test_a_browser_that_does_not_open_leaves_the_address_to_copy(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    act(tracker, "open_web")
    said = " ".join(label.text() for label in tracker.shell.window.notices.findChildren(QLabel))
    assert f"http://127.0.0.1:9/jobs/{JOB}/work/ Copy the address" in said
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    act(tracker, "open_web")
    assert tracker.shell.window.notices.isHidden()


def test_a_tile_is_opened_on_its_own_page_once_the_marketplace_knows_it(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browser(url: QUrl) -> bool:
        opened.append(url.path() + (f"#{url.fragment()}" if url.hasFragment() else ""))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", browser)
    act(tracker, "tile_web", JOB, 7)
    tracker._book.week_start = week().week_start
    tracker._book.heard(week(tile(7), tile(8, device=OTHER_DEVICE)))
    monkeypatch.setattr(tracker._book, "device", DEVICE)
    for slot in (7, 8):
        act(tracker, "assistance", JOB, slot)
    assert opened == [f"/jobs/{JOB}/work/", f"/segments/{UUID(int=7)}/#assistance", f"/jobs/{JOB}/work/"]


def test_counts_are_offered_where_the_client_asks_and_stay_as_the_freelancer_set_them(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = [False]
    monkeypatch.setattr(tracker._probe, "count", lambda *, on: counting.append(on))
    box = tracker.shell.window.head.counts

    def shown() -> tuple[bool, bool, bool]:
        """Whether it is offered, ticked, and done."""
        return not box.isHidden(), box.isChecked(), counting[-1]

    assert shown() == (False, False, False), "no client asks"
    tracker._jobs_came(job_list(job(JOB, input_counts=True), job(OTHER_JOB)))
    act(tracker, "start", JOB)
    assert shown() == (True, False, False), "off until the freelancer wants it"
    box.click()
    assert shown() == (True, True, True)
    act(tracker, "switch", OTHER_JOB)
    assert shown() == (False, False, False)
    act(tracker, "switch", JOB)
    assert shown() == (True, True, True)
    tracker._jobs_came(job_list(job(JOB), job(OTHER_JOB)))
    assert shown() == (False, True, False), "the client asks no longer"
    tracker._jobs_came(job_list(job(JOB, input_counts=True), job(OTHER_JOB)))
    act(tracker, "stop")
    assert shown() == (True, True, False)


def test_the_week_of_the_job_that_is_recorded_is_fetched(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[UUID | None] = []
    monkeypatch.setattr(tracker._link, "watch", watched.append)
    tracker._jobs_came(job_list(job(JOB), job(OTHER_JOB)))
    act(tracker, "start", OTHER_JOB)
    assert watched[-1] == OTHER_JOB
    act(tracker, "choose", JOB)
    assert watched[-1] == OTHER_JOB, "it is recorded still"
    act(tracker, "stop")
    assert watched[-1] == JOB


def test_a_second_start_hands_on_what_the_desktop_gave_it(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    tracker.requests.answer(Request("show", token="from-the-compositor"))
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from-the-compositor"


def test_a_session_that_ends_pauses_and_one_that_did_not_end_asks(tracker: Tracker, qtbot: QtBot) -> None:
    act(tracker, "start", JOB)
    tracker._session.tell(SessionEvent.SESSION_END)
    assert tracker.recorder.paused is not None
    assert (tracker.recorder.paused.cause, tracker.recorder.paused.asked) == (Cause.SESSION_END, False)
    assert tracker._session.still_here.isActive()
    tracker._session.still_here.setInterval(0)
    qtbot.waitUntil(lambda: tracker.recorder.paused is not None and tracker.recorder.paused.asked, timeout=5000)
    act(tracker, "resume")
    tracker._session.ask_who_is_still_here()
    assert recorded(tracker)


def test_whoever_ends_the_loop_has_the_record_closed_first(tracker: Tracker, qapp: QApplication) -> None:
    """macOS ends a program at log-out, and Qt its loop, without a word to the tray."""
    act(tracker, "start", JOB)
    qapp.aboutToQuit.emit()
    assert tracker.recorder.state.phase is None
    assert not tracker.shell.tray.icon.isVisible()


def test_a_disk_that_fails_does_not_keep_the_program_from_ending(
    tracker: Tracker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise failure("journal_failed", "The record can't be written", "The disk failed.", "Check the disk.")

    monkeypatch.setattr(tracker.recorder, "stop", fail)
    with qtbot.waitSignal(tracker.ended, timeout=20_000):
        tracker.quit()


def test_what_is_hidden_opens_from_the_window_with_a_picture_of_now(tracker: Tracker, qtbot: QtBot) -> None:
    tracker.actions.hidden.emit()
    window = tracker.shell.hidden_window()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.preview.place().isEmpty(), timeout=20_000)
    window.blur.emit(True)
    qtbot.waitUntil(lambda: "Redacted: 1 area." in window.caption.text(), timeout=20_000)
    assert (tracker._settings.home / "hidden.json").exists()


def test_what_can_follow_a_changed_preference_at_once_does(tracker: Tracker) -> None:
    tracker.preferences.change(theme="dark", hold_s=0, keep_days=9)
    assert tracker.shell.theme.dark
    assert (tracker._journal.outbox.hold_s, tracker._journal.outbox.keep_days) == (0, 9)
    tracker.preferences.change(theme="light")
    assert not tracker.shell.theme.dark


def test_other_hours_entered_without_a_line_wait_to_be_sent(tracker: Tracker) -> None:
    act(tracker, "hours")
    window, week_start = tracker.shell.hours_window(), week_of(tracker.hours.now())
    assert window.isVisible()
    window.add.emit(5400, "Call")
    tracker.hours.add_other_hours(JOB, week_start, week_start + 60, "Away on the phone")
    act(tracker, "hours")
    assert window.sum.text() == "1 h 31 min"
    assert [each.entry.seconds for each in tracker.hours.entries(JOB, week_start)] == [5400, 60]
    assert tracker.requests.status()["unsent"]["hours"] == 2


def test_the_viewer_looks_for_what_is_not_kept_here_at_the_marketplace(tracker: Tracker) -> None:
    assert tracker.shell.far is not None
    shot = PictureRef(id=JOB, sha256="0" * 64, size=1, width=9, height=9, monitors=1, taken_at=0)
    with pytest.raises(FairhourError, match="signed_out"):
        tracker.shell.far().fetch(shot, lambda: True)


def test_other_hours_asked_for_on_the_command_line_wait_to_be_sent_like_those_of_the_window(tracker: Tracker) -> None:
    week_start = week_of(tracker._clock.second())
    asked = Request("hours_add", job=JOB, week=week_start, seconds=60, text="A call")
    assert tracker.requests.answer(asked)["entry"]["waits"]
    (job, *_others) = tracker.requests.answer(Request("hours"))["jobs"]
    assert [entry["note"] for week in job["weeks"] for entry in week["entries"]] == ["A call"]
    assert tracker.requests.status()["unsent"]["hours"] == 1
