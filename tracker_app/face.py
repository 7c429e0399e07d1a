"""The face kept up to date: everything for who looks, icon and tip for who doesn't.

How often it is asked for is decided by ``pace`` and by what happens; what it shows is put together in ``views``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.models import TrackerView
from ui.shell import Shell
from worktime.errors import FairhourError

log = logging.getLogger(__name__)


class Face(QObject):
    """``whole`` puts together what the windows show, ``glance`` what icon and tip tell; ``shown`` is called after
    either. ``over()``: the program ends, and shows nothing any more."""

    def __init__(
        self,
        shell: Shell,
        *,
        whole: Callable[[], TrackerView],
        glance: Callable[[], TrackerView],
        shown: Callable[[], None],
        over: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._shell = shell
        self._whole = whole
        self._glance = glance
        self._shown = shown
        self._over = over
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell)
        shell.looked.connect(self.show)

    def refresh(self) -> None:
        """Show what is known now. Unseen, it is done once for all that asks within a turn of Qt's loop."""
        if self._shell.seen:
            self.show()
        elif not self._soon.isActive():
            self._soon.start()

    def show(self) -> None:
        """Show everything at once: somebody looks, or is about to."""
        self._soon.stop()
        if not self._over():
            self._shell.show_view(self._whole())
            self._shown()

    def _tell(self) -> None:
        try:
            if self._shell.seen:
                self.show()
            elif not self._over():
                self._shell.show_glance(self._glance())
                self._shown()
        except FairhourError as error:
            # A record that can't be read: what is wrong with it is told by who writes it, and this is tried again.
            log.warning("what the icon tells could not be brought up to date: %s", error)
