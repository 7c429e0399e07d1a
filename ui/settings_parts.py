"""The pieces that pages of settings are made of: a headed setting with its help, a choice, and a field for keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import problem_words
from ui.head import JobBox
from ui.parts import label, link
from ui.settings_models import SettingsView
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16

translate = QCoreApplication.translate
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Setting(QWidget):
    """One setting: what it is called, what sets it, what that means, and why it can't be set or does not hold.

    ``names``: of the values behind it, as the view calls them.
    """

    def __init__(self, theme: Theme, title: str, *parts: QWidget, help: str = "", names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._parts = parts
        self._names = names
        self.help = label(theme, FONT_12, tone="muted", wrap=True)
        self.help.setText(help)
        self.help.setVisible(bool(help))
        self.why = label(theme, FONT_12, tone="attention", wrap=True)
        self.why.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        if title:
            head = label(theme, strong=True, wrap=True)
            head.setText(title)
            column.addWidget(head)
        for part in parts:
            column.addWidget(part)
            if help and not part.accessibleDescription():
                part.setAccessibleDescription(help)
        column.addWidget(self.help)
        column.addWidget(self.why)

    def explain(self, text: str) -> None:
        """Say what the choice of now means."""
        if text != self.help.text():
            self.help.setText(text)
            self.help.setVisible(bool(text))

    def show_why(self, view: SettingsView) -> None:
        """Say what stands in the way: the environment, which can't be argued with, or a problem."""
        fixed = [view.fixed[name] for name in self._names if name in view.fixed]
        problems = [view.problems[name] for name in self._names if name in view.problems]
        text = ""
        if fixed:
            text = translate("settings", "Set by {variable} in this computer's environment.").format(variable=fixed[0])
        elif problems:
            text = f"{problem_words.message(problems[0])} {problem_words.action(problems[0])}"
        self.why.setText(text)
        self.why.setVisible(bool(text))
        for part in self._parts:
            part.setEnabled(not fixed)


class ChoiceBox(JobBox):
    """One of several values. ``chosen(value)``: the user took another one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, choices: list[tuple[object, str]]) -> None:
        super().__init__(theme)
        self.setAccessibleName(name)
        for value, text in choices:
            self.addItem(text, value)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def show_value(self, value: object, text: str = "") -> None:
        """Show a value; one that is not offered is offered from now on, as ``text``."""
        row = self.findData(value)
        if row < 0:
            self.addItem(text or str(value), value)
            row = self.count() - 1
        if self.currentIndex() != row:
            self.setCurrentIndex(row)


class KeysField(QWidget):
    """Keys for something that works in every program. ``chosen(keys)``: as "Ctrl+Alt+R", "" for none."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.edit = _KeysEdit(theme, name)
        self.edit.pressed.connect(self.chosen)
        self.setFocusProxy(self.edit)
        self.clear = QPushButton(translate("settings", "No keys"))
        self.clear.setAccessibleName(translate("settings", "{name}: no keys").format(name=name))
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(lambda: self.chosen.emit(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        row.addWidget(self.edit, 1)
        row.addWidget(self.clear)

    def show_keys(self, keys: str) -> None:
        """Show what is chosen."""
        self.edit.setText(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        self.clear.setEnabled(bool(keys))


class _KeysEdit(QLineEdit):
    pressed = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFont(theme.font())
        self.setAccessibleName(name)
        self.setPlaceholderText(translate("settings", "None. Press the keys here to choose them."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys that have Ctrl, Alt or the system's key with them; all others do what they always do."""
        held = event.modifiers()
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        wanted |= Qt.KeyboardModifier.MetaModifier
        if event.key() in _MODIFIERS or not held & wanted:
            super().keyPressEvent(event)
            return
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        self.pressed.emit(keys)


class Page(QWidget):
    """A page of settings under a heading. ``name`` is for programs, as that of its picture."""

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.name = name
        self.title = title
        self.setProperty("part", "body")
        self.settings: list[Setting] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(theme.space(5),) * 4)
        self.column.setSpacing(theme.space(4))
        head = label(theme, FONT_16, strong=True, wrap=True)
        head.setText(title)
        self.column.addWidget(head)

    def put(self, setting: Setting) -> Setting:
        """Add a setting below the others."""
        self.settings.append(setting)
        self.column.addWidget(setting)
        return setting

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        for setting in self.settings:
            setting.show_why(view)


def link_row(theme: Theme, text: str) -> tuple[QWidget, QPushButton]:
    """Return a link with nothing beside it, and the link itself."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    button = link(text, calm=True)
    button.setFont(theme.font())
    line.addWidget(button)
    line.addStretch()
    return row, button
