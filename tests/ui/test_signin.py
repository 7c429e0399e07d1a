"""Signing in and out: the panel in the window, the tray's items, the questions, and the browser's page."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples
from tests.ui.conftest import Acts
from tests.ui.test_window import texts
from ui.browser_page import browser_pages
from ui.models import SignInView
from ui.shell import Shell

STATES = samples.states()


def button(root: QWidget, text: str) -> QPushButton:
    """Return the visible button that says ``text``."""
    (found,) = [each for each in root.findChildren(QPushButton) if each.isVisible() and each.text() == text]
    return found


def test_the_first_start_asks_to_sign_in_and_for_nothing_else(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(STATES["signed_out"])
    window = shell.window
    assert "Fairhour never sees your password" in texts(window)
    assert not window.head.isVisible()
    window.sign_in.server.setFocus()
    QTest.keyClicks(window.sign_in.server, " fairhour.example ")
    QTest.keyClick(window.sign_in.server, Qt.Key.Key_Return)
    QTest.mouseClick(button(window, "Sign in with the browser"), Qt.MouseButton.LeftButton)
    assert acts.done == [("sign_in", "fairhour.example")] * 2


def test_the_known_address_is_filled_in_and_what_is_typed_stays(shell: Shell) -> None:
    view = STATES["sign_in_failed"]
    shell.show_view(view)
    server = shell.window.sign_in.server
    assert server.text() == samples.MARKET
    server.setText("https://elsewhere.example")
    shell.show_view(replace(view, now=view.now + 1))
    assert server.text() == "https://elsewhere.example"


def test_it_works_by_keyboard_and_says_its_names(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    shell.show_view(STATES["signed_out"])
    shell.show_window()
    qtbot.waitUntil(shell.window.isActiveWindow)
    panel = shell.window.sign_in
    panel.server.setFocus()
    QTest.keyClick(panel.server, Qt.Key.Key_Tab)
    assert QGuiApplication.focusObject() is panel.button
    QTest.keyClick(panel.button, Qt.Key.Key_Space)
    assert acts.done == [("sign_in", "")]
    reader = QAccessible.queryAccessibleInterface(panel.server)
    assert reader.text(QAccessible.Text.Name) == "Address of the marketplace"


def test_waiting_can_be_cancelled_and_the_address_copied(shell: Shell, acts: Acts) -> None:
    shell.show_view(STATES["sign_in_looking"])
    assert "Looking for the marketplace" in texts(shell.window)
    assert not shell.window.sign_in.copy.isVisible()
    shell.show_view(STATES["sign_in_waiting"])
    panel = shell.window.sign_in
    assert panel.title.text() == "Waiting for your browser"
    panel.copy.click()
    assert QGuiApplication.clipboard().text() == STATES["sign_in_waiting"].signin.address
    assert panel.copy.text() == "Copied"
    panel.cancel.click()
    assert acts.done == [("cancel_sign_in",)]


def test_what_went_wrong_is_said_with_what_to_do(shell: Shell) -> None:
    shell.show_view(STATES["sign_in_failed"])
    said = shell.window.sign_in.problem
    assert said.text() == (
        "Marketplace not reachable. No marketplace answered at https://fairhour.example. "
        "Check the address and your network, and try again."
    )
    assert said.accessibleName() == said.text()
    shell.show_view(STATES["signed_out"])
    assert not said.isVisible()


def test_an_ended_sign_in_is_told_while_recording_goes_on(shell: Shell, acts: Acts) -> None:
    shell.show_view(STATES["sign_in_ended"])
    window = shell.window
    assert window.head.state.text() == "Recording"
    assert "somebody signed it out there" in texts(window)
    assert window.sync.text() == "Not signed in: 3 segments kept on this computer"
    assert not window.sign_in.server.isVisible(), "the marketplace is known"
    button(window, "Sign in with the browser").click()
    assert acts.done == [("sign_in", samples.MARKET)]
    shell.show_view(STATES["recording"])
    assert not window.sign_in.isVisible()


def test_a_wrong_address_can_be_corrected_later_too(shell: Shell) -> None:
    view = STATES["sign_in_ended"]
    problem = STATES["sign_in_failed"].signin.problem
    shell.show_view(replace(view, signin=replace(view.signin, problem=problem)))
    assert shell.window.sign_in.server.isVisible()


def test_the_tray_leads_to_signing_in_or_out(shell: Shell, acts: Acts) -> None:
    shell.show_view(STATES["signed_out"])
    tray = shell.tray
    assert (tray.sign_in.isVisible(), tray.sign_out.isVisible()) == (True, False)
    shell.show_view(STATES["offline"])
    assert (tray.sign_in.isVisible(), tray.sign_out.isVisible()) == (False, True)
    tray.sign_out.trigger()
    question = shell._asked
    assert question is not None
    assert "Not sent yet: 3 segments." in texts(question)
    button(question, "Sign out").click()
    assert acts.done == [("sign_out",)]


def test_keeping_the_sign_in_in_a_file_needs_a_yes(shell: Shell, acts: Acts) -> None:
    for locked, why in ((False, "has no keyring"), (True, "keyring is locked")):
        shell.ask_keeping(locked)
        question = shell._asked
        assert question is not None
        assert why in texts(question)
        question.reject()
        assert acts.done == []
    shell.ask_keeping(False)
    question = shell._asked
    assert question is not None
    button(question, "Keep it in a file").click()
    assert acts.done == [("keep_in_file",)]


def test_before_anything_is_known_signing_out_asks_nothing(shell: Shell) -> None:
    shell.ask_sign_out()
    assert shell._asked is None


@pytest.mark.parametrize(("name", "said"), [("done", "You are signed in"), ("denied", "Nothing was allowed")])
def test_the_page_in_the_browser_is_whole_and_loads_nothing(name: str, said: str) -> None:
    page = browser_pages()[name].decode()
    assert said in page
    assert page.count("<style>") == 1
    assert re.findall(r"""(?:src|href)="(?!data:,)|url\(|<script|style=|@import""", page) == []


def test_no_address_is_no_state_of_waiting() -> None:
    assert SignInView().address == ""
