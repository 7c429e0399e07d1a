"""The checks catch what they are for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import widget_checks
from ui.parts import ElidedLabel
from ui.shell import Shell


@pytest.fixture
def window(qtbot: QtBot, shell: Shell) -> QWidget:
    """An empty window in the look's style."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def _put(window: QWidget, widget: QWidget, width: int, height: int) -> None:
    widget.setParent(window)
    widget.setGeometry(0, 0, width, height)
    widget.show()


def narrow_label(window: QWidget) -> None:
    _put(window, QLabel("Recording of the website redesign"), 60, 20)


def low_label(window: QWidget) -> None:
    _put(window, QLabel("Recording"), 200, 6)


def wrapped_label(window: QWidget) -> None:
    text = QLabel("What was recorded until now is kept on this computer and sent after signing in again.")
    text.setWordWrap(True)
    _put(window, text, 120, 30)


def narrow_button(window: QWidget) -> None:
    _put(window, QPushButton("Delete picture and its 12 minutes"), 60, 34)


def silent_ellipsis(window: QWidget) -> None:
    text = QLabel("A text that is cut on purpose and nowhere to be read whole")
    text.setProperty("elides", True)
    _put(window, text, 60, 20)


@pytest.mark.parametrize("plant", [narrow_label, low_label, wrapped_label, narrow_button, silent_ellipsis])
def test_planted_clipped_text_is_caught(window: QWidget, plant: Callable[[QWidget], None]) -> None:
    assert widget_checks.clipped(window) == []
    plant(window)
    assert len(widget_checks.clipped(window)) == 1


def test_text_with_room_is_left_alone(window: QWidget, shell: Shell) -> None:
    _put(window, QLabel("Recording"), 200, 24)
    elided = ElidedLabel(shell.theme)
    elided.setText("A text that is cut on purpose, with the whole of it in the tool tip")
    _put(window, elided, 60, 24)
    assert widget_checks.clipped(window) == []


def test_planted_overflow_is_caught(window: QWidget) -> None:
    _put(window, QLabel("x"), 400, 20)
    assert len(widget_checks.overflowing(window)) == 1


def test_planted_nameless_field_is_caught(window: QWidget) -> None:
    _put(window, QLineEdit(), 100, 30)
    assert len(widget_checks.unnamed(window)) == 1


def test_planted_button_without_keyboard_is_caught(window: QWidget) -> None:
    button = QPushButton("Stop")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    _put(window, button, 100, 34)
    assert len(widget_checks.unreachable(window)) == 1


def test_planted_faint_text_is_caught(window: QWidget) -> None:
    text = QLabel("Barely there")
    text.setStyleSheet("color: #B0B6BC")
    _put(window, text, 200, 24)
    assert len(widget_checks.faint(window)) == 1
