"""The work week as one line: how much of the authorized hours is used, day by day, and what is above them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import words
from ui.models import DayBar, TrackerView
from ui.theme import Theme

_HEIGHT = 8


def fill(painter: QPainter, box: QRect, colour: str, ground: str, *, hatched: bool = False) -> None:
    """Fill a box; ``hatched`` for what must be told apart without seeing colours."""
    painter.fillRect(box, QColor(colour))
    if hatched:
        painter.fillRect(box, QBrush(QColor(ground), Qt.BrushStyle.BDiagPattern))


class WeekGauge(QWidget):
    """A piece for each day; a mark where the authorized hours end. Not shown where none are known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: tuple[DayBar, ...] = ()
        self._authorized_s = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time against the authorized hours"))
        theme.changed.connect(self.update)
        self.hide()

    def show_view(self, view: TrackerView) -> None:
        """Paint again when a figure changed."""
        authorized_s = view.authorized_s or 0
        self.setVisible(authorized_s > 0)
        said = words.hours_left(view)
        if (view.days, authorized_s, said) != (self._days, self._authorized_s, self.toolTip()):
            self._days, self._authorized_s = view.days, authorized_s
            self.setAccessibleDescription(said)
            self.setToolTip(said)
            self.update()

    def sizeHint(self) -> QSize:
        """A line that can be pointed at."""
        return QSize(self._theme.px(260), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pieces in reading order, the rest of the authorized hours, and the mark at their end."""
        painter = QPainter(self)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        colours = self._theme.colours
        whole = max(self._authorized_s, sum(day.tracked_s for day in self._days)) or 1
        edge = self._theme.px(1)
        painter.fillRect(self.rect().adjusted(0, edge, 0, -edge), QColor(colours.line))
        done = 0
        for day in self._days:
            within = day.tracked_s - day.above_s
            self._piece(painter, done, within, whole, colours.recorded)
            self._piece(painter, done + within, day.above_s, whole, colours.attention, hatched=True)
            done += day.tracked_s
        if done > self._authorized_s:
            at = self.width() * self._authorized_s // whole
            painter.fillRect(QRect(at - edge, 0, 2 * edge, self.height()), QColor(colours.ink))

    def _piece(
        self, painter: QPainter, start_s: int, length_s: int, whole: int, colour: str, *, hatched: bool = False
    ) -> None:
        if not length_s:
            return
        edge = self._theme.px(1)
        left, right = self.width() * start_s // whole, self.width() * (start_s + length_s) // whole
        # A pixel of ground between two days; a short one is seen all the same.
        box = QRect(left, edge, max(2, right - left - edge), self.height() - 2 * edge)
        fill(painter, box, colour, self._theme.colours.paper, hatched=hatched)
