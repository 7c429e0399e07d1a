"""Small widgets that windows share: labels that elide, rules, links, notices and a field that saves itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from ui import problem_words
from ui.theme import Theme
from ui.tokens import FONT_12, FONT_14
from worktime.errors import Problem
from worktime.wire import MAX_COMMENT

_SAVED_SHOWN_MS = 4000


def label(theme: Theme, size: int = FONT_14, *, tone: str = "", strong: bool = False, wrap: bool = False) -> QLabel:
    """Return an empty text label in the look's font; ``tone`` names a colour of the tokens."""
    result = QLabel()
    result.setFont(theme.font(size, strong=strong))
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if tone:
        result.setProperty("tone", tone)
    return result


def set_look(button: QPushButton, look: str) -> None:
    """Change a button's look (primary, stop, danger, link, calm-link)."""
    if button.property("look") != look:
        button.setProperty("look", look)
        button.style().unpolish(button)
        button.style().polish(button)


def link(text: str, *, calm: bool = False) -> QPushButton:
    """Return a button that looks like a link in running text; ``calm`` where it leads to nothing that is amiss."""
    button = QPushButton(text)
    button.setProperty("look", "calm-link" if calm else "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def rule() -> QFrame:
    """Return a horizontal hair line."""
    line = QFrame()
    line.setProperty("part", "rule")
    line.setFixedHeight(1)
    return line


class Spread(QWidget):
    """Two groups of widgets at the ends of one line, or below each other where both don't fit into it.

    ``turned``: from one to the other, which takes another height. ``firm``: never narrower than the wider group.
    """

    turned = Signal()

    def __init__(self, theme: Theme, first: Sequence[QWidget], last: Sequence[QWidget], *, firm: bool = False) -> None:
        super().__init__()
        self._firm = firm
        # Else the line, long as it is, would be the least width of the whole window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._gap = theme.space(2)
        self._groups = [self._group(first), self._group(last)]
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.space(1))
        self._line.addLayout(self._groups[0], 1)
        self._line.addLayout(self._groups[1])
        for group in self._groups:
            self._line.setAlignment(group, Qt.AlignmentFlag.AlignLeft)

    def _group(self, parts: Sequence[QWidget]) -> QHBoxLayout:
        group = QHBoxLayout()
        group.setSpacing(self._gap)
        for part in parts:
            group.addWidget(part)
        return group

    def event(self, event: QEvent) -> bool:
        """Arrange anew for another width, and when a part came, went or got other words."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            widths = [group.sizeHint().width() for group in self._groups]
            if self._firm:
                self.setMinimumWidth(max(widths))
            needed = sum(widths) + self._gap
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            wanted = down if needed > self.width() else across
            if self._line.direction() != wanted:
                self._line.setDirection(wanted)
                self.turned.emit()
        return super().event(event)


class CheckBox(QCheckBox):
    """A check box whose box can be seen: the style draws it darker than its ground, which a dark ground swallows."""

    def __init__(self, theme: Theme, text: str, size: int = FONT_14) -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.font(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box's outline over the style's."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours.ink if self.hasFocus() else colours.muted), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class ElidedCheckBox(CheckBox):
    """A check box whose text is cut with an ellipsis where there is no room; the tool tip has it whole then."""

    def __init__(self, theme: Theme, text: str, size: int = FONT_14) -> None:
        super().__init__(theme, text, size)
        self._whole = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """No width is too small."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the text as there is room for."""
        super().resizeEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        # An ampersand in a title is no shortcut.
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class ElidedLabel(QLabel):
    """One line of text that is cut with an ellipsis where there is no room; the tool tip has it whole."""

    def __init__(self, theme: Theme, size: int = FONT_14, *, tone: str = "", strong: bool = False) -> None:
        super().__init__()
        self.setFont(theme.font(size, strong=strong))
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        self.setProperty("elides", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """No width is too small."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as the whole text, one line high."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as tool tip only when some of it is hidden."""
        super().resizeEvent(event)
        self._update_tip()

    def setText(self, text: str) -> None:
        """Show ``text`` on one line."""
        line = " ".join(text.split())
        if line != self.text():
            super().setText(line)
            self._update_tip()

    def _update_tip(self) -> None:
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if whole else self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, elided at the end."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        align = Qt.AlignmentFlag.AlignVCenter | (self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        painter.drawText(self.rect(), align, text)


class CommentField(QWidget):
    """A comment that saves itself on Enter and on leaving the field, and says when it was saved.

    ``save(text)`` goes out only for a text that differs from the stored one. What the user is typing is never
    overwritten by ``show_stored``.
    """

    save = Signal(str)

    def __init__(self, theme: Theme, name: str, placeholder: str) -> None:
        super().__init__()
        self.edit = _CommentEdit()
        self.edit.setMaxLength(MAX_COMMENT)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.setFocusProxy(self.edit)
        self._theme = theme
        # Inside the field at its end: a label beside it would move the field when it comes and goes.
        self._saved = label(theme, FONT_12, tone="recorded")
        self._saved.setParent(self.edit)
        inside = QHBoxLayout(self.edit)
        inside.setContentsMargins(0, 0, theme.space(3), 0)
        inside.addStretch()
        inside.addWidget(self._saved)
        self._stored = ""
        self._sent: str | None = None
        self._fade = QTimer(self, singleShot=True, interval=_SAVED_SHOWN_MS)
        self._fade.timeout.connect(lambda: self._say(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        row.addWidget(self.edit, 1)
        self.edit.returnPressed.connect(self._save)
        self.edit.left.connect(self.save_now)
        self.edit.given_up.connect(self._give_up)
        self.edit.textEdited.connect(lambda: self._say(""))

    def show_stored(self, text: str) -> None:
        """Take the stored comment: fill the field when the user is not in it, confirm when it is what was sent."""
        if self._sent is not None and text == self._sent:
            self._sent = None
            self._say(self.tr("Saved"))
            self._fade.start()
        if text == self._stored:
            return
        untouched = self.edit.text() == self._stored
        self._stored = text
        if untouched or (self._sent is None and not self.edit.hasFocus()):
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def forget(self) -> None:
        """Start empty for another subject; what was typed and not saved belonged to the old one and is dropped."""
        self._stored, self._sent = "", None
        # Not clear(): Ctrl+Z would bring back words that were for another client.
        self.edit.setText("")
        self._say("")

    def save_now(self) -> None:
        """Send what was typed and not sent yet."""
        if self.edit.text().strip() != self._sent:
            self._save()

    @property
    def saved_note(self) -> str:
        """The word that is shown after saving."""
        return self._saved.text()

    def _save(self) -> None:
        text = self.edit.text().strip()
        # Escape has nothing to take back from now on.
        self.edit.setModified(False)
        if text != self._stored:
            self._sent = text
            self.save.emit(text)

    def _say(self, text: str) -> None:
        self._saved.setText(text)
        room = self._saved.sizeHint().width() + self._theme.space(2) if text else 0
        self.edit.setTextMargins(0, 0, room, 0)

    def _give_up(self) -> None:
        self.edit.setText(self._stored)


class _CommentEdit(QLineEdit):
    left = Signal()
    given_up = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class Notice(QFrame):
    """One problem or note: title, message and what to do, never in colour alone."""

    def __init__(self, theme: Theme, title: str, message: str = "", action: str = "") -> None:
        super().__init__()
        self.setProperty("part", "notice")
        self.setProperty("mirrored", self.isRightToLeft())
        self.setAccessibleName(" ".join(part for part in (title, message, action) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        column.setSpacing(theme.space(1))
        for text, strong in ((title, True), (" ".join(part for part in (message, action) if part), False)):
            if text:
                line = label(theme, strong=strong, wrap=True)
                line.setText(text)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(line)


class Notices(QWidget):
    """The notes at the top of the window; rebuilt only when they change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(2))
        self.hide()

    def show_notes(self, notes: tuple[tuple[str, str, str], ...]) -> None:
        """Show (title, message, action) for each."""
        if notes == self._shown:
            return
        self._shown = notes
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for title, message, action in notes:
            self._column.addWidget(Notice(self._theme, title, message, action))
        self.setVisible(bool(notes))


def note_of(problem: Problem) -> tuple[str, str, str]:
    """Return a problem as a note."""
    return (problem_words.title(problem), problem_words.message(problem), problem_words.action(problem))
