"""The first steps: shown once by themselves, and a picture of now as proof, which nothing keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from capture.port import RawPicture
from capture.problems import permission
from capture.redaction import Redacted
from idle.problems import accessibility
from tests.ui import samples
from tests.ui.test_look_of_windows import settled
from tracker_app.first_seen import is_first_start
from tracker_app.first_start import FirstStartDesk
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.actions import UiActions
from ui.shell import Shell
from ui.theme import Choice
from worktime.errors import Problem

RAW = RawPicture(bytes(range(240)) * 36, 60, 36, "BGRX", 1, 0)
FLAT = replace(RAW, pixels=bytes(len(RAW.pixels)))
REFUSED = permission("The desktop refused the screenshot.", "Allow screenshots for Fairhour.").problem


class Room:
    """A desk whose camera gives ``answer``."""

    def __init__(self, folder: Path, app: QApplication, choice: Choice, scale: float) -> None:
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.home = folder
        self.shell = Shell(app, UiActions(), settings, choice=choice, scale=scale)
        self.shell.show_view(samples.states()["signed_out"])
        self.looks = 0
        self.answer: Redacted | Problem = Redacted(RAW)
        self.trusted: bool | None = False
        self.desk = FirstStartDesk(self.shell, self.look, folder, system="darwin", trusted=self.trust)
        self.window = self.desk.window
        self.desk.open()

    def look(self, shown: object) -> None:
        self.looks += 1
        assert callable(shown)
        shown(self.answer)

    def trust(self) -> bool:
        if self.trusted is None:
            raise accessibility("macOS does not tell ({detail}).", "Update macOS.", detail="gone")
        return self.trusted


@pytest.fixture(params=[(Choice.LIGHT, 1.0), (Choice.DARK, 2.0)], ids=["light-100", "dark-200"])
def room(tmp_path: Path, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Room]:
    made = Room(tmp_path, qapp, *request.param)
    yield made
    made.shell.close()


def test_each_page_is_in_words_and_the_last_shows_what_it_can_take(room: Room, qtbot: QtBot) -> None:
    window = room.window
    for page in range(3):
        assert window.pages.currentIndex() == page
        settled(qtbot, window)
        assert room.looks == (page == 2)
        if page < 2:
            window.next.click()
    qtbot.waitUntil(lambda: window.said.text() == "It works: this is what your client would see.")
    room.answer = Redacted(FLAT)
    window.take.click()
    qtbot.waitUntil(lambda: window.said.text().startswith("The picture has one colour only"))
    room.answer = REFUSED
    window.take.click()
    qtbot.waitUntil(lambda: window.said.text().startswith("Screenshots are not allowed."))
    assert window.said.text().endswith("Allow screenshots for Fairhour.")
    settled(qtbot, window)
    assert {path.name for path in room.home.iterdir()} <= {"window.ini"}, "nothing of it is kept"
    window.next.click()
    assert not window.isVisible()
    assert not is_first_start(room.home)


def test_signing_in_is_followed(room: Room) -> None:
    room.window.show_page(1)
    assert room.window.sign_in.isVisible()
    room.shell.show_view(samples.states()["first_day"])
    assert not room.window.sign_in.isVisible()
    assert room.window.account.text() == "You are signed in as Sample freelancer."


def test_the_systems_settings_are_opened_and_wayland_is_asked_by_a_button(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)  # type: ignore[func-returns-value]
    room.desk._asks = True
    room.window.show_page(2)
    assert room.looks == 0
    assert "If your desktop asks" in room.window.said.text()
    room.window.screen_settings.click()
    room.window.input_settings.click()
    assert [address.rpartition("_")[2] for address in opened] == ["ScreenCapture", "Accessibility"]


def test_accessibility_shows_how_it_stands_when_the_user_comes_back_from_the_settings(room: Room, qtbot: QtBot) -> None:
    window = room.window
    window.show_page(2)
    qtbot.waitUntil(window.isActiveWindow)
    seen = [window.accessibility.text()]
    for trusted in (True, None):
        room.trusted = trusted
        settings = QWidget()
        settings.show()
        settings.activateWindow()
        qtbot.waitUntil(settings.isActiveWindow)
        assert window.accessibility.text() == seen[-1]
        settings.close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        seen.append(window.accessibility.text())
        settled(qtbot, window)
    assert [text.partition(".")[0].partition(":")[0] for text in seen] == [
        "Accessibility is switched off",
        "Accessibility is switched on",
        "Accessibility is needed only where keys and clicks are counted",
    ]


def test_other_systems_have_no_accessibility_to_switch(tmp_path: Path, qapp: QApplication) -> None:
    shell = Shell(qapp, UiActions(), QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    desk = FirstStartDesk(shell, lambda _shown: None, tmp_path, system="linux")
    desk.open()
    desk.window.show_page(2)
    assert not desk.window.accessibility.isVisible()
    shell.close()


@pytest.mark.parametrize(("sample", "hidden", "times"), [("0", False, 1), ("0", True, 0), ("1", False, 0)])
def test_it_comes_by_itself_once_in_an_installation(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, sample: str, hidden: bool, times: int
) -> None:
    environ = {"FAIRHOUR_HOME": str(tmp_path), "FAIRHOUR_SERVER": "http://127.0.0.1:9", "FAIRHOUR_SAMPLE": sample}
    seen = 0
    for _ in range(2):
        tracker = Tracker(qapp, read_settings(environ))
        tracker.start(hidden=hidden)
        for _ in range(3):
            QApplication.processEvents()
        window = tracker.shell._first_start
        if window is not None and window.isVisible():
            seen += 1
            window.close()
        tracker.quit()
    assert seen == times
