"""Between the settings window and what it sets: preferences, Work View of each job, what the system does at login."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from sync.proxy import NONE, SYSTEM
from tracker_app.addresses import proxy_address
from tracker_app.autostart import Autostart, open_autostart
from tracker_app.hotkeys_desk import HotkeysDesk
from tracker_app.preferences import Preferences, PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.settings import VARIABLES, data_folder
from tracker_app.tasks import DIAGNOSTICS, EXPORT, Tasks
from ui import language
from ui.settings import SettingsWindow
from ui.settings_models import JobSetting, SettingsView
from worktime.errors import FairhourError, Problem, make_problem
from worktime.wire import JobView

log = logging.getLogger(__name__)


class SettingsDesk(QObject):
    """``jobs``: those that are known; ``hidden`` shows what is hidden. It listens while the window is open."""

    def __init__(
        self,
        preferences: PreferencesFile,
        window: SettingsWindow,
        *,
        jobs: Callable[[], tuple[JobView, ...]],
        recorder: Recorder,
        hotkeys: HotkeysDesk,
        tasks: Tasks,
        hidden: Callable[[], None],
        home: Path,
        leave: Callable[[Path], None],
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._window = window
        self._jobs = jobs
        self._recorder = recorder
        self._hotkeys = hotkeys
        self._tasks = tasks
        self._autostart: Callable[[], Autostart] = lambda: open_autostart(home)
        self._home = home
        self._leave = leave
        self._open = QDesktopServices.openUrl
        self._spoken = preferences.now.language
        self._problems: dict[str, Problem] = {}
        acts = window.acts
        acts.change.connect(self._change)
        acts.work_view.connect(self._work_view)
        acts.hidden.connect(hidden)
        acts.move_folder.connect(self._move)
        acts.open_folder.connect(lambda: self._show_file(home))
        acts.export.connect(lambda folder: self._make(EXPORT, folder))
        acts.diagnostics.connect(lambda folder: self._make(DIAGNOSTICS, folder))
        acts.cancel.connect(tasks.cancel)
        acts.show_file.connect(lambda file: self._show_file(file.parent))
        tasks.changed.connect(self.refresh)
        preferences.listen(lambda _now: self.refresh())

    def open(self) -> None:
        """Show the window as things are now, or bring it to the front."""
        self._problems.clear()
        self._show()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def refresh(self) -> None:
        """Bring the window up to date, if it is open."""
        if self._window.isVisible():
            self._show()

    def _change(self, name: str, value: object) -> None:
        self._problems.pop(name, None)
        try:
            if name == "autostart":
                self._autostart().switch(on=bool(value))
            self._preferences.change(**self._meant(name, value))
        except FairhourError as error:
            log.warning("a setting: %s", error)
            if error.problem != self._preferences.problem:
                self._problems[name] = error.problem
        self._show()

    def _meant(self, name: str, value: object) -> dict[str, object]:
        if name == "proxy" and value not in (SYSTEM, NONE):
            return {"proxy": proxy_address(str(value))}
        if name in ("start_stop", "private"):
            return {"hotkeys": replace(self._preferences.kept.hotkeys, **{name: str(value)})}
        return {name: value}

    def _make(self, kind: str, folder: Path) -> None:
        self._problems.pop(kind, None)
        try:
            self._tasks.start(kind, folder)
        except FairhourError as error:
            self._problems[kind] = error.problem
            self._show()

    def _move(self, target: Path) -> None:
        """End, have the folder moved, and start anew; what stands in the way is told before."""
        from tracker_app.moving import check

        self._problems.pop("folder", None)
        try:
            if (stays := self._stays()) is not None:
                raise FairhourError(stays)
            check(self._home, target)
        except FairhourError as error:
            self._problems["folder"] = error.problem
            self._show()
            return
        self._leave(target)

    def _stays(self) -> Problem | None:
        """Return why the data folder can't be moved now."""
        if self._home.resolve() != data_folder({}).resolve():
            return make_problem(
                "move_named",
                "FAIRHOUR_HOME names the data folder",
                "As long as that variable names it, it can't be moved from here.",
                "End Fairhour, move the folder, and name the new place.",
            )
        if self._recorder.state.phase is not None:
            return make_problem(
                "move_recording",
                "Not while something is recorded",
                "The data folder can be moved when nothing is recorded or paused.",
                "Press Stop, then move it.",
                retryable=True,
            )
        return None

    def _show_file(self, folder: Path) -> None:
        self._problems.pop("folder", None)
        if not self._open(QUrl.fromLocalFile(str(folder))):
            self._problems["folder"] = make_problem(
                "no_file_manager",
                "The folder could not be opened",
                "This desktop opened nothing for {folder}.",
                "Open it by hand.",
                folder=folder,
            )
        self._show()

    def _work_view(self, job: UUID, on: bool) -> None:
        """It holds for what is recorded from now on, the running job included."""
        off = {*self._preferences.kept.work_view_off} - {str(job)}
        self._change("work_view_off", sorted(off if on else off | {str(job)}))
        running = self._recorder.running or self._recorder.paused
        if running is not None and running.job == job:
            self._recorder.set_work_view(on=on)

    def _show(self) -> None:
        self._window.show_view(self.view())

    def view(self) -> SettingsView:
        """Return what the window shows."""
        now = self._preferences.now
        tasks = {kind: self._tasks.task(kind) for kind in (EXPORT, DIAGNOSTICS)}
        problems = {kind: task.problem for kind, task in tasks.items() if task.problem is not None}
        problems |= self._hotkeys.problems | self._problems
        if self._preferences.problem is not None:
            problems[""] = self._preferences.problem
        return SettingsView(
            notice=str(now.notice),
            hold_minutes=now.hold_s // 60,
            keep_days=now.keep_days,
            picture_scale=now.picture_scale,
            reminder=now.reminder,
            quiet_from=now.quiet_from,
            quiet_to=now.quiet_to,
            language=now.language,
            languages=tuple(language.there_are()),
            theme=now.theme,
            proxy=now.proxy,
            autostart=self._starts(),
            start_stop=now.hotkeys.start_stop,
            private=now.hotkeys.private,
            hotkeys_problem=self._hotkeys.problem,
            jobs=tuple(_job(each, now) for each in self._jobs()),
            folder=self._home,
            stays=self._stays(),
            folder_bytes=_bytes_of(self._home),
            export=tasks[EXPORT],
            diagnostics=tasks[DIAGNOSTICS],
            restart=now.language != self._spoken,
            fixed={name: VARIABLES[name] for name in self._preferences.fixed},
            problems=problems,
        )

    def _starts(self) -> bool:
        """Ask the system: what was wished once may have been changed there."""
        try:
            return self._autostart().is_on()
        except FairhourError:
            return False


def _bytes_of(home: Path) -> int:
    """Return how much lies in the data folder; what goes away meanwhile is no matter."""
    total = 0
    for folder, _, names in os.walk(home):
        for name in names:
            with suppress(OSError):
                total += Path(folder, name).lstat().st_size
    return total


def _job(job: JobView, now: Preferences) -> JobSetting:
    name = " ".join(f"{job.client}: {job.title}".split())
    return JobSetting(id=job.id, name=name, offered=job.work_view, on=str(job.id) not in now.work_view_off)
