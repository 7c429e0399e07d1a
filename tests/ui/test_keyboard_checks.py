"""The checks for people without a mouse, or without sight, catch what they are for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPropertyAnimation, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import keyboard_checks
from ui.shell import Shell


class Form(QWidget):
    """A field above a button, and nothing wrong with them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Form")
        self.column = QVBoxLayout(self)
        self.field, self.button = QLineEdit(), QPushButton("Save")
        self.field.setAccessibleName("Note")
        for part in (self.field, self.button):
            self.column.addWidget(part)


@pytest.fixture
def form(qtbot: QtBot, shell: Shell) -> Form:
    """The form in front."""
    shell.window.hide()
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_sound_form_passes(form: Form) -> None:
    assert keyboard_checks.everything(form) == []
    assert keyboard_checks.trapped(form) == []


def test_what_has_no_name_or_no_role_is_found(form: Form) -> None:
    nameless, vague = QLineEdit(), QLabel("Drawn by hand")
    plain = QWidget()
    plain.setAccessibleName("Chart")
    plain.setMinimumHeight(20)
    for part in (nameless, plain):
        plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        form.column.addWidget(part)
    form.column.addWidget(vague)
    for part in (nameless, plain):
        part.show()
    found = keyboard_checks.speechless(form)
    assert found == ["QLineEdit '' has no name", "QWidget 'Chart' has no role"]


def test_an_order_that_leads_back_up_is_found(form: Form) -> None:
    form.column.insertWidget(0, form.button)
    form.column.activate()
    assert any("comes QPushButton 'Save'" in each for each in keyboard_checks.disordered(form))


def test_what_only_the_mouse_reaches_is_found(form: Form) -> None:
    form.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    handy = QLabel("Open")
    handy.setCursor(Qt.CursorShape.PointingHandCursor)
    form.column.addWidget(handy)
    handy.show()
    assert len(keyboard_checks.for_the_mouse_alone(form)) == 2


class Trap(QPlainTextEdit):
    """Keeps Tab for itself."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


def test_a_trap_is_found(form: Form, qtbot: QtBot) -> None:
    trap = Trap()
    trap.setAccessibleName("Trap")
    form.column.insertWidget(1, trap)
    QWidget.setTabOrder(form.field, trap)
    QWidget.setTabOrder(trap, form.button)
    qtbot.waitUntil(trap.isVisible)
    assert keyboard_checks.trapped(form) == [
        "Tab never comes to QPushButton 'Save'",
        "Tab does not come round: it ends at Trap 'Trap'",
    ]


def test_what_moves_is_found(form: Form) -> None:
    endless = QProgressBar()
    endless.setRange(0, 0)
    form.column.addWidget(endless)
    animation = QPropertyAnimation(form.field, b"maximumWidth", form)
    animation.setDuration(60_000)
    animation.setEndValue(100)
    animation.start()
    found = keyboard_checks.moving(form)
    animation.stop()
    assert any("QPropertyAnimation runs" in each for each in found)
    assert any("runs without an end" in each for each in found)
