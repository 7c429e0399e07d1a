"""The window of Other hours with a real journal behind it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from sync.journal import Journal
from tests.support.answers import job_view, week_view
from tests.sync.journals import JOB, OTHER_JOB, open_journal
from tracker_app.hours_window import HoursWindowDesk
from tracker_app.other_hours import SHOWN_WEEKS, HoursDesk
from ui.other_hours import HoursWindow
from ui.theme import Theme
from worktime.weeks import previous_week
from worktime.wire import HoursState, JobView, OtherHoursView

WEEK = 1_793_595_600
NOW = WEEK + 20_000
BEFORE = previous_week(WEEK)


class Bench:
    """The window, its desk and a journal, at ``NOW``: before Monday 07:00, so the week before is still open."""

    def __init__(self, journal: Journal, window: HoursWindow) -> None:
        self.hours = journal.outbox.hours
        self.window = window
        self.jobs: tuple[JobView, ...] = (job_view(JOB, started_at=previous_week(BEFORE) + 5), job_view(OTHER_JOB))
        self.asked: list[tuple[tuple[UUID, int], ...]] = []
        self.told = 0
        ids = (UUID(int=number) for number in itertools.count(1))
        self.desk = HoursWindowDesk(
            HoursDesk(self.hours, lambda: NOW, lambda: next(ids), lambda: None),
            window,
            jobs=lambda: self.jobs,
            look_at=lambda weeks: self.asked.append(tuple(weeks)),
            told=self._tell,
        )

    def _tell(self) -> None:
        self.told += 1

    def rows(self) -> list[str]:
        """Return what the list shows."""
        found = [self.window.list.topLevelItem(row) for row in range(self.window.list.topLevelItemCount())]
        return [" | ".join(item.text(column) for column in range(3)) for item in found if item is not None]


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, qapp: object) -> Iterator[Bench]:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app)
    window = HoursWindow(theme)
    qtbot.addWidget(window)
    journal = open_journal(tmp_path / "home")
    yield Bench(journal, window)
    window.close()
    journal.close()
    theme.release()


def test_an_entry_is_kept_and_shown_at_once_without_a_line(bench: Bench) -> None:
    bench.desk.open(JOB)
    assert (bench.asked, bench.window.weeks.count()) == ([((JOB, WEEK),)], 3)
    bench.window.add.emit(3600, "Call")
    assert bench.rows() == ["1 h 0 min | Call | Not sent yet"]
    assert (len(bench.hours.pending(NOW, 9)), bench.told) == (1, 1)
    item = bench.window.chosen()
    assert item is not None
    bench.window.change.emit(item.id, 61, "Short call")
    assert bench.rows() == ["1 min 1 s | Short call | Not sent yet"]
    bench.window.remove.emit(item.id)
    assert bench.rows() == []


def test_another_week_is_looked_at_and_what_the_marketplace_says_of_it_shows(bench: Bench) -> None:
    bench.desk.open(JOB)
    bench.window.look.emit(JOB, BEFORE)
    assert bench.asked[-1] == ((JOB, BEFORE),)
    told = OtherHoursView(id=UUID(int=99), seconds=60, note="From the browser", revision=1, state=HoursState.SUBMITTED)
    bench.hours.heard(week_view(JOB, BEFORE, other_hours=(told,)))
    bench.desk.refresh()
    assert bench.rows() == ["1 min | From the browser | Submitted"]
    bench.window.close()
    assert len(bench.asked) == 3, "and nobody looks any more"
    bench.desk.refresh()


def test_what_can_not_be_done_is_said(bench: Bench) -> None:
    bench.desk.open(JOB)
    bench.window.remove.emit(UUID(int=5))
    assert "deleted meanwhile" in bench.window.problem.text()
    bench.window.add.emit(60, "Call")
    assert not bench.window.problem.isVisible()


def test_the_weeks_of_a_job_are_those_that_have_begun(bench: Bench) -> None:
    bench.desk.open(OTHER_JOB)
    assert bench.window.weeks.count() == 2, "its begin is not known: this week and the one before"
    bench.jobs = (job_view(JOB, started_at=5),)
    bench.desk.open(JOB)
    assert bench.window.weeks.count() == SHOWN_WEEKS
    bench.desk.open(None)
    assert not bench.window.add_button.isEnabled()
    bench.window.add.emit(60, "Nowhere")
    assert bench.hours.jobs() == frozenset()
