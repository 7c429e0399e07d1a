"""Pictures of every window in every state: ``python -m tests.ui.gallery OUTDIR`` on a desktop with a tray.

For people to look at; it asserts nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import samples
from ui import dialogs
from ui.actions import UiActions
from ui.coming_back import ReturnQuestion
from ui.models import TrackerView
from ui.reminder import ReminderWindow
from ui.shell import Shell
from ui.theme import Choice, Panel


def settle(milliseconds: int = 250) -> None:
    """Let the window manager and the painter finish."""
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def save(widget: QWidget, file: Path) -> None:
    """Save what is on the screen where ``widget`` stands, its frame not included."""
    corner = widget.mapToGlobal(QPoint(0, 0))
    screen = QGuiApplication.primaryScreen()
    screen.grabWindow(0, corner.x(), corner.y(), widget.width(), widget.height()).save(str(file))


def windows(shell: Shell, views: Iterable[tuple[str, TrackerView]], out: Path, name: str) -> None:
    """Save the window and the menu in each state."""
    for state, view in views:
        shell.show_view(view)
        shell.window.move(40, 40)
        settle()
        save(shell.window, out / f"window-{state}-{name}.png")
        shell.tray.menu.popup(QPoint(700, 40))
        settle()
        save(shell.tray.menu, out / f"menu-{state}-{name}.png")
        shell.tray.menu.close()


def tray_icons(shell: Shell, views: Iterable[tuple[str, TrackerView]], out: Path, name: str) -> None:
    """Save the icon as it stands in the panel."""
    for state, view in views:
        shell.show_view(view)
        settle()
        place = shell.tray.icon.geometry()
        screen = QGuiApplication.primaryScreen()
        screen.grabWindow(0, place.x(), place.y(), place.width(), place.height()).save(
            str(out / f"tray-{state}-{name}.png")
        )


def notices(shell: Shell, folder: Path, out: Path, name: str) -> None:
    """Save the notice of a screenshot in each state, and as it asks whether to delete."""
    for state, view in samples.notices(folder).items():
        notice = shell.new_notice()
        notice.show_view(view)
        notice.appear(shell.tray.place)
        settle()
        save(notice, out / f"notice-{state}-{name}.png")
        notice.delete.click()
        settle()
        save(notice, out / f"notice-{state}-delete-{name}.png")
        notice.close()


def viewer(shell: Shell, view: TrackerView, out: Path, name: str) -> None:
    """Save the viewer at a picture, at a preview, at what was rejected and where there is nothing to see."""
    shell.show_view(view)
    nine, ten, _ = view.hours
    shown = {"held": view.last_tile, "preview": nine.tiles[0], "rejected": ten.tiles[2], "no-picture": nine.tiles[3]}
    for state, tile in shown.items():
        shell.open_tile(tile)
        opened = shell.viewer
        assert opened is not None
        opened.move(20, 20)
        settle(500)
        save(opened, out / f"viewer-{state}-{name}.png")
        opened.close()


def reminders(shell: Shell, _folder: Path, out: Path, name: str) -> None:
    """Save the reminder, stopped and paused."""
    for state in ("stopped", "idle"):
        window = ReminderWindow(shell.theme, UiActions(), samples.states()[state])
        window.appear(shell.tray.place)
        settle()
        save(window, out / f"reminder-{state}-{name}.png")
        window.close()


def questions(shell: Shell, out: Path, name: str) -> None:
    """Save each question."""
    view = samples.recording()
    asked = {f"return-{pause}": back for pause, back in samples.returns().items()}
    for state, back in asked.items():
        shell.ask_return(back, lambda _note: None)
        settle()
        if shell._return is not None:
            save(shell._return, out / f"{state}-{name}.png")
            if isinstance(shell._return, ReturnQuestion):
                shell._return.more.click()
                settle()
                save(shell._return, out / f"{state}-hours-{name}.png")
        shell.withdraw_return()
    quit_question = dialogs.quit_question(shell.theme, view, lambda: None)
    assert view.last_tile is not None
    delete_question = dialogs.delete_question(shell.theme, view.last_tile, view.zone, lambda: None)
    sign_out_question = dialogs.sign_out_question(shell.theme, view, lambda: None)
    keeping_question = dialogs.keeping_question(shell.theme, lambda: None, locked=False)
    for state, question in (
        ("quit", quit_question),
        ("delete", delete_question),
        ("sign-out", sign_out_question),
        ("keeping", keeping_question),
    ):
        question.ask(quietly=False)
        settle()
        save(question, out / f"{state}-{name}.png")
        question.withdraw()


def main(arguments: list[str]) -> int:
    """Save the gallery into the folder named on the command line."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        views = samples.states(Path(folder))
        for choice, scale in ((Choice.LIGHT, 1.0), (Choice.DARK, 1.0), (Choice.LIGHT, 2.0)):
            settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
            settings.clear()
            panel = Panel.DARK if choice is Choice.DARK else Panel.LIGHT
            shell = Shell(app, UiActions(), settings, choice=choice, panel=panel, scale=scale)
            shell.start()
            name = f"{choice.value}-{scale:.0%}".replace("%", "")
            windows(shell, views.items(), out, name)
            tray_icons(shell, views.items(), out, name)
            viewer(shell, views["recording"], out, name)
            questions(shell, out, name)
            notices(shell, Path(folder), out, name)
            reminders(shell, Path(folder), out, name)
            shell.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
