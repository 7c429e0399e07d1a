"""The whole face of the tracker: one theme, one tray icon, one window, and the questions. The root talks to this.

Windows and questions are loaded and made when they are first wanted: most days pass with the icon alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui.actions import UiActions
from ui.first_icon import TEMPLATE, FirstIcon
from ui.models import Activity, Emblem, IdleReturn, Pause, QuarantineView, Tile, TrackerView, same_slot
from ui.theme import Choice, Panel
from ui.thumbnails import Thumbnails
from ui.tray import Tray, tray_available

if TYPE_CHECKING:
    from ui import dialogs
    from ui.crash_report import CrashWindow
    from ui.first_start import FirstStart
    from ui.hidden import HiddenWindow
    from ui.notice import ShotNotice
    from ui.other_hours import HoursWindow
    from ui.quarantine import QuarantineWindow
    from ui.settings import SettingsWindow
    from ui.viewer import Viewer
    from ui.viewer_far import FarPictures
    from ui.viewer_walk import Days
    from ui.window import Window
    from worktime.errors import Problem


class Shell(QObject):
    """Owns tray, window and questions. Call ``start()`` once, ``show_view()`` whenever the recorder ticked and the face
    is ``seen``, and ``show_glance()`` while it is not. ``looked`` says that it just came to that, or is about to:
    whoever shows views shows one before that returns.

    ``first``: the icon that stands already. ``confirm_quit``: ask before quitting while recording.
    ``scale``: enlargement of text, None for the system's. ``far`` and ``days``, when set, give where the viewer finds
    screenshots that are not on this computer any more, and the tiles of other days than today.
    """

    looked = Signal()

    def __init__(
        self,
        app: QApplication,
        actions: UiActions,
        settings: QSettings,
        *,
        choice: Choice = Choice.SYSTEM,
        panel: Panel = Panel.AUTO,
        confirm_quit: bool = True,
        scale: float | None = None,
        read: Callable[[Path], bytes] = Path.read_bytes,
        first: FirstIcon | None = None,
    ) -> None:
        super().__init__()
        if first is None:
            first = FirstIcon(app, choice=choice, panel=panel, scale=scale)
        elif choice is not Choice.SYSTEM:
            first.theme.choose(choice)
        self.theme = first.theme
        self.confirm_quit = confirm_quit
        self._actions = actions
        self._view: TrackerView | None = None
        self._settings = settings
        self._icons = first.icons
        self._emblem = Emblem()
        self._first_start: FirstStart | None = None
        self._return: dialogs.Question | None = None
        self._asked: dialogs.Question | None = None
        self._quarantine: QuarantineWindow | None = None
        self._hidden: HiddenWindow | None = None
        self._read = read
        self.far: Callable[[], FarPictures] | None = None
        self.days: Callable[[], Days] | None = None
        self._viewer: Viewer | None = None
        self._hours: HoursWindow | None = None
        self._settings_window: SettingsWindow | None = None
        self._crash: CrashWindow | None = None
        self._window: Window | None = None
        self._thumbnails = Thumbnails(read)
        self.tray = Tray(first, actions, self._thumbnails)
        self.tray.menu.aboutToShow.connect(self.looked)
        self.tray.window_wanted.connect(self.show_window)
        self.tray.comment_wanted.connect(self.write_comment)
        self.tray.tile_wanted.connect(self.look_at)
        self.tray.delete_wanted.connect(self.ask_delete)
        self.tray.quit_wanted.connect(self.ask_quit)
        self.tray.sign_out_wanted.connect(self.ask_sign_out)
        self.theme.changed.connect(self._show_icons)
        self._show_icons()

    def start(self, *, hidden: bool = False) -> None:
        """Show the tray icon, and the window unless it starts ``hidden``. Without a tray the window always shows."""
        self.tray.icon.show()
        if not hidden or not tray_available():
            self.window.set_has_tray(tray_available())
            self.window.show()
        # A panel that takes the menu over D-Bus asks for it soon.
        self.look()

    @property
    def window(self) -> Window:
        """The main window, made when it is first wanted."""
        if self._window is None:
            from ui.window import Window

            self._window = Window(self.theme, self._actions, self._settings, self._thumbnails)
            self._window.closing.connect(self._window_closed)
            self._window.shown.connect(self.looked)
            self._window.delete_wanted.connect(self.ask_delete)
            self._window.opened.connect(self.open_tile)
            self._window.sign_out_wanted.connect(self.ask_sign_out)
            self._show_icons()
            if self._view is not None:
                self._window.show_view(self._view)
        return self._window

    def show_view(self, view: TrackerView) -> None:
        """Show a new state everywhere. Cheap when little changed: it is called once a second."""
        self._view = view
        self._show_emblem(view)
        self.tray.show_view(view)
        if self._window is not None:
            self._window.show_view(view)
        if self._viewer is not None:
            self._viewer.show_view(view)
        if self._first_start is not None:
            self._first_start.show_view(view)
        self._settle_return(view)

    def show_glance(self, view: TrackerView) -> None:
        """Show what is seen of a new state while nothing is open. Of ``view`` only that is asked."""
        self._show_emblem(view)
        self.tray.show_glance(view)
        self._thumbnails.forget()
        self._settle_return(view)

    def look(self) -> None:
        """Have everything brought up to date: it is about to be asked about, though nothing is open."""
        if not self.seen:
            self.looked.emit()

    def _show_emblem(self, view: TrackerView) -> None:
        emblem = view.emblem
        if self._emblem != emblem:
            self._emblem = emblem
            self._show_icons()

    def _settle_return(self, view: TrackerView) -> None:
        is_private = view.pause is Pause.PRIVATE and not view.asked
        if is_private or view.activity in (Activity.RECORDING, Activity.STOPPED):
            self.withdraw_return()

    @property
    def seen(self) -> bool:
        """Whether a window that shows the state or the menu is open, so that each second counts."""
        shown = (self._window, self._viewer, self._first_start, self.tray.menu)
        for each in shown:  # noqa: SIM110 - asked at each tick, and any() costs twice as much
            if each is not None and each.isVisible():
                return True
        return False

    @property
    def _shown_window(self) -> Window | None:
        return self._window if self._window is not None and self._window.isVisible() else None

    def show_window(self) -> None:
        """Bring the window to the front."""
        self.window.set_has_tray(tray_available())
        self.window.show()
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def write_comment(self) -> None:
        """Show the window with the cursor in the comment."""
        self.show_window()
        self.window.write_comment()

    def look_at(self, tile: object) -> None:
        """Show the window with a tile at a size to look at."""
        self.show_window()
        if isinstance(tile, Tile):
            self.window.look_at(tile)

    def open_tile(self, tile: object) -> None:
        """Show a tile in the viewer."""
        if not isinstance(tile, Tile) or self._view is None:
            return
        if self._viewer is None:
            # Most days nobody opens a picture: its widgets are loaded when somebody does.
            from ui.viewer import Viewer

            far = self.far() if self.far is not None else None
            days = self.days() if self.days is not None else None
            self._viewer = Viewer(
                self.theme, self._actions, self._settings, self._thumbnails, self._read, far=far, days=days
            )
            self._viewer.delete_wanted.connect(self._ask_delete_in_viewer)
            self._viewer.shown.connect(self.looked)
            self._viewer.setWindowIcon(self.window.windowIcon())
        self._viewer.look_at(tile, self._view)

    @property
    def viewer(self) -> Viewer | None:
        """The viewer, when it was opened."""
        return self._viewer

    def ask_return(self, back: IdleReturn, add: Callable[[str], Problem | None] | None = None) -> None:
        """Ask whether to resume, without taking the focus. A newer question replaces the one that is open.

        ``add`` enters the time away as Other hours with a note; None where that is not offered.
        """
        from ui.coming_back import ReturnQuestion

        self.withdraw_return()
        act = self._actions
        question = ReturnQuestion(self.theme, back, act.resume.emit, act.stay_paused.emit, add)
        question.destroyed.connect(lambda: self._forget(question))
        self._return = question
        question.ask(quietly=True)

    @property
    def asks_return(self) -> bool:
        """Whether the question on coming back is open."""
        return self._return is not None

    def withdraw_return(self) -> None:
        """Take the question back: it was answered elsewhere."""
        question, self._return = self._return, None
        if question is not None:
            question.withdraw()

    def ask_delete(self, tile: object) -> None:
        """Ask before a screenshot and its time are deleted."""
        self.show_window()
        self._ask_delete(tile, self.window)

    def _ask_delete_in_viewer(self, tile: object) -> None:
        self._ask_delete(tile, self._viewer)

    def _ask_delete(self, tile: object, parent: QWidget | None) -> None:
        if isinstance(tile, Tile) and self._view is not None:
            # Who offered it may have it from long ago: a panel's copy of the menu.
            shown = (one for hour in self._view.hours for one in hour.tiles)
            tile = next((one for one in shown if same_slot(one, tile)), tile)
            if not tile.can_delete:
                return
            from ui import dialogs

            act = self._actions.delete_tile
            delete = dialogs.delete_question(
                self.theme, tile, self._view.zone, lambda: act.emit(tile.job, tile.slot), parent
            )
            self._ask(delete)

    def new_notice(self) -> ShotNotice:
        """Return a new notice of a screenshot, not shown yet; what is deleted in it is confirmed."""
        # Loaded with the first screenshot, not at the start.
        from ui.notice import ShotNotice

        notice = ShotNotice(self.theme, self._actions, self._thumbnails)
        notice.deleted.connect(lambda tile: self._actions.delete_tile.emit(tile.job, tile.slot))
        return notice

    @property
    def can_stand_in_corner(self) -> bool:
        """Whether windows of ours may stand in a corner. Wayland lets none be placed, nor refuse the focus."""
        return not QGuiApplication.platformName().startswith("wayland")

    def first_start(self, *, has_settings: bool) -> FirstStart:
        """Return the window of the first steps, made at the first call; ``has_settings``: of the system (macOS)."""
        if self._first_start is None:
            from ui.first_start import FirstStart

            self._first_start = FirstStart(self.theme, self._actions, has_settings=has_settings)
            self._first_start.shown.connect(self.looked)
            if self._view is not None:
                self._first_start.show_view(self._view)
        return self._first_start

    def hidden_window(self) -> HiddenWindow:
        """Return the window "What is hidden", made at the first call and not shown yet."""
        if self._hidden is None:
            from ui.hidden import HiddenWindow

            self._hidden = HiddenWindow(self.theme)
        return self._hidden

    def hours_window(self) -> HoursWindow:
        """Return the window of Other hours, made at the first call and not shown yet."""
        if self._hours is None:
            from ui.other_hours import HoursWindow

            self._hours = HoursWindow(self.theme)
        return self._hours

    def settings_window(self) -> SettingsWindow:
        """Return the settings window, made at the first call and not shown yet."""
        if self._settings_window is None:
            from ui.settings import SettingsWindow

            self._settings_window = SettingsWindow(self.theme)
        return self._settings_window

    def show_crash(self, report: str, told: Callable[[], None]) -> None:
        """Show what broke last time; ``told`` is called when the user closes it."""
        from ui.crash_report import CrashWindow

        self._crash = CrashWindow(self.theme, report, told)
        self._crash.show()

    def show_quarantine(self, view: QuarantineView) -> None:
        """Show the window of what the marketplace refused, or bring it to the front with what it is now."""
        if self._quarantine is None:
            from ui.quarantine import QuarantineWindow

            self._quarantine = QuarantineWindow(self.theme, self._actions)
        self._quarantine.show_view(view)
        self._quarantine.show()
        self._quarantine.raise_()
        self._quarantine.activateWindow()

    def refresh_quarantine(self, view: QuarantineView) -> None:
        """Bring the window up to date, if it is open."""
        if self._quarantine is not None:
            self._quarantine.show_view(view)

    @property
    def quarantine(self) -> QuarantineWindow | None:
        """The window of refused records, when it was opened."""
        return self._quarantine

    def ask_quit(self) -> None:
        """Quit, after a question when something is recorded and the user wants to be asked."""
        self.look()
        view = self._view
        if view is None or view.activity is not Activity.RECORDING or not self.confirm_quit:
            self._actions.quit.emit()
            return
        from ui import dialogs

        self._ask(dialogs.quit_question(self.theme, view, self._actions.quit.emit, self._shown_window))

    def ask_sign_out(self) -> None:
        """Ask before signing out."""
        self.look()
        if self._view is not None:
            from ui import dialogs

            self._ask(
                dialogs.sign_out_question(self.theme, self._view, self._actions.sign_out.emit, self._shown_window)
            )

    def ask_keeping(self, locked: bool) -> None:
        """Ask where to keep the sign-in when no keyring takes it."""
        from ui import dialogs

        keep = self._actions.keep_in_file.emit
        self._ask(dialogs.keeping_question(self.theme, keep, self._shown_window, locked=locked))

    def close(self) -> None:
        """Take everything off the screen at the end of the program."""
        self.withdraw_return()
        if self._asked is not None:
            self._asked.withdraw()
        if self._crash is not None:
            self._crash.withdraw()
            self._crash.deleteLater()
            self._crash = None
        for window in (
            self._first_start,
            self._viewer,
            self._hidden,
            self._hours,
            self._settings_window,
            self._quarantine,
        ):
            if window is not None:
                window.close()
                window.deleteLater()
        self._first_start = self._viewer = self._hidden = self._hours = self._settings_window = self._quarantine = None
        self.tray.icon.hide()
        if self._window is not None:
            self._window.leave()
        self.theme.release()

    def _ask(self, question: dialogs.Question) -> None:
        if self._asked is not None:
            self._asked.withdraw()
        self._asked = question
        question.destroyed.connect(lambda: self._forget(question))
        question.ask(quietly=False)

    def _forget(self, question: dialogs.Question) -> None:
        if self._asked is question:
            self._asked = None
        if self._return is question:
            self._return = None

    def _window_closed(self) -> None:
        has_tray = tray_available()
        self.window.set_has_tray(has_tray)
        if has_tray:
            self.window.leave()
        else:
            self.ask_quit()

    def _show_icons(self) -> None:
        panel, colours = self.theme.panel_colours, self.theme.colours
        self.tray.show_icon(self._icons.icon(self._emblem, panel, plate=not TEMPLATE, template=TEMPLATE))
        if self._window is not None:
            self._window.show_icon(self._icons.icon(self._emblem, colours))
