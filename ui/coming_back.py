"""The question on coming back: how long the user was away, what that cost, and what becomes of the time.

It shows an IdleReturn. Time away can be added as Other hours with a note, except after a private pause.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from ui import problem_words, words
from ui.dialogs import Question
from ui.models import IdleReturn, Pause
from ui.parts import label, link
from ui.theme import Theme
from worktime.errors import Problem
from worktime.wire import MAX_NOTE

translate = QCoreApplication.translate
Add = Callable[[str], "Problem | None"]
"""Enters the time away as Other hours with this note; returns why it could not be."""


class ReturnQuestion(Question):
    """Resume or stay paused, and before that: add the time away. ``add`` is None where that is not offered."""

    def __init__(
        self, theme: Theme, back: IdleReturn, resume: Callable[[], None], stay: Callable[[], None], add: Add | None
    ) -> None:
        super().__init__(theme, _title(back.pause), return_text(back))
        self._back = back
        self._add = add
        self.more = link(translate("coming_back", "Add the time away as Other hours…"), calm=True)
        self.about = label(theme, wrap=True)
        self.about.setText(_about(back))
        self.note = QLineEdit()
        self.note.setMaxLength(MAX_NOTE)
        self.note.setPlaceholderText(translate("coming_back", "What was it? Your client sees this."))
        self.note.setAccessibleName(translate("coming_back", "Note for the Other hours"))
        self.add = QPushButton(
            translate("coming_back", "Add {time} as Other hours").format(time=words.hours_only(back.away_s))
        )
        self.add.setAutoDefault(False)
        self.said = label(theme, wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch()
        lead = QHBoxLayout()
        lead.addWidget(self.more)
        lead.addStretch()
        at = self.column.indexOf(self.text) + 1
        self.column.insertWidget(at, self.said)
        self.column.insertLayout(at, row)
        self.column.insertWidget(at, self.note)
        self.column.insertWidget(at, self.about)
        self.column.insertLayout(at, lead)
        self.more.clicked.connect(self._offer_hours)
        self.note.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.note.returnPressed.connect(self._add_hours)
        self.add.clicked.connect(self._add_hours)
        self.add.setEnabled(False)
        self._show_hours(shown=False)
        self.more.setVisible(add is not None and back.away_s > 0)
        self.said.hide()
        self.offer(translate("coming_back", "Resume recording"), resume, "primary")
        self.offer(translate("coming_back", "Stay paused"), stay)

    def _show_hours(self, *, shown: bool) -> None:
        for part in (self.about, self.note, self.add):
            part.setVisible(shown)

    def _fit(self) -> None:
        # Not adjustSize(): it goes no higher than two thirds of the screen.
        self.column.activate()
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))

    def _offer_hours(self) -> None:
        self.more.hide()
        self._show_hours(shown=True)
        self.note.setFocus()
        self._fit()

    def _add_hours(self) -> None:
        if self._add is None or not self.add.isEnabled():
            return
        problem = self._add(self.note.text().strip())
        if problem is None:
            text = translate("coming_back", "{time} were entered as Other hours. Nothing is recorded until you resume.")
            self.text.setText(text.format(time=words.hours_only(self._back.away_s)))
            self._show_hours(shown=False)
            self.said.hide()
        else:
            self.said.setText(f"{problem_words.message(problem)} {problem_words.action(problem)}")
            self.said.setProperty("tone", "rejected")
            self.said.style().polish(self.said)
            self.said.show()
        told = self.text if problem is None else self.said
        self.setAccessibleDescription(told.text())
        QAccessible.updateAccessibility(QAccessibleEvent(told, QAccessible.Event.Alert))
        self._fit()


def _about(back: IdleReturn) -> str:
    """Return what Other hours are, and how a time that is in more than one work week is entered."""
    text = translate(
        "coming_back", "Other hours are for work without recording, such as a call. They are never protected."
    )
    if len(back.weeks_s) > 1:
        parts = translate("coming_back", " and ").join(words.hours_only(each) for each in back.weeks_s)
        text += " " + translate("coming_back", "A new work week began meanwhile: {parts} are entered apart.").format(
            parts=parts
        )
    return text


def _title(pause: Pause) -> str:
    return {
        Pause.IDLE: translate("coming_back", "Paused: no input"),
        Pause.LOCKED: translate("coming_back", "Paused: the screen was locked"),
        Pause.SUSPENDED: translate("coming_back", "Paused: the computer slept"),
        Pause.RESTARTED: translate("coming_back", "Recording was interrupted"),
        Pause.BY_HAND: translate("coming_back", "Paused"),
        Pause.HELD_UP: translate("coming_back", "Recording was interrupted"),
        Pause.SESSION_END: translate("coming_back", "Paused: the session nearly ended"),
        Pause.PRIVATE: translate("coming_back", "The private pause is over"),
    }[pause]


def return_text(back: IdleReturn) -> str:
    """Return the sentences of the question on returning."""
    start, end = words.clock_time(back.start, back.zone), words.clock_time(back.end, back.zone)
    day = words.local(back.start, back.zone).date()
    if words.local(back.end, back.zone).date() != day:
        start, end = words.day_time(back.start, back.zone), words.day_time(back.end, back.zone)
    short = {
        Pause.IDLE: translate("coming_back", "There was no keyboard or mouse input at {start}."),
        Pause.LOCKED: translate("coming_back", "The screen was locked for a moment at {start}."),
        Pause.SUSPENDED: translate(
            "coming_back", "The computer slept for a moment at {start}. Sleep is never counted."
        ),
        Pause.RESTARTED: translate("coming_back", "Fairhour was not running for a moment at {start}."),
        Pause.BY_HAND: translate("coming_back", "Tracking was paused for a moment at {start}."),
        Pause.HELD_UP: translate(
            "coming_back", "Fairhour was held up for a moment at {start}: the computer slept or was too busy."
        ),
        Pause.SESSION_END: translate("coming_back", "The session nearly ended at {start}, and goes on."),
        Pause.PRIVATE: translate("coming_back", "You paused for something private at {start}."),
    }
    long = {
        Pause.IDLE: translate("coming_back", "There was no keyboard or mouse input from {start} to {end}."),
        Pause.LOCKED: translate("coming_back", "The screen was locked from {start} to {end}."),
        Pause.SUSPENDED: translate("coming_back", "The computer slept from {start} to {end}. Sleep is never counted."),
        Pause.RESTARTED: translate("coming_back", "Fairhour was not running from {start} to {end}."),
        Pause.BY_HAND: translate("coming_back", "Tracking was paused from {start} to {end}."),
        Pause.HELD_UP: translate(
            "coming_back", "Fairhour was held up from {start} to {end}: the computer slept or was too busy."
        ),
        Pause.SESSION_END: translate(
            "coming_back", "The session nearly ended at {start}. From then to {end} nothing was recorded."
        ),
        Pause.PRIVATE: translate("coming_back", "You paused for something private from {start} to {end}."),
    }
    what = (short if start == end else long)[back.pause].format(start=start, end=end)
    if back.taken_off_s:
        cost = translate("coming_back", "{time} without input came off “{job}”.").format(
            time=words.duration(back.taken_off_s), job=back.job_title
        )
    else:
        cost = translate("coming_back", "What was recorded for “{job}” until {start} is kept.").format(
            job=back.job_title, start=start
        )
    return " ".join([what, cost, translate("coming_back", "Nothing is recorded until you resume.")])
