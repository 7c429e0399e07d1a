"""The window shows what it is told and says what the user did."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.look.contrast import ratio
from tests.ui import samples
from tests.ui.conftest import Acts, MakeShell
from ui.dialogs import Question
from ui.models import Activity, DayBar, Sector, TrackerView
from ui.parts import CommentField
from ui.shell import Shell
from ui.theme import Choice
from ui.tokens import LIGHT


def texts(root: QWidget) -> str:
    """Return all visible text of labels, one a line."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text())


def test_recording(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    window = shell.window
    assert window.head.state.text() == "Recording"
    assert window.head.clock.text() == "0:42:17"
    assert window.head.button.text() == "Stop"
    shown = texts(window)
    for line in ("Started 10:48", "5 h 16 min", "11 h 28 min", "of 30 h authorized", "Protected 10 h 46 min"):
        assert line in shown
    assert "Job: Ready" in shown
    assert window.sync.text() == "Synced 10 s ago, 1 screenshot to follow"
    assert window.submits.text() == "Submits Mon 07:00 ET (12:00 your time)"
    QTest.mouseClick(window.head.button, Qt.MouseButton.LeftButton)
    assert acts.done == [("stop",)]


def test_stopped_starts_the_chosen_job(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.states()["stopped"])
    assert shell.window.head.button.text() == "Start"
    QTest.mouseClick(shell.window.head.button, Qt.MouseButton.LeftButton)
    assert acts.done == [("start", samples.WEBSITE.id)]


@pytest.mark.parametrize(("state", "said"), [("paused", "Paused: screen locked"), ("idle", "Paused: no input")])
def test_paused_resumes(shell: Shell, acts: Acts, qtbot: QtBot, state: str, said: str) -> None:
    shell.show_view(samples.states()[state])
    assert shell.window.head.state.text() == said
    assert "Nothing is recorded while paused" in texts(shell.window)
    QTest.mouseClick(shell.window.head.button, Qt.MouseButton.LeftButton)
    assert acts.done == [("resume",)]


@pytest.mark.parametrize("state", ["paused", "idle"])
def test_paused_can_be_stopped(shell: Shell, acts: Acts, qtbot: QtBot, state: str) -> None:
    shell.show_view(samples.recording())
    assert not shell.window.head.stop.isVisible()
    shell.show_view(samples.states()[state])
    QTest.mouseClick(shell.window.head.stop, Qt.MouseButton.LeftButton)
    assert acts.done == [("stop",)]


def test_screenshots_can_be_switched_off_and_it_is_said_what_that_means(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    view = samples.recording()
    shell.show_view(view)
    box = shell.window.head.work_view
    assert box.isChecked()
    assert "Time without screenshots is not protected." not in texts(shell.window)
    box.click()
    shell.show_view(samples.states()["without_screenshots"])
    assert not box.isChecked()
    assert "Time without screenshots is not protected." in texts(shell.window)
    assert "Started 10:48, without screenshots" in texts(shell.window)
    box.click()
    assert acts.done == [("work_view", False), ("work_view", True)]
    shell.show_view(samples.states()["stopped"])
    assert not box.isVisible()


def test_choosing_another_job_switches_while_recording_and_chooses_while_stopped(shell: Shell, acts: Acts) -> None:
    for state, act in (("recording", "switch"), ("stopped", "choose")):
        shell.show_view(samples.states()[state])
        shell.window.head.jobs.setCurrentIndex(1)
        shell.window.head.jobs.activated.emit(1)
        assert acts.done[-1] == (act, samples.IMPORT.id)


def test_a_refused_choice_springs_back(shell: Shell) -> None:
    view = samples.recording()
    shell.show_view(view)
    shell.window.head.jobs.setCurrentIndex(1)
    shell.show_view(replace(view, running_s=view.running_s + 1))
    assert shell.window.head.jobs.currentIndex() == 0


def test_comment_saves_on_enter_and_says_so(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    view = samples.recording()
    shell.show_view(view)
    comment = shell.window.head.comment
    comment.edit.selectAll()
    QTest.keyClicks(comment.edit, "Footer")
    QTest.keyClick(comment.edit, Qt.Key.Key_Return)
    assert acts.done == [("comment", "Footer")]
    assert comment.saved_note == ""
    shell.show_view(replace(view, comment="Footer"))
    assert comment.saved_note == "Saved"
    QTest.keyClick(comment.edit, Qt.Key.Key_Return)
    assert acts.done == [("comment", "Footer")], "nothing new, nothing saved"


def test_comment_saves_on_leaving_the_field(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    shell.show_window()
    qtbot.waitUntil(shell.window.isActiveWindow)
    shell.window.write_comment()
    QTest.keyClicks(shell.window.head.comment.edit, "Header")
    shell.window.head.button.setFocus()
    assert acts.done == [("comment", "Header")]


def test_typing_is_never_overwritten_by_a_tick(shell: Shell, qtbot: QtBot) -> None:
    view = samples.recording()
    shell.show_view(view)
    edit = shell.window.head.comment.edit
    edit.selectAll()
    QTest.keyClicks(edit, "Half a sent")
    shell.show_view(replace(view, running_s=view.running_s + 1))
    assert edit.text() == "Half a sent"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == view.comment


def test_another_job_brings_its_own_comment(shell: Shell, qtbot: QtBot, acts: Acts) -> None:
    view = samples.recording()
    shell.show_view(view)
    QTest.keyClicks(shell.window.head.comment.edit, " and more")
    shell.show_view(replace(view, job_id=samples.IMPORT.id, comment="Clean the columns"))
    assert shell.window.head.comment.edit.text() == "Clean the columns"
    assert acts.done == [], "what was typed for one job is not said about the other"


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_box_to_tick_stands_out_from_its_ground(make_shell: MakeShell, choice: Choice) -> None:
    shell = make_shell(choice=choice)
    shell.show_view(replace(samples.recording(), work_view=False))
    picture = shell.window.head.work_view.grab().toImage()
    edge = picture.pixelColor(0, picture.height() // 2).name()
    assert ratio(edge, shell.theme.colours.paper) >= 3


def test_a_window_of_its_own_choice_fits_on_the_screen(make_shell: MakeShell) -> None:
    for scale in (1.0, 3.0):
        window = make_shell(scale=scale).window
        assert window.height() < window.screen().availableGeometry().height()


def test_a_day_that_the_week_has_twice_is_told_by_its_date(shell: Shell) -> None:
    days = tuple(DayBar(weekday=at % 7, number=16 + at, tracked_s=60 * at) for at in range(8))
    shell.show_view(replace(samples.recording(), days=days))
    said = shell.window.figures.bars.accessibleDescription()
    assert said.startswith("Mon 16 0 min, Tue 1 min")
    assert said.endswith("Mon 23 7 min")


def test_what_is_above_the_authorized_hours_is_told_by_day_and_in_all(shell: Shell) -> None:
    shell.show_view(samples.recording())
    figures = shell.window.figures
    assert figures.gauge.accessibleDescription() == "18 h 32 min left of 30 h authorized"
    assert not figures.above.isVisible()
    shell.show_view(samples.states()["above"])
    said = "1 h 28 min above the 10 h authorized: not protected, paid by your client's hand alone."
    assert said in texts(shell.window)
    assert "Tue 17 5 h 16 min" not in figures.bars.accessibleDescription()
    assert "Tue 5 h 16 min (1 h 28 min above the authorized hours)" in figures.bars.accessibleDescription()
    colours = {figures.gauge.grab().toImage().pixelColor(x, 4).name() for x in range(figures.gauge.width())}
    assert {shell.theme.colours.recorded.lower(), shell.theme.colours.attention.lower()} <= colours
    shell.show_view(replace(samples.recording(), authorized_s=None))
    assert not figures.gauge.isVisible()


def test_the_next_deadline_is_told_and_stands_out_when_it_is_near(shell: Shell) -> None:
    shell.show_view(samples.recording())
    foot = shell.window.submits
    calm = foot.palette().color(foot.foregroundRole()).name()
    shell.show_view(samples.states()["above"])
    assert foot.text() == "Review ends Tue 09:30 ET (14:30 your time)"
    assert foot.palette().color(foot.foregroundRole()).name() == LIGHT.attention.lower() != calm
    assert foot.toolTip().splitlines() == [
        "Review ends Tue 09:30 ET (14:30 your time). "
        "Until then your client can reject time of last week, and then pays.",
        "Submits Mon 07:00 ET (12:00 your time). This week's timesheet: what comes later goes on the next one.",
    ]


def test_nothing_is_scrolled_to_in_a_window_of_its_own_height(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    shell.start()
    qtbot.waitExposed(shell.window)
    bar = shell.window.findChildren(QScrollArea)[0].verticalScrollBar()
    for state, view in samples.states().items():
        shell.show_view(view)
        qtbot.waitUntil(lambda: not bar.isVisible(), timeout=3000)
        assert shell.window.height() < shell.window.screen().availableGeometry().height(), state
    high = shell.window.height()
    shell.window.leave()
    shell.show_view(samples.recording())
    shell.show_window()
    qtbot.waitUntil(lambda: shell.window.height() < high)


def test_a_height_that_the_user_chose_stays(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    shell.show_view(samples.states()["stopped"])
    shell.start()
    # The window manager has placed it by then: what comes later is a choice.
    qtbot.waitUntil(shell.window.isActiveWindow)
    size = shell.window.size()
    lower = QSize(size.width(), size.height() - 200)
    # As the window manager tells of a frame that was dragged.
    shell.window.windowHandle().resize(lower)
    qtbot.waitUntil(lambda: shell.window.height() == lower.height())
    shell.show_view(samples.states()["attention"])
    QApplication.processEvents()
    assert shell.window.height() == lower.height()
    shell.close()
    again = make_shell()
    again.show_view(samples.states()["attention"])
    again.start()
    qtbot.waitExposed(again.window)
    assert again.window.height() == lower.height()


def test_reasons_for_unprotected_time_unfold(shell: Shell, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    figures = shell.window.figures
    assert figures.why.text() == "42 min not protected: why?"
    assert not figures.reasons.isVisible()
    QTest.mouseClick(figures.why, Qt.MouseButton.LeftButton)
    assert figures.reasons.isVisible()
    assert figures.reasons.text() == "12 min without a screenshot\n30 min the job was Not Ready for payment"


def test_not_ready_says_why_and_what_it_means(shell: Shell) -> None:
    shell.show_view(samples.states()["attention"])
    said = texts(shell.window)
    assert "Job: Not Ready. The client's card has expired. What you record now is not protected." in said
    assert "The disk is full" in said
    assert "Free some space" in said


def test_offline_says_that_recording_goes_on(shell: Shell) -> None:
    shell.show_view(samples.states()["offline"])
    assert shell.window.sync.text() == "Marketplace not reachable. 3 segments wait; recording goes on."


def test_fast_clock_is_said(shell: Shell) -> None:
    shell.show_view(samples.states()["fast"])
    assert "Fast clock: 60 business seconds pass in each second" in texts(shell.window)


def test_without_jobs_nothing_can_start(shell: Shell) -> None:
    shell.show_view(samples.states()["no_jobs"])
    assert not shell.window.head.button.isEnabled()
    assert "No hourly jobs yet." in texts(shell.window)


def test_first_day_says_what_comes(shell: Shell) -> None:
    shell.show_view(samples.states()["first_day"])
    assert "Nothing recorded today." in texts(shell.window)


def test_without_a_tray_the_window_says_so(shell: Shell) -> None:
    shell.show_view(samples.recording())
    shell.window.set_has_tray(False)
    assert "This window is the whole program." in texts(shell.window)


def test_the_window_alone_can_do_what_the_trays_menu_can(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    window = shell.window
    assert not window.sign_out.isVisible(), "the menu has it"
    window.set_has_tray(False)
    window.web.click()
    window.settings.click()
    window.sign_out.click()
    question = window.findChild(Question)
    assert question is not None
    next(button for button in question.findChildren(QPushButton) if button.text() == "Sign out").click()
    for pause in window.head.privacy.pauses[:1]:
        pause.click()
    window.head.button.click()
    assert acts.done == [("open_web",), ("settings",), ("sign_out",), ("private", 300), ("stop",)]
    window.shot.delete.click()
    assert any(
        button.text().startswith("Delete") for button in window.findChildren(Question)[-1].findChildren(QPushButton)
    )


def test_a_hidden_window_does_no_work_and_catches_up(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    shell.start(hidden=True)
    shell.show_view(samples.recording())
    assert shell.window.head.state.text() == ""
    shell.show_window()
    qtbot.waitExposed(shell.window)
    assert shell.window.head.state.text() == "Recording"


def test_a_second_paints_the_clock_and_nothing_else(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    shell.show_view(view)
    QApplication.processEvents()
    icon = shell.window.windowIcon().cacheKey()
    changed: list[object] = []
    shell.window.timeline.model().dataChanged.connect(lambda *where: changed.append(where))
    shell.window.timeline.model().modelReset.connect(lambda: changed.append("reset"))
    shell.show_view(replace(view, now=view.now + 1, running_s=view.running_s + 1))
    assert shell.window.head.clock.text() == "0:42:18"
    assert shell.window.windowIcon().cacheKey() == icon
    assert changed == []


def test_icon_changes_with_the_hour(shell: Shell) -> None:
    view = samples.recording()
    shell.show_view(view)
    before = shell.tray.icon.icon().cacheKey()
    shell.show_view(replace(view, sectors=(Sector.FILLED,) * 5))
    assert shell.tray.icon.icon().cacheKey() != before
    shell.show_view(view)
    assert shell.tray.icon.icon().cacheKey() == before, "kept, not painted again"


def test_place_and_size_are_remembered(make_shell: MakeShell, qtbot: QtBot, settings: QSettings) -> None:
    shell = make_shell()
    shell.start()
    qtbot.waitExposed(shell.window)
    shell.window.resize(700, 700)
    qtbot.waitUntil(lambda: shell.window.width() == 700)
    shell.close()
    again = make_shell()
    assert (again.window.width(), again.window.height()) == (700, 700)


def test_closing_the_window_leaves_the_tray(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    shell.window.close()
    qtbot.waitUntil(shell.window.isHidden)
    assert acts.done == []


def test_closing_without_a_tray_quits(shell: Shell, acts: Acts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.shell.tray_available", lambda: False)
    shell.show_view(samples.states()["stopped"])
    shell.window.close()
    assert acts.done == [("quit",)]


def test_keyboard_reaches_every_part_in_reading_order(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    shell.show_window()
    qtbot.waitUntil(shell.window.isActiveWindow)
    window = shell.window
    window.head.button.setFocus()
    order = [window.head.button, window.head.jobs, window.head.comment.edit]
    order += [window.head.work_view, *window.head.privacy.pauses]
    order += [window.head.privacy.hours, window.head.privacy.hidden]
    order += [window.figures.why, window.timeline]
    order += [window.shot.picture, window.shot.comment.edit, window.shot.delete]
    walked: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in order[1:]:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == order


def test_start_by_keyboard(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.states()["stopped"])
    QTest.keyClick(shell.window.head.button, Qt.Key.Key_Space)
    assert acts.done == [("start", samples.WEBSITE.id)]


def test_screen_readers_hear_the_button_with_its_job(shell: Shell) -> None:
    shell.show_view(samples.states()["stopped"])
    reader = QAccessible.queryAccessibleInterface(shell.window.head.button)
    assert reader is not None
    assert reader.text(QAccessible.Text.Name) == "Start: Website redesign"
    field = shell.window.head.findChildren(QLineEdit)[0]
    assert field.accessibleName() == "What are you working on?"


def test_every_activity_has_words_and_a_button(shell: Shell) -> None:
    base = samples.recording()
    for activity in Activity:
        view: TrackerView = replace(base, activity=activity)
        shell.show_view(view)
        assert shell.window.head.state.text()
        assert shell.window.head.button.text()


def test_what_shows_the_state_tells_when_it_is_opened(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    """Nobody else wakes the windows' thread for them (``tracker_app.rounds``)."""
    view = samples.recording(tmp_path)
    shell.show_view(view)
    shell.window.hide()
    with qtbot.waitSignal(shell.looked):
        shell.window.show()
    shell.window.hide()
    with qtbot.waitSignal(shell.looked):
        shell.open_tile(view.last_tile)
    with qtbot.waitSignal(shell.looked):
        shell.first_start(has_settings=False).show()


def test_words_for_one_screenshot_come_back_on_no_other(shell: Shell, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    field = shell.window.findChild(CommentField)
    assert field is not None
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "For client A")
    assert field.edit.isUndoAvailable()
    field.forget()
    field.edit.undo()
    assert field.edit.text() == ""


def test_a_screenshot_that_went_since_it_was_offered_is_not_asked_about(shell: Shell, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    shell.show_view(view)
    offered = view.last_tile
    assert offered is not None
    hours = tuple(
        replace(hour, tiles=tuple(replace(one, can_delete=False) for one in hour.tiles)) for hour in view.hours
    )
    shell.show_view(replace(view, hours=hours, last_tile=None))
    shell.tray.delete_wanted.emit(offered)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible()]
    shell.show_view(view)
    shell.tray.delete_wanted.emit(offered)
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible()]
