"""A scroll area for texts that wrap, whose bar can't make them need itself and then not.

With its bar a wrapped text is narrower and higher, without it lower: where one needs the bar and the other does not, Qt
resizes the widget from within its resizing, without end, until the stack is used up (QScrollArea::updateScrollBars).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea


class SteadyScrollArea(QScrollArea):
    """Decides about its bars once for each resizing of its widget."""

    _deciding = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave out the resizing that the decision itself has made."""
        if event.type() is not QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._deciding:
            return False
        self._deciding = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self._deciding = False
