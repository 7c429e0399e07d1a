"""The first page: a person's jobs with what matters of each this week; staff see how many cases wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.billing.selectors import readiness
from marketplace.disputes.models import CaseState
from marketplace.disputes.selectors import cases_for
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import jobs_of, role_of
from marketplace.timesheets.models import State
from marketplace.timesheets.selectors import figures
from marketplace.web import words
from marketplace.web.views.common import only_reads, person_page, signed_in
from marketplace.web.views.work import terms_words
from marketplace.web.zone import viewer_zone
from worktime import weeks
from worktime.errors import FairhourError, Problem


@dataclass(frozen=True)
class Row:
    """One job in the list. Seconds, and minor units of the job's currency."""

    job: Job
    who: str
    terms: str
    ready: bool
    not_ready_reason: str
    total_s: int
    amount_minor: int
    deadline: str


@dataclass(frozen=True)
class BrokenRow:
    """A job that can't be shown: its problem, and no figures. The others are shown all the same."""

    job: Job
    who: str
    problem: Problem


@only_reads
@person_page
def dashboard(request: HttpRequest) -> HttpResponseBase:
    """List the jobs of whoever is signed in."""
    viewer, now, zone = signed_in(request), clock.second(), viewer_zone(request)
    context = {
        "jobs": [_row(job, viewer, now, zone) for job in jobs_of(viewer)],
        "open_cases": cases_for(viewer).filter(state=CaseState.OPEN).count() if viewer.is_staff else 0,
    }
    return render(request, "web/dashboard.html", context)


def _row(job: Job, viewer: User, now: int, zone: str) -> Row | BrokenRow:
    if role_of(viewer, job) == "client":
        who = _("{name} works for you").format(name=job.freelancer.shown_name)
    else:
        who = _("You work for {name}").format(name=job.client.shown_name)
    try:
        return _whole_row(job, who, now, zone)
    except FairhourError as error:
        return BrokenRow(job, who, error.problem)


def _whole_row(job: Job, who: str, now: int, zone: str) -> Row:
    week = weeks.week_of(now)
    found = figures(job, week, now)
    ready, reason = readiness(job, now)
    return Row(
        job=job,
        who=who,
        terms=terms_words(job, week),
        ready=ready,
        not_ready_reason=reason,
        total_s=found.tracked_s + found.other_s,
        amount_minor=found.amount_minor,
        deadline=_next_deadline(job, week, now, zone),
    )


def _next_deadline(job: Job, week: int, now: int, zone: str) -> str:
    """Name what comes next: the review of the week before while it runs, else this week's submission."""
    before = figures(job, weeks.previous_week(week), now) if job.started_at < week else None
    if (
        before
        and before.state in (State.OPEN, State.SUBMITTED)
        and now < before.review_ends
        and before.tracked_s + before.other_s
    ):
        return _("{duration} of last week are in review until {moment}").format(
            duration=words.duration(before.tracked_s + before.other_s),
            moment=words.last_minute_et(before.review_ends, weeks.zone(zone)),
        )
    return _("This week submits {moment}").format(moment=words.moment_et(weeks.submit_due(week), weeks.zone(zone)))
