"""What people do to a tile: reject it, take a rejection back, report it to the staff."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from marketplace.disputes.assistance import take_back as take_segment_back
from marketplace.foundation import clock
from marketplace.timesheets.services import reject as reject_segment
from marketplace.web.views.common import (
    Seen,
    asked_segment,
    page_of,
    parts_answer,
    person_page,
    reads_and_posts,
    signed_in,
)
from marketplace.web.workdata import work_page
from marketplace.web.workhead import changed_parts, parse_have
from marketplace.web.zone import viewer_zone
from worktime.errors import FairhourError


@reads_and_posts
@person_page
def reject(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Reject a tile with a reason: its time leaves the timesheet at once."""
    seen = asked_segment(request, segment_id)
    if request.method != "POST":
        return redirect(page_of(request))
    try:
        reject_segment(
            segment=seen.segment, by=signed_in(request), reason=request.POST.get("reason", ""), now=clock.second
        )
    except FairhourError as error:
        return _refused(request, error, "reject-problem")
    return _done(request, seen, _("Rejected. The time has left the timesheet and the freelancer is told why."))


@reads_and_posts
@person_page
def take_back(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Take a rejection back: the time stands on the timesheet again."""
    seen = asked_segment(request, segment_id)
    if request.method != "POST":
        return redirect(page_of(request))
    try:
        take_segment_back(segment=seen.segment, by=signed_in(request), now=clock.second)
    except FairhourError as error:
        return _refused(request, error, "act-problem")
    return _done(request, seen, _("Taken back. The time stands on the timesheet again."))


def _done(request: HttpRequest, seen: Seen, text: str) -> HttpResponseBase:
    if not getattr(request, "htmx", False):
        messages.success(request, text)
        return redirect(seen.week_url)
    page = work_page(seen.segment.job, seen.week_start, signed_in(request), viewer_zone(request))
    answer = parts_answer(page, changed_parts(page, parse_have(request.POST.get("have", ""))))
    return trigger_client_event(answer, "fairhour:judged")


def _refused(request: HttpRequest, error: FairhourError, place: str) -> HttpResponse:
    """Say why nothing was done, in the dialog or as a page. 409: the state of the world does not allow it."""
    if not getattr(request, "htmx", False):
        return render(request, "web/problem.html", {"problem": error.problem}, status=409)
    html = render_to_string("web/refusal.html", {"problem": error.problem, "place": place}, request=request)
    return HttpResponse(html, status=409)
