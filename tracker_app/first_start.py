"""Behind the first steps: a picture as it would be taken now, by the camera's own way, looked at and forgotten."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage

from tracker_app.first_seen import remember
from ui.shell import Shell
from worktime.errors import FairhourError, Problem

if TYPE_CHECKING:
    from capture.redaction import Redacted

log = logging.getLogger(__name__)

PREVIEW_PX = 1280
SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_{page}"
"""macOS opens its System Settings at these addresses: ScreenCapture and Accessibility."""
Look = Callable[[Callable[["Redacted | Problem"], None]], None]


class FirstStartDesk(QObject):
    """``look`` has the camera give a picture as it would be kept.

    ``trusted`` tells whether macOS lets keys and clicks be counted; other systems have no such switch.
    On Wayland it waits for the user: the desktop may ask, and GNOME asks only while a window of ours has the focus.
    """

    _came = Signal(object, object, bool)

    def __init__(
        self,
        shell: Shell,
        look: Look,
        home: Path,
        *,
        system: str = sys.platform,
        trusted: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__()
        self._trusted = trusted if trusted is not None or system != "darwin" else _is_trusted
        self._look = look
        self._home = home
        self._asks = _is_wayland()
        self.window = shell.first_start(has_settings=system == "darwin")
        self.window.look.connect(self.look)
        self.window.over.connect(lambda: remember(home))
        self.window.pages.currentChanged.connect(self._turned)
        self.window.came_back.connect(self._ask_accessibility)
        self.window.open_screen.connect(lambda: _open("ScreenCapture"))
        self.window.open_accessibility.connect(lambda: _open("Accessibility"))
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """Show the first page."""
        self.window.show_page(0)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def look(self) -> None:
        """Have a picture made."""
        self._ask_accessibility()
        self.window.show_waiting(asks=False)
        self._look(self._seen)

    def _turned(self, page: int) -> None:
        if page != self.window.pages.count() - 1:
            return
        if self._asks:
            self._ask_accessibility()
            self.window.show_waiting(asks=True)
        else:
            self.look()

    def _ask_accessibility(self) -> None:
        """Show how it stands now: the user may come back from the system's settings."""
        if self._trusted is None:
            return
        try:
            self.window.show_accessibility(allowed=self._trusted())
        except FairhourError as error:
            log.warning("%s", error)
            self.window.show_accessibility(allowed=None)

    def _seen(self, found: Redacted | Problem) -> None:
        """On the camera's thread."""
        if isinstance(found, Problem):
            self._came.emit(None, found, False)
            return
        from capture.encoding import is_flat

        raw = found.raw
        kind = QImage.Format.Format_RGB32 if raw.layout == "BGRX" else QImage.Format.Format_RGB888
        image = QImage(bytes(raw.pixels), raw.width, raw.height, len(raw.pixels) // raw.height, kind)
        small = image.scaledToWidth(min(PREVIEW_PX, raw.width), Qt.TransformationMode.SmoothTransformation)
        self._came.emit(small.copy(), found.problem, is_flat(raw))

    def _show(self, image: QImage | None, problem: Problem | None, flat: bool) -> None:
        self.window.show_proof(image, problem, flat=flat)


def _is_wayland() -> bool:
    from capture.choose import is_wayland

    return is_wayland(os.environ)


def _is_trusted() -> bool:
    from idle.macos_trust import is_trusted

    return is_trusted()


def _open(page: str) -> None:
    QDesktopServices.openUrl(QUrl(SETTINGS.format(page=page)))
