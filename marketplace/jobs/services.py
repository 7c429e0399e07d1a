"""Writes to jobs: a new job, new terms, whether input is counted, the change counter."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.jobs.models import Job, Terms
from marketplace.jobs.selectors import role_of
from worktime.errors import failure
from worktime.weeks import week_of


@transaction.atomic
def create_job(
    *,
    title: str,
    client: User,
    freelancer: User,
    currency: str,
    rate_minor: int,
    authorized_s: int,
    started_at: int,
    work_view: bool = True,
) -> Job:
    """Start a job at the second ``started_at`` with its first terms. Raises IntegrityError for impossible values."""
    job = Job.objects.create(
        title=title, client=client, freelancer=freelancer, currency=currency, started_at=started_at, work_view=work_view
    )
    set_terms(job=job, from_week=week_of(started_at), rate_minor=rate_minor, authorized_s=authorized_s)
    return job


@transaction.atomic
def set_terms(*, job: Job, from_week: int, rate_minor: int, authorized_s: int) -> Terms:
    """Store the terms that hold from the work week ``from_week`` on."""
    terms, _made = Terms.objects.update_or_create(
        job=job, from_week=from_week, defaults={"rate_minor": rate_minor, "authorized_s": authorized_s}
    )
    touch(job.pk)
    return terms


@transaction.atomic
def set_input_counts(*, job: Job, by: User, on: bool) -> bool:
    """Switch the client's half of counting keys and clicks (rules.md, Tracking 9); tell whether that changed anything.

    Raises FairhourError unless ``by`` is the job's client.
    """
    if role_of(by, job) != "client":
        raise failure(
            "not_the_client",
            _("Not changed"),
            _("Only the job's client can ask for counts of keys and clicks."),
            _("Whether yours are counted is switched in the tracker."),
        )
    return _switch(job, "input_counts", on=on)


@transaction.atomic
def set_redaction_protects(*, job: Job, by: User, on: bool) -> bool:
    """Let screenshots with hidden areas protect their time, or no longer; tell whether that changed anything.

    It holds for screenshots that are announced from then on (rules.md, Protection 3). Raises FairhourError unless
    ``by`` is the job's client.
    """
    if role_of(by, job) != "client":
        raise failure(
            "not_the_client",
            _("Not changed"),
            _("Only the job's client can say what a screenshot with hidden areas protects."),
            _("Write to your client in the workroom."),
        )
    return _switch(job, "redaction_protects", on=on)


def _switch(job: Job, field: str, *, on: bool) -> bool:
    changed = Job.objects.select_for_update().get(pk=job.pk)
    if getattr(changed, field) == on:
        return False
    setattr(changed, field, on)
    changed.save(update_fields=[field])
    touch(job.pk)
    return True


def touch(*job_ids: UUID) -> None:
    """Move the change counters of jobs, in the caller's transaction: something that their pages show has changed."""
    if job_ids:
        Job.objects.filter(pk__in=_sorted(job_ids)).update(change_counter=F("change_counter") + 1)


def _sorted(job_ids: Iterable[UUID]) -> list[UUID]:
    return sorted(set(job_ids))
