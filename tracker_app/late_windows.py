"""The windows that are made when they are first asked for, with what stands behind them: "What is hidden" and settings.

Most runs of the program never show them; their modules are loaded then, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tracker_app.camera import PictureTaker
from tracker_app.hidden_file import HiddenFile
from tracker_app.hotkeys_desk import HotkeysDesk
from tracker_app.preferences import PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.tasks import Tasks
from ui.shell import Shell
from worktime.wire import JobView

if TYPE_CHECKING:
    from tracker_app.hiding_window import HidingDesk
    from tracker_app.settings_desk import SettingsDesk


@dataclass(kw_only=True)
class LateWindows:
    """What they are made of. ``chosen``: the job that is recorded or chosen; ``refresh`` shows the tracker anew."""

    home: Path
    shell: Shell
    recorder: Recorder
    camera: PictureTaker
    hidden: HiddenFile
    preferences: PreferencesFile
    hotkeys: HotkeysDesk
    tasks: Tasks
    jobs: Callable[[], tuple[JobView, ...]]
    chosen: Callable[[], UUID | None]
    refresh: Callable[[], None]
    _is_open: bool = False

    @cached_property
    def hiding(self) -> HidingDesk:
        """What stands behind "What is hidden"."""
        from tracker_app.hiding_window import HidingDesk

        return HidingDesk(self.hidden, self.shell.hidden_window(), self.camera.look, self.refresh)

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

    def show_settings(self) -> None:
        """Show the settings."""
        self.settings.open()

    def jobs_came(self) -> None:
        """Show other jobs where they are listed."""
        if self._is_open:
            self.settings.refresh()
