"""The row for what is private, with a pause of some minutes, and the ways to what is hidden and to Other hours."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import words
from ui.actions import UiActions
from ui.models import Activity, TrackerView
from ui.parts import Spread, label, link
from ui.theme import Theme
from ui.tokens import FONT_12


class PrivacyRow(QWidget):
    """Buttons for a private pause while there is something to pause, and "What is hidden", with what that costs."""

    def __init__(self, theme: Theme, actions: UiActions) -> None:
        super().__init__()
        self._now = label(theme, FONT_12)
        self._now.setText(self.tr("Now is private:"))
        self.pauses = [self._pause(theme, actions, minutes) for minutes in words.PRIVATE_MINUTES]
        self.hours = link(self.tr("Other hours…"), calm=True)
        self.hours.setFont(theme.font(FONT_12))
        self.hours.setToolTip(self.tr("Time that you type in, with a note"))
        self.hours.clicked.connect(actions.hours)
        self.hidden = link("", calm=True)
        self.hidden.setFont(theme.font(FONT_12))
        self.hidden.setAccessibleDescription(words.hidden_help())
        self.hidden.setToolTip(words.hidden_help())
        self.hidden.clicked.connect(actions.hidden)
        self.warning = label(theme, FONT_12, tone="attention", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        column.addWidget(Spread(theme, (self._now, *self.pauses), (self.hours, self.hidden)))
        column.addWidget(self.warning)

    def _pause(self, theme: Theme, actions: UiActions, minutes: int) -> QPushButton:
        button = QPushButton(self.tr("{n} min").format(n=minutes))
        button.setFont(theme.font(FONT_12))
        button.setAccessibleName(words.private(minutes))
        button.setAccessibleDescription(words.private_help())
        button.setToolTip(words.private_help())
        button.clicked.connect(lambda: actions.private.emit(60 * minutes))
        return button

    def show_view(self, view: TrackerView) -> None:
        """Show what can be paused, how much is hidden, and what that means for the chosen job."""
        pausable = view.activity is not Activity.STOPPED
        for part in (self._now, *self.pauses):
            part.setVisible(pausable)
        text = words.hidden_link(view.hiding)
        if self.hidden.text() != text:
            self.hidden.setText(text)
        job = view.job
        costs = view.hiding > 0 and job is not None and not job.redaction_protects
        self.warning.setText(words.hidden_costs() if costs else "")
        self.warning.setVisible(costs)
