"""One tracker on Qt's event loop, from the icon that stands to its safe end."""

from __future__ import annotations

import json
import logging
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from tracker_app import core_dumps, garbage, heap, log_file
from tracker_app.crashes import CrashNotes
from tracker_app.places import MOVED_FROM, MOVING_TO, POINTER, usual_folder
from tracker_app.settings import Settings
from tracker_app.speech import speak
from tracker_app.tracker import Tracker
from ui.first_icon import FirstIcon
from ui.tray import tray_available

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))

log = logging.getLogger(__name__)


def run(
    app: QApplication, first: FirstIcon, settings: Settings, *, hidden: bool, shown: Callable[[], float] | None = None
) -> int:
    """Run one tracker; returns the exit status. ``shown``: real seconds since the start, to be told in a smoke test."""
    core_dumps.keep_none()
    heap.keep_small()
    garbage.collect_here_only()
    speak()
    log_file.begin(settings.home)
    if (settings.home / MOVING_TO).exists():
        from tracker_app.half_copy import take_back

        take_back(settings.home, usual_folder() / POINTER)
    if (settings.home / MOVED_FROM).exists():
        from tracker_app.old_copy import confirm

        confirm(settings.home)
    crashes = CrashNotes(settings.home)
    crashes.begin()
    try:
        tracker = Tracker(app, settings, first)
        tracker.ended.connect(app.quit)
        _quit_on_signals(tracker)
        tracker.start(hidden=hidden)
        if (settings.home / MOVED_FROM).exists():
            from tracker_app.old_copy import erase_later

            erase_later(settings.home, usual_folder() / POINTER)
        if crashes.last:
            tracker.shell.show_crash(crashes.last, crashes.told)
        if shown is not None:
            QTimer.singleShot(0, lambda: _report(tracker, shown()))
        status = app.exec()
        if tracker.late.move_to is not None:
            from tracker_app.home_move import again, moved_home

            moved_home(settings.home, tracker.late.move_to, tracker.shell.theme)
            again()
        return status
    finally:
        crashes.end()
        log_file.end()


def _report(tracker: Tracker, seconds: float) -> None:
    shown = tray_available() and tracker.shell.tray.icon.isVisible()
    print(json.dumps({"tray": shown, "seconds": round(seconds, 3)}), flush=True)
    tracker.quit()


def _quit_on_signals(tracker: Tracker) -> None:
    """SIGTERM, SIGINT and SIGHUP (a terminal closes) quit safely.

    A byte through a socket wakes Qt's loop, which no Python handler does.
    """
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in _ENDS:
        signal.signal(number, lambda _number, _frame: None)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, tracker)

    def woken() -> None:
        if any(number in _ENDS for number in reader.recv(64)):
            log.info("asked to end")
            tracker.quit()

    def let_go() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        reader.close()
        writer.close()

    notifier.activated.connect(woken)
    tracker.ended.connect(let_go)
