"""Opening timesheets as weeks begin, and submitting them when they are due. Run by the marketplace's tick.

Looks at state alone, so a server that was down catches up by itself, and every step can run twice without harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext as _

from marketplace.foundation.one_by_one import one_by_one
from marketplace.foundation.transactions import serializable
from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.timesheets.entries import hold_entries, is_held
from marketplace.timesheets.models import Frozen, Line, State, Timesheet
from marketplace.timesheets.other_hours import hold_hours, waiting_hours
from marketplace.timesheets.selectors import late_segments, stands_on
from marketplace.timesheets.words import duration, moment, money
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from worktime import weeks
from worktime.timesheet import Line as TimesheetLine

_SHORTEST_WEEK_S = 167 * 3600


def open_timesheet(job: Job, week_start: int) -> Timesheet:
    """Return the job's timesheet of the week, made when it is first needed."""
    return Timesheet.objects.get_or_create(job=job, week_start=week_start, defaults=_due_times(week_start))[0]


def open_weeks(now: int) -> int:
    """Make the rows of every week that has begun by ``now`` while its job was in progress; return how many.

    Each job always has an open timesheet for the week that runs, so late time has somewhere to go.
    """
    current = weeks.week_of(now)
    jobs = Job.objects.filter(started_at__lte=now).annotate(last=Max("timesheets__week_start"))
    behind = jobs.filter(Q(last__isnull=True) | Q(last__lt=current)).filter(
        Q(ended_at__isnull=True) | Q(last__isnull=True) | Q(ended_at__gte=F("last") + _SHORTEST_WEEK_S)
    )

    def open_for(job: Job, last: int | None) -> int:
        rows = [Timesheet(job=job, week_start=week, **_due_times(week)) for week in _weeks_of(job, last, current)]
        return len(Timesheet.objects.bulk_create(rows, ignore_conflicts=True))

    return one_by_one(
        behind, lambda job: open_for(job, job.last), "could not open the weeks of job %s", name=lambda job: job.pk
    )


def open_closing(now: int) -> int:
    """Open a closing timesheet for each ended job to which time has come too late; return how many were opened.

    It is the current week's, with a submission and a review of its own (rules.md, Timesheets 2).
    """
    current = weeks.week_of(now)
    open_rows = Timesheet.objects.filter(job=OuterRef("pk"), state=State.OPEN)
    late = Exists(late_segments(OuterRef("pk"))) | Exists(waiting_hours().filter(job=OuterRef("pk")))
    ended = Job.objects.filter(late, ~Exists(open_rows), ended_at__lt=current)
    return one_by_one(
        ended,
        lambda job: _open_closing(job, current, now),
        "could not open the closing timesheet of job %s",
        name=lambda job: job.pk,
    )


def _open_closing(job: Job, week: int, now: int) -> bool:
    standing = stands_on(job, week, None, now=now)
    tracked = any(is_held(part) for _, parts in standing.late for part in parts)
    if not (tracked or any(each.entries for each in standing.hours)):
        return False
    return open_timesheet(job, week).state == State.OPEN


def submit_due(now: int) -> int:
    """Submit every open timesheet that is due at ``now``, oldest week first; return how many were submitted.

    One that can't be submitted is logged and does not hold up the others.
    """
    open_weeks(now)
    open_closing(now)
    due = Timesheet.objects.filter(state=State.OPEN, submit_due__lte=now).order_by("week_start", "id")
    keys = list(due.values_list("pk", flat=True))
    return one_by_one(keys, lambda pk: _submit(pk, now), "could not submit timesheet %s")


@serializable
def _submit(pk: UUID, now: int) -> bool:
    """Freeze what has arrived and submit. False when another worker has the timesheet, or had it."""
    mine = Timesheet.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job")
    sheet = mine.filter(pk=pk, state=State.OPEN).first()
    if sheet is None:
        return False
    standing = stands_on(sheet.job, sheet.week_start, sheet, now=now, arrived_only=True)
    hold_entries(sheet, standing, now)
    hold_hours(sheet, standing.hours)
    freeze_lines(sheet, standing.lines, Frozen.SUBMISSION)
    sheet.state = State.SUBMITTED
    sheet.submitted_at = now
    sheet.review_ends = weeks.review_end_from(sheet.week_start, now)
    sheet.save(update_fields=["state", "submitted_at", "review_ends"])
    if standing.has_time:
        _tell(sheet, standing.lines, now)
    touch(sheet.job_id)
    return True


def freeze_lines(sheet: Timesheet, lines: tuple[TimesheetLine, ...], frozen: Frozen) -> None:
    """Store the lines as they stand at submission, or at the charge."""
    Line.objects.bulk_create(
        Line(
            timesheet=sheet,
            frozen=frozen,
            kind=line.kind,
            worked_week=line.worked_week,
            rate_minor=line.rate_minor,
            currency=sheet.job.currency,
            seconds=line.seconds,
            amount_minor=line.amount_minor,
        )
        for line in lines
    )


def _tell(sheet: Timesheet, lines: tuple[TimesheetLine, ...], now: int) -> None:
    job = sheet.job
    text = _(
        "The timesheet of the week from %(week)s was submitted: %(time)s, %(amount)s. "
        "It can be reviewed until %(end)s; what stands then is charged automatically."
    ) % {
        "week": moment(sheet.week_start, "date"),
        "time": duration(sum(line.seconds for line in lines)),
        "amount": money(sum(line.amount_minor for line in lines), job.currency),
        "end": moment(sheet.review_ends, "before"),
    }
    post_message(job=job, author=None, kind=MessageKind.SUBMITTED, text=text, now=now)
    subject = _("Timesheet submitted: %(job)s") % {"job": job.title}
    for person in (job.client, job.freelancer):
        queue_mail(to=person, subject=subject, text=text, key=f"submitted:{sheet.pk}:{person.pk}", now=now)


def _weeks_of(job: Job, last: int | None, current: int) -> Iterator[int]:
    week = weeks.week_of(job.started_at) if last is None else weeks.next_week(last)
    until = current if job.ended_at is None else min(current, weeks.week_of(job.ended_at))
    while week <= until:
        yield week
        week = weeks.next_week(week)


def _due_times(week_start: int) -> dict[str, int]:
    return {"submit_due": weeks.submit_due(week_start), "review_ends": weeks.review_end(week_start)}
