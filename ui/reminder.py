"""The reminder that nothing is recorded while somebody works: a small window in the corner that takes no focus."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui.actions import UiActions
from ui.corner import CornerWindow
from ui.models import Activity, TrackerView
from ui.parts import label
from ui.theme import Theme


class ReminderWindow(CornerWindow):
    """Starts the chosen job, or goes on with the paused one, or is closed: nothing is ever recorded by itself."""

    def __init__(self, theme: Theme, actions: UiActions, view: TrackerView) -> None:
        super().__init__(theme)
        self._actions = actions
        self._view = view
        stopped = view.activity is Activity.STOPPED
        self.title = label(theme, strong=True, wrap=True)
        self.title.setText(self.tr("You are active, but nothing is recorded"))
        self.text = label(theme, wrap=True)
        job = view.job.title if view.job is not None else ""
        said = self.tr("“{job}” is stopped.") if stopped else self.tr("“{job}” is paused.")
        self.text.setText(said.format(job=job))
        self.start = QPushButton(self.tr("Start recording") if stopped else self.tr("Resume recording"))
        self.start.setProperty("look", "primary")
        self.later = QPushButton(self.tr("Not now"))
        self.start.clicked.connect(self._start)
        self.later.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch()
        row.addWidget(self.later)
        self.column.addWidget(self.title)
        self.column.addWidget(self.text)
        self.column.addLayout(row)
        self.setAccessibleName(self.title.text())
        more = self.tr("Start and stop are in Fairhour's window and tray menu.")
        self.setAccessibleDescription(f"{self.text.text()} {more}")

    def _start(self) -> None:
        self.close()
        if self._view.activity is Activity.STOPPED:
            self._actions.start.emit(self._view.job_id)
        else:
            self._actions.resume.emit()
