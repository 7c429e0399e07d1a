"""``fairhour-tracker``: starts the tracker, once for each data folder, and ends it safely.

At the start only Qt's widgets and SQLite are loaded, so that the icon shows at once; the rest comes at first use.
"""

from __future__ import annotations

import time

_BEGAN = time.monotonic()

import argparse  # noqa: E402 - the time to the icon counts from here
import json  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from dataclasses import replace  # noqa: E402
from pathlib import Path  # noqa: E402

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from tracker_app import log_file  # noqa: E402
from tracker_app.cli import sentence  # noqa: E402
from tracker_app.control import TIMEOUT_S, request  # noqa: E402
from tracker_app.crashes import CrashNotes  # noqa: E402
from tracker_app.instance import Instance, holder, take  # noqa: E402
from tracker_app.requests import ACTIVATION  # noqa: E402
from tracker_app.settings import Settings, read_settings  # noqa: E402
from tracker_app.speech import speak  # noqa: E402
from tracker_app.tracker import Tracker  # noqa: E402
from ui.tray import tray_available  # noqa: E402
from worktime.errors import FairhourError, failure  # noqa: E402

PATIENCE_S = 8.0
"""Real seconds in which another tracker may finish its start or its end, or answer."""
_ANY_PROCESS = -1  # ASFW_ANY
_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))

log = logging.getLogger(__name__)
translate = QCoreApplication.translate


def main(arguments: list[str] | None = None) -> int:
    """Run the tracker until it is quit; returns the exit status."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        if options.smoke:
            with tempfile.TemporaryDirectory(prefix="fairhour-smoke-") as folder:
                return run(replace(read_settings({}), home=Path(folder)), hidden=True, smoke=True)
        settings = read_settings(os.environ)
        lock = lock_or_raise(settings.home)
        if lock is None:
            app = speak()
            print(translate("cli", "Fairhour is running already; its window was brought to the front."))
            del app
            return 0
        try:
            return run(settings, hidden=options.hidden)
        finally:
            lock.close()
    except FairhourError as error:
        app = speak()
        print(sentence(error.problem), file=sys.stderr)
        del app
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    # Only who asks for help gets an application here: the windows need one of another kind.
    app = speak() if {"-h", "--help"} & set(sys.argv[1:] if arguments is None else arguments) else None
    parser = argparse.ArgumentParser(prog="fairhour-tracker", description=translate("cli", "Fairhour, in the tray."))
    parser.add_argument("--hidden", action="store_true", help=translate("cli", "show the icon only, not the window"))
    parser.add_argument(
        "--smoke", action="store_true", help=translate("cli", "show the icon, say how long it took, and quit")
    )
    options = parser.parse_args(arguments)
    del app
    return options


def lock_or_raise(home: Path, patience_s: float = PATIENCE_S) -> Instance | None:
    """Lock the data folder; None when another tracker runs on it, whose window is in front now.

    One that is just starting, or just ending, is given ``patience_s``. Raises FairhourError when it stays silent.
    """
    give_up = time.monotonic() + patience_s
    while (lock := take(home)) is None:
        if _raise_window(home, max(0.1, give_up - time.monotonic())):
            return None
        if time.monotonic() >= give_up:
            raise failure(
                "running_silent",
                "Fairhour is running already",
                "Another Fairhour (process {process}) works in {folder} and does not answer.",
                "Wait a moment and try again. If it stays so, end that process: what it recorded is kept.",
                retryable=True,
                process=holder(home) or "?",
                folder=home,
            )
        time.sleep(0.05)
    return lock


def _raise_window(home: Path, timeout_s: float) -> bool:
    """Have the tracker that runs on ``home`` show its window; tells whether it did."""
    if sys.platform == "win32":
        # Only who is in front may hand that on; this start is, by the user's click.
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    try:
        token = os.environ.get(ACTIVATION)
        request(home, {"do": "show"} | ({"token": token} if token else {}), min(TIMEOUT_S, timeout_s))
    except FairhourError as error:
        if error.problem.code == "not_running":
            return False
        raise
    return True


def run(settings: Settings, *, hidden: bool, smoke: bool = False) -> int:
    """Run one tracker on Qt's event loop."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Fairhour")
    app.setDesktopFileName("fairhour")
    speak()
    log_file.begin(settings.home)
    crashes = CrashNotes(settings.home)
    crashes.begin()
    try:
        tracker = Tracker(app, settings)
        tracker.ended.connect(app.quit)
        _quit_on_signals(tracker)
        tracker.start(hidden=hidden)
        if crashes.last:
            tracker.shell.show_crash(crashes.last, crashes.told)
        if smoke:
            QTimer.singleShot(0, lambda: _report(tracker))
        return app.exec()
    finally:
        crashes.end()
        log_file.end()


def _report(tracker: Tracker) -> None:
    shown = tray_available() and tracker.shell.tray.icon.isVisible()
    print(json.dumps({"tray": shown, "seconds": round(time.monotonic() - _BEGAN, 3)}), flush=True)
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


if __name__ == "__main__":
    sys.exit(main())
