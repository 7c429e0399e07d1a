"""Opening timesheets as weeks begin, and submitting them when they are due. Run by the marketplace's tick.

Looks at state alone, so a server that was down catches up by itself, and every step can run twice without harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from marketplace.foundation.transactions import serializable
from marketplace.jobs.models import Job
from marketplace.jobs.services import touch
from marketplace.timesheets.figures import Worked
from marketplace.timesheets.models import Entry, Frozen, Line, State, Timesheet
from marketplace.timesheets.selectors import Standing, stands_on
from marketplace.timesheets.words import duration, moment, money
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from marketplace.workview.models import Segment
from worktime import weeks
from worktime.intervals import Interval, union
from worktime.slots import slot_of
from worktime.timesheet import Line as TimesheetLine
from worktime.timesheet import Part

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
    rows = [
        Timesheet(job=job, week_start=week, **_due_times(week))
        for job in behind
        for week in _weeks_of(job, job.last, current)
    ]
    return len(Timesheet.objects.bulk_create(rows, ignore_conflicts=True))


def submit_due(now: int) -> int:
    """Submit every open timesheet that is due at ``now``, oldest week first; return how many were submitted."""
    open_weeks(now)
    due = Timesheet.objects.filter(state=State.OPEN, submit_due__lte=now).order_by("week_start", "id")
    return sum(_submit(pk, now) for pk in list(due.values_list("pk", flat=True)))


@serializable
def _submit(pk: UUID, now: int) -> bool:
    """Freeze what has arrived and submit. False when another worker has the timesheet, or had it."""
    mine = Timesheet.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job")
    sheet = mine.filter(pk=pk, state=State.OPEN).first()
    if sheet is None:
        return False
    standing = stands_on(sheet.job, sheet.week_start, sheet, now=now, arrived_only=True)
    Entry.objects.bulk_create(_entries(sheet, standing, now))
    freeze_lines(sheet, standing.lines, Frozen.SUBMISSION)
    sheet.state = State.SUBMITTED
    sheet.submitted_at = now
    sheet.review_ends = review_end_for(sheet.week_start, now)
    sheet.save(update_fields=["state", "submitted_at", "review_ends"])
    if standing.own_parts or standing.late:
        _tell(sheet, standing.lines, now)
    touch(sheet.job_id)
    return True


def review_end_for(week_start: int, submitted_at: int) -> int:
    """Return when the review of a timesheet ends that is submitted at ``submitted_at``.

    The Saturday after the week's own Monday, also for an early submission; a marketplace that was down until after it
    gives the next Saturday instead, because every second gets a review (rules.md, Timesheets 1 and 2).
    """
    end = weeks.review_end(week_start)
    week = weeks.previous_week(weeks.week_of(submitted_at))
    while end <= submitted_at:
        end = weeks.review_end(week)
        week = weeks.next_week(week)
    return end


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


def _entries(sheet: Timesheet, standing: Standing, now: int) -> Iterator[Entry]:
    """Yield what the timesheet holds of each segment. One that has arrived with nothing to hold is noted as seen."""
    yield from _entries_of_week(sheet, standing.own, standing.own_parts, now)
    for worked, parts in standing.late:
        yield from _entries_of_week(sheet, worked, parts, now)


def _entries_of_week(sheet: Timesheet, worked: Worked, parts: tuple[Part, ...], now: int) -> Iterator[Entry]:
    held: dict[tuple[int, UUID], list[Interval]] = {}
    for part in parts:
        # What another device's interval took is not this timesheet's; what was rejected may be restored.
        if part.counts or part.reason == "rejected":
            held.setdefault((part.slot, part.device), []).append((part.start, part.end))
    end = weeks.week_end(worked.week_start)
    segments = Segment.objects.filter(
        job=sheet.job_id, slot__gte=slot_of(worked.week_start), slot__lt=slot_of(end), arrived_at__lte=now
    )
    own = worked.week_start == sheet.week_start
    for segment in segments:
        spans = union(held.get((segment.slot, segment.device), ()))
        if spans or own:
            yield Entry(timesheet=sheet, segment=segment, spans=[list(span) for span in spans])


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
