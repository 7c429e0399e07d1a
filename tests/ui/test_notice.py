"""The notice of a screenshot takes no focus and no key, is reachable all the same, and says what it costs to delete."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from Xlib import XK, X, display

from devtools.desktop import Desktop
from tests.support.screen import Screen
from tests.ui import samples, widget_checks
from tests.ui.conftest import Acts, MakeShell
from tests.ui.test_look_of_windows import LOOKS, settled
from ui.corner import corner
from ui.models import Delivery
from ui.notice import ShotNotice
from ui.shell import Shell
from ui.theme import Choice

HELD = samples.notices()["held"]
TYPED = "the quick brown fox jumps over it"


class Elsewhere:
    """A window of another program, which has the focus and writes down the keys that it gets."""

    def __init__(self) -> None:
        self._display = display.Display()
        screen = self._display.screen()
        self.window = screen.root.create_window(
            100, 100, 400, 300, 0, screen.root_depth, background_pixel=0x2050A0, event_mask=X.KeyPressMask
        )
        self.window.set_wm_name("Elsewhere")
        self.window.map()
        self._display.sync()
        self.got = ""

    def has_focus(self) -> bool:
        focus = self._display.get_input_focus().focus
        return bool(getattr(focus, "id", 0) == self.window.id)

    def read(self) -> str:
        """The keys so far."""
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.KeyPress:
                name = XK.keysym_to_string(self._display.keycode_to_keysym(event.detail, 0))
                self.got += " " if name is None or name == "space" else name
        return self.got

    def close(self) -> None:
        self.window.destroy()
        self._display.close()


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


@pytest.fixture
def elsewhere(qtbot: QtBot) -> Iterator[Elsewhere]:
    made = Elsewhere()
    qtbot.waitUntil(made.has_focus)
    yield made
    made.close()


@pytest.fixture
def notice(make_shell: MakeShell) -> Iterator[ShotNotice]:
    """A notice that is not shown yet."""
    made = make_shell().new_notice()
    made.show_view(HELD)
    gone: list[bool] = []
    made.gone.connect(lambda: gone.append(True))
    yield made
    if not gone:
        made.close()
    made.deleteLater()


def click(notice: ShotNotice, part: QWidget, screen: Screen) -> None:
    """Click on a part, where the window manager has the window: Qt is told of that late, or not at all."""
    box, at = screen.frame("Fairhour"), part.mapTo(notice, part.rect().center())
    screen.click((box.left + at.x(), box.top + at.y()), 1)


def test_who_types_elsewhere_loses_no_key_and_clicks_into_it_to_type_there(
    notice: ShotNotice, elsewhere: Elsewhere, screen: Screen, acts: Acts, qtbot: QtBot
) -> None:
    for number, letter in enumerate(TYPED):
        screen.press("space" if letter == " " else letter)
        if number == 8:
            notice.appear(QRect())
        QApplication.processEvents()
    qtbot.waitExposed(notice)
    qtbot.waitUntil(lambda: elsewhere.read() == TYPED)
    assert elsewhere.has_focus()
    # A button answers to the mouse, and the keys still go where they went.
    click(notice, notice.delete, screen)
    qtbot.waitUntil(lambda: notice.asking)
    screen.press("a")
    qtbot.waitUntil(lambda: elsewhere.read() == TYPED + "a")
    click(notice, notice.keep, screen)
    qtbot.waitUntil(lambda: not notice.asking)
    # A click into the field is the wish to type there.
    click(notice, notice.comment.edit, screen)
    qtbot.waitUntil(notice.comment.edit.hasFocus)
    qtbot.waitUntil(lambda: not elsewhere.has_focus())
    screen.press("h", "i", "Return")
    qtbot.waitUntil(lambda: acts.done == [("tile_comment", HELD.tile.job, HELD.tile.slot, "hi")])
    with qtbot.waitSignal(notice.gone):
        screen.press("Escape")
    qtbot.waitUntil(elsewhere.has_focus)
    assert elsewhere.read() == TYPED + "a"


def test_it_is_on_no_picture_and_keeps_its_focus(notice: ShotNotice, screen: Screen, qtbot: QtBot) -> None:
    ground = screen.grab_still(screen.box)
    notice.appear(QRect())
    notice.take_focus()
    qtbot.waitUntil(lambda: notice.in_use)
    box = screen.frame("Fairhour")

    def traces() -> bool:
        QApplication.processEvents()
        return screen.grab(box).tobytes() != ground.crop(box).tobytes()

    qtbot.waitUntil(traces)
    notice.look_away(away=True)
    qtbot.waitUntil(lambda: not traces())
    assert notice.in_use
    notice.look_away(away=False)
    qtbot.waitUntil(traces)


def test_it_stands_in_the_corner_of_the_monitor_that_the_pointer_is_on(two_monitors: Desktop) -> None:
    """In a process of its own, with a monitor that is taken away while the notice is up."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.notice_on_monitors"],
        env={**os.environ, **two_monitors.env},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"second": True, "after it was taken away": True}


@pytest.mark.parametrize(
    ("keep_clear", "direction", "at"),
    [
        (QRect(), Qt.LayoutDirection.LeftToRight, (580, 680)),
        (QRect(), Qt.LayoutDirection.RightToLeft, (120, 680)),
        (QRect(850, 870, 30, 30), Qt.LayoutDirection.LeftToRight, (580, 650)),
        (QRect(850, 110, 30, 790), Qt.LayoutDirection.LeftToRight, (580, 100)),
    ],
)
def test_the_corner_is_below_at_the_end_of_the_line_and_off_the_tray_icon(
    keep_clear: QRect, direction: Qt.LayoutDirection, at: tuple[int, int]
) -> None:
    room = QRect(100, 100, 800, 800)
    assert corner(room, QSize(300, 200), 20, direction, keep_clear).toTuple() == at


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
def test_it_passes_the_checks_of_every_window(
    make_shell: MakeShell, qtbot: QtBot, tmp_path: Path, choice: Choice, scale: float
) -> None:
    shell = make_shell(choice=choice, scale=scale)
    for view in samples.notices(tmp_path).values():
        notice = shell.new_notice()
        notice.show_view(view)
        notice.appear(QRect())
        settled(qtbot, notice)
        notice.delete.click()
        settled(qtbot, notice)
        notice.close()
        notice.deleteLater()


def test_what_looks_the_same_is_not_shown_again(notice: ShotNotice) -> None:
    notice.title.setText("As it stands")
    notice.show_view(replace(HELD, left_s=HELD.left_s - 60))
    assert notice.title.text() == "As it stands"
    notice.show_view(replace(HELD, left_s=0))
    assert (notice.title.text(), notice.left.text()) == (
        "Screenshot of 11:15",
        "It is being sent. It can still be deleted.",
    )


def test_deleting_is_asked_in_place_and_says_what_it_costs(notice: ShotNotice, acts: Acts, qtbot: QtBot) -> None:
    notice.appear(QRect())
    assert notice.delete.text() == "Delete picture and its 12 minutes"
    notice.delete.click()
    assert notice.sure.text().startswith("It is erased everywhere, and 12 min of recorded time go with it.")
    notice.keep.click()
    assert acts.done == []
    notice.comment.edit.setText("half a word")
    notice.delete.click()
    notice.confirm.click()
    assert acts.done == [("delete_tile", HELD.tile.job, HELD.tile.slot)], "what was typed goes with the picture"


def test_a_screen_reader_is_told_at_once_and_not_at_each_minute(notice: ShotNotice) -> None:
    said: list[QAccessible.Event] = []
    notice.appear(QRect())
    reader = QAccessible.queryAccessibleInterface(notice)
    before = reader.text(QAccessible.Text.Description)
    assert reader.text(QAccessible.Text.Name) == "Screenshot of 11:15"
    assert before == (
        "Website redesign. It leaves this computer at 11:31. Comment on it or delete it in Fairhour's window or tray "
        "menu."
    )
    notice.show_view(replace(HELD, left_s=HELD.left_s - 60))
    assert notice.left.text() == "Leaves this computer at 11:31"
    assert reader.text(QAccessible.Text.Description) == before
    assert said == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("held", "Leaves this computer at 11:31"),
        ("waiting", "It is being sent. It can still be deleted."),
        ("sent", "Your client can see it now. It can still be deleted."),
    ],
)
def test_it_says_where_the_picture_is(notice: ShotNotice, state: str, words: str) -> None:
    notice.show_view(samples.notices()[state])
    assert notice.left.text() == words


def test_a_comment_is_kept_when_it_closes_or_another_screenshot_takes_its_place(
    notice: ShotNotice, acts: Acts, qtbot: QtBot
) -> None:
    notice.appear(QRect())
    notice.comment.edit.setText("first")
    other = replace(HELD, tile=replace(HELD.tile, slot=HELD.tile.slot + 1))
    notice.show_view(other)
    assert acts.done == [("tile_comment", HELD.tile.job, HELD.tile.slot, "first")]
    assert notice.comment.edit.text() == ""
    notice.take_focus()
    qtbot.waitUntil(lambda: notice.in_use)
    notice.comment.edit.setFocus()
    qtbot.waitUntil(notice.comment.edit.hasFocus)
    QTest.keyClicks(notice.comment.edit, "second")
    QTest.keyClick(notice, Qt.Key.Key_Escape)
    assert acts.done[1:] == [("tile_comment", HELD.tile.job, HELD.tile.slot + 1, "second")]


def test_the_icon_alone_tells_until_when_a_screenshot_stays(shell: Shell) -> None:
    """Where the notice is "quiet"."""
    view = samples.recording()
    shell.show_view(view)
    told = "Screenshot of 11:15: leaves this computer at 11:31"
    assert told in shell.tray.icon.toolTip().splitlines()
    shell.show_view(replace(view, tell_pictures=False))
    assert told not in shell.tray.icon.toolTip()
    assert view.last_tile is not None
    shell.show_view(replace(view, last_tile=replace(view.last_tile, delivery=Delivery.DELIVERED)))
    assert told not in shell.tray.icon.toolTip()


def test_everything_in_it_has_a_name_for_the_keyboard(notice: ShotNotice) -> None:
    notice.appear(QRect())
    assert widget_checks.unreachable(notice) == []
