"""Pictures of every window in every state, and the page that shows them: ``python3 dev.py screenshots``.

Each window is checked before its picture is taken (widget_checks.py, keyboard_checks.py); pictures and page are
replaced only when all were made and sound. ``python -m tests.ui.gallery OUTDIR`` puts them elsewhere.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QSettings, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.pseudo_language import MirroredLanguage
from tests.support.workplace import DOCUMENTS, Workplace
from tests.ui import keyboard_checks, widget_checks
from tests.ui.scenes import KEPT, WINDOWS, Scene, scenes
from ui import language
from ui.actions import UiActions
from ui.shell import Shell
from ui.theme import Choice, Panel
from ui.viewer import Viewer

ROOT = Path(__file__).resolve().parents[2]
FOLDER, PAGE = ROOT / "docs" / "gallery", ROOT / "docs" / "gallery.md"
LIMIT_BYTES = 12_000_000
LARGE_BYTES = 40_000
SETTLED_MS = 3000
STILL_MS = 120
THUMBNAIL_PX = 320


@dataclass(frozen=True)
class Look:
    """How a window is shown: theme, and the size of text and spaces."""

    choice: Choice
    scale: float

    @property
    def name(self) -> str:
        """The end of a picture's name."""
        return f"{self.choice.value}-{self.scale * 100:.0f}"


LOOKS = tuple(Look(choice, scale) for scale in (1.0, 2.0) for choice in (Choice.LIGHT, Choice.DARK))


def desktops(folder: Path) -> None:
    """Make the pictures that the sample's screenshots are: somebody at work on this repository."""
    place = Workplace(QSize(1920, 1080))
    for number, document in zip(range(7), [*DOCUMENTS, *DOCUMENTS], strict=False):
        place.turn_to(document, f"{9 + number // 5:02}:{number % 5 * 12:02}")
        image = place.grab().toImage()
        assert image.save(str(folder / f"full-{number}.jpg"), quality=90)
        small = image.scaledToWidth(THUMBNAIL_PX, Qt.TransformationMode.SmoothTransformation)
        assert small.save(str(folder / f"shot-{number}.jpg"), quality=70)
    place.deleteLater()


def settle(window: QWidget) -> list[str]:
    """Let layout and painter come to rest; returns what the checks still find."""
    deadline, size = QDeadlineTimer(SETTLED_MS), QSize()
    while True:
        still = QDeadlineTimer(STILL_MS)
        while not still.hasExpired() or size != window.size():
            size = window.size()
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        found = widget_checks.everything(window) + keyboard_checks.everything(window)
        if isinstance(window, Viewer) and window.tile is not None and window.tile.picture is not None:
            found += [] if window.canvas.sceneRect().width() > THUMBNAIL_PX else ["the picture has not come"]
        if not found or deadline.hasExpired():
            return found


def save(window: QWidget, file: Path) -> None:
    """Save a window without its frame, to the pixel where that is small: screenshots in it are not."""
    grabbed = window.grab().toImage().convertToFormat(QImage.Format.Format_RGBX8888)
    size = grabbed.width(), grabbed.height()
    image = Image.frombuffer("RGB", size, bytes(grabbed.constBits()), "raw", "RGBX", grabbed.bytesPerLine(), 1)
    if file.stem.endswith("-200"):
        image.save(file, quality=50, method=4, use_sharp_yuv=True)
        return
    image.save(file, lossless=True, quality=60, method=3)
    if file.stat().st_size > LARGE_BYTES:
        image.save(file, quality=80, method=4, use_sharp_yuv=True)


def picture(shell: Shell, scene: Scene, look: Look, folder: Path, out: Path) -> list[str]:
    """Show one scene and save it; returns why it is not fit to be shown."""
    window = scene.show(shell, folder)
    found = settle(window)
    save(window, out / f"{scene.name}-{look.name}.webp")
    window.hide()
    if window is shell.window:
        shell.window.leave()
    return [f"{scene.name}-{look.name}: {each}" for each in found]


def pictures(folder: Path, out: Path, wanted: Sequence[str]) -> list[str]:
    """Save every scene whose name begins with one that is wanted, in every look; returns what is wrong with them."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wrong = []
    for look in LOOKS:
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        settings.clear()
        panel = Panel.DARK if look.choice is Choice.DARK else Panel.LIGHT
        shell = Shell(app, UiActions(), settings, choice=look.choice, panel=panel, scale=look.scale)
        for scene in scenes():
            if scene.name.startswith(tuple(wanted)):
                wrong += picture(shell, scene, look, folder, out)
        shell.close()
        # Windows that outlive their application take the process with them.
        for window in [*KEPT, *app.topLevelWidgets()]:
            window.deleteLater()
        KEPT.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shell.deleteLater()
    return wrong


def page() -> str:
    """Return the page that shows the pictures."""
    lines = [
        "# Every window of the tracker",
        "",
        "Made by `python3 dev.py screenshots` (tests/ui/gallery.py) from the scenes of tests/ui/scenes.py, with",
        "sample data. Each window passed the checks for cut, faint, hidden and nameless parts before its picture",
        "was taken. Light and dark, at 100 % and at 200 %.",
        "",
    ]
    shown = list(scenes())
    lines += [f"- [{title}](#{_anchor(title)}): {says}" for title, says in WINDOWS.values()]
    for window, (title, says) in WINDOWS.items():
        lines += ["", f"## {title}", "", says]
        for scene in shown:
            if scene.window == window:
                lines += ["", scene.says, "", *(_image(scene, look) for look in LOOKS)]
    return "\n".join(lines) + "\n"


def _anchor(title: str) -> str:
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _image(scene: Scene, look: Look) -> str:
    name = f"{scene.name}-{look.name}.webp"
    told = f"{WINDOWS[scene.window][0]}, {scene.state.replace('_', ' ')}: {look.choice.value}, {look.scale:.0%}"
    return f'<a href="gallery/{name}"><img src="gallery/{name}" width="360" alt="{told}"></a>'


def replace_all(made: Path) -> None:
    """Put the pictures of a whole run in the place of those that were there, and write the page."""
    size = sum(file.stat().st_size for file in made.iterdir())
    if size > LIMIT_BYTES:
        raise SystemExit(f"The pictures have {size} bytes together, more than {LIMIT_BYTES}.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(made, FOLDER)
    PAGE.write_text(page(), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Make the gallery; returns the exit status."""
    parser = argparse.ArgumentParser(description="Pictures of every window.")
    parser.add_argument("out", nargs="?", type=Path, help="a folder to look at; without one the gallery is replaced")
    parser.add_argument("--only", nargs="*", default=[""], help="how the names begin; all when left out")
    parser.add_argument("--language", default="en", help="the language that the windows speak")
    parser.add_argument("--right-to-left", action="store_true", help="lay them out for one that is written so")
    options = parser.parse_args(arguments)
    app = QApplication([])
    language.speak(locale=language.chosen(options.language))
    if options.right_to_left:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        app.installTranslator(MirroredLanguage(app))
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "sample", options.out or Path(place) / "pictures"
        for each in (folder, out):
            each.mkdir(parents=True, exist_ok=True)
        desktops(folder)
        wrong = pictures(folder, out, options.only)
        for sentence in wrong:
            print(sentence)
        if wrong:
            return 1
        if options.out is None:
            replace_all(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
