"""Where the viewer stands among the tiles, and which one comes before and after: over the day, and on to others.

The main window shows today; the other days of the work week are asked for when somebody walks there.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from ui.models import Tile, TileKind, TrackerView, same_slot


class Days(Protocol):
    """The tiles of other days, as far as this computer knows them."""

    def tiles(self, job: UUID, slot: int) -> tuple[Tile, ...]:
        """Return what was recorded for the job on the user's day in which the slot starts, in order."""

    def beside(self, job: UUID, slot: int, by: int) -> int | None:
        """Return the next recorded slot of the job after (``by`` 1) or before (-1) this one, None without."""


class Walk:
    """``day``: the tiles among which the one looked at stands, ``at``: its place there, None for one of another job or
    of a time that is not known here.
    """

    def __init__(self, days: Days | None) -> None:
        self._days = days
        self._today: tuple[Tile, ...] = ()
        self._job: UUID | None = None
        self.day: tuple[Tile, ...] = ()
        self.at: int | None = None

    def look_at(self, tile: Tile, view: TrackerView) -> None:
        """Take a new state, or another tile."""
        self._today = tuple(each for hour in view.hours for each in hour.tiles if each.kind is not TileKind.EMPTY)
        self._job = view.job_id
        self.day = self._day_of(tile.job, tile.slot)
        self.at = next((number for number, each in enumerate(self.day) if same_slot(each, tile)), None)

    def can_step(self, by: int) -> bool:
        """Return whether there is a tile after (``by`` 1) or before (-1) the one looked at."""
        return self._is_in_day(by) or self._beyond(by) is not None

    def step(self, by: int) -> Tile | None:
        """Return that tile."""
        if self.at is None:
            return None
        if self._is_in_day(by):
            return self.day[self.at + by]
        slot = self._beyond(by)
        if slot is None:
            return None
        job = self.day[self.at].job
        return next((each for each in self._day_of(job, slot) if each.slot == slot), None)

    def _is_in_day(self, by: int) -> bool:
        return self.at is not None and 0 <= self.at + by < len(self.day)

    def _beyond(self, by: int) -> int | None:
        """The slot beyond the day's edge."""
        if self._days is None or self.at is None:
            return None
        edge = self.day[self.at]
        return self._days.beside(edge.job, edge.slot, by)

    def _day_of(self, job: UUID, slot: int) -> tuple[Tile, ...]:
        is_today = any((each.job, each.slot) == (job, slot) for each in self._today)
        if self._days is None or is_today or job != self._job:
            return self._today
        return self._days.tiles(job, slot)
