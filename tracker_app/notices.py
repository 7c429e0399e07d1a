"""When the notice of a screenshot comes and goes: at each picture, until its hold is over, and never on a picture.

What it shows and offers is in ``ui.notice``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tracker_app.preferences import Notice
from ui import words
from ui.models import NoticeView
from ui.shell import Shell
from worktime.tracking_values import PictureTaken

if TYPE_CHECKING:
    from ui.notice import ShotNotice

AFTER_S = 10.0
"""Real seconds for which a notice stays when its picture is not held, or its hold is over as it comes."""
CLEAR_S = 0.2
"""Real seconds that a desktop is given to paint what the notice stood on."""
PATIENCE_S = 1.0
"""Real seconds after which a picture is taken all the same: Qt's thread is busy, and the moment must not pass."""
OFTEN_S = 1
"""Real seconds between two looks at a notice whose time is over, and which the user is still in."""
_REST_MS = 1000
"""After a notice has gone from the screen, what it needed there goes back to the system."""

Key = tuple[UUID, int]
Grabbed = TypeVar("Grabbed")


class NoticeDesk(QObject):
    """``look(job, slot)`` returns what there is to show of a screenshot, None when it is gone.

    ``wanted()`` is the user's preference.
    """

    _away = Signal(object)
    _back = Signal()

    def __init__(
        self, shell: Shell, look: Callable[[UUID, int], NoticeView | None], wanted: Callable[[], Notice]
    ) -> None:
        super().__init__()
        self._shell = shell
        self._look = look
        self._wanted = wanted
        self._notice: ShotNotice | None = None
        self._kept: ShotNotice | None = None
        self._shown: Key | None = None
        self._next: Key | None = None
        self._pictures = 0
        self._next_look = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next_look.timeout.connect(self.refresh)
        self._last_look = QTimer(self, singleShot=True, interval=round(AFTER_S * 1000))
        self._last_look.timeout.connect(self.refresh)
        self._away.connect(self._look_away, Qt.ConnectionType.QueuedConnection)
        self._back.connect(self._look_back, Qt.ConnectionType.QueuedConnection)

    @property
    def notice(self) -> ShotNotice | None:
        """The notice that is on the screen."""
        return self._notice

    def make_ready(self) -> None:
        """Make the notice that will be shown, hidden: the first one must not hold up Qt's thread for 15 ms."""
        notices = self._notice, self._kept
        if notices == (None, None) and self._wanted() is Notice.ALWAYS and self._shell.can_stand_in_corner:
            self._kept = self._made()

    def came(self, taken: PictureTaken) -> None:
        """A picture was taken; whether it was kept shows in what there is to look at."""
        job, slot = taken.job, taken.slot
        wanted = self._wanted()
        view = self._look(job, slot) if wanted is not Notice.NONE else None
        if view is None or view.tile.taken_at != taken.picture.taken_at:
            return
        if wanted is Notice.QUIET or not self._shell.can_stand_in_corner:
            self._tell(view)
            return
        if self._notice is not None and self._notice.in_use and self._shown != (job, slot):
            # Who types into the one before must not find their words on another.
            self._next = (job, slot)
            return
        self._show((job, slot), view)

    def refresh(self) -> None:
        """Show how long it stays, and close when it has gone or was deleted. The user is never interrupted in it."""
        notice, key = self._notice, self._shown
        if notice is None or key is None:
            return
        view = self._look(*key)
        if view is None or self._wanted() is not Notice.ALWAYS:
            notice.close()
            return
        notice.show_view(view)
        over = view.left_s == 0 and not self._last_look.isActive()
        if over and not notice.in_use and not notice.underMouse() and not notice.asking:
            notice.close()
            return
        self._look_again(view)

    def close(self) -> None:
        """Take it off the screen, and apart."""
        self._next = None
        if self._notice is not None:
            self._notice.close()
        if self._kept is not None:
            self._kept.deleteLater()
            self._kept = None

    def without(self, grab: Callable[[], Grabbed]) -> Grabbed:
        """Return what ``grab`` returns, called while no notice is on the screen. Not for Qt's thread."""
        if self._notice is None:
            return grab()
        clear = threading.Event()
        self._away.emit(clear)
        clear.wait(PATIENCE_S)
        try:
            return grab()
        finally:
            self._back.emit()

    # Inside

    def _show(self, key: Key, view: NoticeView) -> None:
        self._shown = key
        notice, self._kept = self._notice or self._kept, None
        if notice is None:
            notice = self._made()
        self._notice = notice
        notice.show_view(view)
        if not view.left_s:
            self._last_look.start()
        notice.look_away(away=self._pictures > 0)
        notice.appear(self._shell.tray.place)
        self._look_again(view)

    def _made(self) -> ShotNotice:
        notice = self._shell.new_notice()
        notice.gone.connect(self._gone)
        return notice

    def _look_again(self, view: NoticeView) -> None:
        """Come back when its time is over: it tells until when, not how long. Each look costs as much as a tick."""
        self._next_look.start(1000 * (view.left_s or OFTEN_S))

    def _gone(self) -> None:
        gone, self._notice, self._shown = self._notice, None, None
        self._next_look.stop()
        self._last_look.stop()
        QTimer.singleShot(_REST_MS, _give_memory_back)
        waiting, self._next = self._next, None
        view = self._look(*waiting) if waiting is not None else None
        if waiting is not None and view is not None and view.left_s:
            # Another one: this one is still closing.
            self._show(waiting, view)
            if gone is not None:
                gone.deleteLater()
        else:
            self._kept = gone

    def _tell(self, view: NoticeView) -> None:
        tile = view.tile
        at = words.clock_time(tile.taken_at or 0, view.zone)
        text = view.job_title
        if view.left_s and tile.held_until is not None:
            until = words.clock_time(tile.held_until, view.zone)
            text = f"{view.job_title}. " + self.tr("Leaves this computer at {until}.").format(until=until)
        title = self.tr("Screenshot of {at}").format(at=at)
        self._shell.tray.tell(title, text, lambda: self._shell.look_at(tile))

    # Pictures, on Qt's thread

    def _look_away(self, clear: threading.Event) -> None:
        self._pictures += 1
        if self._turn(away=True):
            QTimer.singleShot(round(CLEAR_S * 1000), clear.set)
        else:
            clear.set()

    def _look_back(self) -> None:
        self._pictures -= 1
        if not self._pictures:
            self._turn(away=False)

    def _turn(self, *, away: bool) -> bool:
        if self._notice is not None:
            self._notice.look_away(away=away)
        return self._notice is not None


def _give_memory_back() -> None:
    # Loaded by now: there was a picture.
    import capture

    capture.give_memory_back()
