"""From the session's events (lock, sleep, end) to the recorder; who is still there after the end is asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from idle import SessionEvent, SessionWatch, open_session_watch
from tracker_app.recorder import Recorder
from worktime.tracking_values import Cause

log = logging.getLogger(__name__)

STILL_HERE_S = 30.0
"""Real seconds after the end of the session was told in which the program ends with it. Not every system tells that the
end was cancelled, so who still runs then asks (rules.md, Idle 3)."""


class SessionDesk(QObject):
    """Carries the session's events to the recorder, on Qt's thread. ``told``: one was carried out, durably."""

    told = Signal()

    def __init__(self, app: QGuiApplication, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._watch: SessionWatch | None = None
        self.still_here = QTimer(self)
        self.still_here.setSingleShot(True)
        self.still_here.setInterval(round(STILL_HERE_S * 1000))
        self.still_here.timeout.connect(self.ask_who_is_still_here)
        # The session manager waits for this, and goes on when it returns.
        app.commitDataRequest.connect(lambda _manager: self.tell(SessionEvent.SESSION_END))

    def open(self) -> None:
        """Begin to watch. What it takes to do so is loaded here."""
        self._watch = watch_session(self.tell)

    def close(self) -> None:
        """Stop watching, and asking."""
        self.still_here.stop()
        if self._watch is not None:
            self._watch.close()

    def tell(self, event: SessionEvent) -> None:
        """The session was locked, sleeps, ends or is back."""
        log.info("session: %s", event.value)
        tell(self._recorder, event)
        if event is SessionEvent.SESSION_END:
            self.still_here.start()
        self.told.emit()

    def ask_who_is_still_here(self) -> None:
        """The session was said to end, and did not."""
        if self._recorder.paused is not None and self._recorder.paused.cause is Cause.SESSION_END:
            self.tell(SessionEvent.WAKE)


def watch_session(tell: Callable[[SessionEvent], None], *, env: Mapping[str, str] | None = None) -> SessionWatch:
    """Watch the session; to be called on the thread that runs Qt's event loop. ``env`` names the buses (Linux)."""
    watch = open_session_watch(tell, env=env)
    if watch.problem is not None:
        log.info("session watch %s: %s", watch.name, watch.problem.message)
    return watch


def tell(recorder: Recorder, event: SessionEvent) -> None:
    """Carry one event over. Durable on return, as far as the disk takes it: the machine may sleep next."""
    {
        SessionEvent.LOCK: recorder.locked,
        SessionEvent.UNLOCK: recorder.unlocked,
        SessionEvent.SUSPEND: recorder.suspended,
        SessionEvent.WAKE: recorder.woken,
        SessionEvent.SESSION_END: recorder.session_ended,
    }[event]()
