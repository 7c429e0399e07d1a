"""The windows that are made when they are first asked for, with what stands behind them: what is hidden, what was
refused, Other hours, and the settings.

Most runs of the program never show them; their modules are loaded then, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt

from sync.journal import Journal
from tracker_app.camera import PictureTaker
from tracker_app.hidden_file import HiddenFile
from tracker_app.hotkeys_desk import HotkeysDesk
from tracker_app.link import Link
from tracker_app.other_hours import HoursDesk
from tracker_app.ports import Clock
from tracker_app.preferences import PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.tasks import Tasks
from tracker_app.views import Known, quarantine_view
from tracker_app.week_book import WeekBook
from ui.actions import UiActions
from ui.models import QuarantineView
from ui.shell import Shell
from worktime.wire import JobView

if TYPE_CHECKING:
    from tracker_app.far_pictures import FarPictures
    from tracker_app.first_start import FirstStartDesk
    from tracker_app.hiding_window import HidingDesk
    from tracker_app.hours_window import HoursWindowDesk
    from tracker_app.settings_desk import SettingsDesk
    from tracker_app.viewer_days import ViewerDays


@dataclass(kw_only=True, eq=False, repr=False)
class LateWindows:
    """What they are made of. ``chosen``: the job that is recorded or chosen; ``refresh`` shows the tracker anew;
    ``quit`` ends it, and ``move_to`` says where its data folder is to be moved then."""

    home: Path
    shell: Shell
    recorder: Recorder
    camera: PictureTaker
    hidden: HiddenFile
    link: Link
    entries: HoursDesk
    preferences: PreferencesFile
    hotkeys: HotkeysDesk
    tasks: Tasks
    jobs: Callable[[], tuple[JobView, ...]]
    chosen: Callable[[], UUID | None]
    refresh: Callable[[], None]
    quit: Callable[[], None]
    journal: Journal
    book: WeekBook
    clock: Clock
    doing: Callable[[Callable[[], None]], None]
    move_to: Path | None = None
    _is_open: bool = False

    def connect(self, act: UiActions) -> None:
        """Show each when the user wants it, and do what is wanted in the window of refused records."""
        self.shell.far, self.shell.days = self._far, self._days
        act.hidden.connect(self.show_hidden)
        act.settings.connect(self.show_settings)
        act.hours.connect(self.show_hours)
        act.first_steps.connect(self.show_first_steps)
        act.refused_show.connect(lambda: self.doing(lambda: self.shell.show_quarantine(self._refused())))
        act.refused_again.connect(lambda ids: self._do_refused(lambda: self.journal.quarantine.try_again(ids)))
        act.refused_discard.connect(lambda ids: self._do_refused(lambda: self.journal.quarantine.discard(ids)))
        act.refused_export.connect(lambda ids, to: self._do_refused(lambda: self.journal.quarantine.export(ids, to)))

    @cached_property
    def hiding(self) -> HidingDesk:
        """What stands behind "What is hidden"."""
        from tracker_app.hiding_window import HidingDesk

        return HidingDesk(self.hidden, self.shell.hidden_window(), self.camera.look, self.refresh)

    @cached_property
    def hours(self) -> HoursWindowDesk:
        """What stands behind the window of Other hours."""
        from tracker_app.hours_window import HoursWindowDesk

        made = HoursWindowDesk(
            self.entries, self.shell.hours_window(), jobs=self.jobs, look_at=self.link.look_at, told=self.refresh
        )
        for news in (self.link.hours_came, self.link.status_changed, self.link.jobs_came):
            news.connect(made.refresh, Qt.ConnectionType.QueuedConnection)
        return made

    @cached_property
    def settings(self) -> SettingsDesk:
        """What stands behind the settings."""
        from tracker_app.settings_desk import SettingsDesk

        self._is_open = True
        self.shell.settings_window().first_steps.clicked.connect(self.show_first_steps)
        return SettingsDesk(
            self.preferences,
            self.shell.settings_window(),
            jobs=self.jobs,
            recorder=self.recorder,
            hotkeys=self.hotkeys,
            tasks=self.tasks,
            hidden=self.show_hidden,
            home=self.home,
            leave=self._leave,
        )

    @cached_property
    def first(self) -> FirstStartDesk:
        """What stands behind the first steps."""
        from tracker_app.first_start import FirstStartDesk

        return FirstStartDesk(self.shell, self.camera.look, self.home)

    def show_first_steps(self) -> None:
        """Show the first steps."""
        self.first.open()

    def show_hidden(self) -> None:
        """Show what is hidden, and what that means for the chosen job."""
        job = next((each for each in self.jobs() if each.id == self.chosen()), None)
        self.hiding.open(job.redaction_protects if job is not None else None)

    def show_hours(self) -> None:
        """Show the Other hours of the chosen job."""
        self.hours.open(self.chosen())

    def show_settings(self) -> None:
        """Show the settings."""
        self.settings.open()

    def _far(self) -> FarPictures:
        from tracker_app.far_pictures import FarPictures

        return FarPictures(lambda: self.link.signin)

    def _days(self) -> ViewerDays:
        from tracker_app.viewer_days import ViewerDays

        return ViewerDays(self._known, self.book, self.journal)

    def _known(self) -> Known:
        """What a day's tiles are made of."""
        return Known(
            now=self.clock.second(),
            state=self.recorder.state,
            jobs=self.jobs(),
            chosen=self.chosen(),
            sync=self.link.view(),
            hold_s=self.preferences.now.hold_s,
        )

    def _leave(self, target: Path) -> None:
        self.move_to = target
        self.quit()

    def _refused(self) -> QuarantineView:
        return quarantine_view(self.journal.quarantine.items(), self.jobs(), self.book.zone)

    def _do_refused(self, act: Callable[[], object]) -> None:
        def done() -> None:
            act()
            self.link.nudge()

        self.doing(done)
        self.shell.refresh_quarantine(self._refused())

    def jobs_came(self) -> None:
        """Show other jobs where they are listed."""
        if self._is_open:
            self.settings.refresh()
