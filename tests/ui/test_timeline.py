"""Tiles: their words, their painting, and walking over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import samples
from tests.ui.conftest import Acts
from ui import tiles
from ui.models import Delivery, HourRow, TileKind, TrackerView
from ui.shell import Shell
from ui.thumbnails import Thumbnails
from ui.timeline import Timeline, TimelineModel
from ui.tokens import LIGHT
from worktime.slots import slot_of
from worktime.wire import NoPicture

SLOT = slot_of(samples.NINE)


def test_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = TimelineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is model
    model.set_hours(samples.hours(None), samples.BERLIN)
    assert (model.rowCount(), model.columnCount()) == (3, 5)
    assert model.headerData(0, Qt.Orientation.Vertical) == "09:00"
    assert model.tile(QModelIndex()) is None


def test_only_the_changed_tile_is_repainted(qtbot: QtBot) -> None:
    model = TimelineModel()
    hours = samples.hours(None)
    model.set_hours(hours, samples.BERLIN)
    last = hours[2]
    now = replace(last.tiles[2], tracked_s=378)
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, _last: changed.append((first.row(), first.column())))
    row = HourRow(start=last.start, tiles=(*last.tiles[:2], now, *last.tiles[3:]))
    model.set_hours((*hours[:2], row), samples.BERLIN)
    assert changed == [(2, 2)]


@pytest.mark.parametrize("reason", [*NoPicture, None])
def test_a_tile_without_picture_says_why_and_what_it_means(reason: NoPicture | None) -> None:
    said = tiles.story(samples.tile(SLOT, TileKind.NO_PICTURE, no_picture=reason), samples.BERLIN)
    assert said.startswith("No picture for 09:00: ")
    assert said.endswith("The 12 min count, but are not protected.")


def test_locked_is_told_as_agreed() -> None:
    said = tiles.story(samples.tile(SLOT + 7, TileKind.NO_PICTURE, no_picture=NoPicture.LOCKED), samples.BERLIN)
    assert said == "No picture for 10:24: the screen was locked. The 12 min count, but are not protected."


@pytest.mark.parametrize("kind", list(TileKind))
def test_every_kind_has_a_story(kind: TileKind) -> None:
    assert "09:0" in tiles.story(samples.tile(SLOT, kind), samples.BERLIN)


@pytest.mark.parametrize(
    ("delivery", "short", "said"),
    [
        (Delivery.HELD, "Only here yet", "On this computer only."),
        (Delivery.WAITING, "Not sent yet", "Waits to be sent."),
        (Delivery.REFUSED, "Refused", "The marketplace refused it"),
        (Delivery.DELIVERED, "", "12 min."),
    ],
)
def test_where_a_picture_is(delivery: Delivery, short: str, said: str) -> None:
    tile = samples.tile(SLOT, delivery=delivery)
    assert tiles.short(tile) == short
    assert said in tiles.story(tile, samples.BERLIN)


@pytest.mark.parametrize("kind", [TileKind.NO_PICTURE, TileKind.IDLE, TileKind.DELETED])
def test_time_without_a_picture_that_waits_says_so(kind: TileKind) -> None:
    tile = samples.tile(SLOT, kind, delivery=Delivery.WAITING, no_picture=NoPicture.LOCKED)
    assert tiles.story(tile, samples.BERLIN).endswith("Waits to be sent.")


@pytest.mark.parametrize("reason", list(NoPicture))
def test_a_tile_has_room_for_why_there_is_no_picture(reason: NoPicture) -> None:
    tile = samples.tile(SLOT, TileKind.NO_PICTURE, no_picture=reason)
    assert 0 < len(tiles.why_none(tile)) <= len("not permitted")
    assert tiles.why_none(samples.tile(SLOT)) == ""


def test_rejection_says_who_why_and_what_it_cost() -> None:
    tile = samples.tile(SLOT, rejected=True, reject_reason="Not this job", comment="Mail")
    assert tiles.short(tile) == "Rejected"
    assert tiles.story(tile, samples.BERLIN) == (
        "Screenshot of 09:03, 12 min. Rejected by the client: “Not this job” 12 min left the timesheet. Comment: Mail"
    )


@pytest.mark.parametrize(("seconds", "words"), [(720, "12 minutes"), (65, "1 minute"), (40, "40 seconds")])
def test_delete_says_the_real_cost(seconds: int, words: str) -> None:
    assert tiles.delete_button(samples.tile(SLOT, tracked_s=seconds)) == f"Delete picture and its {words}"


def test_missing_and_broken_thumbnails_show_no_picture(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a picture")
    kept = Thumbnails()
    assert kept.get(None) is None
    assert kept.get(tmp_path / "gone.jpg") is None
    assert kept.get(broken) is None
    good = samples.picture(tmp_path, 1)
    first = kept.get(good)
    assert first is not None
    assert kept.get(good) is first


def _cell(shell: Shell, row: int, column: int) -> QImage:
    timeline = shell.window.timeline
    index = timeline.model().index(row, column)
    timeline.scrollTo(index)
    return timeline.viewport().grab(timeline.visualRect(index)).toImage()


def _has(image: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_rejected_tile_has_a_red_frame_and_a_word(shell: Shell, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    assert _has(_cell(shell, 1, 2), LIGHT.rejected)
    assert not _has(_cell(shell, 1, 1), LIGHT.rejected)


def test_the_running_tile_is_framed(shell: Shell, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    assert _has(_cell(shell, 2, 2), LIGHT.recorded)


def a_day(folder: Path) -> TrackerView:
    """Seven full hours: more than the window has room for."""
    view = samples.recording(folder)
    hours = tuple(
        HourRow(
            start=samples.NINE + 3600 * hour,
            tiles=tuple(samples.tile(SLOT + 5 * hour + place, folder=folder) for place in range(5)),
        )
        for hour in range(7)
    )
    return replace(view, hours=hours)


@pytest.mark.parametrize("size", [(480, 600), (560, 640), (560, 700), (560, 733), (900, 660), (1100, 900)])
def test_only_whole_rows_are_seen_whatever_the_size_of_the_window(
    shell: Shell, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    shell.show_view(a_day(tmp_path))
    shell.show_window()
    qtbot.waitExposed(shell.window)
    timeline = shell.window.timeline
    shell.window.resize(*size)
    qtbot.waitUntil(lambda: shell.window.size().toTuple() == size)
    QApplication.processEvents()
    last = timeline.verticalScrollBar().maximum()
    assert timeline.verticalScrollBar().value() == last, "the newest stays in sight"
    for position in range(last + 1):
        timeline.verticalScrollBar().setValue(position)
        seen = timeline.viewport().height()
        tops = [timeline.rowViewportPosition(row) for row in range(7)]
        height = timeline.rowHeight(0)
        cut = [row for row, top in enumerate(tops) if top < 0 < top + height or top < seen < top + height]
        assert cut == []
        assert timeline.verticalHeader().height() == seen
    assert timeline.height() - seen < timeline.verticalHeader().defaultSectionSize() // 4, "no empty band"


@pytest.mark.parametrize("rows", [3, 7])
def test_the_newest_row_is_seen_whatever_the_room_and_all_of_them_where_there_is_room(
    shell: Shell, qtbot: QtBot, tmp_path: Path, rows: int
) -> None:
    """Near two and a half rows, the bar that two of them need would make room for three, which need none."""
    view = a_day(tmp_path)
    timeline = Timeline(shell.theme, Thumbnails())
    qtbot.addWidget(timeline)
    timeline.show_view(replace(view, hours=view.hours[:rows]))
    timeline.show()
    qtbot.waitExposed(timeline)
    for height in range(112, 290):
        timeline.resize(528, height)
        for _ in range(3):
            QApplication.processEvents()
        bar, row, seen = timeline.verticalScrollBar(), timeline.rowHeight(0), timeline.viewport().height()
        assert bar.value() == bar.maximum(), height
        assert timeline.rowViewportPosition(rows - 1) + row <= seen, height
        assert bar.isVisible() == (36 * rows > height), height


def test_few_rows_keep_the_shape_of_screens(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    view = a_day(tmp_path)
    shell.show_view(replace(view, hours=view.hours[:1]))
    shell.show_window()
    qtbot.waitExposed(shell.window)
    timeline = shell.window.timeline
    assert timeline.rowHeight(0) == timeline.viewport().width() // 5 * 9 // 16


def test_arrow_keys_walk_and_the_panel_follows(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    shell.show_view(samples.recording(tmp_path))
    timeline, panel = shell.window.timeline, shell.window.shot
    timeline.setCurrentIndex(timeline.model().index(1, 1))
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert panel.title.text() == "Slot of 10:24"
    assert "Not this job" in panel.story.text()
    assert not panel.comment.isVisible(), "what is rejected can't be changed"
    assert not panel.delete.isVisible()


def test_the_panel_saves_a_comment_for_its_tile(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    view = samples.recording()
    shell.show_view(view)
    assert view.last_tile is not None
    edit = shell.window.shot.comment.edit
    edit.selectAll()
    QTest.keyClicks(edit, "Hero, second draft")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert acts.done == [("tile_comment", view.last_tile.job, view.last_tile.slot, "Hero, second draft")]


def test_looking_at_the_newest_follows_to_the_next(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    view = samples.recording(tmp_path)
    shell.show_view(view)
    timeline, panel = shell.window.timeline, shell.window.shot
    shell.show_window()
    qtbot.waitUntil(shell.window.isActiveWindow)
    timeline.setFocus()
    qtbot.waitUntil(timeline.hasFocus)
    assert timeline.currentIndex() == timeline.model().index(2, 1), "the newest, not the first of the day"
    newer = samples.tile(SLOT + 12, folder=tmp_path)
    row = HourRow(start=view.hours[2].start, tiles=(*view.hours[2].tiles[:2], newer, *view.hours[2].tiles[3:]))
    shell.show_view(replace(view, hours=(*view.hours[:2], row), last_tile=newer))
    assert panel.title.text() == "Last screenshot"
    assert "11:27" in panel.story.text()


def test_typing_for_one_tile_is_never_saved_for_another(shell: Shell, acts: Acts, qtbot: QtBot) -> None:
    view = samples.recording()
    shell.show_view(view)
    QTest.keyClicks(shell.window.shot.comment.edit, "Half")
    assert view.last_tile is not None
    newer = replace(view.last_tile, slot=view.last_tile.slot + 1, comment="")
    shell.show_view(replace(view, last_tile=newer))
    assert shell.window.shot.comment.edit.text() == ""
    assert acts.done == []
