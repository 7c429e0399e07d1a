"""Payment methods and what follows from them: is the job Ready, and since when."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from marketplace.billing import sample
from marketplace.billing.models import PaymentMethod
from marketplace.billing.readiness import decide_for, refresh_due
from marketplace.billing.sandbox import GOOD_CARD
from marketplace.billing.selectors import methods_of, readiness
from marketplace.billing.services import add_method, make_backup, make_default, remove_method
from marketplace.jobs.models import Job
from marketplace.timesheets.models import ReadinessChange
from marketplace.timesheets.records import not_ready
from marketplace.timesheets.selectors import figures
from tests.marketplace.billing.support import card, paypal
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, WEEK, record
from worktime.errors import FairhourError
from worktime.readiness import MethodKind

pytestmark = pytest.mark.django_db


def unauthenticated(people: People) -> PaymentMethod:
    """A card that nobody authenticated."""
    return add_method(
        owner=people.client, kind=MethodKind.CARD, label="new", token=GOOD_CARD, authenticated=False, now=WEDNESDAY
    )


def test_a_job_without_a_method_is_not_ready(job: Job) -> None:
    assert readiness(job, WEDNESDAY) == (False, "There is no payment method that can be charged.")


def test_an_authenticated_card_makes_the_job_ready(people: People, job: Job) -> None:
    card(people.client)
    assert readiness(job, WEDNESDAY) == (True, "")


def test_a_balance_needs_a_backup(people: People, job: Job) -> None:
    balance = add_method(
        owner=people.client, kind=MethodKind.BALANCE, label="balance", token="b", authenticated=True, now=WEDNESDAY
    )
    make_default(method=balance, now=WEDNESDAY)
    assert decide_for(job, WEDNESDAY).reasons == ("no_backup_method",)
    assert readiness(job, WEDNESDAY)[1] == "The marketplace balance has no card or PayPal behind it."
    paypal(people.client)
    assert readiness(job, WEDNESDAY)[0]


def test_the_default_can_not_be_a_method_that_cannot_pay_while_a_job_runs(people: People, job: Job) -> None:
    method = unauthenticated(people)
    with pytest.raises(FairhourError) as refused:
        make_default(method=method, now=WEDNESDAY)
    assert refused.value.problem.code == "method_unusable"
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    make_default(method=method, now=WEDNESDAY)
    assert not readiness(job, WEDNESDAY)[0]


def test_the_default_is_not_its_own_backup_and_a_backup_must_be_able_to_pay(people: People, job: Job) -> None:
    for method in (card(people.client), unauthenticated(people)):
        with pytest.raises(FairhourError):
            make_backup(method=method, now=WEDNESDAY)


def test_a_removed_method_cannot_come_back(people: People, job: Job) -> None:
    method = card(people.client)
    remove_method(method=method, now=WEDNESDAY + 5)
    assert not readiness(job, WEDNESDAY + 5)[0]
    with pytest.raises(FairhourError):
        make_default(method=method, now=WEDNESDAY + 6)
    assert list(methods_of(people.client)) == []


def test_there_is_one_default_and_the_backup_that_becomes_it_leaves_its_place(people: People, job: Job) -> None:
    first, backup = card(people.client), paypal(people.client)
    make_default(method=backup, now=WEDNESDAY)
    assert list(methods_of(people.client)) == [backup, first]
    assert PaymentMethod.objects.filter(is_default=True).get() == backup
    assert not PaymentMethod.objects.filter(is_backup=True).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentMethod.objects.filter(pk=first.pk).update(is_default=True)


def test_history_says_when_the_job_was_ready(people: People, job: Job) -> None:
    refresh_due(WEDNESDAY)
    method = card(people.client, now=WEDNESDAY + 100)
    remove_method(method=method, now=WEDNESDAY + 200)
    assert list(ReadinessChange.objects.order_by("id").values_list("at", "ready", "reason")) == [
        (WEEK, False, "no_default_method"),
        (WEDNESDAY + 100, True, ""),
        (WEDNESDAY + 200, False, "no_default_method"),
    ]
    until = WEDNESDAY + 1000
    assert not_ready(job, until) == ((WEEK, WEDNESDAY + 100), (WEDNESDAY + 200, until))


def test_the_first_word_on_a_job_holds_from_its_start(people: People, job: Job) -> None:
    card(people.client)
    assert not_ready(job, WEDNESDAY) == ()
    refresh_due(WEDNESDAY + 1)
    assert ReadinessChange.objects.count() == 1


def test_a_job_of_which_nobody_has_said_that_it_is_ready_protects_nothing(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    assert dict(figures(job, WEEK, WEDNESDAY).unprotected) == {"not_ready": 720}
    card(people.client)
    assert figures(job, WEEK, WEDNESDAY).protected_s == 720


def test_an_expired_card_is_noticed_by_the_tick(people: People, job: Job) -> None:
    card(people.client, expires_at=WEDNESDAY + 50)
    refresh_due(WEDNESDAY + 49)
    assert ReadinessChange.objects.count() == 1
    refresh_due(WEDNESDAY + 50)
    assert ReadinessChange.objects.order_by("id").last() == ReadinessChange.objects.get(
        ready=False, at=WEDNESDAY + 50, reason="no_default_method"
    )


def test_the_samples_client_can_pay_and_is_given_methods_once(people: People, job: Job, other_job: Job) -> None:
    for _ in range(2):
        sample.install(WEDNESDAY, [job, other_job])
    assert [str(method) for method in methods_of(people.client)] == ["Card Sandbox 4242", "PayPal Sandbox"]
    assert readiness(job, WEDNESDAY) == readiness(other_job, WEDNESDAY) == (True, "")
