"""The figures of the chosen job: today, the work week by day, what is protected and what is not, and readiness."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import words
from ui.models import DayBar, JobItem, TrackerView
from ui.parts import Spread, label, link
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16
from ui.week_gauge import WeekGauge, fill

_FULL_DAY_S = 8 * 3600
"""The tallest bar when no day is longer: short days must not look like full ones."""
_ANY_WIDTH = 16_777_215


class WeekBars(QWidget):
    """One bar for each of the user's days in the work week, its time above and its name below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: tuple[DayBar, ...] = ()
        self.setFont(theme.font(FONT_12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time by day"))
        theme.changed.connect(self.update)

    def show_days(self, days: tuple[DayBar, ...]) -> None:
        """Paint again when a figure changed."""
        if days != self._days:
            self._days = days
            self.updateGeometry()
            said = ", ".join(map(self._said, days))
            self.setAccessibleDescription(said)
            self.setToolTip(said)
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines of text and the bars between them."""
        line = self.fontMetrics().height()
        return QSize(self._theme.px(260), 2 * line + self._theme.space(10))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint, and wide enough for the names and for times below ten hours."""
        texts = [_short(9 * 3600), *(words.day_name(day.weekday) for day in self._days)]
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in texts)
        return QSize(max(7, len(self._days)) * (widest + self._theme.space(1)), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars from the ground line up."""
        if not self._days:
            return
        painter = QPainter(self)
        colours = self._theme.colours
        line = self.fontMetrics().height()
        width, gap = self.width() / len(self._days), self._theme.space(2)
        top, ground = line + self._theme.space(1), self.height() - line - self._theme.space(1)
        longest = max(_FULL_DAY_S, *(day.tracked_s for day in self._days))
        for at, day in enumerate(self._days):
            # Time runs as one reads.
            left = (len(self._days) - 1 - at if self.isRightToLeft() else at) * width
            height = (ground - top) * day.tracked_s / longest
            bar = QRectF(left + gap / 2, ground - height, width - gap, height)
            if day.tracked_s:
                # Whole pixels, or a hair of the second colour stands on every bar.
                box = bar.toAlignedRect()
                above = box.height() * day.above_s // day.tracked_s
                fill(painter, box.adjusted(0, above, 0, 0), colours.recorded, colours.paper)
                over = box.adjusted(0, 0, 0, above - box.height())
                fill(painter, over, colours.attention, colours.paper, hatched=True)
            track = QRectF(left + gap / 2, ground, width - gap, 1)
            painter.fillRect(track, QColor(colours.ink if day.today else colours.line))
            font = self._theme.font(FONT_12, strong=day.today)
            painter.setFont(font)
            painter.setPen(QColor(colours.ink if day.today else colours.muted))
            below = QRectF(left, ground + 1, width, line + self._theme.space(1))
            name = words.day_name(day.weekday)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, name)
            if day.tracked_s:
                on_top = QRectF(left, bar.top() - line, width, line)
                whole = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
                painter.drawText(on_top, whole, _short(day.tracked_s))

    def _said(self, day: DayBar) -> str:
        said = f"{self._name(day)} {words.duration(day.tracked_s)}"
        if not day.above_s:
            return said
        return self.tr("{day} ({time} above the authorized hours)").format(day=said, time=words.duration(day.above_s))

    def _name(self, day: DayBar) -> str:
        """The day's name, with its date where the week has it twice: it begins and ends at midnight in New York.

        It is said, not painted: the first and the last bar need no date to be told apart.
        """
        name = words.day_name(day.weekday)
        twice = sum(other.weekday == day.weekday for other in self._days) > 1
        return f"{name} {day.number}" if twice else name


def _short(seconds: int) -> str:
    """Return "5:12": a column has no room for units; the tool tip of the whole has them."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def _direction(*, stacked: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight


class Figures(QWidget):
    """Today and week, bars, protection and readiness."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.today = label(theme, FONT_16, strong=True)
        self.week = label(theme, FONT_16, strong=True)
        self.authorized = label(theme, FONT_12, tone="muted")
        self.bars = WeekBars(theme)
        self.gauge = WeekGauge(theme)
        self.above = label(theme, FONT_12, tone="attention", wrap=True)
        self.protected = label(theme)
        self.ready = label(theme, tone="recorded")
        self.why = link("")
        self.reasons = label(theme, tone="muted", wrap=True)
        self.reasons.hide()
        self.why.clicked.connect(self._toggle)
        today_name, week_name = label(theme, FONT_12, tone="muted"), label(theme, FONT_12, tone="muted")
        today_name.setText(self.tr("Today"))
        week_name.setText(self.tr("This week"))
        figures = QGridLayout()
        figures.setHorizontalSpacing(theme.space(6))
        figures.setVerticalSpacing(0)
        for column_at, parts in enumerate(((today_name, self.today), (week_name, self.week, self.authorized))):
            for row_at, part in enumerate(parts):
                figures.addWidget(part, row_at, column_at)
        self._figures = figures
        self._narrow, self._room = False, _ANY_WIDTH
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(theme.space(6))
        self._top.addLayout(figures)
        self._top.setAlignment(figures, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._top.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignTop)
        self.not_ready = label(theme, tone="attention", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addLayout(self._top)
        column.addWidget(self.gauge)
        column.addWidget(self.above)
        column.addWidget(Spread(theme, (self.protected, self.why), (self.ready,)))
        column.addWidget(self.reasons)
        column.addWidget(self.not_ready)

    def show_view(self, view: TrackerView) -> None:
        """Show the figures of the chosen job."""
        self.today.setText(words.duration(view.today_s))
        self.week.setText(words.duration(view.week_s))
        self.authorized.setText(words.authorized(view))
        self.bars.show_days(view.days)
        self.gauge.show_view(view)
        self.above.setText(words.hours_left(view))
        self.above.setVisible(view.authorized_s is not None and view.week_s > view.authorized_s)
        self.protected.setText(self.tr("Protected {time}").format(time=words.duration(view.protected_s)))
        bare = sum(seconds for _, seconds in view.unprotected)
        self.why.setVisible(bare > 0)
        why = self.tr("{time} not protected: why?").format(time=words.duration(bare))
        if why != self.why.text():
            self.why.setText(why)
        if not bare:
            self.reasons.hide()
        reasons = [f"{words.duration(seconds)} {words.unprotected(reason)}" for reason, seconds in view.unprotected]
        self.reasons.setText("\n".join(reasons))
        self._show_ready(view.job)
        self._arrange()

    def set_narrow(self, narrow: bool, room: int) -> None:
        """Stack what stands side by side; the bars also where the words leave no place for them in ``room`` pixels."""
        self._narrow, self._room = narrow, room
        self._arrange()

    def _arrange(self) -> None:
        needed = self._figures.sizeHint().width() + self._top.spacing() + self.bars.minimumSizeHint().width()
        self._top.setDirection(_direction(stacked=self._narrow or needed > self._room))

    def _show_ready(self, job: JobItem | None) -> None:
        ready = job is not None and job.ready
        self.ready.setText(self.tr("Job: Ready") if ready else "")
        self.ready.setToolTip(self.tr("The client's automatic payment can be made.") if ready else "")
        self.not_ready.setVisible(job is not None and not ready)
        if job is not None and not ready:
            missing = self.tr("Job: Not Ready. {reason} What you record now is not protected.")
            self.not_ready.setText(missing.format(reason=job.not_ready_reason))

    def _toggle(self) -> None:
        self.reasons.setVisible(self.reasons.isHidden())
