"""The viewer: a screenshot at full size, walked over by keys, with what can be done about it, or why it is not here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import Acts, MakeShell
from ui import viewer_words
from ui.dialogs import Question
from ui.models import Account, Delivery, HourRow, Tile, TileKind, TrackerView
from ui.shell import Shell
from ui.theme import Choice
from ui.viewer import Viewer
from ui.viewer_load import PictureLoader
from worktime.errors import Problem

Look = Callable[[TrackerView, Tile], Viewer]
FULL = (1920, 1080)


def said(window: QWidget) -> str:
    """Return everything that a window says."""
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def size_of(viewer: Viewer) -> tuple[int, int]:
    """Return the size of the picture that is shown."""
    return viewer.canvas.sceneRect().size().toSize().toTuple()


@pytest.fixture
def look(shell: Shell, qtbot: QtBot) -> Look:
    """Open a tile of a view in the viewer."""

    def at(view: TrackerView, tile: Tile) -> Viewer:
        shell.window.hide()
        shell.show_view(view)
        shell.open_tile(tile)
        assert shell.viewer is not None
        # Keys of a whole window work in the one that is in front.
        qtbot.waitUntil(shell.viewer.isActiveWindow)
        return shell.viewer

    return at


def last_of(view: TrackerView) -> Tile:
    """Return the newest screenshot."""
    assert view.last_tile is not None
    return view.last_tile


def test_a_click_on_a_tile_opens_it_at_full_size_and_enter_does(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    timeline = shell.window.timeline
    index = timeline.model().index(2, 1)
    timeline.scrollTo(index)
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=timeline.visualRect(index).center())
    viewer = shell.viewer
    assert viewer is not None
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    assert viewer.windowTitle() == "Screenshot of 11:15 - Fairhour"
    assert viewer.heading.text() == "Tuesday, 17 March 2026, 11:15 · Website redesign"
    assert viewer.story.text() == "Screenshot of 11:15, 12 min. Leaves this computer at 11:31."
    assert viewer.position.text() == "12 of 13"
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert not viewer.canvas.has_picture, "nobody looks at it, nobody keeps it"
    timeline.setCurrentIndex(timeline.model().index(1, 0))
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert viewer.isVisible()
    assert viewer.windowTitle() == "Screenshot of 10:03 - Fairhour"
    timeline.setCurrentIndex(timeline.model().index(2, 4))
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert viewer.windowTitle() == "Screenshot of 10:03 - Fairhour", "nothing was recorded there"
    QTest.mouseClick(shell.window.shot.picture, Qt.MouseButton.LeftButton)
    assert viewer.windowTitle() == "Screenshot of 11:15 - Fairhour"


def test_keys_walk_over_what_was_recorded(look: Look, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    viewer = look(view, last_of(view))
    seen = [viewer.position.text()]
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(viewer.canvas, key)
        seen.append(viewer.position.text())
    assert seen == ["12 of 13", "11 of 13", "12 of 13", "13 of 13", "13 of 13", "1 of 13"]
    assert not viewer.previous.isEnabled()
    viewer.next.click()
    assert viewer.position.text() == "2 of 13"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_End)
    assert not viewer.next.isEnabled()
    assert viewer.nothing.text() == "11:24: 6 min recorded so far. The screenshot comes at a random moment."


class OneDayBefore:
    """Two tiles of the day before and the tiles of the day, as a computer knows them."""

    def __init__(self, today: TrackerView, folder: Path) -> None:
        first = today.hours[0].tiles[0].slot
        self.before = tuple(samples.tile(first - by, folder=folder, comment=f"{by} before") for by in (110, 109))
        self.slots = sorted(each.slot for each in [*self.before, *(t for h in today.hours for t in h.tiles)])
        self.asked: list[int] = []

    def tiles(self, job: UUID, slot: int) -> tuple[Tile, ...]:
        self.asked.append(slot)
        return self.before if slot <= self.before[-1].slot else ()

    def beside(self, job: UUID, slot: int, by: int) -> int | None:
        return min(
            (each for each in self.slots if (each - slot) * by > 0), key=lambda each: abs(each - slot), default=None
        )


def test_keys_walk_on_to_the_day_before_and_back(look: Look, shell: Shell, acts: Acts, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    days = OneDayBefore(view, tmp_path)
    shell.days = lambda: days
    viewer = look(view, view.hours[0].tiles[1])
    assert days.asked == [], "today is in the window"
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(viewer.canvas, key)
        seen.append((viewer.heading.text()[:19], viewer.position.text()))
        shell.show_view(view)
        assert (viewer.heading.text()[:19], viewer.position.text()) == seen[-1]
    monday, tuesday = "Monday, 16 March 20", "Tuesday, 17 March 2"
    assert [day for day, _ in seen] == [tuesday, monday, monday, monday, monday, tuesday]
    assert [place for _, place in seen] == ["1 of 13", "2 of 2", "1 of 2", "1 of 2", "2 of 2", "1 of 13"]
    viewer.previous.click()
    assert viewer.next.isEnabled()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert not viewer.previous.isEnabled(), "nothing is known before"
    assert viewer.comment.isVisible(), "it is of the open week"
    viewer.comment.edit.setText("Yesterday")
    viewer.next.click()
    assert acts.done == [("tile_comment", view.job_id, days.before[0].slot, "Yesterday")]
    shell.show_view(replace(view, job_id=samples.IMPORT.id, hours=(), last_tile=None))
    assert "It is not of the job and week that the window shows now" in said(viewer)
    assert not viewer.next.isEnabled()


def test_a_new_day_leaves_what_is_looked_at_as_it_was(look: Look, shell: Shell, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    days = OneDayBefore(view, tmp_path)
    shell.days = lambda: days
    viewer = look(replace(view, hours=(HourRow(start=0, tiles=days.before),)), days.before[1])
    assert viewer.delete.isVisible()
    shell.show_view(view)
    assert viewer.delete.isVisible()
    assert viewer.position.text() == "2 of 2"


def test_it_zooms_by_keys_wheel_and_buttons_and_fits_again(look: Look, qtbot: QtBot, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    viewer = look(view, last_of(view))
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    fitted = viewer.canvas.percent
    assert 30 < fitted < 100
    assert viewer.canvas.fits
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Plus)
    assert viewer.canvas.percent == pytest.approx(fitted * 1.25, abs=1)
    assert viewer.percent.text() == f"{viewer.canvas.percent} %"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Minus)
    viewer.actual.click()
    assert viewer.canvas.percent == 100
    middle = QPointF(viewer.canvas.viewport().rect().center())
    for turn, percent in ((120, 125), (-120, 100)):
        wheel = QWheelEvent(
            middle,
            viewer.canvas.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewer.canvas.viewport(), wheel)
        assert viewer.canvas.percent == percent
    QTest.keyClick(viewer.canvas, Qt.Key.Key_0)
    assert viewer.canvas.percent == fitted
    viewer.resize(viewer.width() - 300, viewer.height())
    qtbot.waitUntil(lambda: viewer.canvas.percent < fitted)
    viewer.larger.click()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    assert viewer.canvas.fits, "another picture is seen whole first"


def test_the_comment_is_saved_for_its_own_picture_and_keeps_its_arrow_keys(
    look: Look, acts: Acts, tmp_path: Path
) -> None:
    view = samples.recording(tmp_path)
    last = last_of(view)
    viewer = look(view, last)
    edit = viewer.comment.edit
    assert edit.text() == "Landing page hero, responsive"
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_End)
    QTest.keyClicks(edit, "!0")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert (edit.text(), edit.cursorPosition()) == ("Landing page hero, responsive!0", 30)
    assert viewer.tile == last
    viewer.previous.click()
    assert acts.done == [("tile_comment", last.job, last.slot, "Landing page hero, responsive!0")]
    assert edit.text() == ""


def test_deleting_asks_first_and_then_nothing_is_left_to_see(
    look: Look, shell: Shell, acts: Acts, qtbot: QtBot, tmp_path: Path
) -> None:
    view = samples.recording(tmp_path)
    last = last_of(view)
    viewer = look(view, last)
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    assert "Your client sees that it was deleted, not what it showed." in said(viewer)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Delete)
    question = viewer.findChild(Question)
    assert question is not None
    assert acts.done == []
    sure = next(b for b in question.findChildren(QPushButton) if b.text() == "Delete picture and its 12 minutes")
    sure.click()
    assert acts.done == [("delete_tile", last.job, last.slot)]
    gone = samples.tile(last.slot, TileKind.DELETED)
    row = view.hours[2]
    shell.show_view(replace(view, hours=(*view.hours[:2], replace(row, tiles=(row.tiles[0], gone, *row.tiles[2:])))))
    assert not viewer.canvas.has_picture
    assert viewer.nothing.text() == "11:12: you deleted this screenshot, and its time with it."
    assert not viewer.delete.isVisible()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Delete)
    assert acts.done == [("delete_tile", last.job, last.slot)]


def test_a_rejection_is_told_with_its_reason_and_a_way_to_assistance(
    look: Look, acts: Acts, qtbot: QtBot, tmp_path: Path
) -> None:
    view = samples.recording(tmp_path)
    tile = view.hours[1].tiles[2]
    viewer = look(view, tile)
    assert viewer.rejection.text() == "Rejected by the client: “Not this job” 12 min left the timesheet."
    assert "What is rejected can't be deleted, nor its comment changed." in said(viewer)
    assert "Comment: Private bank account" in said(viewer)
    assert not viewer.delete.isVisible()
    assert "Within 7 days" in viewer.assistance.accessibleDescription()
    picture = viewer.canvas.grab().toImage()
    red = {picture.pixelColor(picture.width() // 2, y).name() for y in range(picture.height())}
    assert "#b91c1c" in red
    viewer.assistance.click()
    viewer.web.click()
    assert acts.done == [("assistance", tile.job, tile.slot), ("tile_web", tile.job, tile.slot)]
    row = view.hours[1]
    later = replace(row, tiles=(*row.tiles[:2], replace(tile, can_ask=False), *row.tiles[3:]))
    viewer.show_view(replace(view, hours=(view.hours[0], later, *view.hours[2:])))
    assert viewer.rejection.isVisible()
    assert not viewer.assistance.isVisible(), "7 days have passed"


def test_what_is_not_here_says_why(look: Look, shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    delivered = replace(view.hours[0].tiles[0], shot=None)
    row = view.hours[0]
    view = replace(view, hours=(replace(row, tiles=(delivered, *row.tiles[1:])), *view.hours[1:]))
    viewer = look(view, delivered)
    assert size_of(viewer) == (320, 180)
    assert "Only this small preview is left on this computer." in said(viewer)
    bare = replace(delivered, thumbnail=None)
    assert viewer_words.absent(bare, view).startswith("This picture is not on this computer any more.")
    lost = replace(bare, delivery=Delivery.WAITING)
    assert viewer_words.absent(lost, view).endswith("is missing on this computer, and it was not sent yet.")
    locked = tmp_path / "sealed.webp"
    locked.write_bytes(b"sealed")
    sealed = replace(delivered, thumbnail=None, picture=locked, delivery=Delivery.HELD)
    shell.show_view(replace(view, hours=(replace(row, tiles=(sealed, *row.tiles[1:])), *view.hours[1:])))
    qtbot.waitUntil(lambda: "its key is in the system's keyring" in said(viewer))
    assert not viewer.larger.isEnabled()
    assert not viewer.web.isVisible(), "it is not there yet"


class Afar(NamedTuple):
    """A viewer with a marketplace behind it, and the view that its tile is of."""

    viewer: Viewer
    market: samples.FarAway
    view: TrackerView
    tile: Tile

    def tile_with(self, **changes: object) -> TrackerView:
        """The view with a change of the first tile."""
        row, *others = self.view.hours
        tile = replace(self.tile, **changes)
        return replace(self.view, hours=(replace(row, tiles=(tile, *row.tiles[1:])), *others))


@pytest.fixture
def afar(look: Look, shell: Shell, tmp_path: Path) -> Callable[..., Afar]:
    """Open a picture that is not kept on this computer, while the marketplace knows ``images``."""

    def at(images: Mapping[int, bytes | Problem], view: TrackerView | None = None) -> Afar:
        view = view or samples.recording(tmp_path)
        market = samples.FarAway({view.hours[0].tiles[0].slot + by: image for by, image in images.items()})
        shell.far = lambda: market
        return Afar(look(view, view.hours[0].tiles[0]), market, view, view.hours[0].tiles[0])

    return at


def test_what_is_not_kept_here_is_fetched_and_stays_while_it_is_looked_at(
    afar: Callable[..., Afar], shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    large = samples.picture(tmp_path, 1, large=True).read_bytes()
    seen = afar({})
    viewer, market, slot = seen.viewer, seen.market, seen.tile.slot
    assert size_of(viewer) == (320, 180)
    assert viewer.note.text().endswith("It is being fetched from the marketplace…")
    market.images[slot] = large
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    assert not viewer.note.isVisible()
    shell.show_view(seen.tile_with(rejected=True, can_delete=False))
    assert size_of(viewer) == FULL
    for _ in range(3):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: market.asked == [slot, slot + 2], timeout=5_000)
    assert size_of(viewer) == (320, 180), "what was walked past is not fetched, nor shown in another's place"
    market.images[slot + 2] = large
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    viewer.close()
    assert not viewer.canvas.has_picture
    qtbot.waitUntil(market.rested.is_set)
    assert viewer._whole is None, "nobody looks at it, nobody keeps it"
    shell.open_tile(seen.tile)
    qtbot.waitUntil(lambda: size_of(viewer) == FULL)
    assert market.asked == [slot, slot + 2, slot]
    shell.show_view(seen.tile_with(kind=TileKind.DELETED, shot=None, thumbnail=None))
    assert not viewer.canvas.has_picture
    assert viewer._whole is None, "what was deleted is not kept either"


def test_a_picture_that_leaves_this_computer_while_it_is_looked_at_is_not_fetched(
    afar: Callable[..., Afar], shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    view = samples.recording(tmp_path)
    row, *others = view.hours
    kept = replace(row.tiles[0], picture=samples.picture(tmp_path, 1, large=True), delivery=Delivery.WAITING)
    seen = afar({}, replace(view, hours=(replace(row, tiles=(kept, *row.tiles[1:])), *others)))
    qtbot.waitUntil(lambda: size_of(seen.viewer) == FULL)
    shell.show_view(view)
    assert size_of(seen.viewer) == FULL
    assert not seen.viewer.note.isVisible()
    assert seen.market.asked == []


@pytest.mark.parametrize(
    ("code", "says", "may_try"),
    [
        ("offline", "Try again when this computer is online.", True),
        ("signed_out", "Sign in to fetch it from the marketplace.", False),
        ("picture_erased", "was erased, here and at the marketplace", False),
        ("no_such_picture", "has none for the account that is signed in", False),
        ("picture_other", "not the picture that this computer took", False),
        ("server_error", "could not be fetched: It has a fault. Try again", True),
    ],
)
def test_why_a_picture_did_not_come_is_said_with_what_to_do(
    afar: Callable[..., Afar], qtbot: QtBot, tmp_path: Path, code: str, says: str, may_try: bool
) -> None:
    messages = {"server_error": "It has a fault.", "picture_other": "It is not the picture that this computer took."}
    seen = afar({0: Problem(code, "Title", messages.get(code, "Why."), "Wait.")})
    viewer = seen.viewer
    qtbot.waitUntil(lambda: says in said(viewer))
    assert viewer.again.isVisible() == may_try
    assert size_of(viewer) == (320, 180)
    qtbot.waitUntil(lambda: widget_checks.everything(viewer) == [])
    if may_try:
        seen.market.images[seen.tile.slot] = samples.picture(tmp_path, 1, large=True).read_bytes()
        viewer.again.click()
        qtbot.waitUntil(lambda: size_of(viewer) == FULL)
        assert not viewer.again.isVisible()


def test_without_a_preview_the_same_is_said_in_the_pictures_place(
    afar: Callable[..., Afar], shell: Shell, qtbot: QtBot
) -> None:
    seen = afar({0: b"no picture"}, replace(samples.recording(), account=Account.SIGNED_OUT))
    assert seen.viewer.nothing.text().endswith("Sign in to fetch it from the marketplace.")
    assert not seen.viewer.note.isVisible(), "once is enough"
    assert seen.market.asked == []
    shell.show_view(replace(seen.view, account=Account.SIGNED_IN))
    assert seen.viewer.nothing.text().endswith("It is being fetched from the marketplace…")
    qtbot.waitUntil(lambda: "Its format is not known." in seen.viewer.nothing.text())
    assert seen.viewer.again.isVisible()


def test_a_fault_on_the_way_is_no_picture_for_ever(
    afar: Callable[..., Afar], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(dict[int, bytes | Problem]):
        def get(self, key: int, default: object = None) -> bytes:
            raise RuntimeError("the secret inside")

    seen = afar({}, replace(samples.recording(), account=Account.SIGNED_OUT))
    seen.market.images = Broken()
    seen.viewer.show_view(seen.view)
    seen.viewer.show_view(replace(seen.view, account=Account.SIGNED_IN))
    qtbot.waitUntil(lambda: "Something went wrong inside Fairhour." in seen.viewer.nothing.text())
    assert "a screenshot could not be fetched" in caplog.text


def test_nobody_signed_in_is_sent_to_no_page(look: Look) -> None:
    view = samples.recording()
    viewer = look(replace(view, account=Account.SIGNED_OUT), view.hours[1].tiles[2])
    assert not viewer.web.isVisible()
    assert not viewer.assistance.isVisible()


def test_another_job_leaves_the_picture_and_takes_the_acts(look: Look, shell: Shell, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    viewer = look(view, last_of(view))
    shell.show_view(replace(view, job_id=samples.IMPORT.id, hours=(), last_tile=None))
    assert viewer.canvas.has_picture
    assert viewer.position.text() == ""
    for part in (viewer.delete, viewer.comment):
        assert not part.isVisible()
    assert "It is not of the job and week that the window shows now" in said(viewer)
    assert not viewer.next.isEnabled()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Home)
    assert viewer.tile is not None


def test_a_picture_that_was_walked_past_is_not_shown_when_it_comes(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = samples.picture(tmp_path, 1), tmp_path / "second.webp"
    # As screenshots are kept.
    Image.new("RGB", (320, 180)).save(second)
    go_on, came = threading.Event(), []

    def slowly(path: Path) -> bytes:
        assert go_on.wait(10)
        return path.read_bytes()

    loader = PictureLoader(slowly)
    loader.came.connect(lambda path, image: came.append((path, image.width())))
    loader.ask(first)
    loader.ask(second)
    go_on.set()
    qtbot.waitUntil(lambda: bool(came))
    loader.ask(tmp_path / "gone.jpg")
    qtbot.waitUntil(lambda: len(came) == 2)
    loader.close()
    assert came == [(second, 320), (tmp_path / "gone.jpg", 0)]


@pytest.mark.parametrize(("choice", "scale"), [(Choice.LIGHT, 1.0), (Choice.DARK, 1.0), (Choice.LIGHT, 2.0)])
def test_nothing_is_cut_faint_or_nameless(
    make_shell: MakeShell, qtbot: QtBot, tmp_path: Path, choice: Choice, scale: float
) -> None:
    shell = make_shell(choice=choice, scale=scale)
    view = samples.recording(tmp_path)
    shell.show_view(view)
    for place, tile in enumerate(
        (last_of(view), view.hours[1].tiles[2], view.hours[0].tiles[3], view.hours[0].tiles[0])
    ):
        shell.open_tile(tile)
        viewer = shell.viewer
        assert viewer is not None
        qtbot.waitExposed(viewer)
        if place % 2:
            viewer.resize(viewer.minimumSize())

        def content(viewer: Viewer = viewer) -> None:
            assert widget_checks.everything(viewer) == []

        qtbot.waitUntil(content, timeout=10_000)
