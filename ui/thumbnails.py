"""Small pictures read from files and kept for as long as they are likely to be shown again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPixmap

_KEPT_THUMBNAILS = 128


class Thumbnails:
    """Pictures read from files, the last ones kept. Their files never change: a spool names them by content.

    ``read`` gives a file's plain content, b"" while it can't be had.
    """

    def __init__(self, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._read = read
        self._kept: OrderedDict[Path, QPixmap] = OrderedDict()

    def get(self, path: Path | None) -> QPixmap | None:
        """Return the picture, or None where there is none or it can't be read."""
        if path is None:
            return None
        pixmap = self._kept.pop(path, None)
        if pixmap is None:
            pixmap = QPixmap()
            # With its name Qt asks one plugin; without, it loads all that it has to find out.
            if not path.is_file() or not pixmap.loadFromData(self._read(path), path.suffix[1:]):
                return None
        self._kept[path] = pixmap
        if len(self._kept) > _KEPT_THUMBNAILS:
            self._kept.popitem(last=False)
        return pixmap

    def forget(self) -> None:
        """Keep none: nobody looks at them now, and each takes a quarter of a megabyte."""
        self._kept.clear()


def middle_of(pixmap: QPixmap, size: QSize) -> QRect:
    """Return the part of a picture that fills ``size`` without distortion: all of its height or width, centred."""
    wanted = QSize(size)
    wanted.scale(pixmap.size(), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRect(0, 0, wanted.width(), wanted.height())
    part.moveCenter(pixmap.rect().center())
    return part
