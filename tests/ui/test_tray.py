"""The tray's menu shows what it is told and says what the user did."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSystemTrayIcon, QWidgetAction
from pytestqt.qtbot import QtBot

from tests.ui import samples
from tests.ui.conftest import Acts
from ui.dialogs import Question
from ui.models import Pause, SyncView
from ui.shell import Shell


def lines(shell: Shell) -> list[str]:
    """Return the visible lines of the menu."""
    return [a.text() for a in shell.tray.menu.actions() if a.isVisible() and not a.isSeparator()]


def line(shell: Shell, start: str) -> QAction:
    """Return the visible line that starts with ``start``."""
    return next(a for a in shell.tray.menu.actions() if a.isVisible() and a.text().startswith(start))


def test_recording(shell: Shell) -> None:
    shell.show_view(samples.recording())
    assert lines(shell) == [
        "Recording: Website redesign, 42 min",
        "Today 5 h 16 min",
        "This week 11 h 28 min of 30 h authorized",
        "Not sent yet: 1 screenshot",
        "Stop",
        "Private for 5 min",
        "Private for 15 min",
        "Private for 60 min",
        "Record with screenshots (Work View)",
        "What are you working on…",
        "Sample client: Website redesign",
        "Sample client: Data import",
        "Last screenshot, 11:15: Landing page hero, responsive",
        "Delete last screenshot and its 12 minutes…",
        "Open Fairhour",
        "Open Work View in the browser",
        "Other hours…",
        "Sign out…",
        "Settings…",
        "First steps…",
        "Quit Fairhour",
    ]


def test_stopped_offers_start_alone(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.states()["stopped"])
    assert "Start" in lines(shell)
    assert "Stop" not in lines(shell)
    line(shell, "Start").trigger()
    assert acts.done == [("start", samples.WEBSITE.id)]


def test_paused_offers_resume_and_stop(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.states()["paused"])
    line(shell, "Resume").trigger()
    line(shell, "Stop").trigger()
    assert acts.done == [("resume",), ("stop",)]


def test_a_pause_is_told_once_and_without_a_running_time(shell: Shell) -> None:
    paused = samples.states()["paused"]
    shell.show_view(replace(paused, pause=Pause.RESTARTED, since=None, running_s=0))
    assert lines(shell)[0] == "Website redesign. Paused: restarted"
    assert shell.tray.icon.toolTip().splitlines()[0] == "Website redesign. Paused: restarted"


def test_screenshots_can_be_switched_off(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.recording())
    assert line(shell, "Record with").isChecked()
    line(shell, "Record with").trigger()
    shell.show_view(samples.states()["without_screenshots"])
    assert not line(shell, "Record with").isChecked()
    assert "Time without screenshots is not protected." in lines(shell)
    line(shell, "Record with").trigger()
    assert acts.done == [("work_view", False), ("work_view", True)]
    shell.show_view(samples.states()["stopped"])
    assert not any(text.startswith("Record with") for text in lines(shell))


def test_jobs_switch_while_recording_and_choose_while_stopped(shell: Shell, acts: Acts) -> None:
    view = samples.recording()
    shell.show_view(view)
    assert line(shell, "Sample client: Website").isChecked()
    line(shell, "Sample client: Data").trigger()
    assert acts.done == [("switch", samples.IMPORT.id)]
    shell.show_view(samples.states()["stopped"])
    assert line(shell, "Sample client: Website").isChecked(), "the recorder decides what is chosen"
    line(shell, "Sample client: Data").trigger()
    assert acts.done[-1] == ("choose", samples.IMPORT.id)


def test_the_chosen_job_alone_is_marked_and_strong(shell: Shell) -> None:
    view = samples.recording()
    for job in (*view.jobs, *view.jobs):
        shell.show_view(replace(view, job_id=job.id))
        actions = shell.tray.job_group.actions()
        assert [action.data() for action in actions if action.isChecked()] == [job.id]
        assert [action.data() for action in actions if action.font().weight() > QFont.Weight.Normal] == [job.id]


def test_notes_stand_in_the_menu(shell: Shell) -> None:
    shell.show_view(samples.states()["attention"])
    assert "Job Not Ready: The client's card has expired." in lines(shell)
    assert "The disk is full" in lines(shell)
    shell.show_view(samples.states()["offline"])
    # Its end is cut where the font is wide; the window has the whole sentence.
    assert any(said.startswith("Marketplace not reachable. 3 segments wait; recording goes") for said in lines(shell))
    shell.show_view(samples.states()["fast"])
    assert "Fast clock: 60 business seconds pass in each second" in lines(shell)


@pytest.mark.parametrize(
    ("sync", "said"),
    [
        (SyncView(age_s=3, segments=1), "All is sent"),
        (SyncView(age_s=3, segments=4, pictures=1), "Not sent yet: 4 segments and 1 screenshot"),
        (SyncView(), "Connecting to the marketplace"),
        (SyncView(age_s=3, quarantined=2), "All synced, 3 s ago. 2 refused"),
    ],
)
def test_what_is_not_sent_stands_in_the_menu_and_does_not_move_each_second(
    shell: Shell, sync: SyncView, said: str
) -> None:
    shell.show_view(replace(samples.recording(), sync=sync))
    assert said in lines(shell)


def test_long_titles_are_cut_and_ampersands_are_no_shortcuts(shell: Shell) -> None:
    shell.show_view(samples.states()["long"])
    title = line(shell, "Sample client with a long name && Partners").text()
    assert title.endswith("…")
    assert len(title) < 100


def test_without_jobs(shell: Shell) -> None:
    shell.show_view(samples.states()["no_jobs"])
    assert lines(shell)[0] == "Stopped"
    assert not line(shell, "Start").isEnabled()
    assert not line(shell, "Open Work View").isEnabled()


def test_last_screenshot_opens_the_window_at_it(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    shell.show_view(view)
    shell.window.hide()
    shell.tray.menu.popup(QPoint(200, 200))
    action = line(shell, "Last screenshot")
    assert isinstance(action, QWidgetAction)
    row = shell.tray.menu.findChild(QPushButton)
    assert isinstance(row, QPushButton)
    qtbot.waitUntil(row.isVisible)
    QTest.keyClick(row, Qt.Key.Key_Return)
    qtbot.waitUntil(shell.window.isVisible)
    assert shell.window.shot.title.text() == "Last screenshot"


def test_comment_line_puts_the_cursor_into_the_field(shell: Shell, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    shell.window.hide()
    line(shell, "What are you working on").trigger()
    # Whether the window comes to the front is the window manager's to say; where its cursor stands is ours.
    qtbot.waitUntil(shell.window.isVisible)
    assert shell.window.focusWidget() is shell.window.head.comment.edit


def test_deleting_asks_first(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    line(shell, "Delete last screenshot").trigger()
    question = shell.window.findChild(Question)
    assert question is not None
    assert acts.done == []
    button = next(b for b in question.findChildren(QPushButton) if b.text() == "Delete picture and its 12 minutes")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    last = samples.recording().last_tile
    assert last is not None
    assert acts.done == [("delete_tile", last.job, last.slot)]


def test_what_can_not_be_deleted_is_not_offered(shell: Shell) -> None:
    view = samples.recording()
    assert view.last_tile is not None
    shell.show_view(replace(view, last_tile=replace(view.last_tile, can_delete=False)))
    assert not any(text.startswith("Delete") for text in lines(shell))


def test_web_and_window(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    line(shell, "Open Work View").trigger()
    assert acts.done == [("open_web",)]
    shell.window.hide()
    shell.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    qtbot.waitUntil(shell.window.isVisible)


def test_tool_tip_says_the_state_and_changes_once_a_minute(shell: Shell) -> None:
    view = samples.recording()
    shell.show_view(view)
    tip = shell.tray.icon.toolTip()
    assert tip.splitlines()[0] == "Recording: Website redesign"
    shell.show_view(replace(view, now=view.now + 1, running_s=view.running_s + 1, today_s=view.today_s + 1))
    assert shell.tray.icon.toolTip() == tip


@pytest.mark.parametrize("state", list(samples.states()))
def test_every_state_has_a_menu_that_fits(shell: Shell, qtbot: QtBot, state: str) -> None:
    shell.show_view(samples.states()[state])
    shell.tray.menu.popup(QPoint(100, 20))
    qtbot.waitUntil(shell.tray.menu.isVisible)
    assert shell.tray.menu.width() < 640
    assert all(lines(shell))


def test_the_icon_stands_in_a_real_tray(shell: Shell, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    qtbot.waitUntil(lambda: shell.tray.icon.geometry().width() > 0)
