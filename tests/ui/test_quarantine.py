"""The window of what the marketplace refused: said, done by keyboard, and given up only after a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Acts
from ui.models import QuarantineView, RefusedItem
from ui.quarantine import QuarantineWindow
from ui.shell import Shell
from worktime.errors import Problem

PROBLEM = Problem("before_job", "Recorded time not accepted", "This time lies before the job began.", "Ask staff.")
OTHER = Problem("not_webp", "Screenshot not accepted", "It is not a WebP file.", "Discard it.")
VIEW = QuarantineView(
    items=(
        RefusedItem(
            id="s", at=1_700_000_640, is_picture=False, job_title="Website redesign", tracked_s=720, problem=PROBLEM
        ),
        RefusedItem(id="p", at=1_700_001_400, is_picture=True, job_title="Data import", tracked_s=0, problem=OTHER),
    )
)


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> QuarantineWindow:
    shell.show_quarantine(VIEW)
    assert shell.quarantine is not None
    qtbot.waitExposed(shell.quarantine)
    return shell.quarantine


def press(window: QuarantineWindow, text: str) -> None:
    question = window._question
    assert question is not None
    (button,) = (each for each in question.findChildren(QPushButton) if each.text() == text)
    button.click()


def test_it_says_what_was_refused_and_why(window: QuarantineWindow) -> None:
    assert window.title.text() == "The marketplace refused 12 min and 1 screenshot"
    rows = [window.list.topLevelItem(number) for number in range(2)]
    assert [[row.text(column) for column in (1, 2, 3)] for row in rows if row is not None] == [
        ["12 min", "Website redesign", "Recorded time not accepted"],
        ["Screenshot", "Data import", "Screenshot not accepted"],
    ]
    assert window.reason.text() == "This time lies before the job began. Ask staff."
    named = (window.list, window)
    assert all(each.accessibleName() for each in named)


def test_the_keyboard_is_enough(window: QuarantineWindow, acts: Acts, qtbot: QtBot) -> None:
    done: list[tuple[str, ...]] = []
    acts.refused_again.connect(done.append)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.reason.text() == "It is not a WebP file. Discard it."
    window.again.setFocus()
    QTest.keyClick(window.again, Qt.Key.Key_Space)
    assert done == [("p",)]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_giving_up_is_asked_once_more_with_what_it_costs(window: QuarantineWindow, acts: Acts) -> None:
    done: list[tuple[str, ...]] = []
    acts.refused_discard.connect(done.append)
    window.list.selectAll()
    window.discard.click()
    question = window._question
    assert question is not None
    assert question.windowTitle() == "Fairhour: Discard 12 min and 1 screenshot?"
    assert "will never be counted, paid or shown" in question.text.text()
    press(window, "Keep it")
    assert done == []
    window.discard.click()
    press(window, "Discard 12 min and 1 screenshot")
    assert done == [("s", "p")]


def test_a_copy_is_saved_where_the_user_says(
    window: QuarantineWindow, acts: Acts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[tuple[object, object]] = []
    acts.refused_export.connect(lambda ids, folder: done.append((ids, folder)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.export.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.export.click()
    assert done == [(("s",), tmp_path)]


def test_empty_it_says_so_and_offers_nothing(window: QuarantineWindow, shell: Shell) -> None:
    shell.refresh_quarantine(QuarantineView())
    assert window.title.text() == "Nothing was refused"
    shown = [each.text() for each in window.findChildren(QPushButton) if each.isVisible()]
    assert shown == ["Close"]


def test_what_is_chosen_stays_chosen_when_the_list_changes(window: QuarantineWindow, shell: Shell) -> None:
    last = window.list.topLevelItem(1)
    assert last is not None
    window.list.setCurrentItem(last)
    shell.refresh_quarantine(QuarantineView(items=VIEW.items[1:]))
    assert window.chosen() == ("p",)


def test_the_window_leads_to_it_while_something_is_refused(shell: Shell, acts: Acts) -> None:
    from msgspec.structs import replace

    from tests.ui import samples
    from ui.models import SyncView

    asked: list[bool] = []
    acts.refused_show.connect(lambda: asked.append(True))
    shell.show_view(samples.recording())
    assert not shell.window.refused.isVisible()
    shell.show_view(replace(samples.recording(), sync=SyncView(age_s=5, quarantined=2)))
    assert shell.window.refused.isVisible()
    shell.window.refused.click()
    assert asked == [True]
