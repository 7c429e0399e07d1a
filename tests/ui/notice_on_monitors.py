"""``python -m tests.ui.notice_on_monitors``, on a desktop of two monitors: where the notice stands, as JSON."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable

from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from devtools import processes
from tests.support.screen import Screen
from tests.ui import samples
from ui.actions import UiActions
from ui.shell import Shell

PATIENCE_S = 10.0


def waited(condition: Callable[[], bool]) -> bool:
    """Let Qt work until the condition holds."""
    limit = time.monotonic() + PATIENCE_S
    while not condition() and time.monotonic() < limit:
        QApplication.processEvents()
    return condition()


def main() -> int:
    """Show a notice on the second monitor, and take that monitor away."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder, Screen() as screen:
        shell = Shell(app, UiActions(), QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
        screen.point((2500, 300))
        notice = shell.new_notice()
        notice.show_view(samples.notices()["held"])
        notice.appear(QRect())

        def stands_in(right: int) -> bool:
            QApplication.processEvents()
            return right - 100 < screen.frame("Fairhour").right <= right

        found = {"second": waited(lambda: stands_in(3840))}
        processes.output_of(["xrandr", "--delmonitor", "M1"])
        waited(lambda: len(QGuiApplication.screens()) == 1)
        right = QGuiApplication.primaryScreen().availableGeometry().right() + 1
        found["after it was taken away"] = waited(lambda: stands_in(right))
        notice.close()
        shell.close()
        gc.collect()
        QApplication.processEvents()
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
