"""The main window: head, figures, timeline, the screenshot that is looked at, and the foot with what is synced.

It shows a TrackerView and says what the user did; it knows no rule and reads no clock.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import words
from ui.actions import UiActions
from ui.head import Head
from ui.models import Account, Tile, TileKind, TrackerView, same_slot
from ui.parts import Notices, Spread, label, link, note_of, rule
from ui.screens import screen_of
from ui.shot import ShotPanel
from ui.signin import SignInPanel
from ui.steady_scroll import SteadyScrollArea
from ui.theme import Theme
from ui.thumbnails import Thumbnails
from ui.timeline import Timeline
from ui.tokens import FONT_12
from ui.week import Figures

WIDTH, HEIGHT = 560, 748
_FRAME = 48
"""Room for the frame that the desktop draws around the window."""
_NARROW, _LEAST = 520, 420
_GEOMETRY = "window/geometry"
_SIZED = "window/sized"
"""Whether the height is the user's own choice."""


class Window(QWidget):
    """The tracker's one window. ``closing`` asks the shell whether closing hides it or quits; ``shown``: it can be
    seen now."""

    closing = Signal()
    shown = Signal()
    delete_wanted = Signal(object)
    opened = Signal(object)
    sign_out_wanted = Signal()

    def __init__(self, theme: Theme, actions: UiActions, settings: QSettings, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._view: TrackerView | None = None
        self._stale = False
        self._has_tray = True
        self._picked: Tile | None = None
        self._sized = False
        self._asked: set[int] = set()
        self.setWindowTitle("Fairhour")
        self.setMinimumSize(theme.px(_LEAST), theme.px(240))
        self.notices = Notices(theme)
        self.sign_in = SignInPanel(theme, actions)
        self.head = Head(theme, actions)
        self.figures = Figures(theme)
        self.timeline = Timeline(theme, thumbnails)
        self.timeline.setMinimumHeight(theme.px(112))
        self.nothing = label(theme, tone="muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.shot = ShotPanel(theme, actions, thumbnails)
        self.sync = label(theme, FONT_12, wrap=True)
        self.refused = link(self.tr("Refused…"))
        self.refused.setAccessibleDescription(
            self.tr("Shows what the marketplace refused, and what can be done with it")
        )
        self.refused.clicked.connect(actions.refused_show)
        self.refused.hide()
        self.submits = label(theme, FONT_12, tone="muted")
        self.web = link(self.tr("Work View in the browser"), calm=True)
        self.web.setFont(theme.font(FONT_12))
        self.web.clicked.connect(actions.open_web)
        self.sign_out = link(self.tr("Sign out…"), calm=True)
        self.sign_out.setFont(theme.font(FONT_12))
        self.sign_out.clicked.connect(self.sign_out_wanted)
        self.settings = link(self.tr("Settings…"), calm=True)
        self.settings.setFont(theme.font(FONT_12))
        self.settings.clicked.connect(actions.settings)
        self.timeline.picked.connect(self._pick)
        self.timeline.opened.connect(self.opened)
        self.shot.delete_wanted.connect(self.delete_wanted)
        self.shot.opened.connect(self.opened)
        self._build()
        self._restore()

    def _build(self) -> None:
        theme = self._theme
        body = QWidget()
        body.setProperty("part", "body")
        column = QVBoxLayout(body)
        column.setContentsMargins(*(theme.space(4),) * 4)
        column.setSpacing(theme.space(3))
        self._rule, self._head_rule = rule(), rule()
        for part in (self.notices, self.sign_in, self.head, self._head_rule, self.figures, self._rule):
            column.addWidget(part)
        column.addWidget(self.timeline, 100)
        column.addWidget(self.nothing, 100)
        column.addWidget(self.shot)
        # What a high window has too much of stands below, not between the tiles and the screenshot.
        column.addStretch(1)
        body.installEventFilter(self)
        scroll = SteadyScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self._body, self._scroll = body, scroll
        self._foot = foot = QFrame()
        foot.setProperty("part", "footer")
        lines = QVBoxLayout(foot)
        lines.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(2))
        lines.setSpacing(theme.space(1))
        line = QHBoxLayout()
        line.setSpacing(theme.space(4))
        line.addWidget(self.sync, 1)
        line.addWidget(self.refused)
        lines.addLayout(line)
        lines.addWidget(Spread(theme, (self.submits,), (self.web, self.sign_out, self.settings)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)

    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if geometry is not None and self.restoreGeometry(geometry):
            self._sized = bool(self._settings.value(_SIZED, False, type=bool))
        else:
            self.resize(self._theme.px(WIDTH), min(self._theme.px(HEIGHT), self._highest()))

    def _highest(self) -> int:
        return screen_of(self).availableGeometry().height() - self._theme.px(_FRAME)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when the body needs more room."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._body:
            self._grow()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        """Get as high as everything needs, while the user has not chosen a height: nothing is to be scrolled to."""
        layout = self._body.layout()
        if self._sized or layout is None or not self.isVisible() or self.isMaximized() or self.isFullScreen():
            return
        needed = layout.totalHeightForWidth(self._scroll.viewport().width()) + self._foot.heightForWidth(self.width())
        if self.height() < min(needed, self._highest()):
            self._ask_for(needed)

    def _ask_for(self, height: int) -> None:
        height = min(height, self._highest())
        self._asked.add(height)
        self.resize(self.width(), height)

    def show_view(self, view: TrackerView) -> None:
        """Take a new state. A hidden window keeps it until it is shown: nobody pays for what nobody sees."""
        self._view = view
        self._stale = True
        if self.isVisible():
            self._refresh()

    def show_icon(self, icon: QIcon) -> None:
        """Take the task bar's icon."""
        self.setWindowIcon(icon)

    def set_has_tray(self, has_tray: bool) -> None:
        """Say so when this window is the whole program."""
        if has_tray != self._has_tray:
            self._has_tray = has_tray
            self._stale = True
            if self.isVisible():
                self._refresh()

    def write_comment(self) -> None:
        """Put the cursor where the user says what they are working on."""
        self.head.comment.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.head.comment.edit.selectAll()

    def look_at(self, tile: Tile) -> None:
        """Show a tile at a size to look at."""
        self._pick(tile)
        self.timeline.show_tile(tile)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        # What is known by now may come with it.
        self.shown.emit()
        if self._stale:
            self._refresh()
        # When the parts have told what they need now.
        QTimer.singleShot(0, self, self._grow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack what stands side by side where there is no room for both."""
        super().resizeEvent(event)
        if event.spontaneous() and event.oldSize().isValid() and event.size().height() != event.oldSize().height():
            self._sized |= event.size().height() not in self._asked
        narrow = self.width() < self._theme.px(_NARROW)
        self.figures.set_narrow(narrow, self.width() - 2 * self._theme.space(4))
        self.shot.set_narrow(narrow)

    def leave(self) -> None:
        """Remember the place and go off the screen."""
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._settings.setValue(_SIZED, self._sized)
        self.hide()
        if not self._sized:
            # What made it grow may be over when it is shown again.
            self._ask_for(self._theme.px(HEIGHT))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the shell decide what closing means."""
        event.ignore()
        self.closing.emit()

    def _refresh(self) -> None:
        view = self._view
        if view is None:
            return
        self._stale = False
        self.notices.show_notes(self._notes(view))
        self.sign_in.show_view(view)
        self.head.show_view(view)
        # Before the first sign-in there is nothing to do but that.
        first = view.account is not Account.SIGNED_IN and not view.jobs
        self.head.setVisible(not first)
        self._head_rule.setVisible(not first)
        self.figures.show_view(view)
        self.figures.setVisible(view.job is not None)
        self._rule.setVisible(view.job is not None)
        self._show_timeline(view)
        self._show_shot(view)
        self.sync.setText(words.sync_line(view))
        self.refused.setVisible(view.sync.quarantined > 0)
        self.web.setVisible(view.job is not None)
        # Where there is a tray, its menu has it, and the foot stays short.
        self.sign_out.setVisible(not self._has_tray and view.account is Account.SIGNED_IN)
        self._show_deadline(view)

    def _show_deadline(self, view: TrackerView) -> None:
        near = "attention" if words.deadline_is_near(view) else "muted"
        if self.submits.property("tone") != near:
            self.submits.setProperty("tone", near)
            self.submits.style().unpolish(self.submits)
            self.submits.style().polish(self.submits)
        said = words.next_deadline(view)
        if said != self.submits.text():
            self.submits.setText(said)
            self.submits.setToolTip(words.deadlines(view))
            self.submits.setAccessibleDescription(words.deadlines(view))

    def _show_timeline(self, view: TrackerView) -> None:
        self.timeline.show_view(view)
        self.timeline.setVisible(bool(view.hours))
        self.nothing.setVisible(not view.hours)
        if not view.hours and view.job is not None:
            self.nothing.setText(
                self.tr(
                    "Nothing recorded today. Press Start: each 12 minutes then get one screenshot, shown here first."
                )
            )
        elif not view.hours:
            self.nothing.setText("")

    def _show_shot(self, view: TrackerView) -> None:
        picked = self.timeline.tile_now(self._picked) if self._picked is not None else None
        self.shot.show_tile(picked or view.last_tile, view)

    def _pick(self, tile: object) -> None:
        view = self._view
        if view is None:
            return
        # Who looks at the newest screenshot goes on to the one after it.
        picked = isinstance(tile, Tile) and tile.kind is not TileKind.EMPTY and not same_slot(tile, view.last_tile)
        self._picked = tile if picked and isinstance(tile, Tile) else None
        self._show_shot(view)

    def _notes(self, view: TrackerView) -> tuple[tuple[str, str, str], ...]:
        notes = []
        if view.fast_rate > 1:
            notes.append((words.fast_clock(view.fast_rate), "", ""))
        notes += [note_of(problem) for problem in view.problems]
        if not self._has_tray:
            notes.append(
                (
                    self.tr("No tray on this desktop"),
                    self.tr(
                        "This window is the whole program. Closing it quits Fairhour; minimise it to go on recording."
                    ),
                    "",
                )
            )
        return tuple(notes)
