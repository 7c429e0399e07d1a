"""The floor: PySide6, one icon in the tray with a menu of one entry, and nothing else. Run as a program."""

from __future__ import annotations

import sys

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
    sys.exit(app.exec())
