"""What nobody looks at is not put together, and what is opened is of this second."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.uploader import SyncStatus
from tests.tracker_app.fakes import JOB, OTHER_JOB, T0
from tests.tracker_app.samples import job_list
from tracker_app.control import Request
from tracker_app.jobs_file import save_jobs
from tracker_app.settings import Settings, read_settings
from tracker_app.tracker import Tracker
from ui.models import Mark, TrackerView
from ui.tray import Tray
from worktime.business_clock import ClockOrigin
from worktime.errors import Problem, failure


class Room:
    """A tracker of which nothing is open, and how often its face was put together."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        save_jobs(folder / "jobs.json", job_list())
        self.now_us = T0 * 1_000_000
        self.tracker = Tracker(app, self._settings(folder))
        clock = self.tracker._clock
        clock._awake_ns = clock._boot_ns = lambda: self.now_us * 1000
        self.shell, self.tray = self.tracker.shell, self.tracker.shell.tray
        self.wholes = self.glances = 0
        face = self.tracker._face
        face._whole, face._glance = self._counting_wholes(face._whole), self._counting_glances(face._glance)

    @staticmethod
    def _settings(folder: Path) -> Settings:
        clock = ClockOrigin(T0 * 1_000_000, T0 * 1_000_000_000, 1)
        settings = read_settings({"FAIRHOUR_HOME": str(folder), "FAIRHOUR_SERVER": "http://127.0.0.1:9"})
        return dataclasses.replace(settings, clock=clock)

    def _counting_wholes(self, make: Callable[[], TrackerView]) -> Callable[[], TrackerView]:
        def made() -> TrackerView:
            self.wholes += 1
            return make()

        return made

    def _counting_glances(self, make: Callable[[], TrackerView]) -> Callable[[], TrackerView]:
        def made() -> TrackerView:
            self.glances += 1
            return make()

        return made

    def act(self, name: str, *arguments: object) -> None:
        """Do as keys and command line do; Qt's loop turns afterwards."""
        getattr(self.tracker.actions, name).emit(*arguments)
        QApplication.processEvents()

    def work(self, seconds: int) -> None:
        """Let time pass, a tick at a time, and the pace's minutes with it."""
        for _ in range(seconds):
            self.now_us += 1_000_000
            self.tracker.recorder.tick()
        self.tracker._refresh()
        QApplication.processEvents()

    @property
    def tip(self) -> list[str]:
        return self.tray.icon.toolTip().splitlines()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(Tray, "_menu_pops_up", lambda _tray: True)
    made = Room(qapp, tmp_path)
    yield made
    made.tracker.quit()


def test_icon_and_tip_tell_minutes_and_states_without_anything_else_being_made(room: Room) -> None:
    room.act("start", JOB)
    assert (room.tip[0], room.shell._emblem.mark) == ("Recording: Website redesign", Mark.RECORDING)
    for minutes in (1, 2, 3):
        room.work(60)
        assert room.tip[1:3] == [f"Today {minutes} min", f"This week {minutes} min of 30 h authorized"]
    room.act("switch", OTHER_JOB)
    assert room.tip[:2] == ["Recording: Data import", "Today 0 min"]
    room.act("private", 300)
    assert room.tip[0].startswith("Data import. Private until ")
    assert room.shell._emblem.mark is Mark.PAUSED
    room.act("stop")
    assert (room.tip[0], room.shell._emblem.mark) == ("Stopped", Mark.STOPPED)
    room.tracker.preferences.change(hold_s=0)
    room.tracker._jobs_came(job_list())
    QApplication.processEvents()
    assert room.wholes == 0, "nobody looked"


def test_what_happens_within_a_turn_of_the_loop_is_told_once(room: Room) -> None:
    QApplication.processEvents()
    before = room.glances
    for name, argument in (("start", JOB), ("comment", "Landing page"), ("switch", OTHER_JOB)):
        getattr(room.tracker.actions, name).emit(argument)
    assert room.tracker.requests.answer(Request("status"))["job"] == str(OTHER_JOB), "who asks is told at once"
    QApplication.processEvents()
    assert room.glances == before + 1
    assert room.tip[0] == "Recording: Data import"


def test_the_window_is_up_to_date_as_it_opens_and_follows_while_it_is_open(room: Room) -> None:
    room.shell.show_window()
    assert room.shell.window.head.button.text() == "Start"
    room.shell.window.close()
    room.act("start", JOB)
    room.work(150)
    before = room.wholes
    room.shell.show_window()
    assert room.wholes == before + 1
    assert room.shell.window.head.button.text() == "Stop"
    assert room.shell.window.figures.today.text() == "2 min"
    room.tracker.actions.stop.emit()
    assert room.shell.window.head.button.text() == "Start", "without a turn of the loop"


def test_the_menu_is_up_to_date_as_it_opens(room: Room) -> None:
    room.act("start", JOB)
    room.work(61)
    assert room.tray.today.text() == "", "nobody looks"
    room.tray.menu.aboutToShow.emit()
    assert (room.tray.today.text(), room.tray.stop.isVisible()) == ("Today 1 min", True)
    assert [action.isChecked() for action in room.tray.job_group.actions()] == [True, False]


def test_a_menu_that_a_panel_may_have_copied_tells_what_can_be_done_at_any_time(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "_menu_pops_up", lambda _tray: False)
    room.act("start", OTHER_JOB)
    assert (room.tray.state.text(), room.tray.stop.isVisible()) == ("Recording: Data import, 0 min", True)
    assert [action.isChecked() for action in room.tray.job_group.actions()] == [False, True]
    room.act("stop")
    assert (room.tray.stop.isVisible(), room.tray.start.isVisible()) == (False, True)
    assert room.wholes == 0


@pytest.mark.parametrize("question", ["ask_quit", "ask_sign_out"])
def test_a_question_is_about_what_runs_now(room: Room, question: str) -> None:
    room.shell.look()
    room.act("start", JOB)
    getattr(room.shell, question)()
    assert room.shell._asked is not None
    assert room.shell._view is not None
    assert room.shell._view.job_id == JOB


def test_first_steps_that_are_opened_again_are_up_to_date(room: Room) -> None:
    room.act("first_steps")
    room.shell.first_start(has_settings=False).close()
    room.act("start", JOB)
    before = room.wholes
    room.act("first_steps")
    assert room.wholes > before


def test_the_journal_is_asked_again_when_there_may_be_something_to_tell(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    outbox, link = room.tracker._journal.outbox, room.tracker._link
    problems = outbox.problems

    def counted() -> object:
        asked.append(1)
        return problems()

    monkeypatch.setattr(outbox, "problems", counted)

    def refresh(status: SyncStatus) -> int:
        asked.clear()
        link.status = status
        room.tracker._refresh()
        QApplication.processEvents()
        return len(asked)

    rest = SyncStatus(online=True, last_ok=T0)
    assert refresh(rest) == 1, "it was not before"
    assert refresh(replace(rest, last_ok=T0 + 60)) == 0
    assert refresh(replace(rest, segments=1)) == 1
    assert refresh(rest) == 1, "once more"
    assert refresh(rest) == 0
    assert refresh(SyncStatus(online=False)) == 1
    assert room.tip[-1] == "Not signed in"
    assert refresh(replace(rest, quarantined=1)) == 1
    assert refresh(replace(rest, pictures=1)) == 1
    assert (refresh(rest), refresh(rest)) == (1, 0)
    assert "unsent" in room.tracker.requests.answer(Request("status"))
    assert asked, "who asks is told what is"


def test_a_record_that_can_not_be_read_is_logged_and_tried_again(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged() -> TrackerView:
        raise failure("journal_damaged_now", "The record is damaged", "Something has changed its file.", "Quit.")

    with monkeypatch.context() as broken:
        broken.setattr(room.tracker._face, "_glance", damaged)
        room.act("start", JOB)
    assert [record.levelname for record in caplog.records if record.name == "tracker_app.face"] == ["WARNING"]
    room.work(60)
    assert room.tip[0] == "Recording: Website redesign"


def test_a_record_that_can_not_be_read_is_told_by_the_icon(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.act("start", JOB)

    def damaged() -> tuple[Problem, ...]:
        raise failure("journal_damaged_now", "The record is damaged", "Something has changed its file.", "Quit.")

    with monkeypatch.context() as broken:
        broken.setattr(room.tracker._journal.outbox, "problems", damaged)
        assert [problem.code for problem in room.tracker._sight.glance().problems] == ["journal_damaged_now"]


def test_an_entry_that_the_marketplace_changed_is_told_though_nothing_waits(room: Room) -> None:
    room.tracker._link.status = SyncStatus(online=True)
    assert [problem.code for problem in room.tracker._sight.glance().problems] == []
    room.tracker._journal.outbox.hours.overruled += 1
    assert [problem.code for problem in room.tracker._sight.glance().problems] == ["hours_overruled"]
