"""Reading Other hours: which entries a week has, on which timesheet each stands, and which of them have a place.

How many places there are is ``selectors``' business; ``worktime.other_hours`` gives them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import jobs_of
from marketplace.timesheets.models import OtherHours, State, Timesheet
from worktime.errors import failure
from worktime.other_hours import place
from worktime.wire import HoursState, OtherHoursView


@dataclass(frozen=True)
class Placed:
    """Entries of one worked week that stand on one timesheet, in the order of entry, and what of each has a place."""

    week_start: int
    rate_minor: int
    entries: tuple[OtherHours, ...]
    placed_s: tuple[int, ...]

    @property
    def seconds(self) -> int:
        """All seconds, within the authorized hours or above them."""
        return sum(entry.seconds for entry in self.entries)


def placed(week_start: int, rate_minor: int, entries: Iterable[OtherHours], left: int) -> Placed:
    """Return the entries with their places in the ``left`` authorized seconds."""
    found = tuple(entries)
    return Placed(week_start, rate_minor, found, place((entry.seconds for entry in found), left))


def entries_of(job: Job, week_start: int) -> QuerySet[OtherHours]:
    """Return what stands of the week's entries, in the order of entry."""
    return OtherHours.objects.filter(job=job, week_start=week_start, removed=False).order_by("pk")


def entry_for(viewer: User, entry: UUID) -> OtherHours:
    """Return an entry of a job of ``viewer``. Raises FairhourError: the same when it is not theirs and not there."""
    found = OtherHours.objects.filter(entry=entry, removed=False, job__in=jobs_of(viewer).order_by().values("pk"))
    row = found.select_related("job").first()
    if row is None:
        raise failure(
            "no_such_hours",
            _("No such entry"),
            _("There is no such entry of Other hours, or it was deleted."),
            _("Go back to the Work View page."),
        )
    return row


def waiting_hours() -> QuerySet[OtherHours]:
    """Return the entries that no submitted timesheet holds."""
    return OtherHours.objects.filter(removed=False, timesheet__isnull=True)


def hold_hours(sheet: Timesheet, hours: Iterable[Placed]) -> None:
    """Let ``sheet``, which is being submitted, hold the entries that stand on it."""
    keys = [entry.pk for each in hours for entry in each.entries]
    OtherHours.objects.filter(pk__in=keys).update(timesheet=sheet)


def settle_hours(hours: Iterable[Placed]) -> None:
    """Note at the charge what of each entry was billed: those places stay taken."""
    changed = []
    for each in hours:
        for entry, placed_s in zip(each.entries, each.placed_s, strict=True):
            entry.billed_s = placed_s
            changed.append(entry)
    OtherHours.objects.bulk_update(changed, ["billed_s"], batch_size=100)


def hours_views(job: Job, week_start: int) -> tuple[OtherHoursView, ...]:
    """Return the week's entries, in the order of entry, as both sides see them."""
    own = Timesheet.objects.filter(job=job, week_start=week_start).first()
    unheld = HoursState.OPEN if own is None or own.state == State.OPEN else HoursState.ADDITIONAL
    return tuple(
        OtherHoursView(
            id=row.entry,
            seconds=row.seconds,
            note=row.note,
            revision=row.revision,
            state=unheld if row.timesheet is None else HoursState.SUBMITTED,
            sheet_week=row.timesheet.week_start if row.timesheet else None,
        )
        for row in entries_of(job, week_start).select_related("timesheet")
    )
