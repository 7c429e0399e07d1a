"""The tray icon as it stands before anything else is loaded: what runs is seen at once, and can be used soon after.

``tray`` fills the menu and ``shell`` takes over the icon; a tray that speaks D-Bus needs to find a menu from the start.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from ui.marks import Emblem
from ui.ring import MarkIcons
from ui.theme import Choice, Panel, Theme

TEMPLATE = sys.platform == "darwin"
"""macOS colours menu bar icons itself."""


class FirstIcon:
    """The theme, and the icon of a tracker of which nothing is known yet. ``scale`` and ``panel``: see ``Theme``."""

    def __init__(
        self,
        app: QApplication,
        *,
        choice: Choice = Choice.SYSTEM,
        panel: Panel = Panel.AUTO,
        scale: float | None = None,
    ) -> None:
        app.setQuitOnLastWindowClosed(False)
        self.theme = Theme(app, choice=choice, panel=panel, scale=scale)
        self.icons = MarkIcons()
        self.menu = QMenu()
        self.icon = QSystemTrayIcon()
        self.icon.setContextMenu(self.menu)
        self.icon.setIcon(self.icons.icon(Emblem(), self.theme.panel_colours, plate=not TEMPLATE, template=TEMPLATE))
