"""Every state of window and questions: nothing cut, nothing out of sight, nothing faint, everything named."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import MakeShell
from ui import dialogs
from ui.coming_back import ReturnQuestion
from ui.models import Pause
from ui.theme import Choice


def settled(qtbot: QtBot, window: QWidget) -> None:
    """Wait until the layout has come to rest and every check is content."""

    def content() -> None:
        assert widget_checks.everything(window) == []

    qtbot.waitUntil(content, timeout=3000)


LOOKS = [
    pytest.param(Choice.DARK, 1.0, id="dark-100"),
    pytest.param(Choice.LIGHT, 2.0, id="light-200"),
]
"""Both themes and both scales in two looks: room and colours do not depend on each other."""


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
@pytest.mark.parametrize("state", list(samples.states()))
def test_window(make_shell: MakeShell, qtbot: QtBot, tmp_path: Path, choice: Choice, scale: float, state: str) -> None:
    shell = make_shell(choice=choice, scale=scale)
    shell.show_view(samples.states(tmp_path)[state])
    shell.start()
    qtbot.waitExposed(shell.window)
    shell.window.figures.why.click()
    settled(qtbot, shell.window)


@pytest.mark.parametrize("state", ["recording", "attention", "german", "sign_in_failed", "sign_in_waiting"])
def test_narrow_window(make_shell: MakeShell, qtbot: QtBot, tmp_path: Path, state: str) -> None:
    shell = make_shell()
    shell.show_view(samples.states(tmp_path)[state])
    shell.window.resize(shell.window.minimumWidth(), 640)
    shell.start()
    qtbot.waitExposed(shell.window)
    settled(qtbot, shell.window)


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
@pytest.mark.parametrize("pause", list(Pause))
def test_question_on_returning(make_shell: MakeShell, qtbot: QtBot, choice: Choice, scale: float, pause: Pause) -> None:
    shell = make_shell(choice=choice, scale=scale)
    full = samples.states()["attention"].problems[0]
    back = replace(samples.returns()[pause], weeks_s=(960, 900))
    question = ReturnQuestion(shell.theme, back, lambda: None, lambda: None, lambda _note: full)
    question.ask(quietly=True)
    qtbot.waitExposed(question)
    settled(qtbot, question)
    question.more.click()
    question.note.setText("Call")
    question.add.click()
    settled(qtbot, question)
    question.withdraw()


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
@pytest.mark.parametrize("state", ["recording", "long"])
def test_other_questions(make_shell: MakeShell, qtbot: QtBot, choice: Choice, scale: float, state: str) -> None:
    shell = make_shell(choice=choice, scale=scale)
    view = samples.states()[state]
    assert view.last_tile is not None
    for question in (
        dialogs.quit_question(shell.theme, view, lambda: None),
        dialogs.delete_question(shell.theme, view.last_tile, view.zone, lambda: None),
        dialogs.sign_out_question(shell.theme, view, lambda: None),
        dialogs.keeping_question(shell.theme, lambda: None, locked=True),
        dialogs.keeping_question(shell.theme, lambda: None, locked=False),
    ):
        question.ask(quietly=False)
        qtbot.waitExposed(question)
        settled(qtbot, question)
        question.withdraw()
