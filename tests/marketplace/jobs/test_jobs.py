"""Jobs: who is who in them, which terms hold when, and what the database refuses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.jobs.models import Job, Terms
from marketplace.jobs.selectors import job_for, jobs_of, role_of, terms_for
from marketplace.jobs.services import create_job, set_terms, touch
from tests.marketplace.conftest import People
from tests.marketplace.support import WEEK
from worktime.errors import FairhourError
from worktime.weeks import next_week, previous_week

pytestmark = pytest.mark.django_db


def test_roles_come_from_the_job_alone(people: People, job: Job) -> None:
    roles = {
        name: role_of(getattr(people, name), job) for name in ("client", "freelancer", "other", "stranger", "staff")
    }
    assert roles == {"client": "client", "freelancer": "freelancer", "other": None, "stranger": None, "staff": None}


def test_everyone_sees_their_own_jobs(people: People, job: Job, other_job: Job) -> None:
    assert set(jobs_of(people.client)) == {job, other_job}
    assert set(jobs_of(people.freelancer)) == {job}
    assert not jobs_of(people.staff).exists()


def test_a_foreign_job_and_one_that_is_not_there_are_the_same(people: People, job: Job) -> None:
    answers = []
    for job_id in (job.pk, uuid4()):
        with pytest.raises(FairhourError) as caught:
            job_for(people.stranger, job_id)
        answers.append(caught.value.problem)
    assert answers[0] == answers[1]


def test_terms_hold_from_their_week_until_later_ones(job: Job) -> None:
    later = set_terms(job=job, from_week=next_week(WEEK), rate_minor=4000, authorized_s=0)
    assert terms_for(job, WEEK).rate_minor == 3000
    assert terms_for(job, next_week(WEEK)) == later
    assert terms_for(job, next_week(next_week(WEEK))) == later
    assert terms_for(job, previous_week(WEEK)).rate_minor == 3000
    assert Terms.history.count() == 2


def test_the_counter_moves_once_for_each_touch(job: Job) -> None:
    before = Job.objects.get().change_counter
    touch(job.pk, job.pk)
    touch()
    assert Job.objects.get().change_counter == before + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"currency": "usd"},
        {"rate_minor": 0},
        {"authorized_s": 169 * 3600 + 1},
    ],
)
def test_impossible_jobs_are_refused_by_the_database(people: People, wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"currency": "USD", "rate_minor": 1, "authorized_s": 1, "started_at": WEEK}
    with pytest.raises(IntegrityError), transaction.atomic():
        create_job(title="x", client=people.client, freelancer=people.freelancer, **{**right, **wrong})


def test_nobody_works_for_themselves(people: People, job: Job) -> None:
    def hire_oneself(person: User) -> None:
        with transaction.atomic():
            Job.objects.update(client=person, freelancer=person)

    with pytest.raises(IntegrityError):
        hire_oneself(people.client)
