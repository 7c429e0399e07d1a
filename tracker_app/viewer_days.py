"""The days of the work week over which the viewer walks, from what the journal has of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tracker_app.views import Known, Pictures, day_tiles
from tracker_app.week_book import WeekBook
from ui.models import Tile


@dataclass(frozen=True)
class ViewerDays:
    """``ui.viewer_walk.Days``. Asked while the viewer is open, and not before."""

    known: Callable[[], Known]
    book: WeekBook
    pictures: Pictures

    def tiles(self, job: UUID, slot: int) -> tuple[Tile, ...]:
        """Return what was recorded for the job on the user's day in which the slot starts, in order."""
        return day_tiles(self.known(), self.book, self.pictures, job, slot)

    def beside(self, job: UUID, slot: int, by: int) -> int | None:
        """Return the next recorded slot of the job after (``by`` 1) or before (-1) this one, None without."""
        return self.book.beside(job, slot, by)
