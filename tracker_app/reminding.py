"""From a reminder that is due to the screen, and away again when recording goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from tracker_app.preferences import Preferences
from tracker_app.reminder import Reminder
from ui.actions import UiActions
from ui.models import TrackerView
from ui.shell import Shell
from worktime import weeks
from worktime.tracking_values import Cause, Paused, Running

if TYPE_CHECKING:
    from ui.reminder import ReminderWindow

translate = QCoreApplication.translate
SHOWN_S = 60
"""Real seconds for which it stays, unless the user is in it."""


class ReminderDesk:
    """Call ``look`` at each tick. ``view`` gives what the windows show; it is asked when a reminder is due."""

    def __init__(
        self, shell: Shell, actions: UiActions, view: Callable[[], TrackerView], wishes: Callable[[], Preferences]
    ) -> None:
        self._shell = shell
        self._actions = actions
        self._view = view
        self._wishes = wishes
        self._reminder = Reminder()
        self.window: ReminderWindow | None = None
        self._over = QTimer(singleShot=True, interval=SHOWN_S * 1000)
        self._over.timeout.connect(self._time_is_over)

    def look(self, now: int, last_input: int | None, zone: str, phase: Running | Paused | None) -> None:
        """Remind, when it is due; take the reminder away when something is recorded."""
        if isinstance(phase, Running):
            self.close()
        private = isinstance(phase, Paused) and phase.cause is Cause.PRIVATE and not phase.asked
        idle = not (isinstance(phase, Running) or private or self._shell.asks_return)
        if self._reminder.due(now, last_input, weeks.zone(zone), self._wishes(), idle=idle):
            self._remind(self._view())

    def close(self) -> None:
        """Take it off the screen."""
        if self.window is not None:
            self.window.close()

    def _remind(self, view: TrackerView) -> None:
        if view.job is None:
            return
        if not self._shell.can_stand_in_corner:
            title = translate("reminder", "You are active, but nothing is recorded")
            self._shell.tray.tell(title, view.job.title, self._shell.show_window)
            return
        from ui.reminder import ReminderWindow

        self.close()
        self.window = ReminderWindow(self._shell.theme, self._actions, view)
        self.window.gone.connect(self._gone)
        self.window.appear(self._shell.tray.place)
        self._over.start()

    def _time_is_over(self) -> None:
        if self.window is not None and self.window.in_use:
            self._over.start()
        else:
            self.close()

    def _gone(self) -> None:
        self.window = None
        self._over.stop()
