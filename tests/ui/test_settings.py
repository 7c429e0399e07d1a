"""The settings window: every page by keyboard, with names, in words, and each choice told once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import Acts, MakeShell
from tests.ui.settings_samples import ODD, USUAL
from ui.settings import SettingsWindow
from ui.settings_models import SettingsView
from ui.settings_pages import days_text, hold_text
from ui.shell import Shell
from ui.theme import Choice

Told = list[tuple[object, ...]]


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> Iterator[SettingsWindow]:
    made = shell.settings_window()
    made.show_view(USUAL)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def told(window: SettingsWindow) -> Told:
    """What the user wanted."""
    wanted: Told = []
    window.acts.change.connect(lambda name, value: wanted.append((name, value)))
    window.acts.work_view.connect(lambda job, on: wanted.append((job, on)))
    window.acts.hidden.connect(lambda: wanted.append(("hidden",)))
    return wanted


@pytest.mark.parametrize(("choice", "scale"), [(Choice.LIGHT, 1.0), (Choice.DARK, 2.0)])
def test_every_page_passes_the_checks_of_every_window(
    make_shell: MakeShell, qtbot: QtBot, choice: Choice, scale: float
) -> None:
    window = make_shell(choice=choice, scale=scale).settings_window()
    window.show()
    qtbot.waitExposed(window)
    for view in (USUAL, ODD, SettingsView()):
        window.show_view(view)
        for page in window.pages:
            window.show_page(page)

            def content() -> None:
                assert widget_checks.everything(window) == []

            qtbot.waitUntil(content, timeout=3000)


def test_window_and_tray_lead_there(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.states()["recording"])
    QTest.keyClick(shell.window.settings, Qt.Key.Key_Space)
    shell.tray.settings.trigger()
    assert acts.done == [("settings",)] * 2


def test_each_choice_is_told_by_its_name(window: SettingsWindow, told: Told) -> None:
    general, recording, shots = window.general, window.recording, window.screenshots
    for page, box, step in (
        (general, general.language, Qt.Key.Key_Down),
        (general, general.theme_choice, Qt.Key.Key_Down),
        (shots, shots.notice, Qt.Key.Key_Down),
        (shots, shots.hold, Qt.Key.Key_Down),
        (shots, shots.days, Qt.Key.Key_Down),
        (shots, shots.scale, Qt.Key.Key_Down),
        (recording, recording.quiet_from, Qt.Key.Key_Up),
        (recording, recording.quiet_to, Qt.Key.Key_Up),
    ):
        window.show_page(page)
        QTest.keyClick(box, step)
    window.show_page(general)
    QTest.keyClick(general.autostart, Qt.Key.Key_Space)
    window.show_page(recording)
    QTest.keyClick(recording.reminder, Qt.Key.Key_Space)
    QTest.keyClick(recording.jobs[UUID(int=2)], Qt.Key.Key_Space)
    window.show_page(shots)
    QTest.keyClick(shots.hidden, Qt.Key.Key_Space)
    assert told == [
        ("language", "de"),
        ("theme", "light"),
        ("notice", "quiet"),
        ("hold_s", 180),
        ("keep_days", 1),
        ("picture_scale", 75),
        ("quiet_from", 1290),
        ("quiet_to", 390),
        ("autostart", False),
        ("reminder", False),
        (UUID(int=2), True),
        ("hidden",),
    ]


def test_keys_are_chosen_by_pressing_them_and_taken_back(window: SettingsWindow, told: Told) -> None:
    edit = window.general.start_stop.edit
    assert edit.text() == "Ctrl+Alt+R"
    for key, held in (
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(edit, key, held)
    assert told == [], "a letter alone is for typing"
    QTest.keyClick(edit, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.general.start_stop.clear, Qt.Key.Key_Space)
    assert told == [("start_stop", "Ctrl+Shift+F9"), ("start_stop", "")]
    assert not window.general.private.clear.isEnabled(), "there is nothing to take back"
    window.show_view(ODD)
    assert not edit.isEnabled()
    assert "Wayland lets no program" in window.general.no_keys.text()


def test_a_proxy_is_told_when_its_address_is_typed(window: SettingsWindow, told: Told) -> None:
    page = window.connection
    window.show_page(page)
    assert not page.address.isVisible()
    QTest.keyClick(page.proxy, Qt.Key.Key_End)
    window.show_view(USUAL)
    assert page.address.isVisible(), "until an address is typed nothing is changed"
    assert told == []
    QTest.keyClicks(page.address, "proxy.example:3128")
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    assert told == [("proxy", "proxy.example:3128")]
    window.show_view(replace(USUAL, proxy="http://proxy.example:3128"))
    assert page.proxy.currentText() == "This one:"
    QTest.keyClick(page.proxy, Qt.Key.Key_Up)
    assert told[1:] == [("proxy", "none")]
    window.show_view(replace(USUAL, proxy="none"))
    assert not page.address.isVisible()


def test_it_says_what_stands_in_the_way_and_what_a_choice_means(window: SettingsWindow) -> None:
    window.show_view(ODD)
    assert not window.screenshots.hold.isEnabled()
    said = [setting.why.text() for page in window.pages for setting in page.settings if setting.why.text()]
    assert said == [
        "Set by FAIRHOUR_THEME in this computer's environment.",
        "Set by FAIRHOUR_HOLD_MINUTES in this computer's environment.",
        "'two words' is no address of a proxy; one looks like http://proxy.example:3128. Correct it and try again.",
    ]
    assert window.problem.text().startswith("Your settings could not be kept. ")
    assert "Small text can't be read" in window.screenshots.settings[3].help.text()
    box = window.recording.jobs[UUID(int=3)]
    assert (box.isEnabled(), box.isChecked()) == (False, False)
    window.show_view(USUAL)
    assert window.screenshots.hold.isEnabled()
    assert window.problem.text() == "What you choose holds at once."
    assert (hold_text(0), hold_text(1), days_text(0), days_text(1)) == (
        "Sent at once",
        "Held for 1 minute",
        "Erased here at once",
        "Kept here for 1 day",
    )


def test_a_value_that_is_not_offered_is_shown_as_it_is(window: SettingsWindow) -> None:
    window.show_view(replace(USUAL, keep_days=45, quiet_from=5, picture_scale=80, language="pt_BR"))
    assert window.screenshots.days.currentText() == "Kept here for 45 days"
    assert window.recording.quiet_from.currentText() == "00:05"
    assert window.screenshots.scale.currentText() == "80 % of the width and height"
    assert window.general.language.currentText().casefold().startswith("portugu")


def test_jobs_come_and_go_and_a_choice_stays_where_it_is(window: SettingsWindow) -> None:
    boxes = dict(window.recording.jobs)
    window.show_view(replace(USUAL, jobs=(replace(USUAL.jobs[0], on=False), *USUAL.jobs[1:])))
    assert window.recording.jobs == boxes, "whoever has the focus keeps it"
    assert not window.recording.jobs[UUID(int=1)].isChecked()
    window.show_view(replace(USUAL, jobs=()))
    assert window.recording.jobs == {}
