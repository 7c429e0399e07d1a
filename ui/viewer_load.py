"""Reads screenshots at full size off the Qt thread: decrypting and decoding one takes a good part of a second."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

log = logging.getLogger(__name__)


class PictureLoader(QObject):
    """``came(path, image)`` on Qt's thread for the path that was asked for last; the image is null where it can't be
    read. ``read`` gives a file's plain content, b"" while it can't be had, from any thread.
    """

    came = Signal(object, object)
    _read_one = Signal(object, object)

    def __init__(self, read: Callable[[Path], bytes]) -> None:
        super().__init__()
        self._read = read
        self._wanted: Path | None = None
        self._pool = QThreadPool(self)
        # One after the other: who walks fast past ten pictures waits for one, not for ten at once.
        self._pool.setMaxThreadCount(1)
        self._read_one.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def ask(self, path: Path) -> None:
        """Read this one; what was asked for before is not told any more."""
        self._wanted = path
        self._pool.clear()
        self._pool.start(lambda: self._load(path))

    def forget(self) -> None:
        """Tell of nothing until something is asked for again."""
        self._wanted = None
        self._pool.clear()

    def close(self) -> None:
        """Wait for what is being read."""
        self.forget()
        self._pool.waitForDone()

    def _load(self, path: Path) -> None:
        image = QImage()
        if path == self._wanted:
            try:
                image = QImage.fromData(self._read(path))
            except OSError as error:
                log.warning("a screenshot can't be read: %s", error.strerror)
            self._read_one.emit(path, image)

    def _arrived(self, path: Path, image: QImage) -> None:
        if path == self._wanted:
            self.came.emit(path, image)
