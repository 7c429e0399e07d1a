"""The window of Other hours: a week's entries of one job, and adding, editing and deleting them.

It shows an HoursView and says what the user wants; what can be changed is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import hours_words, problem_words
from ui.dialogs import Question
from ui.head import JobBox
from ui.hours_entry import EntryDialog
from ui.hours_models import HoursItem, HoursView
from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_16

translate = QCoreApplication.translate
WIDTH, HEIGHT = 620, 480
_ID = Qt.ItemDataRole.UserRole


class HoursWindow(QDialog):
    """``look(job, week)``: another week is wanted; ``add(seconds, note)`` and ``change(id, seconds, note)`` are for the
    week that is shown; ``remove(id)`` comes after the user confirmed."""

    look = Signal(object, object)
    add = Signal(object, str)
    change = Signal(object, object, str)
    remove = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = HoursView()
        self.dialog: EntryDialog | None = None
        self.question: Question | None = None
        self.setWindowTitle(translate("hours", "Fairhour: Other hours"))
        self.setAccessibleName(translate("hours", "Other hours"))
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.title = label(theme, FONT_16, strong=True)
        self.sum = label(theme, FONT_16, strong=True, tone="other")
        self.about = label(theme, tone="muted", wrap=True)
        self.jobs, self.weeks = JobBox(theme), JobBox(theme)
        self.list = QTreeWidget()
        self.empty = label(theme, wrap=True)
        self.problem = label(theme, tone="rejected", wrap=True)
        self.add_button = QPushButton(translate("hours", "Add…"))
        self.edit = QPushButton(translate("hours", "Edit…"))
        self.delete = QPushButton(translate("hours", "Delete…"))
        self.done_button = QPushButton(translate("hours", "Close"))
        self._build()
        self._connect()
        self._refresh()

    def _build(self) -> None:
        theme = self._theme
        self.title.setText(translate("hours", "Other hours"))
        self.jobs.setAccessibleName(translate("hours", "Job"))
        self.weeks.setAccessibleName(translate("hours", "Work week"))
        self.list.setHeaderLabels(
            [translate("hours", "Time"), translate("hours", "What you did"), translate("hours", "State")]
        )
        self.list.setAccessibleName(translate("hours", "Entries of the week"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        # Tab leaves the list: its rows are gone through with the arrows.
        self.list.setTabKeyNavigation(False)
        header = self.list.header()
        header.setStretchLastSection(False)
        for section, mode in enumerate(
            (
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.ResizeToContents,
            )
        ):
            header.setSectionResizeMode(section, mode)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_button.setProperty("look", "primary")
        self.delete.setProperty("look", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addLayout(self._row(self.title, None, self.sum))
        column.addWidget(self.about)
        column.addLayout(self._row(self.jobs, self.weeks))
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.problem)
        column.addLayout(self._row(self.add_button, self.edit, self.delete, None, self.done_button))

    def _row(self, *parts: QWidget | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(2))
        for part in parts:
            if part is None:
                row.addStretch()
            else:
                if isinstance(part, QPushButton):
                    part.setAutoDefault(False)
                row.addWidget(part)
        return row

    def _connect(self) -> None:
        self.jobs.activated.connect(lambda _at: self._look())
        self.weeks.activated.connect(lambda _at: self._look())
        self.list.itemSelectionChanged.connect(self._chosen_changed)
        self.list.itemActivated.connect(lambda _item, _column: self._edit())
        self.add_button.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.delete.clicked.connect(self._ask_delete)
        self.done_button.clicked.connect(self.close)

    def show_view(self, view: HoursView) -> None:
        """Take a new state; the entry that was chosen stays so."""
        if view != self._view:
            self._view = view
            self._refresh()

    def chosen(self) -> HoursItem | None:
        """The chosen entry."""
        ids = [item.data(0, _ID) for item in self.list.selectedItems()]
        return next((item for item in self._view.items if str(item.id) in ids), None)

    def _refresh(self) -> None:
        view, kept = self._view, self.chosen()
        self._fill(self.jobs, [(title, str(job)) for job, title in view.jobs], str(view.job))
        weeks = [(hours_words.week_range(week.start, week.end), week.start) for week in view.weeks]
        self._fill(self.weeks, weeks, view.week.start if view.week else None)
        self.list.clear()
        for item in view.items:
            row = QTreeWidgetItem(
                [hours_words.exact(item.seconds), " ".join(item.note.split()), hours_words.state(item)]
            )
            row.setData(0, _ID, str(item.id))
            row.setToolTip(1, item.note)
            self.list.addTopLevelItem(row)
            row.setSelected(kept is not None and item.id == kept.id)
        first = self.list.topLevelItem(0)
        if first is not None and not self.list.selectedItems():
            self.list.setCurrentItem(first)
        # What was refused counts nowhere.
        counted = sum(item.seconds for item in view.items if item.problem is None)
        self.sum.setText(hours_words.exact(counted) if counted else "")
        self.about.setText(about(view))
        self.empty.setText(nothing(view))
        self.list.setVisible(bool(view.items))
        self.empty.setVisible(not view.items)
        self.add_button.setEnabled(view.week is not None)
        self._chosen_changed()

    def _fill(self, box: JobBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer these in a box, without saying that the user chose."""
        if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != list(entries):
            box.clear()
            for text, data in entries:
                box.addItem(text, data)
        box.setCurrentIndex(box.findData(chosen))
        box.setEnabled(bool(entries))

    def _chosen_changed(self) -> None:
        item = self.chosen()
        for button in (self.edit, self.delete):
            button.setEnabled(item is not None and item.changes)
        said = self._view.problem or (item.problem if item is not None else None)
        self.problem.setText(f"{problem_words.message(said)} {problem_words.action(said)}" if said else "")
        self.problem.setVisible(said is not None)

    def _look(self) -> None:
        job, week = self.jobs.currentData(), self.weeks.currentData()
        if job is not None and week is not None:
            self.look.emit(UUID(job), week)

    def _add(self) -> None:
        if self._view.week is not None:
            self._ask_entry(None)

    def _edit(self) -> None:
        item = self.chosen()
        if item is not None and item.changes:
            self._ask_entry(item)

    def _ask_entry(self, item: HoursItem | None) -> None:
        week = self._view.week
        if week is None:
            return

        def done(seconds: int, note: str) -> None:
            if item is None:
                self.add.emit(seconds, note)
            else:
                self.change.emit(item.id, seconds, note)

        self.dialog = EntryDialog(self._theme, week, item, done, self)
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.show()

    def _ask_delete(self) -> None:
        item = self.chosen()
        if item is None or not item.changes:
            return
        length = hours_words.exact(item.seconds)
        text = translate("hours", "“{note}” leaves the timesheet. Your client no longer sees it.")
        self.question = Question(
            self._theme,
            translate("hours", "Delete {time} of Other hours?").format(time=length),
            text.format(note=" ".join(item.note.split())),
            self,
        )
        gone = item.id
        delete = translate("hours", "Delete {time}").format(time=length)
        self.question.offer(delete, lambda: self.remove.emit(gone), "danger")
        self.question.offer(translate("hours", "Keep the entry"), lambda: None)
        self.question.ask(quietly=False)


def about(view: HoursView) -> str:
    """Return what Other hours are, and what becomes of those that are added to the week now."""
    text = translate(
        "hours", "Time that you type in, with a note. It counts after tracked time and is never protected."
    )
    if view.week is not None and view.week.submitted:
        text += " " + hours_words.goes_on_the_next()
    return text


def nothing(view: HoursView) -> str:
    """Return why there is nothing to see."""
    if view.job is None:
        return translate("hours", "You have no job here yet. Jobs appear a few seconds after you signed in.")
    return translate(
        "hours", "No Other hours in this week. What you add is kept here, and sent when the marketplace can be reached."
    )
