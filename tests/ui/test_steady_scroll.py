"""A window whose text needs the bar only with the bar comes to rest. With Qt's own scroll area this process dies."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import MakeShell


def _is_of(window: QWidget, width: int, height: int) -> bool:
    return (window.width(), window.height()) == (width, height)


def test_any_narrow_window_with_its_reasons_comes_to_rest(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    shell.show_view(samples.states()["recording"])
    shell.start()
    window = shell.window
    qtbot.waitExposed(window)
    window.figures.why.click()
    area = window.findChild(QScrollArea)
    assert area is not None
    body, port, bar = area.widget(), area.viewport(), area.verticalScrollBar()
    assert body is not None
    assert port is not None
    for width in range(window.minimumWidth(), window.minimumWidth() + 60, 4):
        for height in range(600, 720, 8):
            window.resize(width, height)
            qtbot.waitUntil(partial(_is_of, window, width, height))
            qtbot.waitUntil(lambda: body.width() == port.width())
            assert body.height() == port.height() + bar.maximum()
    qtbot.waitUntil(lambda: widget_checks.everything(window) == [])
