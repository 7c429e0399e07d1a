"""Reading cases: staff see all of them, each side of a job those of its job."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseState
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import jobs_of

_RELATED = ("segment__job", "segment__job__client", "segment__job__freelancer", "reporter", "decided_by")


def cases_for(viewer: User) -> QuerySet[Case]:
    """Return what ``viewer`` may see, open cases first, oldest first: all for staff, else those of their own jobs."""
    cases = Case.objects.select_related(*_RELATED).order_by("-state", "opened_at", "id")
    return cases if viewer.is_staff else cases.filter(segment__job__in=jobs_of(viewer).order_by().values("pk"))


def cases_of(job: Job) -> QuerySet[Case]:
    """Return the cases of one job, newest first."""
    return Case.objects.select_related(*_RELATED).filter(segment__job=job).order_by("-opened_at", "-id")


def open_cases() -> QuerySet[Case]:
    """Return the cases that staff still have to decide, oldest first."""
    return Case.objects.select_related(*_RELATED).filter(state=CaseState.OPEN).order_by("opened_at", "id")
