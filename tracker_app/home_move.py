"""Between two runs of the program: moves the data folder while a window says how far it is, and starts anew."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QEventLoop, QProcess, QTimer

from tracker_app.autostart import command
from tracker_app.places import POINTER, usual_folder
from ui.moving import MovingWindow
from ui.theme import Theme
from worktime.errors import FairhourError, Problem

log = logging.getLogger(__name__)

_LOOK_MS = 50


def moved_home(home: Path, target: Path, theme: Theme) -> bool:
    """Move the data folder, and wait; tells whether it was moved. Why not is shown until the user has seen it."""
    window, loop = MovingWindow(theme, target), QEventLoop()
    shares: list[int] = [0]
    found: list[Problem | None] = []

    def run() -> None:
        from tracker_app.moving import move

        try:
            move(home, target, usual_folder() / POINTER, lambda share: shares.__setitem__(0, share))
            found.append(None)
        except FairhourError as error:
            found.append(error.problem)

    def look() -> None:
        window.show_share(shares[0])
        if not thread.is_alive():
            timer.stop()
            loop.quit()

    thread = threading.Thread(target=run, name="move", daemon=True)
    timer = QTimer()
    timer.timeout.connect(look)
    window.show()
    thread.start()
    timer.start(_LOOK_MS)
    loop.exec()
    problem = found[0] if found else None
    if problem is not None:
        log.warning("the data folder was not moved: %s", problem)
        window.show_problem(problem)
        window.finished.connect(loop.quit)
        loop.exec()
    window.close()
    window.deleteLater()
    return bool(found) and problem is None


def again() -> None:
    """Start Fairhour anew, with its window. It waits until this one has let go of the lock."""
    program, *arguments = command()
    QProcess.startDetached(program, [each for each in arguments if each != "--hidden"])
