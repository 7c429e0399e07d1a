"""Reads of jobs: which, for whom, at which terms. Every page and route asks here who the viewer is."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.jobs.models import Job, Terms
from worktime.errors import failure

Role = Literal["client", "freelancer"]


def role_of(user: User, job: Job) -> Role | None:
    """Return what ``user`` is in ``job``; None for everyone else, staff included."""
    if job.client_id == user.pk:
        return "client"
    if job.freelancer_id == user.pk:
        return "freelancer"
    return None


def jobs_of(user: User) -> QuerySet[Job]:
    """Return the jobs in which ``user`` is client or freelancer, oldest first."""
    return (
        Job.objects.filter(Q(client=user) | Q(freelancer=user))
        .select_related("client", "freelancer")
        .order_by("started_at", "id")
    )


def job_for(user: User, job_id: UUID) -> Job:
    """Return a job of ``user``. Raises FairhourError: the same for one that is not theirs and one that is not there."""
    job = jobs_of(user).filter(pk=job_id).first()
    if job is None:
        raise failure(
            "unknown_job",
            _("No such job"),
            _("There is no such job, or it is not one of yours."),
            _("Choose one of the jobs in your list."),
        )
    return job


def terms_for(job: Job, week_start: int) -> Terms:
    """Return the terms that hold in a work week: the latest that began by then, else the job's first.

    Raises FairhourError for a job without any, which neither ``create_job`` nor the admin pages make.
    """
    begun = job.terms.filter(from_week__lte=week_start).order_by("-from_week").first()
    terms = begun or job.terms.order_by("from_week").first()
    if terms is None:
        raise failure(
            "no_terms",
            _("Job without terms"),
            _("The job has neither a rate nor authorized hours, so nothing can be counted for it."),
            _("Ask the marketplace's staff to add them."),
        )
    return terms
