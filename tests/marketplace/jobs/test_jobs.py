"""Jobs: who is who in them, which terms hold when, and what the database refuses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from marketplace.accounts.models import User
from marketplace.jobs.models import Job, Terms
from marketplace.jobs.selectors import job_for, jobs_of, role_of, terms_for
from marketplace.jobs.services import create_job, set_input_counts, set_redaction_protects, set_terms, touch
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


def test_a_job_without_terms_is_a_clear_error(job: Job) -> None:
    Terms.objects.all().delete()
    with pytest.raises(FairhourError, match="no_terms"):
        terms_for(job, WEEK)


def test_staff_can_make_no_job_without_terms(people: People) -> None:
    people.staff.is_superuser = True
    people.staff.save()
    staff = Client()
    staff.force_login(people.staff)
    form = {
        "title": "Website redesign",
        "client": str(people.client.pk),
        "freelancer": str(people.freelancer.pk),
        "currency": "USD",
        "work_view": "on",
        "started_at": str(WEEK),
        "terms-TOTAL_FORMS": "1",
        "terms-INITIAL_FORMS": "0",
    }
    answer = staff.post("/admin/jobs/job/add/", form)
    assert (answer.status_code, Job.objects.count()) == (200, 0)
    assert "Please submit at least 1 form." in answer.content.decode()
    terms = {"terms-0-from_week": str(WEEK), "terms-0-rate_minor": "3000", "terms-0-authorized_s": "108000"}
    assert staff.post("/admin/jobs/job/add/", {**form, **terms}).status_code == 302
    assert terms_for(Job.objects.get(), WEEK).rate_minor == 3000


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


def test_only_the_client_asks_for_counts(people: People, job: Job) -> None:
    for person in (people.freelancer, people.other, people.stranger, people.staff):
        with pytest.raises(FairhourError, match="not_the_client"):
            set_input_counts(job=job, by=person, on=True)
    before = Job.objects.get(pk=job.pk)
    assert not before.input_counts, "off by default"
    assert set_input_counts(job=job, by=people.client, on=True)
    after = Job.objects.get(pk=job.pk)
    assert after.input_counts
    assert after.change_counter > before.change_counter, "pages and trackers see that it changed"
    assert not set_input_counts(job=job, by=people.client, on=True), "it stands so already"
    assert Job.history.filter(input_counts=True).count() == 1


def test_only_the_client_says_what_a_redacted_screenshot_protects(people: People, job: Job) -> None:
    for person in (people.freelancer, people.other, people.stranger, people.staff):
        with pytest.raises(FairhourError, match="not_the_client"):
            set_redaction_protects(job=job, by=person, on=True)
    assert not Job.objects.get(pk=job.pk).redaction_protects, "off by default"
    assert set_redaction_protects(job=job, by=people.client, on=True)
    assert not set_redaction_protects(job=job, by=people.client, on=True), "it stands so already"
    assert Job.objects.get(pk=job.pk).redaction_protects
    assert Job.history.filter(redaction_protects=True).count() == 1
