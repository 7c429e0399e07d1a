"""From the session's events (lock, sleep, end) to the recorder."""

from __future__ import annotations

import logging

from idle import SessionEvent, SessionWatch, open_session_watch
from tracker_app.recorder import Recorder

log = logging.getLogger(__name__)


def watch_session(recorder: Recorder) -> SessionWatch:
    """Watch the session for ``recorder``; to be called on the thread that runs Qt's event loop."""
    watch = open_session_watch(lambda event: tell(recorder, event))
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
