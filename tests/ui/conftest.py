"""The tracker's face on the test desktop, and a list of what the user did with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.actions import UiActions
from ui.shell import Shell
from ui.theme import Choice

ACTS = (
    "start",
    "stop",
    "work_view",
    "choose",
    "switch",
    "comment",
    "tile_comment",
    "delete_tile",
    "resume",
    "private",
    "hidden",
    "hours",
    "settings",
    "stay_paused",
    "open_web",
    "tile_web",
    "assistance",
    "sign_in",
    "cancel_sign_in",
    "sign_out",
    "keep_in_file",
    "quit",
)
MakeShell = Callable[..., Shell]


class Acts(UiActions):
    """Signals that also write themselves down, as (name, *arguments)."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple[object, ...]] = []
        for name in ACTS:
            getattr(self, name).connect(lambda *arguments, name=name: self.done.append((name, *arguments)))


@pytest.fixture
def acts() -> Acts:
    """What the user does in this test."""
    return Acts()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Empty settings of this test's own."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def make_shell(qtbot: QtBot, qapp: QApplication, acts: Acts, settings: QSettings) -> Iterator[MakeShell]:
    """Make shells that leave the screen with the test."""
    made: list[Shell] = []

    def make(*, choice: Choice = Choice.LIGHT, scale: float = 1.0, confirm_quit: bool = True) -> Shell:
        shell = Shell(qapp, acts, settings, choice=choice, scale=scale, confirm_quit=confirm_quit)
        made.append(shell)
        return shell

    yield make
    for shell in made:
        shell.tray.menu.close()
        shell.close()


@pytest.fixture
def shell(make_shell: MakeShell, qtbot: QtBot) -> Shell:
    """The face, light, at 100 %, with its window on the screen."""
    made = make_shell()
    made.start()
    qtbot.waitExposed(made.window)
    return made
