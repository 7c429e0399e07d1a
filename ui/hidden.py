"""The window "What is hidden": the rules, how to add and remove them, and the picture that would be sent now.

It shows a HidingView and says what the user wants; what is hidden is decided elsewhere.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QIntValidator, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import problem_words, words
from ui.head import JobBox
from ui.hidden_preview import PreviewPicture
from ui.models import HiddenRule, HiddenWhat, HidingView
from ui.parts import CheckBox, label
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16

translate = QCoreApplication.translate
WIDTH, HEIGHT = 640, 720
LOOK_MS = 3000
"""Between two previews while the window is open. Not on Wayland: some desktops flash, or ask, at each picture."""
_EDGE = 100_000
"""Pixels that no desktop has, in each direction."""


class PixelField(QLineEdit):
    """A number of pixels; an empty field is zero."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(-_EDGE, _EDGE, self))

    def value(self) -> int:
        """What was typed."""
        return int(self.text()) if self.hasAcceptableInput() else 0

    def put(self, value: int) -> None:
        """Show a number."""
        self.setText(str(value))


class HiddenWindow(QDialog):
    """``windows(program, title)``, ``area(rect)``, ``only(number or -1)``, ``blur(on)`` and ``remove(rule)``: the user
    wants it so. ``look``: a new preview is wanted."""

    windows = Signal(str, str)
    area = Signal(QRect)
    only = Signal(int)
    blur = Signal(bool)
    remove = Signal(object)
    look = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = HidingView()
        self.setWindowTitle(translate("hidden", "Fairhour: what is hidden"))
        self.setAccessibleName(translate("hidden", "What is hidden"))
        self.about = label(theme, tone="muted", wrap=True)
        self.terms = label(theme, wrap=True)
        self.problem = label(theme, tone="attention", wrap=True)
        self.list = QListWidget()
        self.unhide = QPushButton(translate("hidden", "Show again"))
        self.program, self.title = QLineEdit(), QLineEdit()
        self.hide_windows = QPushButton(translate("hidden", "Hide windows"))
        self.sides = [PixelField() for _ in range(4)]
        self.hide_area = QPushButton(translate("hidden", "Hide area"))
        self.monitors = JobBox(theme)
        self.blurred = CheckBox(theme, translate("hidden", "Blur the whole picture, so that nothing can be read"))
        self.preview = PreviewPicture(theme)
        self.caption = label(theme, FONT_12, tone="muted", wrap=True)
        self.again = QPushButton(translate("hidden", "Look again"))
        self.done_button = QPushButton(translate("hidden", "Close"))
        self._live = QTimer(self)
        self._live.setInterval(LOOK_MS)
        self._live.timeout.connect(self._look_again)
        self._build()
        self._connect()
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _build(self) -> None:
        theme = self._theme
        head = label(theme, FONT_16, strong=True, wrap=True)
        head.setText(translate("hidden", "What is hidden in screenshots"))
        self.about.setText(
            translate(
                "hidden",
                "It is painted over on this computer before a screenshot is kept. Your client sees how many areas are "
                "hidden, never what was there.",
            )
        )
        self.list.setAccessibleName(translate("hidden", "What is hidden"))
        self.list.setFixedHeight(theme.px(112))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = [
            translate("hidden", "Left"),
            translate("hidden", "Top"),
            translate("hidden", "Width"),
            translate("hidden", "Height"),
        ]
        for side, name in zip(self.sides, names, strict=True):
            side.setPlaceholderText(name)
            side.setAccessibleName(name)
            side.setToolTip(name)
        self.program.setPlaceholderText(translate("hidden", "Program, for example keepass"))
        self.title.setPlaceholderText(translate("hidden", "Words in the title"))
        for field in (self.program, self.title):
            field.setAccessibleName(field.placeholderText())
        self.monitors.setAccessibleName(translate("hidden", "Monitors that are shown"))
        self.preview.setAccessibleName(translate("hidden", "The screenshot as it would be sent now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(2))
        for part in (head, self.about, self.terms, self.problem):
            column.addWidget(part)
        column.addLayout(self._row(self.list, self.unhide))
        column.addLayout(self._row(self.program, self.title, self.hide_windows))
        column.addLayout(self._row(*self.sides, self.hide_area))
        column.addLayout(self._row(self.monitors))
        column.addWidget(self.blurred)
        column.addWidget(self.preview, 1)
        column.addWidget(self.caption)
        column.addLayout(self._row(self.again, None, self.done_button))

    def _row(self, *parts: QWidget | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(2))
        for part in parts:
            if part is None:
                row.addStretch()
                continue
            if isinstance(part, QPushButton):
                part.setAutoDefault(False)
            row.addWidget(part, 0 if isinstance(part, QPushButton) else 1)
        return row

    def _connect(self) -> None:
        self.unhide.clicked.connect(self._remove)
        self.hide_windows.clicked.connect(self._add_windows)
        for field in (self.program, self.title):
            field.returnPressed.connect(self._add_windows)
            field.textChanged.connect(lambda _text: self._show_buttons())
        for side in self.sides:
            side.textChanged.connect(lambda _text: self._show_buttons())
            side.returnPressed.connect(self._add_area)
        self.hide_area.clicked.connect(self._add_area)
        self.monitors.activated.connect(lambda row: self.only.emit(row - 1))
        self.blurred.clicked.connect(self.blur)
        self.preview.drawn.connect(self._drawn)
        self.again.clicked.connect(self.look)
        self.done_button.clicked.connect(self.close)
        self.list.currentRowChanged.connect(lambda _row: self._show_buttons())

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the preview fresh."""
        super().showEvent(event)
        self._live.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take no more previews."""
        super().hideEvent(event)
        self._live.stop()

    def _look_again(self) -> None:
        if self._view.windows_problem is None:
            self.look.emit()

    def show_view(self, view: HidingView) -> None:
        """Take the rules, what the system can do and what that means for the chosen job."""
        self._view = view
        self.terms.setText(words.hidden_terms(view.protects) if view.protects is not None else "")
        self.terms.setVisible(view.protects is not None)
        reason = view.problem or view.windows_problem
        self.problem.setText(problem_words.message(reason) if reason is not None else "")
        self.problem.setVisible(reason is not None)
        row = self.list.currentRow()
        self.list.clear()
        for rule in view.rules:
            item = QListWidgetItem(rule_text(rule))
            item.setData(Qt.ItemDataRole.UserRole, rule)
            self.list.addItem(item)
        if not view.rules:
            nothing = QListWidgetItem(translate("hidden", "Nothing is hidden. Add it below."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(min(max(0, row), len(view.rules) - 1))
        for field in (self.program, self.title):
            field.setEnabled(view.windows_problem is None)
        self._show_monitors(view)
        self.blurred.setChecked(view.blur)
        self._show_buttons()

    def show_preview(self, image: QImage | None, redacted: int, problem: str) -> None:
        """Show the picture that would be sent, or say why there is none or all of it is hidden."""
        self.preview.show_image(image)
        if problem:
            text = problem
        elif redacted == 0:
            text = translate("hidden", "As it would be sent now: nothing is hidden. Draw on it to choose an area.")
        else:
            text = translate("hidden", "As it would be sent now. Your client reads: “{said}”").format(
                said=words.redacted(redacted)
            )
        self.caption.setText(text)

    def _show_monitors(self, view: HidingView) -> None:
        self.monitors.clear()
        self.monitors.addItem(translate("hidden", "All monitors are shown"))
        for number, screen in enumerate(view.screens, 1):
            text = translate("hidden", "Only monitor {n} is shown ({width} x {height})")
            self.monitors.addItem(text.format(n=number, width=screen.width(), height=screen.height()))
        self.monitors.setCurrentIndex(0 if view.only is None else view.only + 1)
        self.monitors.setEnabled(len(view.screens) > 1 or view.only is not None)

    def _show_buttons(self) -> None:
        typed = bool(self.program.text().strip() or self.title.text().strip())
        self.hide_windows.setEnabled(typed and self._view.windows_problem is None)
        self.hide_area.setEnabled(bool(self._view.screens) and not self._rect().isEmpty())
        self.unhide.setEnabled(bool(self._view.rules) and self.list.currentRow() >= 0)

    def _rect(self) -> QRect:
        left, top, width, height = (side.value() for side in self.sides)
        return QRect(left, top, width, height)

    def _drawn(self, rect: QRect) -> None:
        """A rectangle was drawn, in thousandths of the picture."""
        whole = QRect()
        for screen in self._view.screens:
            whole = whole.united(screen)
        placed = (
            whole.left() + rect.left() * whole.width() // 1000,
            whole.top() + rect.top() * whole.height() // 1000,
            rect.width() * whole.width() // 1000,
            rect.height() * whole.height() // 1000,
        )
        for side, value in zip(self.sides, placed, strict=True):
            side.put(value)
        self.hide_area.setFocus()

    def _add_windows(self) -> None:
        if self.hide_windows.isEnabled():
            program, title = self.program.text().strip(), self.title.text().strip()
            self.program.clear()
            self.title.clear()
            self.windows.emit(program, title)

    def _add_area(self) -> None:
        if not self.hide_area.isEnabled():
            return
        self.area.emit(self._rect())

    def _remove(self) -> None:
        self.remove.emit(self.list.currentItem().data(Qt.ItemDataRole.UserRole))


def rule_text(rule: HiddenRule) -> str:
    """Return one rule in words."""
    if rule.what is HiddenWhat.AREA:
        text = translate("hidden", "Area of {width} x {height}, {left} from the left, {top} from the top")
        if not rule.here:
            text = translate("hidden", "{text} (chosen with other screens)").format(text=text)
        return text.format(
            width=rule.rect.width(), height=rule.rect.height(), left=rule.rect.left(), top=rule.rect.top()
        )
    if rule.what is HiddenWhat.MONITORS:
        return translate("hidden", "All monitors but number {n}").format(n=rule.number + 1)
    if rule.what is HiddenWhat.BLUR:
        return translate("hidden", "The whole picture, blurred")
    if not rule.title:
        return translate("hidden", "Windows of “{program}”").format(program=rule.program)
    if not rule.program:
        return translate("hidden", "Windows with “{title}” in the title").format(title=rule.title)
    return translate("hidden", "Windows of “{program}” with “{title}” in the title").format(
        program=rule.program, title=rule.title
    )
