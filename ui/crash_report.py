"""The window that says, at the next start, that a part of Fairhour broke, with a report to copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16

translate = QCoreApplication.translate
WIDTH, HEIGHT = 560, 420


class CrashWindow(QDialog):
    """Shows a report without taking the focus. ``told`` is called when the user closes it."""

    def __init__(self, theme: Theme, report: str, told: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self.setWindowTitle(translate("crash", "Fairhour: a part of it broke"))
        self.setAccessibleName(translate("crash", "A part of Fairhour broke"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        head = label(theme, FONT_16, strong=True, wrap=True)
        head.setText(translate("crash", "A part of Fairhour broke last time"))
        about = label(theme, wrap=True)
        about.setText(
            translate(
                "crash",
                "What was recorded until then is kept. This report says where it happened: send it to support, so that "
                "it can be put right. It holds no screenshots, comments or titles.",
            )
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(theme.font(FONT_12))
        self.report.setAccessibleName(translate("crash", "Report"))
        self.copy = QPushButton(translate("crash", "Copy the report"))
        self.copy.setProperty("look", "primary")
        self.copied = label(theme, FONT_12, tone="recorded")
        self.done_button = QPushButton(translate("crash", "Close"))
        for button in (self.copy, self.done_button):
            button.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.done_button.clicked.connect(self.close)
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        line.addWidget(self.copy)
        line.addWidget(self.copied, 1)
        line.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(head)
        column.addWidget(about)
        column.addWidget(self.report, 1)
        column.addLayout(line)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def done(self, result: int) -> None:
        """Closed by the user, in whatever way."""
        told, self._told = self._told, lambda: None
        super().done(result)
        told()

    def withdraw(self) -> None:
        """Go off the screen unread: it comes again at the next start."""
        self._told = lambda: None
        self.close()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copied.setText(translate("crash", "Copied"))
