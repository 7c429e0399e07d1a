"""The questions that Fairhour asks: before quitting while recording, before deleting a screenshot or
signing out, and where to keep a sign-in that no keyring takes.

They never take the focus from what the user is typing into, and no key that was meant for another window can answer
them: nothing is focused until the user turns to the dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import tiles, words
from ui.models import Tile, TrackerView
from ui.parts import label
from ui.theme import Theme
from ui.tokens import FONT_16

translate = QCoreApplication.translate
_TEXT_PX = 380


class Question(QDialog):
    """A title, what it is about in whole sentences, and buttons that say their effect. More goes into ``column``.

    Closing or Escape does what the last button does: it is the one that changes nothing.
    """

    def __init__(self, theme: Theme, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Fairhour: {title}")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._last: Callable[[], None] | None = None
        self._theme = theme
        head = label(theme, FONT_16, strong=True, wrap=True)
        head.setText(title)
        self.text = label(theme, wrap=True)
        self.text.setText(text)
        self.text.setMinimumWidth(theme.px(_TEXT_PX))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.space(2))
        self._buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(head)
        column.addWidget(self.text)
        self.column = column
        column.addSpacing(theme.space(1))
        column.addLayout(self._buttons)

    def offer(self, text: str, act: Callable[[], None], look: str = "") -> QPushButton:
        """Add a button. The last one added stands for closing the dialog, too."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        if look:
            button.setProperty("look", look)
        button.clicked.connect(lambda: self._answer(act))
        self._buttons.addWidget(button)
        self._last = act
        return button

    def ask(self, *, quietly: bool) -> None:
        """Show the question; ``quietly`` without taking the focus."""
        if quietly:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.show()
        self.setFocus()
        if quietly:
            QApplication.alert(self)
        else:
            self.raise_()
            self.activateWindow()

    def withdraw(self) -> None:
        """Close without an answer: the question has become void."""
        self._last = None
        self.close()

    def reject(self) -> None:
        """Escape and the close button answer as the last button does."""
        last, self._last = self._last, None
        super().reject()
        if last is not None:
            last()

    def _answer(self, act: Callable[[], None]) -> None:
        self._last = None
        self.close()
        act()


def quit_question(
    theme: Theme, view: TrackerView, quit_now: Callable[[], None], parent: QWidget | None = None
) -> Question:
    """Ask before quitting while recording; the time up to now is kept in any case."""
    question = Question(theme, translate("dialogs", "Stop recording and quit?"), quit_text(view), parent)
    question.offer(translate("dialogs", "Stop recording and quit"), quit_now, "stop")
    question.offer(translate("dialogs", "Keep recording"), lambda: None)
    return question


def quit_text(view: TrackerView) -> str:
    """Return what quitting means now."""
    title = view.job.title if view.job else ""
    text = translate("dialogs", "Recording of “{job}” stops. The time up to now is kept.").format(job=title)
    waiting = words.waiting(view.sync)
    if waiting:
        text += " " + translate("dialogs", "Not sent yet: {what}. It is sent when Fairhour starts again.").format(
            what=waiting
        )
    return text


def delete_question(
    theme: Theme, tile: Tile, zone: tzinfo, delete: Callable[[], None], parent: QWidget | None = None
) -> Question:
    """Ask before a screenshot and its time are deleted for good."""
    at = words.clock_time(tile.taken_at, zone) if tile.taken_at is not None else tiles.start_time(tile, zone)
    text = translate(
        "dialogs",
        "The screenshot is erased everywhere, and {time} of recorded time go with it. Your client sees that a "
        "screenshot was deleted, not what it showed. This can't be undone.",
    ).format(time=words.duration(tile.tracked_s))
    question = Question(theme, translate("dialogs", "Delete the screenshot of {at}?").format(at=at), text, parent)
    question.offer(tiles.delete_button(tile), delete, "danger")
    question.offer(translate("dialogs", "Keep it"), lambda: None)
    return question


def sign_out_question(
    theme: Theme, view: TrackerView, sign_out: Callable[[], None], parent: QWidget | None = None
) -> Question:
    """Ask before signing out; recording goes on either way."""
    question = Question(theme, translate("dialogs", "Sign out on this computer?"), sign_out_text(view), parent)
    question.offer(translate("dialogs", "Sign out"), sign_out)
    question.offer(translate("dialogs", "Stay signed in"), lambda: None)
    return question


def sign_out_text(view: TrackerView) -> str:
    """Return what signing out means now."""
    text = translate("dialogs", "You can go on recording. It is kept here and sent after you sign in again.")
    waiting = words.waiting(view.sync)
    if waiting:
        text += " " + translate("dialogs", "Not sent yet: {what}.").format(what=waiting)
    return text


def keeping_question(
    theme: Theme, keep_in_file: Callable[[], None], parent: QWidget | None = None, *, locked: bool
) -> Question:
    """Ask where to keep the sign-in: without a keyring nothing is written unless the user says so."""
    why = (
        translate("dialogs", "This computer's keyring is locked, so the sign-in lasts until Fairhour ends.")
        if locked
        else translate("dialogs", "This computer has no keyring, so the sign-in lasts until Fairhour ends.")
    )
    what = translate(
        "dialogs",
        "It can be kept in a file that only your account on this computer can read. Whoever gets that file can send "
        "and see what you record, until you sign this device out.",
    )
    question = Question(theme, translate("dialogs", "Keep the sign-in in a file?"), f"{why} {what}", parent)
    question.offer(translate("dialogs", "Keep it in a file"), keep_in_file)
    question.offer(translate("dialogs", "Sign in again next time"), lambda: None)
    return question
