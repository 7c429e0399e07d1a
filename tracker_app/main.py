"""``fairhour-tracker``: starts the tracker, once for each data folder, and ends it safely.

The icon shows before all but Qt's widgets is loaded; what it stands for is loaded right after it (``running``), and
what is seldom wanted at first use. ``tests/tracker_app/test_lean_start.py`` holds what must not be loaded when.
"""

from __future__ import annotations

import builtins
import time

_BEGAN = time.monotonic()
_IMPORT = builtins.__import__

import logging  # noqa: E402 - the time to the icon counts from here
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from PySide6.QtCore import QCoreApplication  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

# PySide6 puts its own in its place, for a feature that is not used here. It reads the source of every module that is
# imported from then on, and the source stays in memory: 7 MB.
builtins.__import__ = _IMPORT

from tracker_app.instance import Instance, holder, take  # noqa: E402
from tracker_app.places import data_folder, is_gone  # noqa: E402
from ui.first_icon import FirstIcon  # noqa: E402

if TYPE_CHECKING:
    import argparse

PATIENCE_S = 8.0
"""Real seconds in which another tracker may finish its start or its end, or answer."""
_ANY_PROCESS = -1  # ASFW_ANY

translate = QCoreApplication.translate


def main(arguments: list[str] | None = None) -> int:
    """Run the tracker until it is quit; returns the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if set(words) <= {"--hidden"}:
        return _guarded(lambda: _start(hidden="--hidden" in words))
    options = _options(words)
    if options.smoke:
        return _guarded(_smoke)
    return _guarded(lambda: _start(hidden=options.hidden))


def _guarded(act: Callable[[], int]) -> int:
    """Do it; what the user must know goes to standard error as one line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        return act()
    # Its class is not loaded before the icon shows.
    except Exception as error:
        from worktime.errors import FairhourError

        if not isinstance(error, FairhourError):
            raise
        from tracker_app.cli import sentence
        from tracker_app.speech import speak

        app = speak()
        print(sentence(error.problem), file=sys.stderr)
        del app
        return 1


def _start(*, hidden: bool) -> int:
    home = data_folder(os.environ)
    if is_gone(os.environ):
        raise _gone(home)
    lock = take(home) or lock_or_raise(home)
    if lock is None:
        from tracker_app.speech import speak

        app = speak()
        print(translate("cli", "Fairhour is running already; its window was brought to the front."))
        del app
        return 0
    try:
        windows, first = _show_icon()
        from tracker_app import lean

        lean.load()
        from tracker_app.running import run
        from tracker_app.settings import read_settings

        return run(windows, first, read_settings(os.environ), hidden=hidden)
    finally:
        lock.close()


def _gone(home: Path) -> Exception:
    """An empty folder in its place would look as if all were lost."""
    from worktime.errors import failure

    return failure(
        "data_folder_gone",
        "Your data folder is not there",
        "It was moved to {folder}, and there is no such folder now.",
        "Connect the disk that it is on, and start Fairhour again.",
        retryable=True,
        folder=home,
    )


def _smoke() -> int:
    """Show the icon on a record of its own, say how long it took, and quit."""
    import tempfile
    from dataclasses import replace

    windows, first = _show_icon()
    took = time.monotonic() - _BEGAN
    from tracker_app.running import run
    from tracker_app.settings import read_settings

    with tempfile.TemporaryDirectory(prefix="fairhour-smoke-") as folder:
        settings = replace(read_settings({}), home=Path(folder))
        return run(windows, first, settings, hidden=True, shown=lambda: took)


def _show_icon() -> tuple[QApplication, FirstIcon]:
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Fairhour")
    app.setDesktopFileName("fairhour")
    first = FirstIcon(app)
    first.icon.show()
    # The desktop takes it in while the rest is loaded.
    app.processEvents()
    return app, first


def _options(arguments: list[str]) -> argparse.Namespace:
    import argparse

    from tracker_app.speech import speak

    # Only who asks for help gets an application here: the windows need one of another kind.
    app = speak() if {"-h", "--help"} & set(arguments) else None
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
    from worktime.errors import failure

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
    from tracker_app.control import TIMEOUT_S, request
    from tracker_app.requests import ACTIVATION
    from worktime.errors import FairhourError

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


if __name__ == "__main__":
    sys.exit(main())
