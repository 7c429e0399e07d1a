"""High contrast: the palette that the user chose is respected, and nothing is said in a colour that can't be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.look.contrast import ratio
from ui import contrast
from ui.theme import Choice, Theme
from ui.tokens import DARK, LIGHT


def palette(paper: str, ink: str, highlight: str) -> QPalette:
    """A palette as a contrast theme brings it."""
    made, role = QPalette(), QPalette.ColorRole
    for ground, text in ((role.Window, role.WindowText), (role.Base, role.Text), (role.Button, role.ButtonText)):
        made.setColor(ground, QColor(paper))
        made.setColor(text, QColor(ink))
    made.setColor(role.Highlight, QColor(highlight))
    return made


SYSTEMS = {
    "aquatic": palette("#202020", "#ffffff", "#8ee3f0"),
    "desert": palette("#fffaef", "#3d3d3d", "#903909"),
    "dusk": palette("#2d3236", "#ffffff", "#a6d8ff"),
    "night sky": palette("#000000", "#ffff00", "#d6b4fd"),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_systems_ground_and_text_are_taken_over_and_signals_can_be_read(name: str) -> None:
    system = SYSTEMS[name]
    look = DARK if contrast.is_dark(system) else LIGHT
    colours = contrast.strong(look, system)
    assert colours.paper == colours.surface == system.color(QPalette.ColorRole.Window).name()
    assert colours.ink == colours.muted == colours.line == system.color(QPalette.ColorRole.WindowText).name()
    assert colours.recorded == system.color(QPalette.ColorRole.Highlight).name()
    assert ratio(colours.ink, colours.paper) >= contrast.LEAST_TEXT
    for signal in (colours.recorded, colours.other, colours.attention, colours.rejected):
        assert ratio(signal, colours.paper) >= contrast.LEAST_SIGNAL


def test_a_signal_that_can_not_be_read_there_becomes_text() -> None:
    colours = contrast.strong(LIGHT, palette("#000000", "#ffffff", "#101010"))
    assert colours.recorded == colours.rejected == "#ffffff"


def test_a_palette_that_nobody_can_read_is_not_taken() -> None:
    colours = contrast.strong(LIGHT, palette("#808080", "#909090", "#a0a0a0"))
    assert (colours.paper, colours.ink, colours.muted) == (LIGHT.paper, LIGHT.ink, LIGHT.ink)


def test_the_users_own_choice_of_a_theme_stays(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "wants_contrast", lambda theme: True)
    theme = Theme(qapp, choice=Choice.DARK)
    assert theme.colours == contrast.strong(DARK, None)
    theme.choose(Choice.SYSTEM)
    assert theme.colours.paper == "#ffffff", "Fusion's own, which is light"
    assert not theme.dark
    monkeypatch.undo()
    theme.choose(Choice.LIGHT)
    assert theme.colours == LIGHT
    theme.release()
