"""``GET /jobs`` and ``GET /jobs/{job}/weeks/{week}``: what the rooms below say, put together for the tracker."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from marketplace.accounts.models import User
from marketplace.api.describe import described
from marketplace.api.replies import reply
from marketplace.api.security import person_of
from marketplace.billing.selectors import charges_of, readiness
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import job_for, jobs_of, terms_for
from marketplace.timesheets.other_hours import hours_views
from marketplace.timesheets.selectors import figures
from marketplace.workview.selectors import tiles_of_week
from worktime import wire
from worktime.errors import failure
from worktime.weeks import week_of

router = Router()


@router.get("/jobs", openapi_extra=described("JobList"))
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs that the sender's tracker can record for: those they hold as freelancer and that have not ended."""
    person, now = person_of(request), clock.second()
    held = jobs_of(person).filter(freelancer=person, ended_at__isnull=True)
    # A job whose terms staff have yet to add can't be recorded for, and hides no other one.
    agreed = held.filter(terms__isnull=False).distinct()
    return reply(wire.JobList(now=now, person=person.shown_name, jobs=tuple(_job_view(job, now) for job in agreed)))


@router.get("/jobs/{uuid:job_id}/weeks/{int:week_start}", openapi_extra=described("WeekView"))
def week(request: HttpRequest, job_id: UUID, week_start: int) -> HttpResponse:
    """Show one work week of a job to its client or its freelancer: tiles, timesheet and charges."""
    return reply(week_view(person_of(request), job_id, week_start, clock.second()))


def week_view(viewer: User, job_id: UUID, week_start: int, now: int) -> wire.WeekView:
    """Return the week as it stands at ``now``. Raises FairhourError ``unknown_job`` or ``unknown_week``."""
    job = job_for(viewer, job_id)
    try:
        sheet = figures(job, week_start, now)
    except (ValueError, OverflowError) as error:
        raise failure(
            "unknown_week",
            _("No such work week"),
            _("No work week begins at second %(second)d.") % {"second": week_start},
            _("Ask for a Monday 00:00 in New York."),
        ) from error
    return wire.WeekView(
        now=now,
        job=job.pk,
        week_start=week_start,
        week_end=sheet.week_end,
        state=sheet.state.value,
        submits_at=sheet.submit_due,
        review_ends_at=sheet.review_ends,
        submitted_at=sheet.submitted_at,
        tracked_s=sheet.tracked_s,
        rejected_s=sheet.rejected_s,
        idle_s=sheet.idle_s,
        protected_s=sheet.protected_s,
        amount_minor=sheet.amount_minor,
        currency=sheet.currency,
        tiles=tuple(tile.view for tile in tiles_of_week(job, week_start)),
        charges=charges_of(job, week_start),
        other_s=sheet.other_s,
        other_hours=hours_views(job, week_start),
    )


def _job_view(job: Job, now: int) -> wire.JobView:
    week_start = week_of(now)
    sheet, terms = figures(job, week_start, now), terms_for(job, week_start)
    ready, why_not = readiness(job, now)
    return wire.JobView(
        id=job.pk,
        title=job.title,
        client=job.client.shown_name,
        currency=job.currency,
        rate_minor=terms.rate_minor,
        authorized_s=terms.authorized_s,
        work_view=job.work_view,
        input_counts=job.input_counts,
        redaction_protects=job.redaction_protects,
        ready=ready,
        not_ready_reason=why_not,
        week_start=week_start,
        week_tracked_s=sheet.tracked_s,
        week_other_s=sheet.other_s,
        started_at=job.started_at,
        protected_s=sheet.protected_s,
        submits_at=sheet.submit_due,
    )
