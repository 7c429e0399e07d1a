"""Fetches screenshots that are not on this computer any more, off the Qt thread: the marketplace may be slow."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from worktime.errors import FairhourError, Problem
from worktime.wire import PictureRef

log = logging.getLogger(__name__)

SETTLE_S = 0.15
"""Who walks past a picture does not have it fetched: each that is, is noted at the marketplace as opened."""
REST_S = 20.0
"""So long the connection is kept for the next picture."""

BROKEN = Problem("picture_broken", "Not fetched", "Something went wrong inside Fairhour.", "Try again.")


class FarPictures(Protocol):
    """Where they come from. Called from one thread at a time, never from Qt's."""

    def fetch(self, picture: PictureRef, wanted: Callable[[], bool]) -> bytes:
        """Return a picture's bytes; give up when it is not ``wanted`` any more. Raises FairhourError."""

    def rest(self) -> None:
        """Let go of what was held for the next one."""


class FarLoader(QObject):
    """``came(picture, image, problem)`` on Qt's thread for the picture that was asked for last; ``problem``: why the
    image is null. Its thread is there only while something is fetched, and a little longer.
    """

    came = Signal(object, object, object)
    _fetched = Signal(object, object, object)

    def __init__(self, far: FarPictures) -> None:
        super().__init__()
        self._far = far
        self._changed = threading.Condition()
        self._wanted: PictureRef | None = None
        self._next: PictureRef | None = None
        self._open = False
        self._thread: threading.Thread | None = None
        self._fetched.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def ask(self, picture: PictureRef) -> None:
        """Fetch this one; what was asked for before is given up."""
        with self._changed:
            self._wanted = self._next = picture
            self._open = True
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="far pictures", daemon=True)
                self._thread.start()

    def forget(self) -> None:
        """Tell of nothing until something is asked for again."""
        with self._changed:
            self._wanted = self._next = None
            self._changed.notify()

    def close(self) -> None:
        """Give up, and let go of the connection; waits for nothing."""
        with self._changed:
            self._open = False
        self.forget()

    # On the thread

    def _run(self) -> None:
        try:
            while (picture := self._wish()) is not None:
                self._fetched.emit(picture, *self._load(picture))
        finally:
            self._far.rest()

    def _wish(self) -> PictureRef | None:
        """Wait for a picture that is not walked past; None when there has been none for a while."""
        with self._changed:
            while self._changed.wait_for(lambda: self._next is not None or not self._open, REST_S):
                picture = self._next
                if picture is None:
                    break
                if self._settles_on(picture):
                    self._next = None
                    return picture
            self._thread = None
            return None

    def _settles_on(self, picture: PictureRef) -> bool:
        return not self._changed.wait_for(lambda: self._next is not picture, SETTLE_S)

    def _load(self, picture: PictureRef) -> tuple[QImage, Problem | None]:
        try:
            # Its hash was compared: it is a picture that this computer made.
            return QImage.fromData(self._far.fetch(picture, lambda: self._wanted is picture)), None
        except FairhourError as error:
            return QImage(), error.problem
        except Exception:  # top of the thread: the viewer says that it did not come
            log.exception("a screenshot could not be fetched")
            return QImage(), BROKEN

    # On Qt's thread again

    def _arrived(self, picture: PictureRef, image: QImage, problem: Problem | None) -> None:
        if picture is self._wanted:
            self.came.emit(picture, image, problem)
