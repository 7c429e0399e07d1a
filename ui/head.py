"""The head of the window: what is recorded, for whom, since when, the one primary button and the comment."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import words
from ui.actions import UiActions
from ui.models import Account, Activity, JobItem, TrackerView
from ui.parts import CheckBox, CommentField, ElidedLabel, Spread, label, set_look
from ui.privacy import PrivacyRow
from ui.ring import RingWidget
from ui.theme import Theme
from ui.tokens import CORNER, FONT_12, FONT_16, FONT_20, FONT_28

RING_PX = 48


class JobBox(QComboBox):
    """The job chooser. Painted here: a style sheet would take its arrow away, and Fusion's own has a gradient."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("elides", True)

    def sizeHint(self) -> QSize:
        """As high as a text field."""
        return QSize(self._theme.px(200), self.fontMetrics().height() + self._theme.px(14))

    def minimumSizeHint(self) -> QSize:
        """Long titles are elided."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a field with the job and an arrow that says that there is a list."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        edge = colours.recorded if self.hasFocus() else colours.muted if self.underMouse() else colours.line
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(colours.paper if self.isEnabled() else colours.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CORNER, CORNER)
        pad, arrow = self._theme.px(8), self._theme.px(4)
        mirrored, middle = self.isRightToLeft(), self.height() // 2
        at = pad + arrow if mirrored else self.width() - pad - arrow
        painter.setPen(QPen(QColor(colours.muted), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        top, bottom = middle - arrow // 2, middle + arrow // 2
        painter.drawPolyline([QPoint(at - arrow, top), QPoint(at, bottom), QPoint(at + arrow, top)])
        far = 2 * pad + 2 * arrow
        room = self.rect().adjusted(far if mirrored else pad, 0, -pad if mirrored else -far, 0)
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.muted))
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, text)


class JobListModel(QAbstractListModel):
    """The jobs to choose from."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: tuple[JobItem, ...] = ()

    def set_jobs(self, jobs: tuple[JobItem, ...]) -> None:
        """Take the jobs; views hear of it only when something changed."""
        if jobs != self._jobs:
            self.beginResetModel()
            self._jobs = jobs
            self.endResetModel()

    def row_of(self, job: UUID | None) -> int:
        """Return the row of a job, -1 for none."""
        return next((row for row, item in enumerate(self._jobs) if item.id == job), -1)

    def job_at(self, row: int) -> JobItem | None:
        """Return the job of a row."""
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """One row for each job."""
        return 0 if parent is not None and parent.isValid() else len(self._jobs)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Client and title; the reason in the tool tip when the job is Not Ready."""
        job = self.job_at(index.row())
        if job is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.job_name(job)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.job_name(job) if job.ready else f"{words.job_name(job)}\n{job.not_ready_reason}"
        return None


class Head(QWidget):
    """Ring, state, running clock, button; job, start time; comment."""

    def __init__(self, theme: Theme, actions: UiActions) -> None:
        super().__init__()
        self._theme = theme
        self._actions = actions
        self._view: TrackerView | None = None
        self._ring = RingWidget(theme, RING_PX)
        self.state = ElidedLabel(theme, FONT_20, strong=True)
        self._since = ElidedLabel(theme, FONT_12, tone="muted")
        self.clock = label(theme, FONT_28)
        self.clock.setAccessibleName(self.tr("Running time"))
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setFont(theme.font(FONT_16, strong=True))
        self.button.clicked.connect(self._press)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setFont(theme.font(FONT_16))
        self.stop.clicked.connect(self._actions.stop)
        self.stop.hide()
        self._model = JobListModel()
        self.jobs = JobBox(theme)
        self.jobs.setModel(self._model)
        self.jobs.setAccessibleName(self.tr("Job"))
        self.jobs.activated.connect(self._choose)
        self._empty = label(theme, tone="muted", wrap=True)
        self.comment = CommentField(
            theme, self.tr("What are you working on?"), self.tr("What are you working on? Your client sees this.")
        )
        self.comment.save.connect(actions.comment)
        self._goes_with = ElidedLabel(theme, FONT_12, tone="muted")
        self._goes_with.setText(self.tr("Comment for this screenshot and the next ones. Your client sees it."))
        self._goes_with.setBuddy(self.comment.edit)
        self.work_view = CheckBox(theme, words.work_view(), FONT_12)
        self.work_view.setToolTip(words.work_view_off())
        self.work_view.clicked.connect(actions.work_view)
        self._bare = label(theme, FONT_12, tone="attention", wrap=True)
        self._bare.setText(words.work_view_off())
        self.privacy = PrivacyRow(theme, actions)
        self.counts = CheckBox(theme, words.count_input(), FONT_12)
        self.counts.setToolTip(words.count_input_help())
        self.counts.setAccessibleDescription(words.count_input_help())
        self.counts.clicked.connect(actions.count_input)
        self.counts.hide()
        self._build()

    def _build(self) -> None:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(self.state)
        texts.addWidget(self._since)
        texts.addStretch()
        top = QHBoxLayout()
        top.setSpacing(theme.space(3))
        top.addWidget(self._ring)
        top.addLayout(texts, 1)
        top.addWidget(self.clock)
        top.addWidget(self.button)
        top.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addLayout(top)
        column.addWidget(self.jobs)
        column.addWidget(self._empty)
        said = QVBoxLayout()
        said.setSpacing(theme.px(2))
        said.addWidget(self._goes_with)
        said.addWidget(self.comment)
        column.addLayout(said)
        column.addWidget(Spread(theme, (self.work_view,), (self.counts,)))
        column.addWidget(self._bare)
        column.addWidget(self.privacy)

    def show_view(self, view: TrackerView) -> None:
        """Show what is recorded; cheap when only the clock moved."""
        before, self._view = self._view, view
        self._ring.show_mark(view.emblem)
        self.state.setText(words.state(view))
        self._since.setText(self._since_text(view))
        self.clock.setText(words.running_clock(view.running_s))
        # A clock that stands at nothing says less than the words that need its place.
        self.clock.setVisible(view.activity is Activity.RECORDING)
        self._show_button(view)
        self._model.set_jobs(view.jobs)
        row = self._model.row_of(view.job_id)
        if self.jobs.currentIndex() != row:
            self.jobs.setCurrentIndex(row)
        if before is not None and before.job_id != view.job_id:
            self.comment.forget()
        self.jobs.setVisible(bool(view.jobs))
        self._empty.setVisible(not view.jobs)
        self._empty.setText(self._empty_text(view))
        self.comment.setEnabled(view.job is not None)
        self._goes_with.setVisible(view.job is not None)
        self.comment.show_stored(view.comment)
        stopped = view.activity is Activity.STOPPED
        self.work_view.setVisible(not stopped)
        self.work_view.setChecked(view.work_view)
        self._bare.setVisible(not stopped and not view.work_view)
        self.privacy.show_view(view)
        self.counts.setVisible(view.job is not None and view.job.input_counts)
        self.counts.setChecked(view.counting)

    def _empty_text(self, view: TrackerView) -> str:
        if view.account is Account.SIGNED_OUT:
            return self.tr("Your jobs appear here after you sign in.")
        if view.account is Account.SIGNING_IN:
            return self.tr("Signing in. Your jobs appear here in a moment.")
        return self.tr("No hourly jobs yet. When a client hires you by the hour, the job appears here.")

    def _since_text(self, view: TrackerView) -> str:
        if view.activity is Activity.STOPPED:
            return self.tr("Nothing is recorded while stopped")
        if view.since is None:
            return self.tr("Nothing is recorded while paused")
        started = self.tr("Started {time}").format(time=words.clock_time(view.since, view.zone))
        if not view.work_view and view.activity is Activity.RECORDING:
            return self.tr("{started}, without screenshots").format(started=started)
        return started

    def _show_button(self, view: TrackerView) -> None:
        recording = view.activity is Activity.RECORDING
        paused = view.activity in (Activity.PAUSED, Activity.IDLE)
        text = self.tr("Stop") if recording else self.tr("Resume") if paused else self.tr("Start")
        if text != self.button.text():
            self.button.setText(text)
            set_look(self.button, "stop" if recording else "primary")
        job = view.job
        title = job.title if job else self.tr("no job")
        self.button.setAccessibleName(f"{text}: {title}")
        self.button.setEnabled(recording or job is not None)
        self.stop.setVisible(paused)
        self.stop.setAccessibleName(f"{self.stop.text()}: {title}")

    def _press(self) -> None:
        view = self._view
        if view is None:
            return
        if view.activity is Activity.RECORDING:
            self._actions.stop.emit()
        elif view.activity in (Activity.PAUSED, Activity.IDLE):
            self._actions.resume.emit()
        else:
            self._actions.start.emit(view.job_id)

    def _choose(self, row: int) -> None:
        job, view = self._model.job_at(row), self._view
        if job is None or view is None or job.id == view.job_id:
            return
        self.comment.save_now()
        if view.activity is Activity.RECORDING:
            self._actions.switch.emit(job.id)
        else:
            self._actions.choose.emit(job.id)
