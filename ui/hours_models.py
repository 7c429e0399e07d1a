"""What the window of Other hours shows; ``tracker_app.hours_window`` puts it together."""

from __future__ import annotations

from uuid import UUID

import msgspec

from worktime.errors import Problem
from worktime.wire import HoursState


class HoursItem(msgspec.Struct, frozen=True, kw_only=True):
    """An entry. ``waits``: it was not sent yet; ``problem``: why the marketplace refused it."""

    id: UUID
    seconds: int
    note: str
    state: HoursState = HoursState.OPEN
    waits: bool = False
    problem: Problem | None = None

    @property
    def changes(self) -> bool:
        """Whether it can be changed and deleted."""
        return self.state is not HoursState.SUBMITTED


class WeekItem(msgspec.Struct, frozen=True, kw_only=True):
    """A work week to choose. ``most_s``: the most that an entry of it can have."""

    start: int
    end: int
    most_s: int
    submitted: bool = False


class HoursView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the window shows. ``jobs``: id and title; newest week first; entries in the order of entry.

    ``problem``: why what the user wanted was not done.
    """

    jobs: tuple[tuple[UUID, str], ...] = ()
    job: UUID | None = None
    weeks: tuple[WeekItem, ...] = ()
    week: WeekItem | None = None
    items: tuple[HoursItem, ...] = ()
    problem: Problem | None = None
