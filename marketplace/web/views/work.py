"""The Work View page, and what has changed on it since a browser looked last."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import role_of, terms_for
from marketplace.web import words
from marketplace.web.views.common import (
    asked_job,
    asked_week,
    only_reads,
    part_html,
    parts_answer,
    person_page,
    signed_in,
)
from marketplace.web.workdata import work_page
from marketplace.web.workhead import Part, changed_parts, parse_have
from marketplace.web.zone import viewer_zone
from worktime import weeks

_PARTS = ("ready", "totals", "protection", "strip", "days", "hours", "live")


@only_reads
@person_page
def work(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Show a job's ET week to its client (who can reject) or its freelancer (who can look)."""
    job, now = asked_job(request, job_id), clock.second()
    start, this_week = asked_week(request, now), weeks.week_of(now)
    viewer, zone = signed_in(request), viewer_zone(request)
    page = work_page(job, start, viewer, zone)
    # Escaped by Jinja2 where they were printed.
    parts = {name: mark_safe(part_html(page, Part(name), oob=False)) for name in _PARTS}  # noqa: S308
    first = weeks.week_of(job.started_at)
    context = {
        "job": job,
        "parts": parts,
        "week_name": words.week_name(start, weeks.week_end(start)),
        "previous_week": weeks.previous_week(start) if start > first else None,
        "next_week": weeks.next_week(start) if start < this_week else None,
        "is_this_week": start == this_week,
        "terms": terms_words(job, start),
        "is_client": role_of(viewer, job) == "client",
        "deadline": words.last_minute_et(weeks.review_end(start), weeks.zone(zone)),
        "freelancer_name": job.freelancer.shown_name,
    }
    return render(request, "web/work.html", context)


def terms_words(job: Job, week_start: int) -> str:
    """Return rate and authorized hours of the week: "30.00 USD an hour, 30 h a week authorized"."""
    terms = terms_for(job, week_start)
    return _("{rate} an hour, {hours} a week authorized").format(
        rate=words.money(terms.rate_minor, job.currency), hours=words.duration(terms.authorized_s)
    )


@only_reads
@person_page
def changes(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Answer 204 while the job's change counter stands at ``since``, else the parts that the browser lacks."""
    job = asked_job(request, job_id)
    if request.GET.get("since") == str(job.change_counter):
        return HttpResponse(status=204)
    page = work_page(job, asked_week(request, clock.second()), signed_in(request), viewer_zone(request))
    answer = parts_answer(page, changed_parts(page, parse_have(request.GET.get("have", ""))))
    answer.write(part_html(page, Part("live"), oob=False))
    return answer
