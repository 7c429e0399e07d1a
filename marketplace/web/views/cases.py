"""What was reported to the staff, and closing it with a decision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseKind, CaseState
from marketplace.disputes.selectors import cases_for
from marketplace.disputes.services import MAX_DECISION, close
from marketplace.foundation import clock
from marketplace.web import words
from marketplace.web.views.common import only_reads, page_of, person_page, reads_and_posts, signed_in
from marketplace.web.zone import viewer_zone
from worktime import weeks
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_start


@dataclass(frozen=True)
class Shown:
    """A case as it is printed."""

    id: UUID
    title: str
    facts: str
    reason: str
    segment: UUID


@only_reads
@person_page
def cases(request: HttpRequest) -> HttpResponseBase:
    """List the open cases to staff."""
    return _page(request, _staff(request))


@reads_and_posts
@person_page
def close_case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Close a case with what the staff decided; both sides are told."""
    staff = _staff(request)
    if request.method != "POST":
        return redirect(page_of(request))
    case = get_object_or_404(Case, pk=case_id)
    try:
        close(case=case, by=staff, decision=request.POST.get("decision", ""), now=clock.second())
    except FairhourError as error:
        return _page(request, staff, error.problem)
    messages.success(request, _("Closed. Both sides are told what was decided."))
    return redirect("cases")


def _staff(request: HttpRequest) -> User:
    person = signed_in(request)
    if not person.is_staff:
        raise PermissionDenied
    return person


def _page(request: HttpRequest, staff: User, problem: Problem | None = None) -> HttpResponseBase:
    zone = viewer_zone(request)
    found = [_shown(case, zone) for case in cases_for(staff).filter(state=CaseState.OPEN)]
    context = {"cases": found, "limit": MAX_DECISION, "problem": problem}
    return render(request, "web/cases.html", context, status=422 if problem else 200)


def _shown(case: Case, zone: str) -> Shown:
    tz = weeks.zone(zone)
    facts = _("{job}, {client} and {freelancer}. Reported by {who}, {when}, about the tile of {slot}.").format(
        job=case.segment.job.title,
        client=case.segment.job.client.shown_name,
        freelancer=case.segment.job.freelancer.shown_name,
        who=case.reporter.shown_name,
        when=words.moment(case.opened_at, tz),
        slot=words.moment(slot_start(case.segment.slot), tz),
    )
    return Shown(case.pk, str(CaseKind(case.kind).label), facts, case.reason, case.segment_id)
