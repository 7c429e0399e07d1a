"""The window that is shown while the data folder is moved. It can't be closed before that is over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import problem_words
from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_16
from worktime.errors import Problem

translate = QCoreApplication.translate
_TEXT_PX = 380


class MovingWindow(QDialog):
    """Says how far it is, and why it was not done."""

    def __init__(self, theme: Theme, target: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setWindowTitle(translate("moving", "Fairhour: moving the data folder"))
        self.setAccessibleName(translate("moving", "Moving the data folder"))
        self.title = label(theme, FONT_16, strong=True, wrap=True)
        self.title.setText(translate("moving", "Moving your data"))
        self.said = label(theme, wrap=True)
        self.said.setText(
            translate("moving", "It goes to {folder}. Fairhour starts again by itself.").format(folder=target)
        )
        self.said.setMinimumWidth(theme.px(_TEXT_PX))
        self.share = label(theme, tone="muted")
        self.done_button = QPushButton(translate("moving", "Start Fairhour again"))
        self.done_button.setProperty("look", "primary")
        self.done_button.clicked.connect(self.close)
        self.done_button.hide()
        row = QHBoxLayout()
        row.addWidget(self.share, 1)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addLayout(row)

    def show_share(self, share: int) -> None:
        """Say how far it is, in per cent."""
        self._over = share >= 100
        self.share.setText(translate("moving", "{n} % done").format(n=share))

    def show_problem(self, problem: Problem) -> None:
        """Say why it was not done."""
        self._over = True
        self.title.setText(problem_words.title(problem))
        self.said.setText(f"{problem_words.message(problem)} {problem_words.action(problem)}")
        self.share.setText("")
        self.done_button.show()
        # The reason can take more lines than what stood there.
        self.adjustSize()

    def reject(self) -> None:
        """Escape and the close button, once it is over."""
        if self._over:
            super().reject()
