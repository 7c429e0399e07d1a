"""Writing Other hours: entries are added, changed and removed by the freelancer until a submitted timesheet holds them.

An entry is known by the id that its maker gave it, so that sending it again changes nothing; a newer revision replaces
an older one, and of what was removed nothing comes back (rules.md, Timesheets 4).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.foundation.transactions import serializable
from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.timesheets.models import OtherHours
from worktime import weeks, wire
from worktime.errors import Problem
from worktime.other_hours import most_s

MAX_ENTRIES = 200
"""Entries of one job and work week, removed ones among them: each is read whenever its timesheet is."""

_NEVER = frozenset({"bad_week", "too_many_hours"})
"""Why an entry that is not here can't come any more: neither ever changes for a job and week."""


@serializable
def take_hours(
    *, person: User, batch: wire.OtherHoursBatch, now: Callable[[], int]
) -> tuple[wire.OtherHoursReceipt, ...]:
    """Store the entries that ``person`` sent; one receipt each, in order. One that is refused holds up no other.

    ``now`` is the clock, not a moment: it is read in here, where no timesheet is submitted meanwhile.
    """
    # One batch of a person at a time, as with segments: two that bring the same entry would collide.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = Job.objects.filter(freelancer=person, pk__in={entry.job for entry in batch.entries})
    jobs = {job.pk: job for job in held}
    return tuple(_take(entry, jobs.get(entry.job), now()) for entry in batch.entries)


def _take(entry: wire.OtherHours, job: Job | None, now: int) -> wire.OtherHoursReceipt:
    row = OtherHours.objects.select_for_update().filter(entry=entry.id).first() if job is not None else None
    stored = as_sent(row) if row is not None and job is not None and row.job_id == job.pk else None

    def receipt(outcome: wire.Outcome, problem: Problem | None = None) -> wire.OtherHoursReceipt:
        told = stored if outcome in (wire.Outcome.SUPERSEDED, wire.Outcome.REFUSED) else None
        return wire.OtherHoursReceipt(
            id=entry.id,
            revision=entry.revision,
            outcome=outcome,
            digest=wire.hours_digest(entry),
            problem=problem,
            stored=told,
        )

    if job is None or (row is not None and stored is None):
        return receipt(wire.Outcome.REFUSED, _unknown_job())
    if stored == entry:
        return receipt(wire.Outcome.KNOWN)
    if stored is not None and entry.revision <= stored.revision:
        return receipt(wire.Outcome.SUPERSEDED)
    problem = _refusal(entry, row, job, now)
    if problem is not None and row is None and entry.removed and problem.code in _NEVER:
        # Nothing is here to be removed, and no older word of it would be taken: a row would only take room.
        return receipt(wire.Outcome.KNOWN)
    if problem is not None:
        return receipt(wire.Outcome.REFUSED, problem)
    row = row or OtherHours(entry=entry.id, job=job, week_start=entry.week_start, entered_at=now)
    row.seconds, row.note = entry.seconds, entry.note
    row.revision, row.removed = entry.revision, entry.removed
    row.save()
    touch(job.pk)
    return receipt(wire.Outcome.STORED)


def as_sent(row: OtherHours) -> wire.OtherHours:
    """Return the stored entry as its maker would send it."""
    return wire.OtherHours(
        id=row.entry,
        job=row.job_id,
        week_start=row.week_start,
        seconds=row.seconds,
        note=row.note,
        revision=row.revision,
        removed=row.removed,
    )


def _refusal(entry: wire.OtherHours, row: OtherHours | None, job: Job, now: int) -> Problem | None:
    """Return why the entry can't be stored as it is, or None."""
    if row is not None and row.timesheet_id is not None:
        return _problem(
            "submitted",
            _("They stand on a timesheet that was submitted, and can't be changed any more."),
            _("Enter further time as a new entry; talk to the client about what is wrong in this one."),
        )
    if row is not None and row.week_start != entry.week_start:
        return _bad_week(_("An entry can't move to another week."))
    if row is None and entry.removed:
        # As many hours as its first word may have had: what matters is whether that one can still be taken.
        entry = msgspec.structs.replace(entry, seconds=1)
    elif entry.removed:
        return None
    if row is not None and row.removed:
        return _problem("removed", _("This entry was deleted on another screen."), _("Enter the time anew."))
    return _week_refusal(entry, job, now) or (_crowd_refusal(entry) if row is None else None)


def _week_refusal(entry: wire.OtherHours, job: Job, now: int) -> Problem | None:
    week = entry.week_start
    if week > now:
        return Problem(
            "ahead_of_server",
            _("Other hours not accepted"),
            _("The week has not begun by the marketplace's clock. They are kept and sent again."),
            _("Check the date and the time of this computer."),
            retryable=True,
        )
    if weeks.week_of(week) != week:
        return _bad_week(_("No work week begins at second %(second)d.") % {"second": week})
    if week < weeks.week_of(job.started_at):
        return _bad_week(_("The week is before the job's first one."))
    if job.ended_at is not None and week > weeks.week_of(job.ended_at):
        return _bad_week(_("The week is after the job's last one."))
    if entry.seconds > most_s(week):
        return _problem(
            "bad_hours",
            _("The week has %(hours)d hours; an entry can't have more.") % {"hours": most_s(week) // 3600},
            _("Enter fewer hours."),
        )
    return None


def _crowd_refusal(entry: wire.OtherHours) -> Problem | None:
    if OtherHours.objects.filter(job=entry.job, week_start=entry.week_start).count() < MAX_ENTRIES:
        return None
    return _problem(
        "too_many_hours",
        _("The week has %(count)d entries already, which is as many as there can be.") % {"count": MAX_ENTRIES},
        _("Change one of the entries that are there."),
    )


def _unknown_job() -> Problem:
    """Return the one answer for a job, or an entry, that is not there and one that is not the sender's."""
    return Problem(
        "unknown_job",
        _("No such job"),
        _("There is no such job, or you are not its freelancer."),
        _("Choose one of the jobs in your list."),
    )


def _bad_week(message: str) -> Problem:
    return _problem("bad_week", message, _("Choose a week of the job."))


def _problem(code: str, message: str, action: str) -> Problem:
    return Problem(code, _("Other hours not accepted"), message, action)
