"""The automatic charge at the end of review: what is charged, with which method, and what follows when none pays."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import Settings

from marketplace.billing import ledger
from marketplace.billing.gateway import GatewayDown
from marketplace.billing.models import Attempt, Charge, ChargeState, Posting
from marketplace.billing.sandbox import DECLINED_CARD, SandboxGateway, bank
from marketplace.billing.selectors import charges_of, earned, readiness
from marketplace.billing.services import charge_due, make_default, remove_method
from marketplace.foundation import clock
from marketplace.jobs.models import Job, Terms
from marketplace.timesheets.models import State, Timesheet
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import open_weeks, reject, submit_due
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.models import Segment
from tests.marketplace.billing.support import (
    REVIEW_END,
    FaultyGateway,
    assert_charged_once,
    card,
    paypal,
    weeks_in_review,
    worked_week,
)
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, Api, record
from worktime import wire
from worktime.weeks import next_week, review_end
from worktime.weeks import submit_due as submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def books() -> SandboxGateway:
    """The bank of this test's folder, which ``charge_due`` uses by itself."""
    return bank()


def charges_over_api(people: People, job: Job) -> tuple[wire.ChargeView, ...]:
    """What the client is told of the week's charges."""
    answer = Api(people.client).get(f"/jobs/{job.pk}/weeks/{WEEK}")
    return wire.decode(answer.content, wire.WeekView).charges


def test_nothing_is_charged_before_review_ends(people: People, job: Job, books: SandboxGateway) -> None:
    card(people.client)
    sheet = worked_week(job)
    assert charge_due(REVIEW_END - 1) == 0
    assert books.taken() == ()
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED


def test_what_stands_when_review_ends_is_charged_once(people: People, job: Job, books: SandboxGateway) -> None:
    card(people.client)
    sheet = worked_week(job, slots=5)
    clock.step_to(REVIEW_END - 60)
    reject(segment=Segment.objects.get(slot=SLOT), by=people.client, reason="not this job", now=clock.second)
    assert charge_due(REVIEW_END) == 1
    assert charge_due(REVIEW_END + 15) == 0
    assert_charged_once(books, [sheet])
    (taken,) = books.taken()
    assert (taken.amount_minor, taken.currency) == (2400, "USD")
    (view,) = charges_of(job, WEEK)
    assert (view.amount_minor, view.state, view.at) == (2400, "succeeded", REVIEW_END)
    stands = figures(job, WEEK, REVIEW_END)
    assert (stands.state, stands.tracked_s, stands.amount_minor) == (State.CHARGED, 2880, 2400)
    assert stands.settled_at == REVIEW_END


def test_the_fees_come_off_and_the_rest_is_owed_to_the_freelancer(people: People, job: Job) -> None:
    card(people.client)
    worked_week(job, slots=5)
    charge_due(REVIEW_END)
    assert ledger.balance(ledger.BANK, "USD") == 3000
    assert -ledger.balance(ledger.SERVICE_FEES, "USD") == 180
    assert -ledger.balance(ledger.PROCESSING_FEES, "USD") == 82  # 82.5 to the even one
    assert earned(people.freelancer, "USD") == 2738
    assert ledger.balance(ledger.job_account(job.pk), "USD") == 0
    assert ledger.verify_ledger() == ()


def test_both_sides_are_told_of_a_charge(people: People, job: Job) -> None:
    card(people.client)
    worked_week(job)
    OutgoingMail.objects.all().delete()
    charge_due(REVIEW_END)
    text = Message.objects.get(kind=MessageKind.CHARGED).text
    assert text == "6.00 USD were charged for the week from Mon 16 Nov 2026."
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [people.client.email, people.freelancer.email]


def test_the_week_over_the_api_lists_what_the_ledger_booked(people: People, job: Job) -> None:
    card(people.client)
    sheet = worked_week(job)
    charge_due(REVIEW_END)
    # The row says otherwise; the ledger is what was paid.
    Charge.objects.update(amount_minor=1)
    assert [(charge.amount_minor, charge.state) for charge in charges_over_api(people, job)] == [(600, "succeeded")]
    # A second booking, which the check's planted bug makes, is seen and not hidden behind the one row.
    again = ledger.Transfer(ledger.BANK, ledger.job_account(job.pk), 600)
    with transaction.atomic():
        ledger.post(
            key="charge:again", kind=ledger.CHARGE, subject=sheet.pk, currency="USD", transfers=(again,), now=REVIEW_END
        )
    assert [charge.state for charge in charges_over_api(people, job)] == ["succeeded"] * 2


def test_the_week_over_the_api_lists_a_charge_that_failed(people: People, job: Job) -> None:
    card(people.client, DECLINED_CARD)
    worked_week(job)
    charge_due(REVIEW_END)
    assert [(charge.amount_minor, charge.state) for charge in charges_over_api(people, job)] == [(600, "failed")]


def test_a_timesheet_of_zero_is_closed_without_a_charge(people: People, job: Job, books: SandboxGateway) -> None:
    card(people.client)
    open_weeks(WEDNESDAY)
    submit_due(submission(WEEK))
    charge_due(REVIEW_END)
    sheet = Timesheet.objects.get(week_start=WEEK)
    assert (sheet.state, sheet.settled_at) == (State.CLOSED, REVIEW_END)
    assert not Charge.objects.exists()
    assert charges_of(job, WEEK) == ()
    assert books.taken() == ()


def test_a_declined_default_falls_back_to_the_backup(people: People, job: Job, books: SandboxGateway) -> None:
    default, backup = card(people.client, DECLINED_CARD), paypal(people.client)
    sheet = worked_week(job)
    assert charge_due(REVIEW_END) == 1
    assert_charged_once(books, [sheet])
    attempts = list(Attempt.objects.order_by("id").values_list("method", "succeeded"))
    assert attempts == [(default.pk, False), (backup.pk, True)]
    assert readiness(job, REVIEW_END) == (True, "")


def test_a_method_that_has_expired_is_not_tried(people: People, job: Job, books: SandboxGateway) -> None:
    card(people.client, expires_at=REVIEW_END)
    backup = paypal(people.client)
    sheet = worked_week(job)
    charge_due(REVIEW_END)
    assert_charged_once(books, [sheet])
    assert Attempt.objects.get().method == backup


def test_when_no_method_pays_the_job_is_not_ready_and_both_are_told(people: People, job: Job) -> None:
    card(people.client, DECLINED_CARD)
    sheet = worked_week(job)
    OutgoingMail.objects.all().delete()
    assert readiness(job, REVIEW_END - 1) == (True, "")
    charge_due(REVIEW_END)
    sheet.refresh_from_db()
    assert sheet.state == State.FAILED
    assert readiness(job, REVIEW_END) == (False, "The automatic payment of a timesheet failed.")
    text = Message.objects.get(kind=MessageKind.CHARGE_FAILED).text
    assert "Not Ready" in text
    assert "Sat 5 Dec 2026 00:00 ET" in text
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [people.client.email, people.freelancer.email]
    (view,) = charges_of(job, WEEK)
    assert view.state == "failed"
    assert not Posting.objects.exists()


def test_time_worked_while_not_ready_is_not_protected(people: People, job: Job) -> None:
    card(people.client, DECLINED_CARD)
    worked_week(job)
    charge_due(REVIEW_END)
    week = next_week(WEEK)
    record(people.freelancer, job, REVIEW_END // 720 - 5, number=900, now=REVIEW_END)
    record(people.freelancer, job, REVIEW_END // 720 + 5, number=901, now=REVIEW_END + 7200)
    stands = figures(job, week, REVIEW_END + 7200)
    assert (stands.protected_s, dict(stands.unprotected)) == (720, {"not_ready": 720})


def test_a_failed_charge_is_tried_again_on_the_next_saturday_only(
    people: People, job: Job, books: SandboxGateway
) -> None:
    declined = card(people.client, DECLINED_CARD)
    sheet = worked_week(job)
    charge_due(REVIEW_END)
    payment = Charge.objects.get().payment
    remove_method(method=declined, now=REVIEW_END + 60)
    card(people.client, now=REVIEW_END + 60)
    again = review_end(next_week(WEEK))
    assert charge_due(again - 1) == 0
    assert readiness(job, again - 1)[0] is False
    assert charge_due(again) == 1
    assert_charged_once(books, [sheet])
    assert Charge.objects.get().payment == payment
    assert readiness(job, again) == (True, "")
    assert [message.kind for message in Message.objects.order_by("id")][-2:] == ["charge_failed", "charged"]


def test_without_any_method_the_charge_fails_without_asking_the_bank(people: People, job: Job) -> None:
    worked_week(job)
    charge_due(REVIEW_END)
    charge = Charge.objects.get()
    assert (charge.state, charge.payment) == (ChargeState.FAILED, "")
    assert readiness(job, REVIEW_END)[1].startswith("There is no payment method")


def test_a_charge_that_failed_without_a_payment_gets_one_when_it_is_tried_again(
    people: People, job: Job, books: SandboxGateway
) -> None:
    sheet = worked_week(job)
    charge_due(REVIEW_END)
    card(people.client, now=REVIEW_END + 1)
    charge_due(review_end(next_week(WEEK)))
    assert_charged_once(books, [sheet])


def test_a_gateway_that_is_down_does_not_hold_up_the_others(people: People, books: SandboxGateway) -> None:
    card(people.client)
    first, second = weeks_in_review(people.client, 2)
    down = iter([GatewayDown("no answer")])
    assert charge_due(REVIEW_END, FaultyGateway(books, lambda _: next(down, None))) == 1
    assert sorted(Timesheet.objects.filter(week_start=WEEK).values_list("state", flat=True)) == ["charged", "charging"]
    assert charge_due(REVIEW_END + 15) == 1
    assert_charged_once(books, [first, second])


def test_a_payment_with_another_amount_is_not_booked(people: People, job: Job, books: SandboxGateway) -> None:
    card(people.client)
    sheet = worked_week(job)
    charge_due(REVIEW_END, FaultyGateway(books, lambda point: GatewayDown(point) if "lookup" in point else None))
    charge = Charge.objects.get()
    wrong = books.create_payment(amount_minor=1, currency="USD", metadata={"timesheet": str(sheet.pk)})
    Charge.objects.filter(pk=charge.pk).update(payment=wrong)
    assert charge_due(REVIEW_END + 15) == 0
    assert not Posting.objects.exists()
    sheet.refresh_from_db()
    assert sheet.state == State.CHARGING


def test_what_is_charged_is_frozen(people: People, job: Job) -> None:
    method = card(people.client)
    sheet = worked_week(job)
    charge_due(REVIEW_END)
    assert list(sheet.lines.order_by("id").values_list("frozen", "seconds", "amount_minor")) == [
        ("submission", 720, 600),
        ("charge", 720, 600),
    ]
    make_default(method=method, now=REVIEW_END)


def test_a_charge_that_cannot_begin_holds_up_no_other(
    people: People, books: SandboxGateway, caplog: pytest.LogCaptureFixture
) -> None:
    card(people.client)
    broken, whole = weeks_in_review(people.client, 2)
    Terms.objects.filter(job=broken.job).delete()
    assert charge_due(REVIEW_END) == 1
    assert_charged_once(books, [whole])
    broken.refresh_from_db()
    assert broken.state == State.SUBMITTED
    assert f"could not begin the charge of timesheet {broken.pk}" in caplog.text


def test_a_charge_that_fails_in_an_unknown_way_holds_up_no_other(
    people: People, books: SandboxGateway, caplog: pytest.LogCaptureFixture
) -> None:
    card(people.client)
    sheets = weeks_in_review(people.client, 2)
    faults = iter([ValueError("an answer that nobody understands")])
    gateway = FaultyGateway(books, lambda point: next(faults, None) if point == "before confirm" else None)
    assert charge_due(REVIEW_END, gateway) == 1
    failed = Charge.objects.exclude(state=ChargeState.SUCCEEDED).get()
    assert f"could not carry out charge {failed.pk}" in caplog.text
    assert charge_due(REVIEW_END + 121, gateway) == 1
    assert_charged_once(books, sheets)


def test_without_a_gateway_charges_wait_and_nothing_pretends_to_be_paid(
    people: People, job: Job, books: SandboxGateway, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    card(people.client)
    sheet = worked_week(job)
    settings.PAYMENT_GATEWAY = ""
    assert charge_due(REVIEW_END) == 0
    assert "no payment gateway is configured; charges that wait for one: 1" in caplog.text
    (charge,) = Charge.objects.all()
    assert (charge.state, charge.payment, Posting.objects.count(), books.taken()) == (ChargeState.CREATED, "", 0, ())
    settings.PAYMENT_GATEWAY = "sandbox"
    assert charge_due(REVIEW_END + 15) == 1
    assert_charged_once(books, [sheet])
