"""When the notice of a screenshot comes and goes, and that it is on no picture."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.support.screen import Box, Screen
from tests.tracker_app.fakes import JOB
from tests.tracker_app.test_tracker import act, tracker
from tests.ui import samples
from tracker_app.notices import NoticeDesk
from tracker_app.preferences import Notice
from tracker_app.tracker import Tracker
from ui.actions import UiActions
from ui.models import NoticeView, Tile
from ui.notice import ShotNotice
from ui.screens import handle_of
from ui.shell import Shell
from worktime.tracking_values import PictureTaken
from worktime.wire import PictureRef

__all__ = ["tracker"]


CORNER = Box(1480, 780, 1920, 1080)
"""Where the notice stands on the test desktop."""


class Room:
    """A desk with screenshots to tell of. ``views``: those that there are, by slot."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.shell = Shell(app, UiActions(), settings)
        self.views: dict[int, NoticeView] = {}
        self.wanted = Notice.ALWAYS
        self.desk = NoticeDesk(self.shell, lambda _job, slot: self.views.get(slot), lambda: self.wanted)

    def take(self, number: int = 0, *, left_s: int = 102) -> NoticeView:
        """Have a picture come, the ``number``-th of them."""
        tile = samples.notices()["held"].tile
        view = replace(samples.notices()["held"], tile=replace(tile, slot=tile.slot + number), left_s=left_s)
        self.views[view.tile.slot] = view
        self.desk.came(taken(view.tile))
        return view

    @property
    def notice(self) -> ShotNotice:
        assert self.desk.notice is not None
        return self.desk.notice


def taken(tile: Tile, at: int | None = None) -> PictureTaken:
    when = at or tile.taken_at or 0
    reference = PictureRef(
        id=UUID(int=5), sha256="0" * 64, size=9, width=2, height=1, monitors=1, taken_at=when, redacted=0
    )
    return PictureTaken(tile.job, tile.slot, 1, False, False, reference)


@pytest.fixture(autouse=True)
def tidy() -> None:
    """Collect here what other tests left: a camera's thread that did it would destroy their windows from outside.

    And move the pointer away, which holds a notice that it is on.
    """
    gc.collect()
    with Screen() as screen:
        screen.point((5, 5))


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[Room]:
    made = Room(tmp_path, qapp)
    yield made
    made.desk.close()
    made.shell.close()


def test_it_comes_with_the_picture_tells_until_when_and_goes_when_the_hold_is_over(room: Room, qtbot: QtBot) -> None:
    view = room.take()
    qtbot.waitExposed(room.notice)
    room.views[view.tile.slot] = replace(view, left_s=1)
    room.desk.refresh()
    assert room.notice.left.text() == "Leaves this computer at 11:31"
    room.views[view.tile.slot] = replace(view, left_s=0)
    qtbot.waitUntil(lambda: room.desk.notice is None)


def test_it_is_made_before_the_first_picture_once_and_only_for_who_wants_it(room: Room) -> None:
    def ready() -> ShotNotice | None:
        room.desk.make_ready()
        return room.desk._kept

    room.wanted = Notice.QUIET
    assert ready() is None
    room.wanted = Notice.ALWAYS
    made = ready()
    assert made is not None
    assert not made.isVisible()
    assert ready() is made
    room.take()
    assert room.notice is made
    assert ready() is None, "it is on the screen"


def test_a_picture_that_is_not_held_is_told_for_a_moment(room: Room, qtbot: QtBot) -> None:
    room.take(left_s=0)
    room.desk.refresh()
    assert room.notice.isVisible()
    room.desk._last_look.setInterval(0)
    room.desk._last_look.start()
    qtbot.waitUntil(lambda: room.desk.notice is None)


def test_nobody_is_interrupted_in_it(room: Room, qtbot: QtBot) -> None:
    first = room.take()
    room.notice.take_focus()
    qtbot.waitUntil(lambda: room.notice.in_use)
    second = room.take(1)
    room.views[first.tile.slot] = replace(first, left_s=0)
    room.desk.refresh()
    assert room.notice.isVisible()
    assert room.notice._view is not None
    assert room.notice._view.tile.slot == first.tile.slot, "what is typed belongs to the first"
    room.notice.close()
    assert room.notice._view is not None
    assert room.notice._view.tile.slot == second.tile.slot, "the second waited"
    room.notice.delete.click()
    room.views[second.tile.slot] = replace(second, left_s=0)
    room.desk.refresh()
    assert room.notice.asking, "nor while it asks"
    room.notice.keep.click()
    room.desk.refresh()
    assert room.desk.notice is None


def test_the_next_one_is_the_same_window_with_nothing_left_of_the_one_before(room: Room, qtbot: QtBot) -> None:
    room.take()
    notice = room.notice
    qtbot.waitExposed(notice)
    place = notice.geometry()
    notice.take_focus()
    qtbot.waitUntil(lambda: notice.in_use)
    notice.comment.edit.setText("Half a")
    notice.delete.click()
    notice.close()
    assert room.desk.notice is None
    room.take(1)
    assert room.notice is notice
    assert notice.isVisible()
    assert notice.geometry() == place
    assert (notice.asking, notice.comment.edit.text()) == (False, "")
    handle = handle_of(notice)
    assert handle is not None
    assert handle.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    qtbot.waitExposed(notice)
    assert not notice.in_use
    room.desk.close()
    qtbot.waitUntil(lambda: not isValid(notice))


def test_who_wants_none_gets_none(room: Room) -> None:
    room.take()
    room.wanted = Notice.NONE
    room.desk.refresh()
    assert room.desk.notice is None
    room.take()
    assert room.desk.notice is None


def test_no_notice_of_a_picture_that_was_not_kept_or_was_deleted(room: Room) -> None:
    view = room.take()
    room.views.clear()
    room.desk.refresh()
    assert room.desk.notice is None
    room.desk.came(taken(view.tile))
    room.views[view.tile.slot] = view
    room.desk.came(taken(view.tile, at=5))
    assert room.desk.notice is None, "an older one stands in its place"


@pytest.mark.parametrize("wanted", [Notice.ALWAYS, Notice.QUIET])
def test_quietly_or_where_no_window_can_stand_the_desktop_tells_it(
    room: Room, monkeypatch: pytest.MonkeyPatch, wanted: Notice
) -> None:
    said: list[tuple[str, str]] = []
    room.wanted = wanted
    monkeypatch.setattr(Shell, "can_stand_in_corner", wanted is Notice.QUIET)
    monkeypatch.setattr(
        room.shell.tray.icon, "showMessage", lambda title, text, _icon: said.append((title, text)), raising=False
    )
    room.take()
    assert room.desk.notice is None
    assert said == [("Screenshot of 11:15", "Website redesign. Leaves this computer at 11:31.")]
    room.shell.tray.icon.messageClicked.emit()
    assert room.shell.window.isVisible()


def test_a_picture_waits_until_no_notice_is_on_the_screen(room: Room, qtbot: QtBot, desktop: object) -> None:
    """On the camera's thread, with the real screen before and after."""
    pictures: list[bytes] = []

    def camera() -> None:
        with Screen() as screen:
            pictures.append(room.desk.without(lambda: screen.grab(CORNER).tobytes()))

    def photographed() -> bytes:
        thread = threading.Thread(target=camera)
        thread.start()
        before = len(pictures)
        qtbot.waitUntil(lambda: len(pictures) > before)
        thread.join()
        return pictures[-1]

    with Screen() as screen:
        screen.grab_still(CORNER)
        bare = photographed()
        room.take()
        qtbot.waitExposed(room.notice)
        qtbot.waitUntil(lambda: screen.grab(CORNER).tobytes() != bare)
        assert photographed() == bare
        qtbot.waitUntil(lambda: screen.grab(CORNER).tobytes() != bare)
        assert room.notice.isVisible(), "it is back"


def test_a_picture_is_taken_all_the_same_when_the_windows_are_busy(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_app.notices.PATIENCE_S", 0.01)
    room.take()
    assert room.desk.without(lambda: "picture") == "picture"
    QApplication.processEvents()
    assert room.desk._pictures == 0
    assert room.notice.mask().isEmpty(), "it was hidden late, and is back"


def test_the_tracker_tells_of_the_picture_that_it_takes(tracker: Tracker, qtbot: QtBot) -> None:
    act(tracker, "start", JOB)
    began = tracker._clock.second()
    qtbot.waitUntil(lambda: tracker._clock.second() > began)
    tracker.recorder.tick()
    act(tracker, "stop")
    qtbot.waitUntil(lambda: tracker._notices.notice is not None, timeout=20_000)
    notice = tracker._notices.notice
    assert notice is not None
    assert notice.job.text() == "Website redesign"
    assert notice.left.text().startswith("Leaves this computer at ")
    notice.delete.click()
    notice.confirm.click()
    assert tracker._notices.notice is None
    assert all(not tile.can_delete for hour in tracker._sight.whole().hours for tile in hour.tiles), "it is deleted"
