"""The viewer: a slot's screenshot at full size, with its story, its comment and what can be done about it.

It walks over the slots of the day that the main window shows, and on to the other days of the week. Asking before a
picture is deleted is the shell's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ui import tiles, viewer_words
from ui.actions import UiActions
from ui.models import Account, Delivery, Tile, TileKind, TrackerView, same_slot
from ui.parts import CommentField, ElidedLabel, Spread, label
from ui.theme import Theme
from ui.thumbnails import Thumbnails
from ui.tokens import FONT_12, FONT_16
from ui.viewer_canvas import Canvas
from ui.viewer_far import FarLoader, FarPictures
from ui.viewer_load import PictureLoader
from ui.viewer_walk import Days, Walk
from worktime.errors import Problem
from worktime.wire import PictureRef

_SIZE = 1080, 820
_LEAST = 480, 420
_GEOMETRY = "viewer/geometry"


class Viewer(QWidget):
    """A window of its own. ``delete_wanted(tile)`` before anything is deleted."""

    delete_wanted = Signal(object)
    shown = Signal()

    def __init__(
        self,
        theme: Theme,
        actions: UiActions,
        settings: QSettings,
        thumbnails: Thumbnails,
        read: Callable[[Path], bytes],
        *,
        far: FarPictures | None = None,
        days: Days | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._actions = actions
        self._settings = settings
        self._thumbnails = thumbnails
        self._view: TrackerView | None = None
        self._tile: Tile | None = None
        self._looked_at: tuple[object, ...] = ()
        self._loader = PictureLoader(read)
        self._loader.came.connect(self._came)
        self._far = FarLoader(far) if far is not None else None
        if self._far is not None:
            self._far.came.connect(self._came_from_afar)
        self._walk = Walk(days)
        self._whole: tuple[UUID, QPixmap] | None = None
        self.setMinimumHeight(theme.px(_LEAST[1]))
        self.previous = self._button(self.tr("Previous"), lambda: self._step(-1))
        self.next = self._button(self.tr("Next"), lambda: self._step(1))
        self.position = label(theme, FONT_12, tone="muted")
        self.canvas = Canvas(theme)
        self.smaller = self._button("\u2212", lambda: self.canvas.zoom(-1), self.tr("Zoom out"))
        self.larger = self._button("+", lambda: self.canvas.zoom(1), self.tr("Zoom in"))
        self.fit = self._button(self.tr("Fit"), self.canvas.fit, self.tr("Fit into the window"))
        self.actual = self._button("100 %", self.canvas.actual_size, self.tr("Show at its actual size"))
        self.percent = label(theme, FONT_12, tone="muted")
        self.nothing = label(theme, FONT_16, wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(theme.space(8))
        self.note = label(theme, FONT_12, wrap=True)
        self.again = self._button(self.tr("Try again"), self._fetch_again)
        self.heading = ElidedLabel(theme, FONT_16, strong=True)
        self.story = label(theme, tone="muted", wrap=True)
        self.rejection = label(theme, tone="rejected", wrap=True)
        self.said = label(theme, wrap=True)
        self.comment = CommentField(theme, self.tr("Comment on this screenshot"), self.tr("Comment on this screenshot"))
        self.comment.save.connect(self._save)
        self.delete = self._button("", lambda: self.delete_wanted.emit(self._tile))
        self.delete.setProperty("look", "danger")
        self.costs = label(theme, FONT_12, tone="muted", wrap=True)
        self.costs.setText(viewer_words.delete_costs())
        self.fixed = label(theme, FONT_12, tone="muted", wrap=True)
        self.assistance = self._button(self.tr("Ask for assistance…"), self._ask_assistance)
        self.assistance.setToolTip(viewer_words.assistance())
        self.assistance.setAccessibleDescription(viewer_words.assistance())
        self.web = self._button(self.tr("Open on the marketplace"), self._open_web)
        self.shut = self._button(self.tr("Close"), self.close)
        self.canvas.zoomed.connect(self._show_zoom)
        self._build()
        self._keys()
        geometry = settings.value(_GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableGeometry().size()
            width, height = (theme.px(length) for length in _SIZE)
            self.resize(min(width, room.width() - theme.px(80)), min(height, room.height() - theme.px(80)))

    def _button(self, text: str, act: Callable[[], object], name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        if name:
            button.setAccessibleName(name)
            button.setToolTip(name)
        return button

    def _build(self) -> None:
        theme = self._theme
        gap = theme.space(3)
        walk = (self.previous, self.next, self.position)
        zoom = (self.percent, self.smaller, self.larger, self.fit, self.actual)
        top = QHBoxLayout()
        top.setContentsMargins(gap, theme.space(2), gap, theme.space(2))
        top.addWidget(Spread(theme, walk, zoom), 1)
        self._ground = QFrame()
        self._ground.setProperty("part", "ground")
        # What the buttons need in this font and language may be more: the layout sees to that.
        self._ground.setMinimumWidth(theme.px(_LEAST[0]))
        self._stack = QStackedLayout(self._ground)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.nothing)
        foot = QFrame()
        foot.setProperty("part", "footer")
        column = QVBoxLayout(foot)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(theme.space(2))
        told = QHBoxLayout()
        told.addWidget(self.note, 1)
        told.addWidget(self.again)
        column.addLayout(told)
        for part in (self.heading, self.story, self.rejection, self.said, self.comment, self.costs):
            column.addWidget(part)
        column.addWidget(self.fixed)
        column.addWidget(Spread(theme, (self.delete,), (self.assistance, self.web, self.shut), firm=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._ground, 1)
        whole.addWidget(foot)

    def _keys(self) -> None:
        """Keys for the whole window; a text field keeps those that it needs itself."""
        right_to_left = self.isRightToLeft()
        back, on = (Qt.Key.Key_Right, Qt.Key.Key_Left) if right_to_left else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        acts: tuple[tuple[Qt.Key, Callable[[], object]], ...] = (
            (back, lambda: self._step(-1)),
            (on, lambda: self._step(1)),
            (Qt.Key.Key_Home, lambda: self._go(0)),
            (Qt.Key.Key_End, lambda: self._go(-1)),
            (Qt.Key.Key_Plus, lambda: self.canvas.zoom(1)),
            (Qt.Key.Key_Minus, lambda: self.canvas.zoom(-1)),
            (Qt.Key.Key_0, self.canvas.fit),
            (Qt.Key.Key_1, self.canvas.actual_size),
            (Qt.Key.Key_Delete, self._ask_delete),
        )
        for key, act in acts:
            QShortcut(QKeySequence(key), self).activated.connect(lambda act=act: act())

    # What is shown

    def look_at(self, tile: Tile, view: TrackerView) -> None:
        """Show a tile, and bring the window to the front."""
        if not same_slot(self._tile, tile):
            self.comment.save_now()
            self.comment.forget()
        self._tile = tile
        self._show(view)
        self.show()
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        self.canvas.setFocus()

    def show_view(self, view: TrackerView) -> None:
        """Take a new state of the day: a picture may have come, gone, been delivered or rejected."""
        if self.isVisible():
            self._show(view)

    @property
    def tile(self) -> Tile | None:
        """The tile that is looked at."""
        return self._tile

    def _show(self, view: TrackerView) -> None:
        self._view = view
        if self._tile is None:
            return
        walk = self._walk
        walk.look_at(self._tile, view)
        day, at = walk.day, walk.at
        # Another job was chosen, or a new week began: what is looked at stays, and can't be changed from here.
        tile = day[at] if at is not None else replace(self._tile, can_comment=False, can_delete=False)
        self._tile = tile
        self.previous.setEnabled(walk.can_step(-1))
        self.next.setEnabled(walk.can_step(1))
        self.position.setText(viewer_words.position(at, len(day)) if at is not None else "")
        self._show_words(tile, view)
        self.fixed.setText(viewer_words.fixed(tile) if at is not None else viewer_words.elsewhere())
        self.fixed.setVisible(bool(self.fixed.text()))
        where = tile.picture, tile.thumbnail, tile.delivery, tile.shot
        looked_at = (tile.job, tile.slot, tile.kind, where, tile.rejected, view.account is Account.SIGNED_IN)
        if looked_at != self._looked_at:
            self._looked_at = looked_at
            self._show_picture(tile)

    def _show_words(self, tile: Tile, view: TrackerView) -> None:
        title = viewer_words.name(tile, view)
        if self.canvas.accessibleName() != title:
            self.canvas.setAccessibleName(title)
            self.setWindowTitle(self.tr("{what} - Fairhour").format(what=title))
        job = next((each for each in view.jobs if each.id == tile.job), None)
        moment = viewer_words.heading(tile, view)
        self.heading.setText(f"{moment} · {job.title}" if job is not None else moment)
        self.story.setText(tiles.told(tile, view.zone))
        # Without a picture this stands in its place.
        self.story.setVisible(tile.kind is TileKind.PICTURE)
        self.canvas.setAccessibleDescription(tiles.story(tile, view.zone))
        self.rejection.setText(tiles.rejection(tile))
        self.rejection.setVisible(tile.rejected)
        self.said.setText(tiles.commented(tile))
        self.said.setVisible(bool(tile.comment) and not tile.can_comment)
        self.comment.setVisible(tile.can_comment)
        self.comment.show_stored(tile.comment)
        self.delete.setText(tiles.delete_button(tile))
        for part in (self.delete, self.costs):
            part.setVisible(tile.can_delete)
        signed_in = view.account is Account.SIGNED_IN
        there = tile.delivery in (None, Delivery.DELIVERED) and tile.kind is not TileKind.RUNNING
        self.assistance.setVisible(signed_in and tile.can_ask)
        self.web.setVisible(signed_in and there)

    def _show_picture(self, tile: Tile) -> None:
        self._forget()
        shown = tile.kind is TileKind.PICTURE
        if self._whole is not None and (not shown or tile.shot is None or tile.shot.id != self._whole[0]):
            self._whole = None
        self._note("")
        if self._whole is not None:
            self.canvas.show_picture(self._whole[1], rejected=tile.rejected)
        else:
            small = self._thumbnails.get(tile.thumbnail) if shown else None
            self.canvas.show_picture(small, rejected=tile.rejected)
            if shown:
                self._look_for(tile, has_preview=small is not None)
        self._show_absence()

    def _look_for(self, tile: Tile, *, has_preview: bool) -> None:
        """Have the picture itself read or fetched, and say so below its preview."""
        if tile.picture is not None:
            self._loader.ask(tile.picture)
        elif self._far is not None and tile.shot is not None and tile.delivery is Delivery.DELIVERED:
            if self._view is not None and self._view.account is Account.SIGNED_IN:
                self._note(viewer_words.fetching())
                self._far.ask(tile.shot)
            else:
                self._note(viewer_words.sign_in_to_fetch())
        elif has_preview:
            self._note(viewer_words.preview_only())

    def _came(self, path: Path, image: QImage) -> None:
        tile = self._tile
        if tile is None or path != tile.picture:
            return
        if image.isNull():
            self._note(viewer_words.unreadable())
        else:
            self._show_whole(tile, image)
        self._show_absence()

    def _came_from_afar(self, shot: PictureRef, image: QImage, problem: Problem | None) -> None:
        tile = self._tile
        if tile is None or tile.shot is None or tile.shot.id != shot.id:
            return
        if image.isNull():
            self._note(viewer_words.not_fetched(problem), again=viewer_words.may_fetch_again(problem))
        else:
            self._note("")
            self._show_whole(tile, image)
        self._show_absence()

    def _show_whole(self, tile: Tile, image: QImage) -> None:
        """Show the picture itself. While it is looked at it stays, also when it leaves this computer meanwhile."""
        pixmap = QPixmap.fromImage(image)
        self.canvas.show_picture(pixmap, rejected=tile.rejected)
        self._whole = (tile.shot.id, pixmap) if tile.shot is not None else None

    def _fetch_again(self) -> None:
        if self._tile is not None:
            self._show_picture(self._tile)
            # The button is gone; keys go on to work.
            self.canvas.setFocus()

    def _forget(self) -> None:
        self._loader.forget()
        if self._far is not None:
            self._far.forget()

    def _show_absence(self) -> None:
        """Say in the picture's place why there is none, where there is none."""
        tile, view = self._tile, self._view
        has_picture = self.canvas.has_picture
        if tile is not None and view is not None and not has_picture:
            self.nothing.setText(self._why_absent(tile, view))
        self._stack.setCurrentWidget(self.canvas if has_picture else self.nothing)
        self.note.setVisible(bool(self.note.text()) and (has_picture or self.nothing.text() != self.note.text()))
        for part in (self.smaller, self.larger, self.fit, self.actual):
            part.setEnabled(has_picture)
        self._show_zoom()

    def _why_absent(self, tile: Tile, view: TrackerView) -> str:
        if tile.picture is not None and not self.note.text():
            return self.tr("Reading the picture…")
        return self.note.text() if tile.picture is None and self.note.text() else viewer_words.absent(tile, view)

    def _note(self, text: str, *, again: bool = False) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.again.setVisible(again)

    def _show_zoom(self) -> None:
        percent = self.tr("{n} %").format(n=self.canvas.percent)
        self.percent.setText(percent if self.canvas.has_picture else "")

    # What the user does

    def _step(self, by: int) -> None:
        tile = self._walk.step(by)
        if tile is not None:
            self._turn_to(tile)

    def _go(self, to: int) -> None:
        if self._walk.day:
            self._turn_to(self._walk.day[to])

    def _turn_to(self, tile: Tile) -> None:
        if self._view is not None and not same_slot(tile, self._tile):
            self.comment.save_now()
            self.comment.forget()
            self._tile = tile
            self._show(self._view)

    def _save(self, text: str) -> None:
        if self._tile is not None:
            self._actions.tile_comment.emit(self._tile.job, self._tile.slot, text)

    def _ask_delete(self) -> None:
        if self._tile is not None and self._tile.can_delete:
            self.delete_wanted.emit(self._tile)

    def _ask_assistance(self) -> None:
        if self._tile is not None:
            self._actions.assistance.emit(self._tile.job, self._tile.slot)

    def _open_web(self) -> None:
        if self._tile is not None:
            self._actions.tile_web.emit(self._tile.job, self._tile.slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; in a comment that is being written it first gives that up."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it can be seen."""
        super().showEvent(event)
        self.shown.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place, and keep no picture in memory that nobody looks at."""
        self.comment.save_now()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._loader.close()
        if self._far is not None:
            self._far.close()
        self.canvas.show_picture(None)
        self._whole = None
        self._tile, self._looked_at = None, ()
        super().closeEvent(event)
