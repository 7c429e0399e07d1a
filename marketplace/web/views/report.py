"""Reporting a screenshot or a comment to the marketplace's staff."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.disputes.models import CaseKind
from marketplace.disputes.services import MAX_REASON
from marketplace.disputes.services import report as report_segment
from marketplace.foundation import clock
from marketplace.jobs.selectors import role_of
from marketplace.web import words
from marketplace.web.views.common import Seen, asked_segment, person_page, reads_and_posts, signed_in
from marketplace.web.zone import viewer_zone
from worktime import weeks
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_start


@reads_and_posts
@person_page
def report(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Ask what is wrong, and open the case."""
    seen, who = asked_segment(request, segment_id), signed_in(request)
    if request.method != "POST":
        return _page(request, seen)
    reason = request.POST.get("reason", "")
    kind = CaseKind.COMMENT if request.POST.get("kind") == CaseKind.COMMENT else CaseKind.SCREENSHOT
    try:
        report_segment(segment=seen.segment, by=who, kind=kind, reason=reason, now=clock.second())
    except FairhourError as error:
        return _page(request, seen, draft=reason, problem=error.problem)
    messages.success(request, _("Reported. The staff look at it and tell both sides what they decided."))
    return redirect(seen.week_url if role_of(who, seen.segment.job) else "cases")


def _page(request: HttpRequest, seen: Seen, draft: str = "", problem: Problem | None = None) -> HttpResponseBase:
    zone = weeks.zone(viewer_zone(request))
    context = {
        "job": seen.segment.job,
        "label": words.moment(slot_start(seen.segment.slot), zone),
        "has_comment": bool(seen.segment.comment),
        "limit": MAX_REASON,
        "draft": draft,
        "problem": problem,
        "back": seen.week_url,
    }
    return render(request, "web/report.html", context, status=422 if problem else 200)
