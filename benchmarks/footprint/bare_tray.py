"""The floor: PySide6, one icon in the tray with a menu of one entry, and nothing else. Run as a program.

With ``--pulse`` it also looks for the last input each second, and does nothing with it: no tracker can do without.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

if __name__ == "__main__":
    app = QApplication(sys.argv)
    picture = QPixmap(22, 22)
    picture.fill(QColor("teal"))
    menu = QMenu()
    menu.addAction("Quit", app.quit)
    icon = QSystemTrayIcon(QIcon(picture))
    icon.setContextMenu(menu)
    icon.show()
    pulse = QTimer(interval=1000)
    if "--pulse" in sys.argv:
        from idle.x11 import X11Idle

        pulse.timeout.connect(X11Idle(os.environ["DISPLAY"]).idle_ms)
        pulse.start()
    sys.exit(app.exec())
