"""Between the window "What is hidden" and the rules: what the user wants is kept, and looked at, at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage

from capture.hidden import Area, Hidden, OnlyMonitor, WindowRule
from capture.rects import Rect
from tracker_app.hidden_file import HiddenFile
from tracker_app.hiding import windows as system_windows
from ui import problem_words
from ui.hidden import HiddenWindow
from ui.models import HiddenRule, HiddenWhat, HidingView
from worktime.errors import FairhourError, Problem

if TYPE_CHECKING:
    from capture.redaction import Redacted

log = logging.getLogger(__name__)
PREVIEW_PX = 1280
Look = Callable[[Callable[["Redacted | Problem"], None]], None]


class HidingDesk(QObject):
    """``look`` has the camera give a picture as it would be kept; ``told`` is called when something has changed."""

    _came = Signal(object, int, object, object)

    def __init__(self, file: HiddenFile, window: HiddenWindow, look: Look, told: Callable[[], None]) -> None:
        super().__init__()
        self._file = file
        self._window = window
        self._look = look
        self._told = told
        self._protects: bool | None = None
        self._screens: tuple[Rect, ...] = ()
        self._unsaved: Problem | None = None
        window.windows.connect(self._hide_windows)
        window.area.connect(self._hide_area)
        window.only.connect(self._show_only)
        window.blur.connect(lambda on: self._change(blur=on))
        window.remove.connect(self._remove)
        window.look.connect(self.look)
        self._came.connect(self._preview_came, Qt.ConnectionType.QueuedConnection)

    def open(self, protects: bool | None) -> None:
        """Show the window; ``protects``: what the chosen job's terms say, None where no job is chosen."""
        self._protects = protects
        self._show()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.look()

    def look(self) -> None:
        """Have a new preview made."""
        self._look(self._seen)

    def _seen(self, found: Redacted | Problem) -> None:
        """On the camera's thread."""
        if isinstance(found, Problem):
            self._came.emit(None, 0, (), found)
            return
        raw = found.raw
        kind = QImage.Format.Format_RGB32 if raw.layout == "BGRX" else QImage.Format.Format_RGB888
        line = len(raw.pixels) // raw.height
        image = QImage(bytes(raw.pixels), raw.width, raw.height, line, kind)
        small = image.scaledToWidth(min(PREVIEW_PX, raw.width), Qt.TransformationMode.SmoothTransformation)
        self._came.emit(small.copy(), raw.redacted, raw.screens, found.problem)

    def _preview_came(
        self, image: QImage | None, redacted: int, screens: tuple[Rect, ...], problem: Problem | None
    ) -> None:
        if image is not None and screens != self._screens:
            self._screens = screens
            self._show()
        self._window.show_preview(image, redacted, problem_words.message(problem) if problem is not None else "")

    # What the user wants

    def _hide_windows(self, program: str, title: str) -> None:
        rules = self._file.rules.windows
        self._change(windows=(*rules, WindowRule(program, title)))

    def _hide_area(self, rect: QRect) -> None:
        area = Area(
            Rect(rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height()), self._screens
        )
        self._change(areas=(*self._file.rules.areas, area))

    def _show_only(self, number: int) -> None:
        self._change(only=OnlyMonitor(number, self._screens) if number >= 0 else None)

    def _remove(self, rule: HiddenRule) -> None:
        rules = self._file.rules
        match rule.what:
            case HiddenWhat.BLUR:
                self._change(blur=False)
            case HiddenWhat.MONITORS:
                self._change(only=None)
            case HiddenWhat.AREA:
                self._change(areas=rules.areas[: rule.number] + rules.areas[rule.number + 1 :])
            case HiddenWhat.WINDOWS:
                self._change(windows=rules.windows[: rule.number] + rules.windows[rule.number + 1 :])

    def _change(self, **what: object) -> None:
        self._unsaved = None
        try:
            self._file.keep(msgspec.structs.replace(self._file.rules, **what))
        except FairhourError as error:
            log.warning("not kept: %s", error)
            self._unsaved = error.problem
        self._show()
        self._told()
        self.look()

    def _show(self) -> None:
        self._window.show_view(
            HidingView(
                rules=tuple(rules_of(self._file.rules, self._screens)),
                screens=tuple(map(_qrect, self._screens)),
                only=self._file.rules.only.number if self._file.rules.only is not None else None,
                blur=self._file.rules.blur,
                windows_problem=system_windows().problem,
                protects=self._protects,
                problem=self._unsaved or self._file.problem,
            )
        )


def rules_of(hidden: Hidden, screens: tuple[Rect, ...]) -> list[HiddenRule]:
    """Return the rules as the window lists them."""
    rules = [
        HiddenRule(what=HiddenWhat.WINDOWS, number=number, program=rule.program, title=rule.title)
        for number, rule in enumerate(hidden.windows)
    ]
    rules += [
        HiddenRule(what=HiddenWhat.AREA, number=number, rect=_qrect(area.rect), here=area.screens == screens)
        for number, area in enumerate(hidden.areas)
    ]
    if hidden.only is not None:
        rules.append(HiddenRule(what=HiddenWhat.MONITORS, number=hidden.only.number))
    if hidden.blur:
        rules.append(HiddenRule(what=HiddenWhat.BLUR))
    return rules


def _qrect(rect: Rect) -> QRect:
    return QRect(rect.left, rect.top, rect.width, rect.height)
