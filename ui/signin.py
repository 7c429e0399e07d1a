"""The part of the window in which the user signs in: the marketplace's address, one button, and what comes of it.

Before the first sign-in it is the whole window; later, when a sign-in was ended, a notice above what is recorded.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from ui import problem_words
from ui.actions import UiActions
from ui.models import Account, SignInView, TrackerView
from ui.parts import label, link, set_look
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_16


class SignInPanel(QFrame):
    """Shown while nobody is signed in. ``server`` is prefilled, and never overwritten while the user is in it."""

    def __init__(self, theme: Theme, actions: UiActions) -> None:
        super().__init__()
        self._theme = theme
        self._actions = actions
        self._view = SignInView()
        self._filled = ""
        self._said = ""
        self.title = label(theme, FONT_16, strong=True, wrap=True)
        self.text = label(theme, wrap=True)
        self.caption = label(theme, FONT_12, tone="muted")
        self.caption.setText(self.tr("Address of the marketplace"))
        self.server = QLineEdit()
        self.server.setFont(theme.font())
        self.server.setAccessibleName(self.tr("Address of the marketplace"))
        self.server.setPlaceholderText("https://")
        self.server.returnPressed.connect(self._press)
        self.caption.setBuddy(self.server)
        self.problem = label(theme, tone="rejected", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.setFont(theme.font(strong=True))
        self.button.clicked.connect(self._press)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setFont(theme.font())
        self.cancel.clicked.connect(actions.cancel_sign_in)
        self.copy = link(self.tr("Copy the address"), calm=True)
        self.copy.setFont(theme.font())
        self.copy.clicked.connect(self._copy)
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(self._theme.space(3),) * 4)
        column.setSpacing(self._theme.space(2))
        for part in (self.title, self.text, self.caption, self.server, self.problem):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(3))
        for button in (self.button, self.cancel, self.copy):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)

    def show_view(self, view: TrackerView) -> None:
        """Show how it stands with signing in."""
        self._view = view.signin
        first, waiting = not view.jobs, view.account is Account.SIGNING_IN
        self.setVisible(view.account is not Account.SIGNED_IN)
        self._dress("" if first else "notice")
        self.title.setText(self._title(view))
        self.text.setText(self._text(view))
        for part in (self.caption, self.server):
            part.setVisible(not waiting and (first or not view.signin.server or self._address_is_wrong()))
        if self.server.text() == self._filled and view.signin.server != self._filled:
            self._filled = view.signin.server
            self.server.setText(self._filled)
        self.button.setText(self.tr("Sign in with the browser"))
        set_look(self.button, "primary" if first else "")
        self.button.setVisible(not waiting)
        self.cancel.setVisible(waiting)
        self.copy.setVisible(waiting and bool(view.signin.address))
        self._say_problem()

    def _dress(self, part: str) -> None:
        """Look like a page of its own, or like a notice above others."""
        if self.property("part") != part:
            self.setProperty("part", part)
            self.setProperty("mirrored", self.isRightToLeft())
            self.style().unpolish(self)
            self.style().polish(self)

    def _title(self, view: TrackerView) -> str:
        if view.account is Account.SIGNING_IN:
            return self.tr("Waiting for your browser")
        reason = view.signin.reason
        return problem_words.title(reason) if reason is not None and view.jobs else self.tr("Sign in")

    def _text(self, view: TrackerView) -> str:
        if view.account is Account.SIGNING_IN:
            if not view.signin.address:
                return self.tr("Looking for the marketplace…")
            return self.tr("Sign in there and allow Fairhour on this computer. This window follows by itself.")
        reason = view.signin.reason
        if reason is not None and (view.jobs or reason.code != "signed_out"):
            return f"{problem_words.message(reason)} {problem_words.action(reason)}"
        return self.tr("Your browser opens, and you sign in there: Fairhour never sees your password.")

    def _address_is_wrong(self) -> bool:
        problem = self._view.problem
        return problem is not None and problem.code.startswith(("server_", "sign_in_server"))

    def _say_problem(self) -> None:
        problem = self._view.problem
        said = ""
        if problem is not None:
            parts = (problem_words.title(problem) + ".", problem_words.message(problem), problem_words.action(problem))
            said = " ".join(parts)
        self.problem.setVisible(bool(said))
        if said != self._said:
            self._said = said
            self.problem.setText(said)
            self.problem.setAccessibleName(said)
            if said and self.isVisible():
                QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))

    def _press(self) -> None:
        self._actions.sign_in.emit(self.server.text().strip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view.address)
        self.copy.setText(self.tr("Copied"))
