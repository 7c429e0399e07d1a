"""Every window: by keyboard, read aloud, twice as large, from right to left, in German, in high contrast, at rest.

The first scene of each window and what has fields that come later; ``python3 dev.py screenshots`` checks all scenes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pseudo_language import MirroredLanguage
from tests.ui import keyboard_checks, widget_checks
from tests.ui.conftest import MakeShell
from tests.ui.scenes import WINDOWS, Scene, scenes
from ui.language import CATALOGUES
from ui.theme import Choice, Theme

UI = Path(__file__).resolve().parents[2] / "ui"
FIRST = list({scene.window: scene for scene in reversed(list(scenes()))}.values())[::-1]
LATE = [scene for scene in scenes() if scene.name == "settings-recording"]
"""Its fields come after the others, and stand before them."""


@contextmanager
def speaking(app: QApplication, words: QTranslator, direction: Qt.LayoutDirection) -> Iterator[None]:
    """Speak another language in here, and lay windows out for it."""
    app.installTranslator(words)
    app.setLayoutDirection(direction)
    try:
        yield
    finally:
        app.removeTranslator(words)
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def german() -> QTranslator:
    """The language with the longest words that is shipped."""
    words = QTranslator()
    assert words.load(str(CATALOGUES / "fairhour_de.qm"))
    return words


def walk(shell_of: MakeShell, qtbot: QtBot, folder: Path, *, choice: Choice, scale: float) -> None:
    """Show each window and wait until every check is content with it."""
    shell = shell_of(choice=choice, scale=scale)
    wrong: dict[str, list[str]] = {}
    for scene in FIRST + LATE:
        window = scene.show(shell, folder)

        def content(window: QWidget = window, scene: Scene = scene) -> None:
            wrong[scene.name] = widget_checks.everything(window) + keyboard_checks.everything(window)
            assert wrong[scene.name] == []

        with suppress(qtbot.TimeoutError):
            qtbot.waitUntil(content, timeout=2000)
        window.close()
    found = [f"{name}: {each}" for name, sentences in wrong.items() for each in sentences]
    assert not found, "\n".join(found)


def test_every_window_is_here() -> None:
    """A class that gives its window a title is one that a scene shows."""
    titled = {
        node.name
        for path in UI.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(each, ast.Attribute) and each.attr == "setWindowTitle" for each in ast.walk(node))
    }
    assert titled == {
        "CornerWindow",
        "CrashWindow",
        "EntryDialog",
        "FirstStart",
        "HiddenWindow",
        "HoursWindow",
        "MovingWindow",
        "QuarantineWindow",
        "Question",
        "SettingsWindow",
        "Viewer",
        "Window",
    }
    assert list(WINDOWS) == [scene.window for scene in FIRST]


def test_german_twice_as_large(make_shell: MakeShell, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with speaking(qapp, german(), Qt.LayoutDirection.LeftToRight):
        walk(make_shell, qtbot, tmp_path, choice=Choice.DARK, scale=2.0)


def test_right_to_left(make_shell: MakeShell, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with speaking(qapp, MirroredLanguage(), Qt.LayoutDirection.RightToLeft):
        walk(make_shell, qtbot, tmp_path, choice=Choice.LIGHT, scale=1.0)


def test_high_contrast(make_shell: MakeShell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Theme, "wants_contrast", lambda theme: True)
    monkeypatch.setattr(widget_checks, "LEAST_CONTRAST", 4.5)
    shell = make_shell(choice=Choice.SYSTEM)
    assert shell.theme.colours.muted == shell.theme.colours.line == shell.theme.colours.ink
    for scene in FIRST + LATE:
        window = scene.show(shell, tmp_path)

        def readable(window: QWidget = window) -> None:
            assert widget_checks.faint(window) == []

        qtbot.waitUntil(readable, timeout=2000)
        window.close()


def test_tab_comes_to_everything_and_round_again(make_shell: MakeShell, qtbot: QtBot, tmp_path: Path) -> None:
    shell = make_shell(choice=Choice.LIGHT)
    for scene in FIRST + LATE:
        window = scene.show(shell, tmp_path)
        # A menu has keys of its own; a notice takes no focus before it is asked to.
        if isinstance(window, QMenu) or window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus:
            window.close()
            continue
        window.raise_()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert keyboard_checks.trapped(window) == [], scene.name
        window.close()
