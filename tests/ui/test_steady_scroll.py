"""A window whose text needs the bar only with the bar comes to rest. With Qt's own scroll area this test's process dies."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import MakeShell


def test_any_narrow_window_with_its_reasons_comes_to_rest(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    shell.show_view(samples.states()["recording"])
    shell.start()
    window = shell.window
    qtbot.waitExposed(window)
    window.figures.why.click()
    area = window.findChild(QScrollArea)
    assert area is not None
    for width in range(window.minimumWidth(), window.minimumWidth() + 60, 4):
        for height in range(600, 720, 8):
            window.resize(width, height)
            qtbot.waitUntil(lambda size=(width, height): (window.width(), window.height()) == size)
            qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
            assert area.widget().height() == area.viewport().height() + area.verticalScrollBar().maximum()
    qtbot.waitUntil(lambda: widget_checks.everything(window) == [])
