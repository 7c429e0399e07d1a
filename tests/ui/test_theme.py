"""The look follows the system, or the user's own choice."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Choice, Panel, Theme
from ui.tokens import DARK, LIGHT


def test_choice_changes_every_window_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, choice=Choice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.paper.lower()
    with qtbot.waitSignal(theme.changed):
        theme.choose(Choice.DARK)
    assert theme.colours == DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.paper.lower()
    theme.choose(Choice.LIGHT)
    theme.release()


def test_system_without_a_wish_is_light(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp)
    assert theme.colours == LIGHT
    theme.release()


def test_the_panel_may_be_dark_beside_light_windows(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme(qapp, choice=Choice.LIGHT, panel=Panel.DARK)
    assert theme.panel_colours == DARK
    assert theme.colours == LIGHT
    theme.release()
    auto = Theme(qapp, choice=Choice.LIGHT)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    assert auto.panel_colours == DARK
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "XFCE")
    assert auto.panel_colours == LIGHT
    auto.release()


def test_scale_enlarges_fonts_and_space(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, scale=2.0)
    assert theme.font(14).pixelSize() == 28
    assert theme.space(2) == 16
    theme.release()


def test_a_second_theme_does_not_grow_on_the_first(qtbot: QtBot, qapp: QApplication) -> None:
    for _ in range(3):
        theme = Theme(qapp)
        assert 1.0 <= theme.scale <= 1.2
        theme.release()
