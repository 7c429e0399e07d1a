"""Other hours on this computer: entered into the journal with an id of their own, sent by the link when it can.

``add_other_hours`` is for whoever knows a time from when to when (the question on coming back); the window of Other
hours is served from here too. Whether an entry can be is asked of ``worktime.other_hours``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sync.journal_hours import HoursEntry, HoursJournal
from worktime import weeks, wire
from worktime.errors import FairhourError, failure
from worktime.other_hours import WeekPart, by_week, most_s
from worktime.wire import HoursState, JobView, OtherHours

SHOWN_WEEKS = 12
"""Weeks to choose from; older ones are in the browser."""


@dataclass(frozen=True, eq=False, repr=False)
class HoursDesk:
    """What the user does with Other hours. ``now``: business seconds; ``nudge``: there is something to send."""

    journal: HoursJournal
    now: Callable[[], int]
    new_id: Callable[[], UUID]
    nudge: Callable[[], None]

    def add_other_hours(self, job: UUID, start: int, end: int, note: str) -> tuple[UUID, ...]:
        """Enter the UTC seconds ``[start, end)`` of ``job``, and return the entries' ids.

        One entry for each ET work week that they are in. They are durable when this returns, whether there is a line or
        not. Raises FairhourError without a note or a second, or when the disk does not take them.
        """
        parts = by_week(start, end)
        if not parts:
            raise _bad(weeks.week_of(start))
        return self._add(job, parts, note)

    def add(self, job: UUID, week_start: int, seconds: int, note: str) -> UUID:
        """Enter ``seconds`` for the job's work week, and return the entry's id. Raises FairhourError."""
        return self._add(job, (WeekPart(week_start, seconds),), note)[0]

    def change(self, entry: UUID, week_start: int, seconds: int, note: str) -> None:
        """Change an entry of the week. Raises FairhourError."""
        self.journal.change(entry, seconds, _checked(WeekPart(week_start, seconds), note))
        self.nudge()

    def remove(self, entry: UUID) -> None:
        """Remove an entry. Raises FairhourError."""
        self.journal.remove(entry)
        self.nudge()

    def entries(self, job: UUID, week_start: int) -> tuple[HoursEntry, ...]:
        """Return the week's entries, oldest first."""
        return self.journal.entries(job, week_start)

    def weeks(self, job: JobView) -> tuple[int, ...]:
        """Return the job's weeks that have begun, newest first; of a job whose begin is not known the last two."""
        out: list[int] = []
        week = weeks.week_of(self.now())
        first = weeks.week_of(job.started_at) if job.started_at else weeks.previous_week(week)
        while week >= first and len(out) < SHOWN_WEEKS:
            out.append(week)
            week = weeks.previous_week(week)
        return tuple(out)

    def is_submitted(self, week_start: int) -> bool:
        """Whether the week's timesheet was submitted by now, as far as is known: what is entered comes additionally."""
        return self.now() >= weeks.submit_due(week_start)

    def _add(self, job: UUID, parts: Iterable[WeekPart], note: str) -> tuple[UUID, ...]:
        made = []
        for part in parts:
            if part.week_start > self.now():
                raise not_a_week()
            checked = _checked(part, note)
            made.append(
                OtherHours(id=self.new_id(), job=job, week_start=part.week_start, seconds=part.seconds, note=checked)
            )
        self.journal.add((entry, self._state(entry.week_start)) for entry in made)
        self.nudge()
        return tuple(entry.id for entry in made)

    def _state(self, week_start: int) -> HoursState:
        return HoursState.ADDITIONAL if self.is_submitted(week_start) else HoursState.OPEN


def _checked(part: WeekPart, note: str) -> str:
    """Return the note as it can be sent. Raises FairhourError for an entry that can't be."""
    clean = wire.clean_text(note, wire.MAX_NOTE).strip()
    if not (clean and 1 <= part.seconds <= most_s(part.week_start)):
        raise _bad(part.week_start)
    return clean


def _bad(week_start: int) -> FairhourError:
    return failure(
        "hours_bad",
        "Other hours not entered",
        "An entry has at least a second, at most its week's {hours} hours, and a note.",
        "Enter the time again, and say in the note what it was.",
        hours=most_s(week_start) // 3600,
    )


def not_a_week() -> FairhourError:
    """Return what is said of a week in which nothing can be entered."""
    return failure(
        "hours_week",
        "Not a week of the job",
        "The week has not begun yet, or is before the job's first one.",
        "Choose a week of the job.",
    )
