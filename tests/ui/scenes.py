"""Every window of the tracker in each of its states: what the gallery shows, and what the wide checks walk over.

A scene puts one window on the screen by the shell's own ways, or by the window's where the shell has none. That no
window is missing here is for test_every_window.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import samples
from tests.ui.settings_samples import ODD, REPORT, USUAL
from ui import dialogs
from ui.actions import UiActions
from ui.coming_back import ReturnQuestion
from ui.crash_report import CrashWindow
from ui.dialogs import Question
from ui.first_start import FirstStart
from ui.hours_entry import EntryDialog
from ui.hours_models import HoursItem, HoursView, WeekItem
from ui.models import Delivery, HiddenRule, HiddenWhat, HidingView, Pause, QuarantineView, RefusedItem, Tile
from ui.moving import MovingWindow
from ui.quarantine import discard_question
from ui.reminder import ReminderWindow
from ui.settings_models import SettingsView
from ui.shell import Shell
from worktime.errors import Problem, make_problem

Show = Callable[[Shell, Path], QWidget]


@dataclass(frozen=True)
class Scene:
    """One window in one state. ``says``: what a reader of the gallery should look for, as a sentence."""

    window: str
    state: str
    says: str
    show: Show

    @property
    def name(self) -> str:
        """The name of its pictures."""
        return f"{self.window}-{self.state}".replace("_", "-")


WINDOWS = {
    "window": ("Main window", "What is recorded, for whom and since when; the week, its protection and today's slots."),
    "first": ("First steps", "Shown once by themselves, and again from the settings."),
    "menu": ("Tray menu", "The same at a click on the icon, without a window."),
    "viewer": ("Viewer", "A screenshot at full size, with what can be done about it."),
    "notice": ("Notice", "At each screenshot, for as long as it is held; it takes no focus."),
    "return": ("On returning", "Asked when input returns, after the lock, after sleep and after a crash."),
    "reminder": ("Reminder", "For who is active while nothing is recorded; off at first."),
    "question": ("Questions", "Before something ends or is lost, with what it costs on the button."),
    "hours": ("Other hours", "Time that was not tracked, typed in with a note for the client."),
    "entry": ("An entry of Other hours", "Added, edited, and deleted after a question."),
    "hidden": ("What is hidden", "Windows, areas and monitors that no screenshot shows, with what would be sent now."),
    "settings": ("Settings", "Every choice holds at once; what stands in the way is said beside it."),
    "moving": ("Moving the data folder", "Copied, compared, and only then erased in its old place."),
    "crash": ("After a crash of a part", "Said at the next start, with a report to copy."),
    "refused": ("Refused by the marketplace", "What was not taken, why, and what can be done with it."),
}
"""The windows in the order of the gallery: title and sentence."""

_STATES = {
    "recording": "Recording, with the morning behind it: every kind of slot.",
    "stopped": "Stopped: the primary button starts.",
    "paused": "Paused because the screen was locked.",
    "private": "A private pause, with the time at which it asks.",
    "idle": "Paused for want of input; the slot shows it.",
    "without_screenshots": "Work View switched off while recording, and what that means.",
    "counted": "A job whose client asks for counts of keys and clicks.",
    "offline": "The marketplace is not reachable; what waits is counted.",
    "attention": "Not Ready, a full disk and a refused segment, each with what to do.",
    "above": "Above the authorized hours, offline, a few hours before a deadline.",
    "first_day": "Nothing recorded yet.",
    "no_jobs": "Signed in, and no hourly job yet.",
    "fast": "The sample's fast clock is always told.",
    "long": "Long names and comments are cut with the whole of them in the tool tip.",
    "signed_out": "Before the first sign-in there is nothing to do but that.",
    "sign_in_looking": "The marketplace is looked for.",
    "sign_in_waiting": "The browser is open; the address can be copied.",
    "sign_in_failed": "No marketplace answered.",
    "sign_in_ended": "The marketplace ended the sign-in; recording goes on.",
    "sign_in_denied": "Nobody allowed it in the browser.",
    "sign_in_again": "Signing in anew while something is recorded.",
}
_IN_MENU = ("recording", "stopped", "idle", "private", "offline", "attention", "no_jobs", "signed_out")


def _window(state: str) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        shell.show_view(samples.states(folder)[state])
        shell.show_window()
        shell.window.figures.reasons.setVisible(state == "recording")
        return shell.window

    return show


def _menu(state: str) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        shell.show_view(samples.states(folder)[state])
        shell.tray.menu.popup(QPoint(700, 40))
        return shell.tray.menu

    return show


def _viewer(change: Callable[[Tile], Tile], *, hour: int, slot: int, full: bool = True, refused: bool = False) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        view = samples.recording(folder)
        row = view.hours[hour]
        tile = row.tiles[slot]
        if full and tile.thumbnail is not None:
            there = tile.thumbnail.with_name(tile.thumbnail.name.replace("shot", "full"))
            tile = replace(tile, picture=there if there.exists() else tile.thumbnail)
        tile = change(tile)
        tiles = (*row.tiles[:slot], tile, *row.tiles[slot + 1 :])
        hours = tuple(replace(row, tiles=tiles) if at == hour else other for at, other in enumerate(view.hours))
        shell.show_view(replace(view, hours=hours))
        shell.far = lambda: samples.FarAway({view.hours[1].tiles[0].slot: OFFLINE})
        shell.open_tile(tile)
        assert shell.viewer is not None
        arrived = QDeadlineTimer(2_000)
        while refused and not shell.viewer.again.isVisible() and not arrived.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return shell.viewer

    return show


OFFLINE = make_problem("offline", "Marketplace not reachable", "Why.", "Wait.", retryable=True)


def _same(tile: Tile) -> Tile:
    return tile


def _return(pause: Pause, *, hours: bool = False) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        # After a private pause it is not offered.
        shell.ask_return(samples.returns()[pause], None if pause is Pause.PRIVATE else lambda _note: None)
        question = shell._return
        assert question is not None
        if hours:
            assert isinstance(question, ReturnQuestion)
            question.more.click()
        return question

    return show


def _reminder(state: str) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        window = ReminderWindow(shell.theme, UiActions(), samples.states()[state])
        KEPT.append(window)
        window.appear(shell.tray.place)
        return window

    return show


def _question(make: Callable[[Shell, Path], Question]) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        return _asked(make(shell, folder))

    return show


def _asked(question: Question, *, quietly: bool = False) -> Question:
    question.ask(quietly=quietly)
    return question


def _delete(shell: Shell, folder: Path) -> Question:
    tile = samples.recording(folder).last_tile
    assert tile is not None
    return dialogs.delete_question(shell.theme, tile, samples.BERLIN, lambda: None)


REFUSED = QuarantineView(
    items=(
        RefusedItem(
            id="segment",
            at=samples.NINE - 86_400,
            is_picture=False,
            job_title=samples.WEBSITE.title,
            tracked_s=720,
            problem=Problem(
                "before_job",
                "Recorded time not accepted",
                "This time lies before the job began.",
                "Export it, and ask the marketplace's staff for help.",
            ),
        ),
        RefusedItem(
            id="picture",
            at=samples.NINE - 86_400 + 720,
            is_picture=True,
            job_title=samples.IMPORT.title,
            tracked_s=0,
            problem=Problem(
                "not_webp", "Screenshot not accepted", "It is not a WebP file.", "Discard it: its time is counted."
            ),
        ),
    ),
    zone=samples.BERLIN,
)


def _refused(view: QuarantineView) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        shell.show_quarantine(view)
        assert shell.quarantine is not None
        return shell.quarantine

    return show


_SCREENS = (QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080))
_RULES = (
    HiddenRule(what=HiddenWhat.WINDOWS, program="keepass"),
    HiddenRule(what=HiddenWhat.WINDOWS, number=1, program="browser", title="bank"),
    HiddenRule(what=HiddenWhat.AREA, rect=QRect(0, 0, 640, 240)),
)


def _hidden(view: HidingView, redacted: int = 0, problem: str = "") -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        window = shell.hidden_window()
        window.show_view(view)
        full = samples.picture(folder, 3).with_name("full-3.jpg")
        image = QImage(str(full if full.exists() else samples.picture(folder, 3)))
        painter = QPainter(image)
        for part in (QRect(0, 0, 333, 222), QRect(500, 300, 400, 400))[:redacted]:
            box = QRect(part.x() * image.width() // 1000, part.y() * image.height() // 1000, 0, 0)
            box.setSize(QSize(part.width() * image.width() // 1000, part.height() * image.height() // 1000))
            painter.fillRect(box, QColor("#000000"))
        painter.end()
        window.show_preview(None if problem else image, redacted, problem)
        window.show()
        return window

    return show


def _crash(shell: Shell, folder: Path) -> QWidget:
    window = CrashWindow(shell.theme, REPORT, lambda: None)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    KEPT.append(window)
    window.show()
    return window


KEPT: list[QWidget] = []
"""Windows that nobody else holds."""


def _settings(view: SettingsView, page: int) -> Show:
    names = ("Sample client: Website redesign", "Sample client: Data import", "Sample client: Support")
    jobs = tuple(replace(job, name=name) for job, name in zip(view.jobs, names, strict=True))

    def show(shell: Shell, folder: Path) -> QWidget:
        window = shell.settings_window()
        window.show_view(replace(view, jobs=jobs))
        window.show_page(window.pages[page])
        window.show()
        return window

    return show


def _notice(state: str, *, asking: bool = False) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        notice = shell.new_notice()
        KEPT.append(notice)
        notice.show_view(samples.notices(folder)[state])
        notice.appear(shell.tray.place)
        if asking:
            notice.delete.click()
        return notice

    return show


_WEEK_S = 168 * 3600
_MONDAY = samples.MONDAY_7_ET - 7 * 3600 - _WEEK_S
_OPEN = WeekItem(start=_MONDAY, end=_MONDAY + _WEEK_S, most_s=_WEEK_S)
_BEFORE = WeekItem(start=_MONDAY - _WEEK_S, end=_MONDAY, most_s=_WEEK_S, submitted=True)
HOURS = HoursView(
    jobs=((samples.WEBSITE.id, samples.WEBSITE.title), (samples.IMPORT.id, samples.IMPORT.title)),
    job=samples.WEBSITE.id,
    weeks=(_OPEN, _BEFORE),
    week=_OPEN,
    items=(
        HoursItem(id=UUID(int=1), seconds=5400, note="Kick-off call, and notes of it for the team"),
        HoursItem(id=UUID(int=2), seconds=1453, note="Went through the import on the phone", waits=True),
        HoursItem(id=UUID(int=3), seconds=3600, note="Planning of the next week"),
    ),
)


def _hours(view: HoursView) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        window = shell.hours_window()
        window.show_view(view)
        window.show()
        return window

    return show


def _entry(shell: Shell, folder: Path) -> QWidget:
    dialog = EntryDialog(shell.theme, _OPEN, HOURS.items[0], lambda seconds, note: None, shell.window)
    dialog.show()
    return dialog


def _without_tray(shell: Shell, folder: Path) -> QWidget:
    shell.show_view(samples.recording(folder))
    shell.show_window()
    shell.window.set_has_tray(False)
    shell.window.figures.reasons.hide()
    return shell.window


def _moving(shell: Shell, folder: Path) -> QWidget:
    window = MovingWindow(shell.theme, Path("/srv/people/sample/Work/Fairhour"))
    KEPT.append(window)
    window.show_share(37)
    window.show()
    return window


def _not_moved(shell: Shell, folder: Path) -> QWidget:
    window = MovingWindow(shell.theme, Path("/srv/people/sample/Work/Fairhour"))
    KEPT.append(window)
    window.show_problem(
        make_problem(
            "move_folder",
            "The data folder stays where it is",
            "There is not enough room for it in {folder}.",
            "Choose an empty folder on this computer's disk.",
            folder="/srv/people/sample/Work/Fairhour",
        )
    )
    window.show()
    return window


def _first(
    page: int, state: str = "signed_out", problem: Problem | None = None, *, accessibility: bool | None = None
) -> Show:
    def show(shell: Shell, folder: Path) -> QWidget:
        shell.show_view(samples.states(folder)[state])
        if accessibility is None:
            window = shell.first_start(has_settings=False)
        else:
            window = FirstStart(shell.theme, UiActions(), has_settings=True)
            KEPT.append(window)
            window.show_accessibility(allowed=accessibility)
        full = samples.picture(folder, 3).with_name("full-3.jpg")
        image = QImage(str(full if full.exists() else samples.picture(folder, 3)))
        window.show_proof(None if problem is not None else image, problem, flat=False)
        window.show_page(page)
        window.show()
        return window

    return show


_REFUSED_PICTURE = make_problem(
    "permission",
    "Screenshots are not allowed",
    "The desktop refused the screenshot.",
    "Allow screenshots for Fairhour in the privacy settings of your desktop.",
)
_PAGES = ("general", "recording", "screenshots", "connection", "data")


def scenes() -> Iterator[Scene]:
    """Yield every scene, in the order of the gallery; the first of a window is the one with most in it."""
    for state, says in _STATES.items():
        yield Scene("window", state, says, _window(state))
    yield Scene("window", "without_tray", "Where there is no tray the window is the whole program.", _without_tray)
    yield Scene("first", "welcome", "What is recorded and what never, in plain words.", _first(0))
    yield Scene("first", "sign_in", "The marketplace, and signing in by the browser.", _first(1))
    yield Scene("first", "proof", "A picture of now, as it would be sent.", _first(2, "stopped"))
    refused = _first(2, "stopped", _REFUSED_PICTURE)
    yield Scene("first", "refused", "Where the system refuses, what can be done about it.", refused)
    macos = _first(2, "stopped", accessibility=False)
    yield Scene("first", "macos", "On macOS: what its settings allow, and what needs it.", macos)
    for state in _IN_MENU:
        yield Scene("menu", state, _STATES[state], _menu(state))
    yield from _viewer_scenes()
    for state in samples.notices():
        yield Scene("notice", state, "At a screenshot, in the corner, without the focus.", _notice(state))
    yield Scene("notice", "delete", "Deleting it asks in place.", _notice("held", asking=True))
    for pause in Pause:
        yield Scene("return", pause.value, _RETURNS[pause], _return(pause))
        if pause is Pause.IDLE:
            yield Scene("return", "hours", "The time away as Other hours, with a note.", _return(pause, hours=True))
    for state in ("stopped", "idle"):
        yield Scene("reminder", state, "Active, and nothing is recorded: asked where that is wished.", _reminder(state))
    yield from _question_scenes()
    yield Scene("hours", "week", "A week's entries, and where each of them stands.", _hours(HOURS))
    yield Scene("hours", "empty", "Nothing was typed in yet.", _hours(replace(HOURS, items=())))
    late = replace(HOURS, week=_BEFORE, items=())
    yield Scene("hours", "submitted", "After submission: what is added goes on the next timesheet.", _hours(late))
    yield Scene("entry", "edit", "Time to the second and a note; what can't be entered is said at once.", _entry)
    full = HidingView(rules=_RULES, screens=_SCREENS, protects=False)
    yield Scene("hidden", "rules", "Three rules, and the picture that would be sent.", _hidden(full, redacted=2))
    yield Scene("hidden", "nothing", "Nothing is hidden yet.", _hidden(HidingView(screens=_SCREENS[:1], protects=True)))
    for page, name in enumerate(_PAGES):
        yield Scene("settings", name, f"The page {name.capitalize()}.", _settings(USUAL, page))
    for page, name in enumerate(_PAGES):
        odd = "With what the environment sets, and what could not be understood or kept."
        yield Scene("settings", f"{name}-odd", f"The page {name.capitalize()}. {odd}", _settings(ODD, page))
    yield Scene("moving", "refused", "The folder stays where it is, and why.", _not_moved)
    yield Scene("moving", "share", "The data folder is moved; it starts again by itself.", _moving)
    yield Scene("crash", "report", "A part of Fairhour broke last time.", _crash)
    yield Scene("refused", "both", "A segment and a screenshot that were not taken.", _refused(REFUSED))
    yield Scene("refused", "nothing", "Nothing was refused.", _refused(QuarantineView()))


_RETURNS = {
    Pause.IDLE: "There was no input for 24 minutes or more: what came off, and from when to when.",
    Pause.LOCKED: "The screen was locked.",
    Pause.SUSPENDED: "The computer slept.",
    Pause.RESTARTED: "Fairhour was not running: the time after its last tick is never invented.",
    Pause.BY_HAND: "Tracking was paused by hand.",
    Pause.HELD_UP: "The computer slept or was too busy for a while.",
    Pause.SESSION_END: "Somebody began to log out, and did not.",
    Pause.PRIVATE: "A private pause is over.",
}


def _viewer_scenes() -> Iterator[Scene]:
    def held(tile: Tile) -> Tile:
        return replace(tile, delivery=Delivery.HELD, can_comment=True, can_delete=True)

    yield Scene(
        "viewer", "own", "On this computer only: comment, and deletion with its price.", _viewer(held, hour=2, slot=1)
    )
    yield Scene("viewer", "delivered", "With the marketplace already.", _viewer(_same, hour=0, slot=0))
    yield Scene(
        "viewer", "rejected", "Rejected, with the reason and the way to assistance.", _viewer(_same, hour=1, slot=2)
    )
    fetching = _viewer(_same, hour=0, slot=1, full=False)
    yield Scene("viewer", "fetching", "Not kept here any more: it comes from the marketplace.", fetching)
    away = _viewer(_same, hour=1, slot=0, full=False, refused=True)
    yield Scene("viewer", "offline", "The marketplace can't be reached: the preview, and another try.", away)
    yield Scene("viewer", "no_picture", "No picture, and why.", _viewer(_same, hour=0, slot=3, full=False))


def _question_scenes() -> Iterator[Scene]:
    told: tuple[tuple[str, str, Callable[[Shell, Path], Question]], ...] = (
        ("delete", "Deleting a screenshot takes its time with it.", _delete),
        (
            "quit",
            "Quitting while recording.",
            lambda shell, folder: dialogs.quit_question(shell.theme, samples.recording(folder), lambda: None),
        ),
        (
            "sign_out",
            "Signing out while something waits.",
            lambda shell, folder: dialogs.sign_out_question(shell.theme, samples.recording(folder), lambda: None),
        ),
        (
            "keyring",
            "No keyring takes the sign-in.",
            lambda shell, folder: dialogs.keeping_question(shell.theme, lambda: None, locked=False),
        ),
        (
            "discard",
            "Giving up what the marketplace refused.",
            lambda shell, folder: discard_question(shell.theme, REFUSED.items, lambda: None, shell.window),
        ),
    )
    for state, says, make in told:
        yield Scene("question", state, says, _question(make))
