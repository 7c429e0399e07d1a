"""The windows that are made when they are first asked for, with what stands behind them: "What is hidden", Other
hours and settings.

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

from tracker_app.camera import PictureTaker
from tracker_app.hidden_file import HiddenFile
from tracker_app.hotkeys_desk import HotkeysDesk
from tracker_app.link import Link
from tracker_app.other_hours import HoursDesk
from tracker_app.preferences import PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.tasks import Tasks
from ui.actions import UiActions
from ui.shell import Shell
from worktime.wire import JobView

if TYPE_CHECKING:
    from tracker_app.hiding_window import HidingDesk
    from tracker_app.hours_window import HoursWindowDesk
    from tracker_app.settings_desk import SettingsDesk


@dataclass(kw_only=True)
class LateWindows:
    """What they are made of. ``chosen``: the job that is recorded or chosen; ``refresh`` shows the tracker anew."""

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
    _is_open: bool = False

    def connect(self, actions: UiActions) -> None:
        """Show each window when the user asks for it."""
        actions.hidden.connect(self.show_hidden)
        actions.settings.connect(self.show_settings)
        actions.hours.connect(self.show_hours)

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
        return SettingsDesk(
            self.preferences,
            self.shell.settings_window(),
            jobs=self.jobs,
            recorder=self.recorder,
            hotkeys=self.hotkeys,
            tasks=self.tasks,
            hidden=self.show_hidden,
            home=self.home,
        )

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

    def jobs_came(self) -> None:
        """Show other jobs where they are listed."""
        if self._is_open:
            self.settings.refresh()
