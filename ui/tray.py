"""The tray icon and its menu: state, times, jobs, start and stop, the last screenshot, and a safe way out."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from ui import problem_words, tiles, words
from ui.actions import UiActions
from ui.first_icon import FirstIcon
from ui.models import Account, Activity, JobItem, Tile, TrackerView
from ui.shot_action import ShotAction
from ui.thumbnails import Thumbnails

_TEXT_PX = 440


class Tray(QObject):
    """The icon in the panel. Its menu is changed in place and only where a word changed."""

    window_wanted = Signal()
    comment_wanted = Signal()
    tile_wanted = Signal(object)
    delete_wanted = Signal(object)
    quit_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, first: FirstIcon, actions: UiActions, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = first.theme
        self._actions = actions
        self._view: TrackerView | None = None
        self._last_tile: Tile | None = None
        self._pops_up = False
        self._jobs: tuple[JobItem, ...] = ()
        self._said: dict[QAction, str] = {}
        self.icon = first.icon
        self.menu = first.menu
        self.menu.setAccessibleName(self.tr("Fairhour"))
        self._build(thumbnails)
        self.icon.activated.connect(self._activated)
        self._on_click: Callable[[], None] = self.window_wanted.emit
        self.icon.messageClicked.connect(lambda: self._on_click())
        self.menu.aboutToShow.connect(self._use_picture)

    def _build(self, thumbnails: Thumbnails) -> None:
        menu = self.menu
        self.state = self._add(self.window_wanted.emit)
        self.state.setFont(self._theme.font(strong=True))
        self.today = self._add(self.window_wanted.emit)
        self.week = self._add(self.window_wanted.emit)
        self.ready = self._add(self.window_wanted.emit)
        self.problem = self._add(self.window_wanted.emit)
        self.fast = self._add(self.window_wanted.emit)
        self.sync = self._add(self.window_wanted.emit)
        menu.addSeparator()
        self.start = self._add(self._start, self.tr("Start"))
        self.resume = self._add(self._actions.resume.emit, self.tr("Resume"))
        self.stop = self._add(self._actions.stop.emit, self.tr("Stop"))
        self.private = [self._private(minutes) for minutes in words.PRIVATE_MINUTES]
        self.work_view = self._add(self._switch_work_view, words.work_view())
        self.work_view.setCheckable(True)
        self.bare = self._add(self.window_wanted.emit)
        self.comment = self._add(self.comment_wanted.emit, self.tr("What are you working on…"))
        menu.addSeparator()
        self.job_group = QActionGroup(self)
        self._after_jobs = menu.addSeparator()
        self.shot = ShotAction(self._theme, thumbnails, self.menu)
        self.shot.triggered.connect(self._show_tile)
        menu.addAction(self.shot)
        self.delete = self._add(self._delete)
        menu.addSeparator()
        self._add(self.window_wanted.emit, self.tr("Open Fairhour"))
        self.web = self._add(self._actions.open_web.emit, self.tr("Open Work View in the browser"))
        self.hours = self._add(self._actions.hours.emit, self.tr("Other hours…"))
        self.sign_in = self._add(self.window_wanted.emit, self.tr("Sign in…"))
        self.sign_out = self._add(self.sign_out_wanted.emit, self.tr("Sign out…"))
        self.settings = self._add(self._actions.settings.emit, self.tr("Settings…"))
        self.first_steps = self._add(self._actions.first_steps.emit, self.tr("First steps…"))
        menu.addSeparator()
        self.quit = self._add(self.quit_wanted.emit, self.tr("Quit Fairhour"))

    def _use_picture(self) -> None:
        """The menu opens for the first time: its line with the last screenshot gets the picture."""
        if self.shot.use_widget():
            self.menu.removeAction(self.shot)
            self.menu.insertAction(self.delete, self.shot)

    def _add(self, act: Callable[[], None], text: str = "") -> QAction:
        action = QAction(text, self.menu)
        action.triggered.connect(lambda: act())
        self.menu.addAction(action)
        return action

    def _private(self, minutes: int) -> QAction:
        action = self._add(lambda: self._actions.private.emit(60 * minutes), words.private(minutes))
        action.setToolTip(words.private_help())
        return action

    def show_view(self, view: TrackerView) -> None:
        """Show a new state; words that stay the same are not touched."""
        self._last_tile = view.last_tile
        self._show_state(view)
        self._say(self.sync, words.unsent(view) if view.account is Account.SIGNED_IN or view.jobs else "")
        self.shot.show_tile(view.last_tile, view.zone)
        deletable = view.last_tile is not None and view.last_tile.can_delete
        self._say(self.delete, f"{tiles.delete_last(view.last_tile)}…" if view.last_tile and deletable else "")
        self._tip(words.summary(view))

    def show_glance(self, view: TrackerView) -> None:
        """Show what is seen of a new state while nothing is open.

        A menu that pops up here says that it will, and is brought up to date then. One that a panel shows (over D-Bus)
        may be copied long before: it always tells what can be done.
        """
        if not self._menu_pops_up():
            self._show_state(view)
        self._tip(words.summary(view))

    def _menu_pops_up(self) -> bool:
        """Whether the menu is a window of ours: then the icon is one, too, and has a place. To find it takes an errand
        to the X server, and is done once."""
        self._pops_up = self._pops_up or not self.place.isEmpty()
        return self._pops_up

    def _show_state(self, view: TrackerView) -> None:
        self._view = view
        job = view.job
        recording, stopped = view.activity is Activity.RECORDING, view.activity is Activity.STOPPED
        self._say(self.state, self._state_text(view))
        self._say(self.today, words.today(view) if job else "")
        self._say(self.week, words.week(view) if job else "")
        self._say(self.ready, self._ready_text(job))
        self._say(self.problem, problem_words.title(view.problems[0]) if view.problems else "")
        self._say(self.fast, words.fast_clock(view.fast_rate) if view.fast_rate > 1 else "")
        self.start.setVisible(stopped)
        self.start.setEnabled(job is not None)
        self.resume.setVisible(not recording and not stopped)
        self.stop.setVisible(not stopped)
        for action in self.private:
            action.setVisible(not stopped)
        self.work_view.setVisible(not stopped)
        self.work_view.setChecked(view.work_view)
        self._say(self.bare, "" if stopped or view.work_view else words.work_view_off())
        self.comment.setEnabled(job is not None)
        self.web.setEnabled(job is not None)
        self.hours.setEnabled(job is not None)
        self.sign_in.setVisible(view.account is not Account.SIGNED_IN)
        self.sign_out.setVisible(view.account is Account.SIGNED_IN)
        self._show_jobs(view)

    def show_icon(self, icon: QIcon) -> None:
        """Take another icon."""
        self.icon.setIcon(icon)

    def tell(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        """Say something by the desktop's own notification, which takes no focus either."""
        self._on_click = on_click
        self.icon.showMessage(title, text, self.icon.icon())

    @property
    def place(self) -> QRect:
        """Where the icon is on the screen; empty where the desktop does not tell."""
        return self.icon.geometry()

    def _state_text(self, view: TrackerView) -> str:
        job = view.job
        if job is None or view.activity is Activity.STOPPED:
            return words.state(view)
        if view.activity is not Activity.RECORDING:
            # The state has its reason after a colon already.
            return self.tr("{job}. {state}").format(job=job.title, state=words.state(view))
        return self.tr("{state}: {job}, {time}").format(
            state=words.state(view), job=job.title, time=words.duration(view.running_s)
        )

    def _ready_text(self, job: JobItem | None) -> str:
        if job is None or job.ready:
            return ""
        return self.tr("Job Not Ready: {reason}").format(reason=job.not_ready_reason)

    def _say(self, action: QAction, text: str) -> None:
        """Show a line, or hide it when it is empty. Ampersands in titles are no shortcuts."""
        if self._said.get(action) != text:
            self._said[action] = text
            action.setText(self._fit(text))
            action.setVisible(bool(text))

    def _fit(self, text: str) -> str:
        metrics = QFontMetrics(self._theme.font())
        line = " ".join(text.split())
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self._theme.px(_TEXT_PX))
        return shown.replace("&", "&&")

    def _tip(self, text: str) -> None:
        if self.icon.toolTip() != text:
            self.icon.setToolTip(text)

    def _show_jobs(self, view: TrackerView) -> None:
        if view.jobs != self._jobs:
            self._jobs = view.jobs
            for action in self.job_group.actions():
                self.job_group.removeAction(action)
                self.menu.removeAction(action)
                action.deleteLater()
            for job in view.jobs:
                action = QAction(self._fit(words.job_name(job)), self.menu, checkable=True)
                action.setData(job.id)
                action.setToolTip(words.job_name(job))
                action.triggered.connect(lambda _checked=False, job=job: self._choose(job))
                self.job_group.addAction(action)
                self.menu.insertAction(self._after_jobs, action)
        for action in self.job_group.actions():
            chosen = action.data() == view.job_id
            action.setChecked(chosen)
            # Apart from the mark: Qt takes that off the old job when the new one gets it.
            font = self._theme.font(strong=chosen)
            if action.font() != font:
                action.setFont(font)

    def _choose(self, job: JobItem) -> None:
        view = self._view
        if view is None or view.job_id == job.id:
            return
        if view.activity is Activity.RECORDING:
            self._actions.switch.emit(job.id)
        else:
            self._actions.choose.emit(job.id)

    def _switch_work_view(self) -> None:
        self._actions.work_view.emit(self.work_view.isChecked())

    def _start(self) -> None:
        if self._view is not None:
            self._actions.start.emit(self._view.job_id)

    def _show_tile(self) -> None:
        self.tile_wanted.emit(self._last_tile)

    def _delete(self) -> None:
        self.delete_wanted.emit(self._last_tile)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu.
        if reason == QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.window_wanted.emit()


def tray_available() -> bool:
    """Return whether the desktop has a tray. The icon's own isVisible() is true without one, too."""
    return QSystemTrayIcon.isSystemTrayAvailable()
