"""The window of Other hours: by keyboard, with names, in words, and what can't be entered is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.ui import samples, widget_checks
from tests.ui.conftest import Acts
from ui.hours_entry import EntryDialog
from ui.hours_models import HoursItem, HoursView, WeekItem
from ui.other_hours import HoursWindow
from ui.shell import Shell
from worktime.errors import Problem
from worktime.wire import HoursState

MONDAY = 1_794_805_200  # 2026-11-16 00:00 in New York
WEEK = WeekItem(start=MONDAY, end=MONDAY + 168 * 3600, most_s=168 * 3600)
BEFORE = WeekItem(start=MONDAY - 168 * 3600, end=MONDAY, most_s=168 * 3600, submitted=True)
JOB, OTHER_JOB = UUID(int=7), UUID(int=8)
REFUSED = Problem("submitted", "Other hours not accepted", "They stand on a timesheet.", "Enter a new entry.")
ITEMS = (
    HoursItem(id=UUID(int=1), seconds=5400, note="Kick-off call, and notes of it\nfor the team"),
    HoursItem(id=UUID(int=2), seconds=1453, note="Walked through the import on the phone " * 3, waits=True),
    HoursItem(id=UUID(int=3), seconds=60, note="Handover", state=HoursState.ADDITIONAL),
    HoursItem(id=UUID(int=4), seconds=59, note="Mail", state=HoursState.SUBMITTED),
    HoursItem(id=UUID(int=5), seconds=3600, note="Planning", problem=REFUSED),
)
JOBS = ((JOB, "Website redesign"), (OTHER_JOB, "Data import"))
FULL = HoursView(jobs=JOBS, job=JOB, weeks=(WEEK, BEFORE), week=WEEK, items=ITEMS)


@pytest.fixture
def window(shell: Shell) -> Iterator[HoursWindow]:
    made = shell.hours_window()
    made.show_view(FULL)
    made.show()
    yield made
    made.close()


def choose(window: HoursWindow, row: int) -> None:
    """Choose an entry as the arrows do."""
    item = window.list.topLevelItem(row)
    assert isinstance(item, QTreeWidgetItem)
    window.list.setCurrentItem(item)


def button(window: HoursWindow, text: str) -> QPushButton:
    """Return a button of the question that is open."""
    assert window.question is not None
    return next(each for each in window.question.findChildren(QPushButton) if each.text() == text)


@pytest.mark.parametrize(
    "view", [FULL, HoursView(), replace(FULL, items=(), week=BEFORE), replace(FULL, problem=REFUSED)]
)
def test_it_passes_the_checks_of_every_window(window: HoursWindow, view: HoursView, qtbot: QtBot) -> None:
    window.show_view(view)

    def content() -> None:
        assert widget_checks.everything(window) == []

    qtbot.waitUntil(content, timeout=3000)


def test_each_entry_says_where_it_stands(window: HoursWindow) -> None:
    rows = [window.list.topLevelItem(row) for row in range(5)]
    assert [[row.text(0), row.text(2)] for row in rows if row is not None] == [
        ["1 h 30 min", "On the timesheet"],
        ["24 min 13 s", "Not sent yet"],
        ["1 min", "Additional"],
        ["59 s", "Submitted"],
        ["1 h 0 min", "Refused"],
    ]
    assert window.sum.text() == "1 h 56 min 12 s", "what was refused counts nowhere"
    assert window.weeks.currentText() == "16 Nov to 22 Nov 2026 (ET)"
    assert not window.problem.isVisible()
    choose(window, 4)
    assert "Enter a new entry." in window.problem.text()
    choose(window, 3)
    assert (window.edit.isEnabled(), window.delete.isEnabled()) == (False, False), "it was submitted"
    window.list.itemActivated.emit(window.list.topLevelItem(3), 0)
    assert window.dialog is None


def test_a_week_that_was_submitted_says_what_becomes_of_more(window: HoursWindow) -> None:
    window.show_view(replace(FULL, week=BEFORE, items=()))
    assert "goes on the next timesheet" in window.about.text()
    assert window.empty.isVisible()
    wanted: list[tuple[object, ...]] = []
    window.look.connect(lambda *asked: wanted.append(asked))
    window.weeks.setCurrentIndex(0)
    window.weeks.activated.emit(0)
    assert wanted == [(JOB, MONDAY)]


def test_an_entry_is_added_by_keyboard_and_what_can_not_be_is_said(window: HoursWindow, qtbot: QtBot) -> None:
    added: list[tuple[object, ...]] = []
    window.add.connect(lambda *entry: added.append(entry))
    QTest.keyClick(window.add_button, Qt.Key.Key_Space)
    dialog = window.dialog
    assert isinstance(dialog, EntryDialog)
    qtbot.waitUntil(lambda: widget_checks.everything(dialog) == [])
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert "Enter from 1 second up to the 168 hours" in dialog.error.text()
    QTest.keyClicks(dialog.fields[0], "168")
    QTest.keyClicks(dialog.fields[2], "1")
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert "168 hours" in dialog.error.text(), "a second more than the week has"
    dialog.fields[0].setText("1")
    dialog.note.setPlainText("  ")
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert "Say what you did" in dialog.error.text()
    dialog.note.setPlainText("x" * 501)
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert "501" in dialog.error.text()
    qtbot.waitUntil(lambda: widget_checks.everything(dialog) == [])
    dialog.note.setPlainText(" Planning the sprint ")
    assert added == []
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert added == [(3601, "Planning the sprint")]


def test_an_entry_is_changed_and_deleted_after_a_question(window: HoursWindow, qtbot: QtBot) -> None:
    done: list[tuple[object, ...]] = []
    window.change.connect(lambda *entry: done.append(entry))
    window.remove.connect(lambda *entry: done.append(entry))
    choose(window, 1)
    QTest.keyClick(window.edit, Qt.Key.Key_Space)
    dialog = window.dialog
    assert isinstance(dialog, EntryDialog)
    assert [field.text() for field in dialog.fields] == ["", "24", "13"]
    dialog.fields[2].setText("")
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert done == [(UUID(int=2), 1440, ITEMS[1].note.strip())]
    QTest.keyClick(window.delete, Qt.Key.Key_Space)
    button(window, "Delete 24 min 13 s").click()
    assert done[1:] == [(UUID(int=2),)]
    window.show_view(replace(FULL, items=ITEMS[:1]))
    assert window.chosen() == ITEMS[0]


def test_window_and_tray_lead_to_it(shell: Shell, acts: Acts) -> None:
    shell.show_view(samples.recording())
    shell.window.head.privacy.hours.click()
    shell.tray.hours.trigger()
    assert acts.done == [("hours",), ("hours",)]
