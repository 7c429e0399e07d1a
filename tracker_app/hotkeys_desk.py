"""Keys that work in every program: takes those that the user chose, and says on Qt's thread which was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tracker_app.preferences import Hotkeys as Chosen
from worktime.errors import Problem

if TYPE_CHECKING:
    from idle.hotkeys import Hotkeys

START_STOP, PRIVATE = "start_stop", "private"


class HotkeysDesk(QObject):
    """``pressed(name)``: START_STOP or PRIVATE. What it takes to do so is loaded when the first keys are chosen."""

    pressed = Signal(str)
    _came = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keys: Hotkeys | None = None
        self._used = Chosen()
        self.problems: dict[str, Problem] = {}
        self._came.connect(self.pressed, Qt.ConnectionType.QueuedConnection)

    @property
    def problem(self) -> Problem | None:
        """Why this system gives no keys away."""
        return self._opened().problem

    def use(self, chosen: Chosen) -> None:
        """Take these keys from now on; those that could not be had are tried again."""
        if chosen == self._used and not self.problems:
            return
        self._used = chosen
        self.problems = self._opened().use({START_STOP: chosen.start_stop, PRIVATE: chosen.private})

    def close(self) -> None:
        """Give the keys back."""
        if self._keys is not None:
            self._keys.close()

    def _opened(self) -> Hotkeys:
        if self._keys is None:
            from idle.hotkeys import open_hotkeys

            self._keys = open_hotkeys(self._came.emit)
        return self._keys
