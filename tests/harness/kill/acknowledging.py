"""In the victim's process: the journal says through a pipe what it is about to do and what is durable; planted bugs.

One line each: ``entered S`` and ``left S`` (recording from, up to), ``second S`` (counted up to), ``begin ID SHA SLOT``
and ``picture ID`` (before and after a picture's write), ``erase ID`` (before).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from uuid import UUID

from sync.journal import Journal
from worktime.observations import Entered, Left, Observation, Progress
from worktime.tracking_values import PictureTaken

PLANTS = ("row-first", "slow-ticks")
SLOW = 5
"""The planted bug writes one tick in so many."""


def acknowledge(pipe: int, plant: str | None = None) -> None:
    """Have every journal of this process tell through ``pipe``, and plant a bug in it."""

    def say(*words: object) -> None:
        os.write(pipe, (" ".join(map(str, words)) + "\n").encode())

    _wrap_writes(say, every=SLOW if plant == "slow-ticks" else 1)
    _wrap_pictures(say, row_first=plant == "row-first")


def _wrap_writes(say: Callable[..., None], *, every: int) -> None:
    append, keep, ticks = Journal.append, Journal.keep, 0

    def told_append(self: Journal, seen: Iterable[Observation]) -> None:
        seen = list(seen)
        append(self, seen)
        for each in seen:
            if isinstance(each, Entered | Left):
                say("entered" if isinstance(each, Entered) else "left", each.at)

    def told_keep(self: Journal, progress: Progress) -> None:
        nonlocal ticks
        ticks += 1
        if ticks % every == 0:
            keep(self, progress)
        say("second", progress.until)

    Journal.append, Journal.keep = told_append, told_keep  # type: ignore[method-assign]


def _wrap_pictures(say: Callable[..., None], *, row_first: bool) -> None:
    spooled, erase = Journal.spooled, Journal.erase

    def told_spooled(self: Journal, taken: PictureTaken, data: bytes, thumbnail: bytes) -> None:
        say("begin", taken.picture.id, taken.picture.sha256, taken.slot)
        if row_first:
            store = self.spool.store
            self.spool.store = lambda *_all: None  # type: ignore[method-assign]
            spooled(self, taken, data, thumbnail)
            self.spool.store = store  # type: ignore[method-assign]
            store(taken.picture.sha256, data, thumbnail)
        else:
            spooled(self, taken, data, thumbnail)
        say("picture", taken.picture.id)

    def told_erase(self: Journal, picture: UUID) -> None:
        say("erase", picture)
        erase(self, picture)

    Journal.spooled, Journal.erase = told_spooled, told_erase  # type: ignore[method-assign]
