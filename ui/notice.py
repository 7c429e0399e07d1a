"""The notice at a screenshot: the picture that was just taken, how long it stays here, and what can be done with it.

It shows a NoticeView; when it comes and goes is decided elsewhere. All that it offers is in tray menu and window too.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui import tiles, words
from ui.actions import UiActions
from ui.corner import CornerWindow
from ui.models import Delivery, NoticeView, same_slot
from ui.parts import CommentField, ElidedLabel, Spread, label
from ui.shot import Picture
from ui.theme import Theme
from ui.thumbnails import Thumbnails
from ui.tokens import FONT_12

translate = QCoreApplication.translate
_PICTURE = 128


class ShotNotice(CornerWindow):
    """Closed, it can show another screenshot. ``deleted``: the user wants the picture and its time gone, and has
    confirmed it."""

    deleted = Signal(object)

    def __init__(self, theme: Theme, actions: UiActions, thumbnails: Thumbnails) -> None:
        super().__init__(theme)
        # There is one in each slot, and to make it costs more than all that it shows.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._actions = actions
        self._view: NoticeView | None = None
        self._picture = Picture(theme, thumbnails, width=_PICTURE)
        self.title = ElidedLabel(theme, strong=True)
        self.job = ElidedLabel(theme, FONT_12, tone="muted")
        self.left = label(theme, FONT_12, wrap=True)
        self.redacted = ElidedLabel(theme, FONT_12, tone="muted")
        self.comment = CommentField(
            theme, self.tr("Comment on this screenshot"), self.tr("Comment? Your client sees it.")
        )
        self.comment.save.connect(self._save)
        self.sure = label(theme, FONT_12, wrap=True)
        self.delete = QPushButton()
        self.delete.setProperty("look", "danger")
        self.close_button = QPushButton(self.tr("Close"))
        self.keep = QPushButton(self.tr("Keep it"))
        self.confirm = QPushButton()
        self.confirm.setProperty("look", "danger")
        self.delete.clicked.connect(lambda: self._ask(asking=True))
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        self.confirm.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.close)
        self._build()
        self._ask(asking=False)

    def _build(self) -> None:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(2))
        for part in (self.title, self.job, self.left, self.redacted):
            texts.addWidget(part)
        texts.addStretch()
        top = QHBoxLayout()
        top.setSpacing(theme.space(3))
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        column = self.column
        column.addLayout(top)
        column.addWidget(self.comment)
        column.addWidget(self.sure)
        # Two of the four at a time.
        acts = Spread(theme, (self.delete, self.confirm), (self.close_button, self.keep))
        acts.turned.connect(self.fit)
        column.addWidget(acts)

    def show_view(self, view: NoticeView) -> None:
        """Show a screenshot, or the same one some time later."""
        tile, before = view.tile, self._view
        if before is not None and _looks_like(before, view):
            self._view = view
            return
        if before is None or not same_slot(before.tile, tile):
            self.comment.save_now()
            self.comment.forget()
            self._ask(asking=False)
        self._view = view
        at = words.clock_time(tile.taken_at, view.zone) if tile.taken_at else tiles.start_time(tile, view.zone)
        self._picture.show_tile(tile)
        self.title.setText(self.tr("Screenshot of {at}").format(at=at))
        self.job.setText(view.job_title)
        self.left.setText(_whereabouts(view))
        self.redacted.setText(words.redacted(tile.redacted) if tile.redacted else "")
        self.redacted.setVisible(tile.redacted > 0)
        self.comment.setVisible(tile.can_comment and not self._asking)
        self.comment.show_stored(tile.comment)
        for button in (self.delete, self.confirm):
            button.setText(tiles.delete_button(tile))
        self.sure.setText(
            self.tr("It is erased everywhere, and {time} of recorded time go with it. This can't be undone.").format(
                time=words.duration(tile.tracked_s)
            )
        )
        self.delete.setEnabled(tile.can_delete)
        self._describe(view)
        self.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep nothing of this screenshot: the next one to be shown is another."""
        super().closeEvent(event)
        self._view = None

    def _describe(self, view: NoticeView) -> None:
        """What a screen reader says at the alert. Without the seconds: it is not read again at each of them."""
        self.setAccessibleName(self.title.text())
        until = ""
        if view.left_s and view.tile.held_until is not None:
            until = self.tr("It leaves this computer at {until}.").format(
                until=words.clock_time(view.tile.held_until, view.zone)
            )
        more = self.tr("Comment on it or delete it in Fairhour's window or tray menu.")
        self.setAccessibleDescription(" ".join(part for part in (view.job_title + ".", until, more) if part))

    @property
    def asking(self) -> bool:
        """Whether it asks if the picture is to be deleted."""
        return self._asking

    def _ask(self, *, asking: bool) -> None:
        """Ask in place whether to delete: a click by mistake must not cost the time."""
        self._asking = asking
        for part in (self.sure, self.confirm, self.keep):
            part.setVisible(asking)
        for button in (self.delete, self.close_button):
            button.setVisible(not asking)
        self.comment.setVisible(not asking and self._view is not None and self._view.tile.can_comment)
        if asking:
            self.keep.setFocus()
        self.fit()

    def _delete(self) -> None:
        view = self._view
        self.comment.forget()
        self.close()
        if view is not None:
            self.deleted.emit(view.tile)

    def _save(self, text: str) -> None:
        if self._view is not None:
            self._actions.tile_comment.emit(self._view.tile.job, self._view.tile.slot, text)


def _looks_like(one: NoticeView, other: NoticeView) -> bool:
    """Tell whether both are shown the same: the time that is left is not told, only until when."""
    return one == replace(other, left_s=one.left_s) and (one.left_s > 0) == (other.left_s > 0)


def _whereabouts(view: NoticeView) -> str:
    """Return where the picture is: still here for so long, or not any more."""
    if view.left_s > 0 and view.tile.held_until is not None:
        until = words.clock_time(view.tile.held_until, view.zone)
        return translate("notice", "Leaves this computer at {until}").format(until=until)
    if view.tile.delivery is Delivery.DELIVERED:
        return translate("notice", "Your client can see it now. It can still be deleted.")
    return translate("notice", "It is being sent. It can still be deleted.")
