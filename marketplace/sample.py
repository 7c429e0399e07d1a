"""The sample's accounts, jobs and sign-in, to try the product out and for its checks. Installing twice does it once.

People are called by their role. The tracker's token is an ordinary one, made by the provider that makes all of them.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db import transaction

from marketplace.accounts.models import User
from marketplace.accounts.provider import CLIENT_ID, issue_refresh_token
from marketplace.foundation import clock
from marketplace.foundation.keys import write_private
from marketplace.jobs.models import Job
from marketplace.jobs.services import create_job
from worktime.errors import failure
from worktime.weeks import previous_week, week_of

FREELANCER = "freelancer@example.test"
CLIENT = "client@example.test"
STAFF = "staff@example.test"
PASSWORD = "fairhour-sample"  # noqa: S105 - dev.py prints it; these accounts are made by the sample command only
ADDRESSES = (FREELANCER, CLIENT, STAFF)
ROOMS_WITH_SAMPLES = ("workroom", "timesheets", "billing", "disputes")


class SampleJob(NamedTuple):
    """What a sample job is made of."""

    title: str
    rate_minor: int
    authorized_h: int


JOBS = (SampleJob("Website redesign", 3000, 30), SampleJob("Data import", 4500, 10))


@transaction.atomic
def install() -> tuple[Job, ...]:
    """Make what is missing of the sample accounts, jobs and payment methods; return the jobs.

    The jobs begin with the week before the clock's, so that an hour of last week can be recorded too.
    """
    freelancer = _person(FREELANCER, "Sample freelancer")
    client = _person(CLIENT, "Sample client")
    _person(STAFF, "Sample staff", is_staff=True)
    jobs = tuple(_job(sample, client, freelancer) for sample in JOBS)
    for room in ROOMS_WITH_SAMPLES:
        if find_spec(f"marketplace.{room}.sample"):
            import_module(f"marketplace.{room}.sample").install(now=clock.second(), jobs=jobs)
    return jobs


def write_token(*, email: str, path: Path, server: str) -> None:
    """Write a new refresh token for a sample account into a new 0600 file. Raises FairhourError when it is there."""
    token = issue_refresh_token(user=User.objects.get(email=email))
    try:
        write_private(path, json.dumps({"server": server, "client_id": CLIENT_ID, "refresh_token": token}))
    except FileExistsError as error:
        raise failure(
            "token_file_exists",
            "Token file exists",
            f"{path} is there already and may hold a token that was not fetched yet.",
            "Remove it, or name another file.",
        ) from error


def _person(email: str, name: str, *, is_staff: bool = False) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, name=name, is_staff=is_staff, is_superuser=is_staff)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _job(sample: SampleJob, client: User, freelancer: User) -> Job:
    job = Job.objects.filter(client=client, freelancer=freelancer, title=sample.title).first()
    return job or create_job(
        title=sample.title,
        client=client,
        freelancer=freelancer,
        currency="USD",
        rate_minor=sample.rate_minor,
        authorized_s=sample.authorized_h * 3600,
        started_at=previous_week(week_of(clock.second())),
    )
