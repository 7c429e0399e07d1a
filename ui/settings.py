"""The settings window: pages beside a list of them. Every choice holds at once; there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import problem_words
from ui.parts import label
from ui.settings_acts import SettingsActs
from ui.settings_data import DataPage
from ui.settings_models import SettingsView
from ui.settings_pages import ConnectionPage, GeneralPage, RecordingPage, ScreenshotsPage
from ui.settings_parts import Page
from ui.steady_scroll import SteadyScrollArea
from ui.theme import Theme
from ui.tokens import FONT_12

translate = QCoreApplication.translate
WIDTH, HEIGHT = 640, 600
_LIST_PX, _ENTRY_PX = 152, 36
_FRAME = 48
"""Room for the frame that the desktop draws around the window."""


class SettingsWindow(QDialog):
    """Shows a SettingsView; what the user wants is told by ``acts``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.acts = SettingsActs(self)
        self.setWindowTitle(translate("settings", "Fairhour: settings"))
        self.setAccessibleName(translate("settings", "Settings"))
        self.general = GeneralPage(theme, self.acts)
        self.recording = RecordingPage(theme, self.acts)
        self.screenshots = ScreenshotsPage(theme, self.acts)
        self.connection = ConnectionPage(theme, self.acts)
        self.data = DataPage(theme, self.acts)
        self.pages: tuple[Page, ...] = (self.general, self.recording, self.screenshots, self.connection, self.data)
        self.list = QListWidget()
        self.problem = label(theme, FONT_12, tone="attention", wrap=True)
        self.close_button = QPushButton(translate("settings", "Close"))
        self.first_steps = QPushButton(translate("settings", "First steps…"))
        self._stack = QStackedWidget()
        self._build()
        room = self.screen().availableGeometry()
        self.resize(
            min(theme.px(WIDTH), room.width() - theme.px(_FRAME)),
            min(theme.px(HEIGHT), room.height() - theme.px(_FRAME)),
        )

    def _build(self) -> None:
        theme = self._theme
        self.list.setAccessibleName(translate("settings", "Pages of settings"))
        self.list.setProperty("part", "nav")
        self.list.setFixedWidth(theme.px(_LIST_PX))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self.pages:
            entry = QListWidgetItem(page.title)
            # The list is laid out before the style sheet holds, and would keep that height.
            entry.setSizeHint(QSize(0, theme.px(_ENTRY_PX)))
            self.list.addItem(entry)
            area = SteadyScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            self._stack.addWidget(area)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.close_button.setAutoDefault(False)
        self.first_steps.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        middle = QHBoxLayout()
        middle.setContentsMargins(theme.space(4), theme.space(4), 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addWidget(self._stack, 1)
        foot = QFrame()
        foot.setProperty("part", "footer")
        line = QHBoxLayout(foot)
        line.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(2))
        line.setSpacing(theme.space(3))
        line.addWidget(self.problem, 1)
        line.addWidget(self.first_steps)
        line.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(foot)

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self.list.setCurrentRow(self.pages.index(page))

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        for page in self.pages:
            page.show_view(view)
        unsaved = view.problems.get("")
        self.problem.setText(
            f"{problem_words.title(unsaved)}. {problem_words.message(unsaved)}"
            if unsaved is not None
            else translate("settings", "What you choose holds at once.")
        )
        tone = "attention" if unsaved is not None else "muted"
        if self.problem.property("tone") != tone:
            self.problem.setProperty("tone", tone)
            self.problem.style().unpolish(self.problem)
            self.problem.style().polish(self.problem)
