"""What the staff are asked to decide: the list of cases, the page of one, and its decision."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.disputes.assistance import decide
from marketplace.disputes.models import Case, CaseState
from marketplace.disputes.selectors import cases_for, decided_cases
from marketplace.disputes.services import MAX_DECISION, close
from marketplace.foundation import clock
from marketplace.web.casepage import case_page, listed
from marketplace.web.views.common import only_reads, page_of, person_page, reads_and_posts, signed_in
from marketplace.web.zone import viewer_zone
from worktime.errors import FairhourError, Problem

DECIDED_SHOWN = 20
"""Decided cases in the list."""


@only_reads
@person_page
def cases(request: HttpRequest) -> HttpResponseBase:
    """List to staff the open cases, oldest first, and those that were decided last."""
    staff, zone = _staff(request), viewer_zone(request)
    context = {
        "cases": [listed(case, zone) for case in cases_for(staff).filter(state=CaseState.OPEN)],
        "decided": [listed(case, zone) for case in decided_cases()[:DECIDED_SHOWN]],
    }
    return render(request, "web/cases.html", context)


@only_reads
@person_page
def case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show a case to staff, with what it takes to decide it."""
    return _page(request, *_asked(request, case_id))


@reads_and_posts
@person_page
def close_case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Close a report with what the staff decided; both sides are told."""
    staff, found = _asked(request, case_id)

    def act(decision: str) -> None:
        close(case=found, by=staff, decision=decision, now=clock.second())

    return _done(request, found, act)


@reads_and_posts
@person_page
def decide_case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Uphold a rejection or restore its time; both sides are told."""
    staff, found = _asked(request, case_id)

    def act(decision: str) -> None:
        decide(case=found, by=staff, outcome=request.POST.get("outcome", ""), decision=decision, now=clock.second)

    return _done(request, found, act)


def _asked(request: HttpRequest, case_id: UUID) -> tuple[User, Case]:
    """Return the staff who ask and the case; others are refused before they learn whether there is one."""
    staff = _staff(request)
    return staff, get_object_or_404(cases_for(staff), pk=case_id)


def _staff(request: HttpRequest) -> User:
    person = signed_in(request)
    if not person.is_staff:
        raise PermissionDenied
    return person


def _done(request: HttpRequest, found: Case, act: Callable[[str], None]) -> HttpResponseBase:
    if request.method != "POST":
        return redirect(page_of(request))
    decision = request.POST.get("decision", "")
    try:
        act(decision)
    except FairhourError as error:
        # As it stands now: somebody else may have decided it.
        return _page(request, *_asked(request, found.pk), decision, error.problem)
    messages.success(request, _("Decided. Both sides are told what was decided."))
    return redirect("cases")


def _page(
    request: HttpRequest, staff: User, found: Case, draft: str = "", problem: Problem | None = None
) -> HttpResponseBase:
    shown = case_page(found, staff, viewer_zone(request))
    context = {"case": shown, "limit": MAX_DECISION, "draft": draft, "problem": problem}
    return render(request, "web/case.html", context, status=422 if problem else 200)
