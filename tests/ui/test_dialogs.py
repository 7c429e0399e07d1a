"""Questions say what happened, never take the focus, and are answered once."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import samples
from tests.ui.conftest import Acts, MakeShell
from ui import coming_back, dialogs
from ui.models import Pause
from ui.shell import Shell
from worktime.errors import Problem


def asked(shell: Shell) -> dialogs.Question:
    """Return the open question."""
    found = open_questions()
    assert len(found) == 1
    return found[0]


def open_questions() -> list[dialogs.Question]:
    """Return the questions on the screen."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, dialogs.Question) and w.isVisible()]


def press(qtbot: QtBot, question: dialogs.Question, text: str) -> None:
    """Click the button with these words."""
    button = next(b for b in question.findChildren(QPushButton) if b.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_words_on_returning() -> None:
    said = {pause: coming_back.return_text(back) for pause, back in samples.returns().items()}
    assert said[Pause.IDLE] == (
        "There was no keyboard or mouse input from 10:12 to 10:43. 24 min without input came off “Website redesign”. "
        "Nothing is recorded until you resume."
    )
    assert said[Pause.LOCKED] == (
        "The screen was locked from 10:12 to 10:43. What was recorded for “Website redesign” until 10:12 is kept. "
        "Nothing is recorded until you resume."
    )
    assert "Sleep is never counted." in said[Pause.SUSPENDED]
    assert "Fairhour was not running" in said[Pause.RESTARTED]
    assert "Tracking was paused" in said[Pause.BY_HAND]
    assert "held up from 10:12 to 10:43: the computer slept or was too busy" in said[Pause.HELD_UP]
    assert "The session nearly ended at 10:12. From then to 10:43 nothing was recorded." in said[Pause.SESSION_END]


def test_a_short_time_away_is_a_moment_and_a_long_one_names_its_days() -> None:
    back = replace(samples.returns()["restarted"], end=samples.NINE + 4320 + 20)
    assert coming_back.return_text(back).startswith("Fairhour was not running for a moment at 10:12.")
    for pause in Pause:
        assert " to " not in coming_back.return_text(replace(back, pause=pause, taken_off_s=0)).split(".")[0]
    weekend = replace(back, end=back.start + 3 * 86_400)
    assert coming_back.return_text(weekend).startswith("Fairhour was not running from Tue 10:12 to Fri 10:12.")
    tomorrow = replace(back, end=back.start + 86_400)
    assert coming_back.return_text(tomorrow).startswith("Fairhour was not running from Tue 10:12 to Wed 10:12.")


def test_resume_and_stay(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.states()["idle"])
    for text, act in (("Resume recording", "resume"), ("Stay paused", "stay_paused")):
        shell.ask_return(samples.returns()["idle"])
        press(qtbot, asked(shell), text)
        assert acts.done[-1] == (act,)
    assert len(acts.done) == 2


def test_escape_stays_paused(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.ask_return(samples.returns()["locked"])
    QTest.keyClick(asked(shell), Qt.Key.Key_Escape)
    assert acts.done == [("stay_paused",)]


def test_keys_meant_for_other_windows_answer_nothing(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.ask_return(samples.returns()["idle"])
    question = asked(shell)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A):
        QTest.keyClick(question, key)
    assert acts.done == []
    assert question.isVisible()
    QTest.keyClick(question, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget() or question, Qt.Key.Key_Space)


def test_the_question_on_returning_does_not_take_the_focus(shell: Shell, qtbot: QtBot) -> None:
    shell.show_view(samples.states()["idle"])
    shell.write_comment()
    qtbot.waitUntil(shell.window.head.comment.edit.hasFocus)
    shell.ask_return(samples.returns()["idle"])
    qtbot.waitExposed(asked(shell))
    assert shell.window.isActiveWindow()
    assert shell.window.head.comment.edit.hasFocus()


def test_a_new_question_replaces_the_old_without_answering_it(shell: Shell, acts: Acts) -> None:
    shell.ask_return(samples.returns()["locked"])
    shell.ask_return(samples.returns()["suspended"])
    assert "slept" in asked(shell).text.text()
    assert acts.done == []


def test_resuming_elsewhere_withdraws_the_question(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.ask_return(samples.returns()["idle"])
    asked(shell)
    shell.show_view(samples.recording())
    qtbot.waitUntil(lambda: not open_questions())
    assert acts.done == []


def test_quit_while_recording_asks_and_says_that_time_is_kept(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(samples.recording())
    shell.ask_quit()
    question = asked(shell)
    assert "The time up to now is kept." in question.text.text()
    assert "Not sent yet: 1 screenshot." in question.text.text()
    press(qtbot, question, "Keep recording")
    assert acts.done == []
    shell.ask_quit()
    press(qtbot, asked(shell), "Stop recording and quit")
    assert acts.done == [("quit",)]


def test_quit_asks_nothing_when_stopped_or_when_told_so(make_shell: MakeShell, acts: Acts) -> None:
    shell = make_shell()
    shell.show_view(samples.states()["stopped"])
    shell.ask_quit()
    blunt = make_shell(confirm_quit=False)
    blunt.show_view(samples.recording())
    blunt.ask_quit()
    assert acts.done == [("quit",), ("quit",)]


def test_quit_before_anything_is_known(make_shell: MakeShell, acts: Acts) -> None:
    make_shell().ask_quit()
    assert acts.done == [("quit",)]


def test_time_away_is_added_as_other_hours_with_a_note_before_the_answer(
    shell: Shell, acts: Acts, qtbot: QtBot
) -> None:
    """By keyboard; what the disk does not take is said where it was asked."""
    notes: list[str] = []
    answers = [samples.states()["attention"].problems[0], None]

    def add(note: str) -> Problem | None:
        notes.append(note)
        return answers.pop(0)

    shell.ask_return(samples.returns()["idle"], add)
    question = asked(shell)
    assert isinstance(question, coming_back.ReturnQuestion)
    QTest.keyClick(question.more, Qt.Key.Key_Space)
    assert question.add.text() == "Add 31 min as Other hours"
    QTest.keyClick(question.note, Qt.Key.Key_Return)
    assert notes == [], "a note is needed"
    QTest.keyClicks(question.note, " Call with the client ")
    question.add.click()
    assert "Free some space" in question.said.text()
    QTest.keyClick(question.note, Qt.Key.Key_Return)
    assert notes == ["Call with the client"] * 2
    assert question.text.text() == "31 min were entered as Other hours. Nothing is recorded until you resume."
    assert not question.more.isVisible()
    assert not question.add.isVisible()
    press(qtbot, question, "Resume recording")
    assert acts.done == [("resume",)]


def test_a_private_pause_is_no_work_to_add(shell: Shell) -> None:
    shell.ask_return(samples.returns()["private"])
    question = asked(shell)
    assert isinstance(question, coming_back.ReturnQuestion)
    assert not question.more.isVisible()


def test_a_time_away_in_two_work_weeks_is_said_to_be_entered_apart(shell: Shell) -> None:
    back = replace(samples.returns()["suspended"], weeks_s=(7200, 36_000))
    shell.ask_return(back, lambda _note: None)
    question = asked(shell)
    assert isinstance(question, coming_back.ReturnQuestion)
    question.more.click()
    assert question.about.text().endswith("A new work week began meanwhile: 2 h and 10 h are entered apart.")
    assert question.add.text() == "Add 12 h as Other hours"
