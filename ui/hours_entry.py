"""The dialog for one entry of Other hours: time to the second, and what was done. What can't be is said at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui import hours_words
from ui.hours_models import HoursItem, WeekItem
from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16
from worktime.wire import MAX_NOTE

translate = QCoreApplication.translate
WIDTH = 420
_UNITS = (3600, 60, 1)
_MOST = (169, 59, 59)


class NumberField(QLineEdit):
    """A number from 0 on; an empty field is zero."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, most, self))
        self.setAccessibleName(name)
        self.setPlaceholderText("0")

    def value(self) -> int:
        """What was typed."""
        return int(self.text()) if self.hasAcceptableInput() else 0


class EntryDialog(QDialog):
    """Asks for time and note; ``done_with(seconds, note)`` is called with what can be."""

    def __init__(
        self,
        theme: Theme,
        week: WeekItem,
        item: HoursItem | None,
        done_with: Callable[[int, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._week = week
        self._done_with = done_with
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = translate("hours", "Edit Other hours") if item else translate("hours", "Add Other hours")
        self.setWindowTitle(f"Fairhour: {title}")
        self.setAccessibleName(title)
        names = (translate("hours", "Hours"), translate("hours", "Minutes"), translate("hours", "Seconds"))
        self.fields = [NumberField(name, most) for name, most in zip(names, _MOST, strict=True)]
        self.note = QPlainTextEdit(item.note if item else "")
        self.error = label(theme, tone="rejected", wrap=True)
        self.save = QPushButton(
            translate("hours", "Save the entry") if item else translate("hours", "Add to Other hours")
        )
        self.cancel = QPushButton(translate("hours", "Cancel"))
        self._build(title, names)
        if item is not None:
            hours, rest = divmod(item.seconds, 3600)
            for field, value in zip(self.fields, (hours, rest // 60, rest % 60), strict=True):
                field.setText(str(value) if value else "")

    def _build(self, title: str, names: tuple[str, ...]) -> None:
        theme = self._theme
        head = label(theme, FONT_16, strong=True, wrap=True)
        head.setText(title)
        when = label(theme, tone="muted", wrap=True)
        when.setText(hours_words.week_range(self._week.start, self._week.end))
        times = QHBoxLayout()
        times.setSpacing(theme.space(3))
        for field, name in zip(self.fields, names, strict=True):
            part = QVBoxLayout()
            part.setSpacing(theme.space(1))
            under = label(theme, FONT_12, tone="muted")
            under.setText(name)
            part.addWidget(field)
            part.addWidget(under)
            times.addLayout(part)
        said = label(theme, strong=True)
        said.setText(translate("hours", "What you did"))
        said.setBuddy(self.note)
        self.note.setAccessibleName(said.text())
        self.note.setPlaceholderText(translate("hours", "Your client reads it as you write it."))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(96))
        self.error.hide()
        self.save.setProperty("look", "primary")
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(2))
        buttons.addStretch()
        for button in (self.save, self.cancel):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(head)
        column.addWidget(when)
        column.addLayout(times)
        for part_ in (said, self.note, self.error):
            column.addWidget(part_)
        column.addSpacing(theme.space(1))
        column.addLayout(buttons)
        self.setMinimumWidth(theme.px(WIDTH))
        self.fields[0].setFocus()

    def seconds(self) -> int:
        """The time as it was typed."""
        return sum(unit * field.value() for unit, field in zip(_UNITS, self.fields, strict=True))

    def _save(self) -> None:
        seconds, note = self.seconds(), self.note.toPlainText().strip()
        if not 1 <= seconds <= self._week.most_s:
            text = translate("hours", "Enter from 1 second up to the {n} hours of the week.")
            self._refuse(text.format(n=self._week.most_s // 3600), self.fields[0])
        elif not note:
            self._refuse(translate("hours", "Say what you did: your client reads it."), self.note)
        elif len(note) > MAX_NOTE:
            text = translate("hours", "The note has {n} characters; {most} are allowed.")
            self._refuse(text.format(n=len(note), most=MAX_NOTE), self.note)
        else:
            self._done_with(seconds, note)
            self.close()

    def _refuse(self, why: str, where: QWidget) -> None:
        self.error.setText(why)
        self.error.show()
        where.setFocus()
