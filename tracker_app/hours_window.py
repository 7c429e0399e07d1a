"""Between the window of Other hours and the entries: what the user wants is kept at once, and shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import QObject

from tracker_app.other_hours import HoursDesk
from ui.hours_models import HoursItem, HoursView, WeekItem
from ui.other_hours import HoursWindow
from worktime import weeks
from worktime.errors import FairhourError, Problem
from worktime.other_hours import most_s
from worktime.wire import JobView

log = logging.getLogger(__name__)


class HoursWindowDesk(QObject):
    """``jobs``: those that are known; ``look_at`` has the Other hours of these weeks fetched."""

    def __init__(
        self,
        desk: HoursDesk,
        window: HoursWindow,
        *,
        jobs: Callable[[], tuple[JobView, ...]],
        look_at: Callable[[Iterable[tuple[UUID, int]]], None],
        told: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._window = window
        self._jobs = jobs
        self._look_at = look_at
        self._told = told
        self._job: UUID | None = None
        self._week = 0
        self._problem: Problem | None = None
        window.look.connect(self._look)
        window.add.connect(lambda seconds, note: self._do(lambda job, week: desk.add(job, week, seconds, note)))
        window.change.connect(
            lambda entry, seconds, note: self._do(lambda _job, week: desk.change(entry, week, seconds, note))
        )
        window.remove.connect(lambda entry: self._do(lambda _job, _week: desk.remove(entry)))
        window.finished.connect(lambda _how: self._look_at(()))

    def open(self, job: UUID | None) -> None:
        """Show the current week of ``job``, or bring the window to the front with it."""
        self._look(job, weeks.week_of(self._desk.now()))
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def refresh(self, _news: object = None) -> None:
        """Bring the window up to date, if it is open."""
        if self._window.isVisible():
            self._show()

    def _look(self, job: UUID | None, week: int) -> None:
        self._job, self._week, self._problem = job, week, None
        known = next((each for each in self._jobs() if each.id == job), None)
        if known is not None:
            self._week = max(week, weeks.week_of(known.started_at) if known.started_at else week)
            self._look_at(((known.id, self._week),))
        self._show()

    def _do(self, act: Callable[[UUID, int], object]) -> None:
        self._problem = None
        try:
            if self._job is not None:
                act(self._job, self._week)
        except FairhourError as error:
            log.warning("Other hours: %s", error)
            self._problem = error.problem
        self._show()
        self._told()

    def _show(self) -> None:
        job = next((each for each in self._jobs() if each.id == self._job), None)
        offered = self._weeks(job) if job is not None else ()
        self._window.show_view(
            HoursView(
                jobs=tuple((each.id, each.title) for each in self._jobs()),
                job=job.id if job is not None else None,
                weeks=offered,
                week=next((each for each in offered if each.start == self._week), None),
                items=self._items(job.id) if job is not None else (),
                problem=self._problem,
            )
        )

    def _items(self, job: UUID) -> tuple[HoursItem, ...]:
        return tuple(
            HoursItem(
                id=each.entry.id,
                seconds=each.entry.seconds,
                note=each.entry.note,
                state=each.state,
                waits=each.waits,
                problem=each.problem,
            )
            for each in self._desk.entries(job, self._week)
        )

    def _weeks(self, job: JobView) -> tuple[WeekItem, ...]:
        return tuple(
            WeekItem(start=week, end=weeks.week_end(week), most_s=most_s(week), submitted=self._desk.is_submitted(week))
            for week in self._desk.weeks(job)
        )
