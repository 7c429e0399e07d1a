"""What the mark can show: the shape in its middle, the five sectors around it, and a badge. Drawn by ``ring``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The shape in the centre of the ring: what is recorded."""

    RECORDING = "recording"
    PAUSED = "paused"
    STOPPED = "stopped"
    IDLE = "idle"


class Badge(StrEnum):
    """What needs a look beside that, the most urgent alone."""

    NONE = "none"
    OFFLINE = "offline"
    NOT_READY = "not_ready"
    ATTENTION = "attention"


class Sector(StrEnum):
    """One of the five slots of the current hour in the ring. NOTCH: idle, deleted or without picture."""

    FILLED = "filled"
    OPEN = "open"
    NOTCH = "notch"


@dataclass(frozen=True)
class Emblem:
    """All that tray icon, task bar and window show as one sign. ``count``: what is not sent, in the badge OFFLINE."""

    sectors: tuple[Sector, ...] = (Sector.OPEN,) * 5
    mark: Mark = Mark.STOPPED
    badge: Badge = Badge.NONE
    count: int = 0
