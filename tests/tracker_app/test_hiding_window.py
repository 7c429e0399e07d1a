"""The window "What is hidden" with real rules and a preview from the camera's thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from capture.hidden import Area, Hidden, OnlyMonitor, WindowRule
from capture.port import RawPicture
from capture.problems import layout_unknown
from capture.rects import Rect
from capture.redaction import Redacted
from tracker_app.hidden_file import FILE, HiddenFile
from tracker_app.hiding_window import HidingDesk
from ui.actions import UiActions
from ui.hidden import HiddenWindow
from ui.shell import Shell
from worktime.errors import Problem

SCREENS = (Rect(-64, 0, 0, 64), Rect(0, 0, 128, 64))
RAW = RawPicture(bytes(192 * 64 * 4), 192, 64, "BGRX", 2, 1, SCREENS)


class Room:
    """The window, its rules and a camera that answers at once."""

    def __init__(self, home: Path, shell: Shell) -> None:
        self.file = HiddenFile(home)
        self.window: HiddenWindow = shell.hidden_window()
        self.answer: Redacted | Problem = Redacted(RAW)
        self.looks = self.told = 0
        self.desk = HidingDesk(self.file, self.window, self.look, self.tell)

    def look(self, shown: object) -> None:
        self.looks += 1
        assert callable(shown)
        shown(self.answer)

    def tell(self) -> None:
        self.told += 1


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[Room]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    shell = Shell(qapp, UiActions(), settings)
    yield Room(tmp_path, shell)
    shell.close()


def test_each_kind_of_rule_is_kept_and_shown_again(room: Room, qtbot: QtBot) -> None:
    room.desk.open(protects=False)
    qtbot.waitUntil(lambda: room.window.monitors.count() == 3)
    room.window.program.setText("vault")
    room.window.hide_windows.click()
    for side, value in zip(room.window.sides, (-10, 0, 20, 30), strict=True):
        side.put(value)
    room.window.hide_area.click()
    room.window.only.emit(1)
    room.window.blurred.click()
    wanted = Hidden(
        windows=(WindowRule("vault", ""),),
        areas=(Area(Rect(-10, 0, 10, 30), SCREENS),),
        only=OnlyMonitor(1, SCREENS),
        blur=True,
    )
    assert room.file.now() == HiddenFile(room.file._path.parent).now() == wanted
    assert room.told == 4
    assert room.looks >= 5, "each change is looked at"
    for left in (3, 2, 1, 0):
        room.window.list.setCurrentRow(0)
        room.window.unhide.click()
        assert room.file.rules.count == left
    assert room.window.list.item(0).text() == "Nothing is hidden. Add it below."


def test_a_preview_that_fails_or_hides_all_says_why(room: Room, qtbot: QtBot) -> None:
    why = layout_unknown().problem
    room.answer = why
    room.desk.open(protects=None)
    qtbot.waitUntil(lambda: room.window.caption.text() == why.message)
    assert room.window.preview.place().isEmpty()
    room.answer = Redacted(replace(RAW, redacted=1), why)
    room.window.again.click()
    qtbot.waitUntil(lambda: not room.window.preview.place().isEmpty())
    assert room.window.caption.text() == why.message
    room.answer = Redacted(replace(RAW, redacted=3))
    room.window.again.click()
    qtbot.waitUntil(lambda: "Redacted: 3 areas." in room.window.caption.text())


def test_rules_that_are_not_kept_or_not_read_are_told_in_the_window(room: Room, tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.part").mkdir()
    room.desk.open(protects=True)
    room.window.blur.emit(True)
    assert "can't be written" in room.window.problem.text()
    assert room.file.rules.blur, "it holds all the same"
    (tmp_path / f"{FILE}.part").rmdir()
    room.window.blur.emit(False)
    assert not room.window.problem.isVisible()
