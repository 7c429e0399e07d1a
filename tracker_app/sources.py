"""What the tracker reads this machine with, loaded at first use so that the icon shows at once."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QTimeZone
from PySide6.QtGui import QGuiApplication

from tracker_app.input_probe import CountSource, IdleSource
from worktime import weeks

log = logging.getLogger(__name__)


def open_camera() -> Any:
    """Return what takes pictures of this desktop."""
    import capture

    return capture.open_source(count_monitors=lambda: len(QGuiApplication.screens()))


def open_input() -> IdleSource:
    """Return what tells the last input."""
    import idle

    return idle.open_source()


def open_counts() -> CountSource:
    """Return what counts keys and clicks, which begins at once."""
    import idle

    return idle.open_counts()


def system_zone() -> str:
    """Return the system's IANA time zone; UTC when it has none that is known."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode(errors="replace")
    try:
        weeks.zone(name)
    except ValueError:
        log.info("the system's time zone %r is not known: times are shown in UTC", name)
        return "UTC"
    return name
