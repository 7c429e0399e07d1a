"""The tokens as Qt wants them: palette, fonts and a small style sheet that follow the system's light or dark theme.

Nothing moves: Qt 6.11 can't tell on every system whether the user asks for less motion, and no window here needs any.
Where the system asks for high contrast its own palette holds (contrast.py), unless the user chose a theme here.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from ui.tokens import CORNER, DARK, FONT_14, LIGHT, SPACE, Colours

_DEFAULT_SYSTEM_PX = 14
"""Up to this size of the system's font the look's own sizes hold; above it, all grow with it."""


_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


class Choice(StrEnum):
    """Which theme the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Panel(StrEnum):
    """What the tray icon stands on. AUTO asks the system where that is possible."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The application's look; ``changed`` tells painters to draw again.

    ``scale`` enlarges fonts and spacing for readers with a larger system font; None takes it from the system.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        choice: Choice = Choice.SYSTEM,
        panel: Panel = Panel.AUTO,
        scale: float | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._panel = panel
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        system = QFontInfo(font).pixelSize()
        self.scale = scale if scale is not None else max(1.0, min(3.0, system / _DEFAULT_SYSTEM_PX))
        self._family = font.family()
        # Both are kept: PySide takes the inner object for deleted as soon as the outer's wrapper is gone.
        self._hints = app.styleHints()
        self._wishes = self._hints.accessibility()
        app.setStyle("Fusion")
        for effect in _EFFECTS:
            app.setEffectEnabled(effect, False)
        self._system: QPalette | None = None
        self.choose(choice)
        self._hints.colorSchemeChanged.connect(self._apply)
        self._wishes.contrastPreferenceChanged.connect(self._apply)
        self._follows = True

    def choose(self, choice: Choice) -> None:
        """Follow the system or stay light or dark."""
        scheme = {
            Choice.SYSTEM: Qt.ColorScheme.Unknown,
            Choice.LIGHT: Qt.ColorScheme.Light,
            Choice.DARK: Qt.ColorScheme.Dark,
        }[choice]
        self._choice = choice
        self._hints.setColorScheme(scheme)
        self._apply()

    def release(self) -> None:
        """Follow the system no longer."""
        if self._follows:
            self._follows = False
            self._hints.colorSchemeChanged.disconnect(self._apply)
            self._wishes.contrastPreferenceChanged.disconnect(self._apply)

    @property
    def app(self) -> QApplication:
        """The application that looks so."""
        return self._app

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        if self._choice is not Choice.SYSTEM:
            return self._choice is Choice.DARK
        if self._system is not None:
            from ui import contrast

            return contrast.is_dark(self._system)
        return self._hints.colorScheme() == Qt.ColorScheme.Dark

    @property
    def colours(self) -> Colours:
        """The window's colours."""
        colours = DARK if self.dark else LIGHT
        if not self.wants_contrast():
            return colours
        # Few need it: the others' tray icon is not to wait for it.
        from ui import contrast

        return contrast.strong(colours, self._system)

    def wants_contrast(self) -> bool:
        """Tell whether the system asks for high contrast."""
        return self._wishes.contrastPreference() == Qt.ContrastPreference.HighContrast

    @property
    def panel_colours(self) -> Colours:
        """The colours of the tray icon, which may stand on a dark panel beside light windows."""
        if self._panel is Panel.AUTO:
            return DARK if self._panel_is_dark() else LIGHT
        return DARK if self._panel is Panel.DARK else LIGHT

    def _panel_is_dark(self) -> bool:
        if sys.platform == "win32":
            personalize = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
            settings = QSettings(personalize, QSettings.Format.NativeFormat)
            return not int(str(settings.value("SystemUsesLightTheme", 0)))
        # GNOME's top bar is dark whatever the windows are.
        return self.dark or "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "")

    def px(self, value: float) -> int:
        """Return a length in pixels, enlarged with the font."""
        return round(value * self.scale)

    def space(self, steps: int) -> int:
        """Return ``steps`` of the 4 px grid, enlarged with the font."""
        return self.px(SPACE * steps)

    def font(self, size: int = FONT_14, *, strong: bool = False) -> QFont:
        """Return the system's font at a size of the look. Figures are tabular: a clock must not wobble."""
        font = QFont(self._family)
        font.setPixelSize(self.px(size))
        font.setFeature(QFont.Tag("tnum"), 1)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _apply(self) -> None:
        self._system = None
        if self.wants_contrast() and self._choice is Choice.SYSTEM:
            # What the application's palette is when nobody set one: the system's.
            self._app.setPalette(QPalette())
            self._system = QPalette(self._app.palette())
        self._app.setPalette(palette(self.colours))
        self._app.setFont(self.font())
        self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _sheet(self) -> str:
        colours = self.colours
        values = {**vars(colours), "corner": CORNER, "x": self.px(12), "y": self.px(5), "edge": self.px(2)}
        values |= {"bar": self.px(10), "inset": self.px(2), "indent": self.px(30), "mark": self.px(8)}
        values["tick"] = self.px(13)
        return _SHEET % values


def palette(colours: Colours) -> QPalette:
    """Return Qt's palette in one theme's colours."""
    result = QPalette()
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.paper,
        role.Base: colours.paper,
        role.AlternateBase: colours.surface,
        role.Button: colours.surface,
        role.ToolTipBase: colours.surface,
        role.WindowText: colours.ink,
        role.Text: colours.ink,
        role.ButtonText: colours.ink,
        role.ToolTipText: colours.ink,
        role.BrightText: colours.rejected,
        role.PlaceholderText: colours.muted,
        role.Link: colours.recorded,
        role.Highlight: colours.recorded,
        role.HighlightedText: colours.paper,
        role.Mid: colours.line,
        role.Accent: colours.recorded,
    }
    for where, colour in roles.items():
        result.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    return result


_SHEET = """
* { widget-animation-duration: 0; }
QPushButton {
    background: %(surface)s; color: %(ink)s; border: 2px solid %(line)s; border-radius: %(corner)dpx;
    padding: %(y)dpx %(x)dpx;
}
QPushButton:hover { border-color: %(muted)s; }
QPushButton:focus { border-color: %(ink)s; }
QPushButton:disabled { color: %(muted)s; background: %(paper)s; }
QPushButton[look="primary"] {
    background: %(recorded)s; color: %(paper)s; border-color: %(recorded)s; font-weight: 600;
}
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:focus { border-color: %(ink)s; }
QPushButton[look="primary"]:disabled { background: %(surface)s; color: %(muted)s; border-color: %(line)s; }
QPushButton[look="stop"] {
    background: %(ink)s; color: %(paper)s; border-color: %(ink)s; font-weight: 600;
}
QPushButton[look="stop"]:hover, QPushButton[look="stop"]:focus { border-color: %(recorded)s; }
QPushButton[look="danger"] { color: %(rejected)s; }
QPushButton[look="danger"]:disabled { color: %(muted)s; }
QPushButton[look="link"] {
    background: transparent; border-color: transparent; padding: 0 %(edge)dpx; color: %(attention)s;
    text-decoration: underline;
}
QPushButton[look="calm-link"] {
    background: transparent; border-color: transparent; padding: 0 %(edge)dpx; color: %(muted)s;
    text-decoration: underline;
}
QPushButton[look="calm-link"]:hover { color: %(ink)s; }
QPushButton[look="link"]:focus, QPushButton[look="calm-link"]:focus { border-color: %(ink)s; }
QPushButton[look="menu"] { background: transparent; border: none; border-radius: 0; padding: 0; }
QPushButton[look="menu"]:hover, QPushButton[look="menu"]:focus { background: %(surface)s; }
QLineEdit {
    background: %(paper)s; color: %(ink)s; border: 2px solid %(line)s; border-radius: %(corner)dpx;
    padding: %(y)dpx %(y)dpx; selection-background-color: %(recorded)s; selection-color: %(paper)s;
}
QLineEdit { placeholder-text-color: %(muted)s; }
QLineEdit:hover { border-color: %(muted)s; }
QLineEdit:focus { border-color: %(recorded)s; }
QLineEdit:disabled { background: %(surface)s; color: %(muted)s; }
QListWidget {
    background: %(paper)s; color: %(ink)s; border: 2px solid %(line)s; border-radius: %(corner)dpx;
    padding: %(y)dpx; selection-background-color: %(recorded)s; selection-color: %(paper)s;
}
QPlainTextEdit {
    background: %(surface)s; color: %(ink)s; border: 2px solid %(line)s; border-radius: %(corner)dpx;
    selection-background-color: %(recorded)s; selection-color: %(paper)s;
}
QPlainTextEdit:focus { border-color: %(recorded)s; }
QListWidget:hover { border-color: %(muted)s; }
QListWidget:focus { border-color: %(recorded)s; }
QListWidget[part="nav"] { background: %(paper)s; border: none; padding: 0; outline: none; }
QListWidget[part="nav"]::item {
    padding: %(y)dpx %(x)dpx; margin: 0 0 %(inset)dpx 0; border: 2px solid transparent; border-radius: %(corner)dpx;
}
QListWidget[part="nav"]::item:hover { background: %(surface)s; }
QListWidget[part="nav"]::item:selected { background: %(surface)s; color: %(ink)s; border-color: %(line)s; }
QListWidget[part="nav"]:focus::item:selected { border-color: %(recorded)s; }
QCheckBox::indicator { width: %(tick)dpx; height: %(tick)dpx; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: %(muted)s; }
QLabel[tone="recorded"] { color: %(recorded)s; }
QLabel[tone="other"] { color: %(other)s; }
QLabel[tone="attention"] { color: %(attention)s; }
QLabel[tone="rejected"] { color: %(rejected)s; }
QFrame[part="footer"] { background: %(surface)s; border-top: 1px solid %(line)s; }
QFrame[part="ground"] { background: %(surface)s; }
QFrame[part="notice"] { background: %(surface)s; border-left: 4px solid %(attention)s; }
QFrame[part="corner"] { background: %(paper)s; border: 1px solid %(muted)s; }
QFrame[part="notice"][mirrored="true"] { border-left: none; border-right: 4px solid %(attention)s; }
QFrame[part="rule"] { background: %(line)s; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[part="body"] { background: %(paper)s; }
QTableView { border: none; background: %(paper)s; outline: none; }
QTableView QTableCornerButton::section { background: %(paper)s; border: none; }
QTreeView { background: %(paper)s; border: 1px solid %(line)s; }
QTreeView::item { padding: %(edge)dpx %(y)dpx; }
QHeaderView { background: %(paper)s; border: none; }
QHeaderView::section { background: %(paper)s; color: %(muted)s; border: none; padding: %(edge)dpx %(y)dpx 0 0; }
QScrollBar:vertical { background: transparent; width: %(bar)dpx; margin: 0; }
QScrollBar::handle:vertical {
    background: %(line)s; border-radius: %(edge)dpx; margin: %(inset)dpx %(inset)dpx; min-height: %(indent)dpx;
}
QScrollBar::handle:vertical:hover { background: %(muted)s; }
QScrollBar:horizontal { background: transparent; height: %(bar)dpx; margin: 0; }
QScrollBar::handle:horizontal {
    background: %(line)s; border-radius: %(edge)dpx; margin: %(inset)dpx %(inset)dpx; min-width: %(indent)dpx;
}
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: %(surface)s; color: %(ink)s; border: 1px solid %(line)s; padding: %(y)dpx; }
QMenu { background: %(paper)s; color: %(ink)s; border: 1px solid %(line)s; padding: %(y)dpx 0; }
QMenu::item { padding: %(y)dpx %(x)dpx %(y)dpx %(indent)dpx; background: transparent; }
QMenu::indicator { width: %(x)dpx; height: %(x)dpx; left: %(mark)dpx; }
QMenu::item:selected { background: %(recorded)s; color: %(paper)s; }
QMenu::item:disabled { color: %(muted)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: %(y)dpx 0; }
"""
