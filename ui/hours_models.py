"""What the window of Other hours shows; ``tracker_app.hours_window`` puts it together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from worktime.errors import Problem
from worktime.wire import HoursState


@dataclass(frozen=True, kw_only=True)
class HoursItem:
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


@dataclass(frozen=True, kw_only=True)
class WeekItem:
    """A work week to choose. ``most_s``: the most that an entry of it can have."""

    start: int
    end: int
    most_s: int
    submitted: bool = False


@dataclass(frozen=True, kw_only=True)
class HoursView:
    """Everything that the window shows. ``jobs``: id and title; newest week first; entries in the order of entry.

    ``problem``: why what the user wanted was not done.
    """

    jobs: tuple[tuple[UUID, str], ...] = ()
    job: UUID | None = None
    weeks: tuple[WeekItem, ...] = ()
    week: WeekItem | None = None
    items: tuple[HoursItem, ...] = ()
    problem: Problem | None = None
