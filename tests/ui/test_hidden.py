"""What is hidden, and the private pause: by keyboard, with names, in words, and looking like the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from capture.problems import windows_unknown
from tests.ui import samples, widget_checks
from tests.ui.conftest import Acts
from ui.hidden import LOOK_MS, HiddenWindow, rule_text
from ui.models import HiddenRule, HiddenWhat, HidingView
from ui.shell import Shell

SCREENS = (QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024))
RULES = (
    HiddenRule(what=HiddenWhat.WINDOWS, program="vault"),
    HiddenRule(what=HiddenWhat.WINDOWS, number=1, program="browser", title="bank"),
    HiddenRule(what=HiddenWhat.WINDOWS, number=2, title="private"),
    HiddenRule(what=HiddenWhat.AREA, rect=QRect(10, 20, 300, 200), here=False),
    HiddenRule(what=HiddenWhat.MONITORS, number=1),
    HiddenRule(what=HiddenWhat.BLUR),
)
FULL = HidingView(rules=RULES, screens=SCREENS, only=1, blur=True, protects=False)


@pytest.fixture
def window(shell: Shell) -> Iterator[HiddenWindow]:
    made = shell.hidden_window()
    made.show_view(HidingView(screens=SCREENS, protects=True))
    made.show()
    yield made
    made.close()


def picture() -> QImage:
    image = QImage(320, 108, QImage.Format.Format_RGB32)
    image.fill(QColor("#204060"))
    return image


def test_every_rule_is_told_in_words() -> None:
    assert [rule_text(rule) for rule in RULES] == [
        "Windows of “vault”",
        "Windows of “browser” with “bank” in the title",
        "Windows with “private” in the title",
        "Area of 300 x 200, 10 from the left, 20 from the top (chosen with other screens)",
        "All monitors but number 2",
        "The whole picture, blurred",
    ]


@pytest.mark.parametrize(
    "view", [HidingView(), FULL, replace(FULL, problem=windows_unknown("There is no display.").problem)]
)
def test_it_passes_the_checks_of_every_window(window: HiddenWindow, view: HidingView, qtbot: QtBot) -> None:
    window.show_view(view)
    window.show_preview(picture(), 2, "")

    def content() -> None:
        assert widget_checks.everything(window) == []

    qtbot.waitUntil(content, timeout=3000)


def test_with_nothing_hidden_it_says_so_and_what_can_be_done(window: HiddenWindow) -> None:
    assert window.list.item(0).text() == "Nothing is hidden. Add it below."
    assert not window.unhide.isEnabled()
    assert not window.hide_windows.isEnabled()
    assert "is protected" in window.terms.text()


def test_a_program_is_added_by_keyboard_alone(window: HiddenWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.program.setFocus()
    QTest.keyClicks(window.program, "vault")
    with qtbot.waitSignal(window.windows) as told:
        QTest.keyClick(window.program, Qt.Key.Key_Return)
    assert told.args == ["vault", ""]
    assert window.program.text() == ""
    QTest.keyClick(window.program, Qt.Key.Key_Return)
    assert window.isVisible(), "Return in an empty field does nothing"


def test_an_area_is_typed_or_drawn(window: HiddenWindow, qtbot: QtBot) -> None:
    for side, value in zip(window.sides, (5, 6, 70, 80), strict=True):
        side.put(value)
    with qtbot.waitSignal(window.area) as told:
        window.hide_area.click()
    assert told.args == [QRect(5, 6, 70, 80)]
    window.show_preview(picture(), 0, "")
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.preview.place().width() > 300)
    place = window.preview.place()
    QTest.mousePress(window.preview, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    QTest.mouseMove(window.preview, QPoint(place.width() // 2, place.height() - 1))
    QTest.mouseRelease(window.preview, Qt.MouseButton.LeftButton, pos=QPoint(place.width() // 2, place.height() - 1))
    left, top, width, height = (side.value() for side in window.sides)
    assert max(left, top) < 20
    assert abs(width - 1600) < 40
    assert abs(height - 1080) < 40


def test_a_click_on_the_preview_draws_nothing_and_none_is_no_place(window: HiddenWindow) -> None:
    for image in (picture(), None):
        window.show_preview(image, 0, "")
        QTest.mouseClick(window.preview, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert [side.value() for side in window.sides] == [0, 0, 0, 0]


def test_monitors_blur_and_showing_again(window: HiddenWindow, qtbot: QtBot) -> None:
    window.show_view(FULL)
    assert window.monitors.currentText() == "Only monitor 2 is shown (1280 x 1024)"
    with qtbot.waitSignal(window.only) as told:
        window.monitors.activated.emit(0)
    assert told.args == [-1]
    with qtbot.waitSignal(window.blur) as told:
        QTest.keyClick(window.blurred, Qt.Key.Key_Space)
    assert told.args == [False]
    window.list.setCurrentRow(1)
    with qtbot.waitSignal(window.remove) as told:
        window.unhide.click()
    assert told.args == [RULES[1]]


def test_where_windows_can_not_be_told_apart_it_says_so_and_offers_the_rest(window: HiddenWindow) -> None:
    why = windows_unknown("Wayland does not tell programs which windows are open.").problem
    window.show_view(HidingView(screens=SCREENS, windows_problem=why))
    assert "Wayland does not tell" in window.problem.text()
    assert not window.program.isEnabled()
    assert window.blurred.isEnabled()
    assert window.sides[0].isEnabled()
    assert not window.terms.isVisible()


def test_the_preview_is_live_while_the_window_is_open_but_not_where_a_picture_flashes(
    window: HiddenWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.look, timeout=3 * LOOK_MS):
        pass
    window.show_view(
        HidingView(windows_problem=windows_unknown("Wayland does not tell programs which windows are open.").problem)
    )
    with qtbot.assertNotEmitted(window.look):
        window._live.timeout.emit()
    window.close()
    assert not window._live.isActive()


@pytest.mark.parametrize(
    ("areas", "problem", "said"),
    [
        (0, "", "As it would be sent now: nothing is hidden. Draw on it to choose an area."),
        (2, "", "As it would be sent now. Your client reads: “Redacted: 2 areas.”"),
        (1, "Everything is hidden.", "Everything is hidden."),
    ],
)
def test_the_preview_says_what_the_client_reads(window: HiddenWindow, areas: int, problem: str, said: str) -> None:
    window.show_preview(picture(), areas, problem)
    assert window.caption.text() == said


def test_a_private_pause_is_one_click_from_window_and_tray(shell: Shell, acts: Acts) -> None:
    view = samples.states()["recording"]
    shell.show_view(view)
    for button in shell.window.head.privacy.pauses:
        button.click()
    for action in shell.tray.private:
        action.trigger()
    assert acts.done == [("private", 300), ("private", 900), ("private", 3600)] * 2
    shell.show_view(samples.states()["stopped"])
    assert not any(action.isVisible() for action in shell.tray.private)


def test_a_private_pause_is_told_in_words_with_its_end(shell: Shell) -> None:
    view = samples.states()["private"]
    shell.show_view(view)
    assert shell.window.head.state.text().startswith("Private until ")
    assert "Private until" in shell.tray.icon.toolTip()
    assert shell.window.head.privacy.hidden.text() == "What is hidden (2)…"
    assert "counts, but is not protected" in shell.window.head.privacy.warning.text()
    shell.show_view(replace(view, now=view.private_until or 0))
    assert shell.window.head.state.text() == "Paused: private"
    protected = replace(samples.WEBSITE, redaction_protects=True)
    shell.show_view(replace(view, jobs=(protected,), job_id=protected.id))
    assert shell.window.head.privacy.warning.text() == ""


def test_the_way_to_what_is_hidden_goes_by_keyboard(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.states()["stopped"])
    QTest.keyClick(shell.window.head.privacy.hidden, Qt.Key.Key_Space)
    assert acts.done == [("hidden",)]
    QApplication.processEvents()
