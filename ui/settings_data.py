"""The page of settings about what lies on the disk: the data folder, the export of everything, and diagnostics."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from ui import problem_words
from ui.dialogs import Question
from ui.parts import ElidedLabel, label
from ui.settings_acts import SettingsActs
from ui.settings_models import SettingsView, Task
from ui.settings_parts import Page, Setting
from ui.theme import Theme
from ui.tokens import FONT_12

translate = QCoreApplication.translate


class DataPage(Page):
    """Where the data is, all of it in one file, and what support needs."""

    def __init__(self, theme: Theme, acts: SettingsActs) -> None:
        super().__init__(theme, "data", translate("settings", "Your data"))
        self.folder = ElidedLabel(theme)
        self.amount = label(theme, FONT_12, tone="muted")
        self.open = QPushButton(translate("settings", "Open the folder"))
        self.open.setAutoDefault(False)
        self.open.clicked.connect(acts.open_folder)
        self.move_it = QPushButton(translate("settings", "Move it…"))
        self.move_it.setAutoDefault(False)
        self.move_it.clicked.connect(self._choose_place)
        self._acts = acts
        self.question: Question | None = None
        self.stays = label(theme, FONT_12, tone="muted", wrap=True)
        self.export = TaskRow(theme, translate("settings", "Export everything…"), acts)
        self.diagnostics = TaskRow(theme, translate("settings", "Save diagnostics…"), acts)
        self.export.wanted.connect(acts.export)
        self.diagnostics.wanted.connect(acts.diagnostics)
        self.put(
            Setting(
                theme,
                translate("settings", "Data folder"),
                self.folder,
                self.amount,
                _left(self.open, self.move_it),
                self.stays,
                help=translate(
                    "settings",
                    "Only your account on this computer can read it.",
                ),
                names=("folder",),
            )
        )
        self.put(
            Setting(
                theme,
                translate("settings", "Everything that is stored about you here"),
                self.export,
                help=translate(
                    "settings",
                    "One zip file: your record as JSON, the screenshots that are on this computer, and what you chose. "
                    "No passwords or keys. Screenshots in it are not encrypted: keep it where only you can read it.",
                ),
                names=("export",),
            )
        )
        self.put(
            Setting(
                theme,
                translate("settings", "For support"),
                self.diagnostics,
                help=translate(
                    "settings",
                    "Versions, parts, counts, the log and what broke. No screenshots, comments, titles, passwords or "
                    "keys. It goes nowhere by itself.",
                ),
                names=("diagnostics",),
            )
        )
        self.column.addStretch()

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        super().show_view(view)
        self.folder.setText(str(view.folder))
        size = QLocale().formattedDataSize(view.folder_bytes, 1) if view.folder_bytes is not None else ""
        self.amount.setText(size)
        stays = view.stays
        self.move_it.setEnabled(stays is None)
        self.stays.setText(f"{problem_words.message(stays)} {problem_words.action(stays)}" if stays is not None else "")
        self.stays.setVisible(stays is not None)
        self.export.show_task(view.export)
        self.diagnostics.show_task(view.diagnostics)
        busy = view.export.share is not None or view.diagnostics.share is not None
        for row in (self.export, self.diagnostics):
            row.start.setEnabled(not busy)

    def _choose_place(self) -> None:
        title = translate("settings", "An empty folder for your data")
        if folder := QFileDialog.getExistingDirectory(self, title, str(Path.home())):
            self.ask_move(Path(folder))

    def ask_move(self, target: Path) -> None:
        """Ask before everything is moved: Fairhour ends meanwhile."""
        text = translate(
            "settings",
            "Fairhour ends, copies your data to {folder}, compares it, and starts again from there. Only then the old "
            "copy is erased. Choose a disk of this computer that is always connected.",
        ).format(folder=target)
        self.question = Question(self._theme, translate("settings", "Move your data?"), text, self.window())
        move = translate("settings", "Move it and start again")
        self.question.offer(move, lambda: self._acts.move_folder.emit(target))
        self.question.offer(translate("settings", "Leave it where it is"), lambda: None)
        self.question.ask(quietly=False)


class TaskRow(QWidget):
    """A button that makes a file in a folder to choose, how far that is, and what became of it."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, text: str, acts: SettingsActs) -> None:
        super().__init__()
        self._task = Task()
        self.start = QPushButton(text)
        self.said = ElidedLabel(theme, FONT_12)
        self.cancel = QPushButton(translate("settings", "Cancel"))
        self.show_it = QPushButton(translate("settings", "Show"))
        self.start.clicked.connect(self._choose)
        self.cancel.clicked.connect(acts.cancel)
        self.show_it.clicked.connect(lambda: acts.show_file.emit(self._task.file))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        for button in (self.start, self.cancel, self.show_it):
            button.setAutoDefault(False)
        row.addWidget(self.start)
        row.addWidget(self.said, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.show_it)
        self.show_task(Task())

    def show_task(self, task: Task) -> None:
        """Show how far it is."""
        self._task = task
        if task.share is not None:
            text = translate("settings", "{n} % done").format(n=task.share)
        elif task.file is not None:
            text = translate("settings", "Saved: {file}").format(file=task.file)
        else:
            text = ""
        self.said.setText(text)
        tone = "recorded" if task.file is not None else "muted"
        if self.said.property("tone") != tone:
            self.said.setProperty("tone", tone)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)
        self.cancel.setVisible(task.share is not None)
        self.show_it.setVisible(task.file is not None)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, translate("settings", "Where to save the file"), str(Path.home())
        )
        if folder:
            self.wanted.emit(Path(folder))


def _left(*buttons: QPushButton) -> QWidget:
    """Buttons as wide as their texts."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return holder
