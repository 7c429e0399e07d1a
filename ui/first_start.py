"""The first start: what Fairhour records and what never, signing in, and a picture of now as proof that it can see.

Three pages; it can be opened again at any time. The proof is looked at and forgotten: nothing of it is kept or sent.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import problem_words
from ui.actions import UiActions
from ui.hidden_preview import PreviewPicture
from ui.models import Account, TrackerView
from ui.parts import label, set_look
from ui.signin import SignInPanel
from ui.steady_scroll import SteadyScrollArea
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_20
from worktime.errors import Problem

translate = QCoreApplication.translate
WIDTH, HEIGHT = 600, 600


class FirstStart(QDialog):
    """``look``: a picture of now is wanted. ``open_screen``, ``open_accessibility``: the system's settings (macOS).

    ``shown``: it can be seen now. ``came_back``: it is the window in front again. ``over``: the user has been through
    it, or closed it.
    """

    look = Signal()
    open_screen = Signal()
    open_accessibility = Signal()
    shown = Signal()
    came_back = Signal()
    over = Signal()

    def __init__(self, theme: Theme, actions: UiActions, *, has_settings: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._has_settings = has_settings
        self.setWindowTitle(translate("first_start", "Fairhour: first steps"))
        self.setAccessibleName(translate("first_start", "First steps"))
        self.pages = QStackedWidget()
        self.sign_in = SignInPanel(theme, actions)
        self.account = label(theme, wrap=True)
        self.preview = PreviewPicture(theme)
        self.preview.setEnabled(False)
        self.preview.setAccessibleName(translate("first_start", "The picture that Fairhour can take now"))
        self.said = label(theme, wrap=True)
        self.take = QPushButton(translate("first_start", "Take a test picture"))
        self.screen_settings = QPushButton(translate("first_start", "Open Screen Recording settings"))
        self.input_settings = QPushButton(translate("first_start", "Open Accessibility settings"))
        self.accessibility = label(theme, wrap=True)
        self.step = label(theme, FONT_12, tone="muted")
        self.back = QPushButton(translate("first_start", "Back"))
        self.next = QPushButton()
        self.next.setProperty("look", "primary")
        self._build()
        self.show_page(0)
        self.show_waiting(asks=False)
        self.show_accessibility(allowed=None)

    def _build(self) -> None:
        theme = self._theme
        for title, parts in (
            (translate("first_start", "Welcome to Fairhour"), self._welcome()),
            (translate("first_start", "Your marketplace"), [self.account, self.sign_in]),
            (translate("first_start", "What Fairhour can see"), self._proof()),
        ):
            page = QWidget()
            page.setProperty("part", "body")
            column = QVBoxLayout(page)
            column.setContentsMargins(*(theme.space(5),) * 4)
            column.setSpacing(theme.space(2))
            head = label(theme, FONT_20, strong=True, wrap=True)
            head.setText(title)
            for part in (head, *parts):
                column.addWidget(part)
            column.addStretch()
            area = SteadyScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            self.pages.addWidget(area)
        foot = QFrame()
        foot.setProperty("part", "footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(2))
        row.setSpacing(theme.space(2))
        row.addWidget(self.step, 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        whole.addWidget(foot)
        for button in (self.back, self.next, self.take, self.screen_settings, self.input_settings):
            button.setAutoDefault(False)
        self.back.clicked.connect(lambda: self.show_page(self.pages.currentIndex() - 1))
        self.next.clicked.connect(self._go_on)
        self.take.clicked.connect(self.look)
        self.screen_settings.clicked.connect(self.open_screen)
        self.input_settings.clicked.connect(self.open_accessibility)

    def sizeHint(self) -> QSize:
        """Room for the longest page."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def _text(self, text: str, *, strong: bool = False) -> QWidget:
        part = label(self._theme, strong=strong, wrap=True)
        part.setText(text)
        return part

    def _welcome(self) -> list[QWidget]:
        recorded = [
            translate("first_start", "The time between Start and Stop, to the second."),
            translate(
                "first_start",
                "With Work View one picture of your screens in each 12 minutes, at a random moment. It stays on this "
                "computer for a while first, and you can delete it.",
            ),
            translate(
                "first_start",
                "In how many seconds there was input. How many keys and clicks only where you switch that on.",
            ),
            translate("first_start", "The comments that you write."),
        ]
        never = [
            translate("first_start", "Which keys you press, what you type or copy."),
            translate("first_start", "Sound, camera, files, or where you are."),
            translate("first_start", "Anything at all while it is stopped or paused."),
        ]
        return [
            self._text(translate("first_start", "It records your work when you start it, and never by itself.")),
            self._text(translate("first_start", "What is recorded"), strong=True),
            *(self._text(f"•  {each}") for each in recorded),
            self._text(translate("first_start", "What never is"), strong=True),
            *(self._text(f"•  {each}") for each in never),
        ]

    def _proof(self) -> list[QWidget]:
        screen, counts = self._row(self.take, self.screen_settings), self._row(self.input_settings)
        for part in (self.screen_settings, self.accessibility, counts):
            part.setVisible(self._has_settings)
        self.preview.setMinimumHeight(self._theme.px(220))
        about = translate(
            "first_start",
            "This is what a screenshot would show now, with what you have hidden. It is only shown here: nothing of it "
            "is kept or sent.",
        )
        return [self._text(about), self.preview, self.said, screen, self.accessibility, counts]

    def _row(self, *buttons: QPushButton) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        return row

    def show_page(self, number: int) -> None:
        """Turn to a page; the last one looks at the screen."""
        self.pages.setCurrentIndex(number)
        last = self.pages.count() - 1
        self.back.setVisible(number > 0)
        self.next.setText(translate("first_start", "Done") if number == last else translate("first_start", "Next"))
        # Where signing in is what there is to do, that button is the primary one.
        set_look(self.next, "" if number == 1 and not self.account.isVisibleTo(self) else "primary")
        self.step.setText(translate("first_start", "{n} of {all}").format(n=number + 1, all=last + 1))

    def show_view(self, view: TrackerView) -> None:
        """Show how it stands with signing in."""
        self.sign_in.show_view(view)
        signed_in = view.account is Account.SIGNED_IN
        self.account.setVisible(signed_in)
        if self.pages.currentIndex() == 1:
            set_look(self.next, "primary" if signed_in else "")
        self.account.setText(translate("first_start", "You are signed in as {person}.").format(person=view.person))

    def show_waiting(self, *, asks: bool) -> None:
        """Say that a picture is on its way, or that one is taken when the user wants it (``asks``: it may be asked)."""
        self.preview.show_image(None)
        self.said.setText(
            translate(
                "first_start",
                "Press “Take a test picture”. If your desktop asks whether Fairhour may, allow it.",
            )
            if asks
            else translate("first_start", "Taking a picture…")
        )

    def show_proof(self, image: QImage | None, problem: Problem | None, *, flat: bool) -> None:
        """Show the picture, or say what is wrong with it and what to do."""
        self.preview.show_image(image)
        self.preview.setVisible(image is not None)
        if problem is not None:
            parts = (problem_words.title(problem) + ".", problem_words.message(problem), problem_words.action(problem))
            self.said.setText(" ".join(parts))
        elif flat:
            self.said.setText(
                translate(
                    "first_start",
                    "The picture has one colour only: the screen is off or locked, or hidden from Fairhour. "
                    "Such a screenshot protects no time. Check that the screen is on, and take another.",
                )
            )
        else:
            self.said.setText(translate("first_start", "It works: this is what your client would see."))

    def show_accessibility(self, *, allowed: bool | None) -> None:
        """Say whether macOS lets keys and clicks be counted (None: not known), and that nothing else needs it."""
        if allowed is None:
            text = translate("first_start", "Accessibility is needed only where keys and clicks are counted.")
        elif allowed:
            text = translate(
                "first_start", "Accessibility is switched on: keys and clicks can be counted where you want it."
            )
        else:
            text = translate(
                "first_start",
                "Accessibility is switched off. You need it only if you want keys and clicks counted: then open its "
                "settings and switch Fairhour on. Everything else works without.",
            )
        self.accessibility.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it can be seen."""
        super().showEvent(event)
        self.shown.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Tell when it comes to the front: what was switched in the system's settings shows at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_back.emit()

    def _go_on(self) -> None:
        if self.pages.currentIndex() == self.pages.count() - 1:
            self.reject()
        else:
            self.show_page(self.pages.currentIndex() + 1)

    def reject(self) -> None:
        """However it is closed, it is over."""
        super().reject()
        self.over.emit()
