"""Reading cases: staff see all of them, each side of a job those of its job."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseKind, CaseState
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import jobs_of
from marketplace.workview.models import Rejection, Segment
from worktime.weeks import ASSISTANCE_S

_RELATED = ("segment__job", "segment__job__client", "segment__job__freelancer", "reporter", "decided_by", "rejection")


@dataclass(frozen=True)
class Assistance:
    """A segment's latest rejection, and the case about it, if assistance was asked for.

    ``ask_until``: the last second at which it can be. ``can_answer`` and ``can_ask`` say what its freelancer can do.
    """

    rejection: Rejection
    case: Case | None
    ask_until: int
    can_answer: bool
    can_ask: bool


def assistance_of(segment: Segment, now: int) -> Assistance | None:
    """Return how it stands at the second ``now`` with the segment's latest rejection; None where nothing is to be said.

    That is one that stands, or that was answered or asked about.
    """
    rejection = segment.rejections.order_by("-at", "-pk").first()
    if rejection is None:
        return None
    case = Case.objects.select_related("reporter", "decided_by").filter(rejection=rejection).first()
    stands = rejection.taken_back_at is None
    if not (stands or case or rejection.answer):
        return None
    until = rejection.at + ASSISTANCE_S
    return Assistance(
        rejection=rejection,
        case=case,
        ask_until=until,
        can_answer=stands and not rejection.answer and (case is None or case.state == CaseState.OPEN),
        can_ask=stands and case is None and now <= until,
    )


def asked_about(job: Job) -> frozenset[UUID]:
    """Return the segments of ``job`` about whose rejection staff were asked and have not decided."""
    asked = Case.objects.filter(segment__job=job, kind=CaseKind.ASSISTANCE, state=CaseState.OPEN)
    return frozenset(asked.values_list("segment_id", flat=True))


def cases_for(viewer: User) -> QuerySet[Case]:
    """Return what ``viewer`` may see, open cases first, oldest first: all for staff, else those of their own jobs."""
    cases = Case.objects.select_related(*_RELATED).order_by("-state", "opened_at", "id")
    return cases if viewer.is_staff else cases.filter(segment__job__in=jobs_of(viewer).order_by().values("pk"))


def cases_of(job: Job) -> QuerySet[Case]:
    """Return the cases of one job, newest first."""
    return Case.objects.select_related(*_RELATED).filter(segment__job=job).order_by("-opened_at", "-id")


def decided_cases() -> QuerySet[Case]:
    """Return the cases that are closed, the latest first."""
    return Case.objects.select_related(*_RELATED).filter(state=CaseState.CLOSED).order_by("-closed_at", "-id")


def open_cases() -> QuerySet[Case]:
    """Return the cases that staff still have to decide, oldest first."""
    return Case.objects.select_related(*_RELATED).filter(state=CaseState.OPEN).order_by("opened_at", "id")
