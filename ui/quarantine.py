"""The window of what the marketplace refused: what it is, why, and what can be done with it.

Trying again and taking a copy change nothing for good; giving up is asked once more, with what it costs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import problem_words, words
from ui.actions import UiActions
from ui.dialogs import Question
from ui.models import QuarantineView, RefusedItem
from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_16

translate = QCoreApplication.translate
WIDTH, HEIGHT = 640, 420
_ID = Qt.ItemDataRole.UserRole


class QuarantineWindow(QDialog):
    """Shows a QuarantineView, and says what the user wants done with the items that are chosen."""

    def __init__(self, theme: Theme, actions: UiActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = actions
        self._view = QuarantineView()
        self._question: Question | None = None
        self.setWindowTitle(translate("quarantine", "Fairhour: refused by the marketplace"))
        self.setAccessibleName(translate("quarantine", "Refused by the marketplace"))
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.title = label(theme, FONT_16, strong=True, wrap=True)
        self.about = label(theme, tone="muted", wrap=True)
        self.list = QTreeWidget()
        self.reason = label(theme, wrap=True)
        self.reason.setMinimumHeight(theme.px(56))
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.again = QPushButton(translate("quarantine", "Try again"))
        self.export = QPushButton(translate("quarantine", "Save a copy…"))
        self.discard = QPushButton(translate("quarantine", "Discard…"))
        self.done_button = QPushButton(translate("quarantine", "Close"))
        self._build()
        self._refresh()

    def _build(self) -> None:
        theme = self._theme
        self.list.setHeaderLabels(
            [
                translate("quarantine", "When"),
                translate("quarantine", "What"),
                translate("quarantine", "Job"),
                translate("quarantine", "Why"),
            ]
        )
        self.list.setAccessibleName(translate("quarantine", "Refused records"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # Tab leaves the list: its rows are gone through with the arrows.
        self.list.setTabKeyNavigation(False)
        for section in range(3):
            self.list.header().setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._chosen_changed)
        self.again.setProperty("look", "primary")
        self.discard.setProperty("look", "danger")
        self.again.clicked.connect(lambda: self._actions.refused_again.emit(self.chosen()))
        self.export.clicked.connect(self._export)
        self.discard.clicked.connect(self._ask_discard)
        self.done_button.clicked.connect(self.close)
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        for button in (self.again, self.export, self.discard):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        self.done_button.setAutoDefault(False)
        line.addWidget(self.done_button)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        for part in (self.title, self.about, self.list, self.reason):
            column.addWidget(part, 1 if part is self.list else 0)
        column.addLayout(line)

    def show_view(self, view: QuarantineView) -> None:
        """Take a new state; what was chosen stays so."""
        if view != self._view:
            self._view = view
            self._refresh()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen items; all of them when none is chosen."""
        ids = tuple(item.data(0, _ID) for item in self.list.selectedItems())
        return ids or tuple(item.id for item in self._view.items)

    def _refresh(self) -> None:
        items, zone = self._view.items, self._view.zone
        kept = {item.data(0, _ID) for item in self.list.selectedItems()}
        self.list.clear()
        for item in items:
            row = QTreeWidgetItem(
                [words.day_time(item.at, zone), what(item), item.job_title, problem_words.title(item.problem)]
            )
            row.setData(0, _ID, item.id)
            self.list.addTopLevelItem(row)
            row.setSelected(item.id in kept)
        first = self.list.topLevelItem(0)
        if first is not None and not self.list.selectedItems():
            self.list.setCurrentItem(first)
        self.title.setText(
            translate("quarantine", "The marketplace refused {what}").format(what=sum_of(items))
            if items
            else translate("quarantine", "Nothing was refused")
        )
        self.about.setText(
            translate(
                "quarantine",
                "It is kept on this computer, and not counted. Nothing behind it waits for it.",
            )
            if items
            else translate(
                "quarantine",
                "All that was recorded is with the marketplace, or on its way. What it refuses would stand here.",
            )
        )
        for part in (self.list, self.reason, self.again, self.export, self.discard):
            part.setVisible(bool(items))
        # Without a list the words stand together at the top.
        self._column.setStretchFactor(self.about, 0 if items else 1)
        self._chosen_changed()

    def _chosen_changed(self) -> None:
        item = self._one()
        self.reason.setText("" if item is None else f"{item.problem.message} {problem_words.action(item.problem)}")

    def _one(self) -> RefusedItem | None:
        chosen = self.chosen()
        return next((item for item in self._view.items if item.id in chosen), None)

    def _export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, translate("quarantine", "Save a copy in"))
        if folder:
            self._actions.refused_export.emit(self.chosen(), Path(folder))

    def _ask_discard(self) -> None:
        chosen = self.chosen()
        items = tuple(item for item in self._view.items if item.id in chosen)
        question = discard_question(self._theme, items, lambda: self._actions.refused_discard.emit(chosen), self)
        self._question = question
        question.ask(quietly=False)


def discard_question(
    theme: Theme, items: tuple[RefusedItem, ...], discard: Callable[[], None], parent: QWidget
) -> Question:
    """Ask before refused records are given up for good, and say what that costs."""
    amount = sum_of(items)
    text = translate(
        "quarantine",
        "{what} will never be counted, paid or shown. This can't be undone. Save a copy first if staff may still have "
        "to look at it.",
    ).format(what=amount[:1].upper() + amount[1:])
    if any(item.is_picture for item in items):
        text += " " + translate("quarantine", "Screenshots are erased from this computer.")
    question = Question(theme, translate("quarantine", "Discard {what}?").format(what=amount), text, parent)
    question.offer(translate("quarantine", "Discard {what}").format(what=amount), discard, "danger")
    question.offer(translate("quarantine", "Keep it"), lambda: None)
    return question


def what(item: RefusedItem) -> str:
    """Return what one item is."""
    if item.is_picture:
        return translate("quarantine", "Screenshot")
    if item.note:
        return translate("quarantine", "Other hours, {time}").format(time=words.duration(item.tracked_s))
    return words.duration(item.tracked_s)


def sum_of(items: tuple[RefusedItem, ...]) -> str:
    """Return "1 h 12 min and 2 screenshots"."""
    pictures = sum(item.is_picture for item in items)
    parts = []
    if len(items) > pictures:
        parts.append(words.duration(sum(item.tracked_s for item in items)))
    if pictures:
        one, many = translate("words", "1 screenshot"), translate("words", "{n} screenshots")
        parts.append(one if pictures == 1 else many.format(n=pictures))
    return translate("words", " and ").join(parts)
