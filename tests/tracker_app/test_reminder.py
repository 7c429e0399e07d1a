"""The reminder that nothing is recorded: when it is due, by a clock moved by hand, and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.tracker_app.fakes import JOB, T0
from tests.ui import samples, widget_checks
from tracker_app.preferences import Preferences
from tracker_app.reminder import ACTIVE_S, BREAK_S, REST_S, Reminder
from tracker_app.reminding import ReminderDesk
from ui.actions import UiActions
from ui.models import TrackerView
from ui.reminder import ReminderWindow
from ui.shell import Shell
from worktime.tracking_values import Cause, Paused, Running

WISHED = Preferences(reminder=True, quiet_from=0, quiet_to=0)
RUNNING = Running(JOB, True, T0, T0, T0, 0)


def reminded(seconds: range, wishes: Preferences = WISHED, *, step: int = 1, idle: bool = True) -> list[int]:
    """The seconds at which somebody is reminded who touches the mouse every ``step`` seconds."""
    reminder = Reminder()
    inputs = [at - at % step for at in seconds]
    return [at for at, last in zip(seconds, inputs, strict=True) if reminder.due(at, last, UTC, wishes, idle=idle)]


def test_after_ten_minutes_of_activity_and_once_an_hour() -> None:
    day = range(T0 - T0 % 60, T0 + 9000)
    start = day[0]
    assert reminded(day) == [start + ACTIVE_S, start + ACTIVE_S + REST_S, start + ACTIVE_S + 2 * REST_S]


@pytest.mark.parametrize(
    ("wishes", "step", "idle"),
    [
        (Preferences(), 1, True),
        (WISHED, 1, False),
        (WISHED, BREAK_S * 2, True),
        (replace(WISHED, quiet_from=0, quiet_to=1439), 1, True),
    ],
)
def test_not_unless_wished_nor_while_recording_nor_after_breaks_nor_in_quiet_hours(
    wishes: Preferences, step: int, idle: bool
) -> None:
    assert reminded(range(T0 - T0 % 240, T0 + 4000), wishes, step=step, idle=idle) == []


def test_input_that_is_not_known_is_no_activity_and_recording_begins_anew() -> None:
    reminder = Reminder()
    assert not any(reminder.due(at, None, UTC, WISHED, idle=True) for at in range(T0, T0 + 2000))
    assert not any(reminder.due(at, at, UTC, WISHED, idle=True) for at in range(T0, T0 + ACTIVE_S))
    assert not reminder.due(T0 + ACTIVE_S, T0 + ACTIVE_S, UTC, WISHED, idle=False)
    assert not reminder.due(T0 + ACTIVE_S + 1, T0 + ACTIVE_S + 1, UTC, WISHED, idle=True)


class Room:
    """A desk on the screen, and what the user did."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.actions = UiActions()
        self.done: list[object] = []
        self.actions.start.connect(self.done.append)
        self.actions.resume.connect(lambda: self.done.append("resume"))
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.shell = Shell(app, self.actions, settings)
        self.view: TrackerView = samples.states()["stopped"]
        self.desk = ReminderDesk(self.shell, self.actions, lambda: self.view, lambda: WISHED)

    def work(self, phase: Running | Paused | None = None) -> None:
        """Be active for a little more than it takes."""
        for at in range(T0, T0 + ACTIVE_S + 1):
            self.desk.look(at, at, "UTC", phase)

    @property
    def window(self) -> ReminderWindow:
        assert self.desk.window is not None
        return self.desk.window


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[Room]:
    made = Room(tmp_path, qapp)
    yield made
    made.desk.close()
    made.shell.close()


def test_it_starts_what_is_stopped_and_goes_when_something_is_recorded(room: Room, qtbot: QtBot) -> None:
    room.work()
    qtbot.waitExposed(room.window)
    assert room.window.text.text() == "“Website redesign” is stopped."
    qtbot.waitUntil(lambda: widget_checks.everything(room.window) == [])
    room.window.start.click()
    assert room.done == [UUID(int=1)]
    assert room.desk.window is None
    room.desk._remind(room.view)
    room.desk.look(T0, T0, "UTC", RUNNING)
    assert room.desk.window is None


def test_it_resumes_what_is_paused_and_goes_by_itself(room: Room) -> None:
    room.view = samples.states()["idle"]
    paused = Paused(JOB, True, Cause.IDLE, T0, T0, asked=True)
    room.work(paused)
    room.window.start.click()
    assert room.done == ["resume"]
    room.desk._remind(room.view)
    room.desk._time_is_over()
    assert room.desk.window is None


def test_a_private_pause_and_an_open_question_are_left_alone(room: Room) -> None:
    room.work(Paused(JOB, True, Cause.PRIVATE, T0, T0, ends=T0 + 9000))
    assert room.desk.window is None
    room.shell.ask_return(samples.returns()["idle"])
    room.work(Paused(JOB, True, Cause.IDLE, T0, T0, asked=True))
    assert room.desk.window is None


def test_without_a_job_there_is_nothing_to_start_and_wayland_has_its_own_way(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.view = samples.states()["no_jobs"]
    room.work()
    assert room.desk.window is None
    said: list[str] = []
    monkeypatch.setattr(Shell, "can_stand_in_corner", False)
    monkeypatch.setattr(room.shell.tray, "tell", lambda title, _text, _click: said.append(title))
    room.desk._remind(samples.states()["stopped"])
    assert said == ["You are active, but nothing is recorded"]
