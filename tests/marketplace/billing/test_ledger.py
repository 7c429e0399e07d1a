"""The ledger: acts are posted once, rows cannot be changed or mixed, and the check finds what does not agree."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from marketplace.billing import ledger
from marketplace.billing.ledger import Transfer, balance, post, verify_ledger
from marketplace.billing.models import Account, Charge, Move, Posting
from marketplace.billing.sandbox import bank
from marketplace.billing.services import charge_due
from marketplace.jobs.models import Job
from tests.marketplace.billing.support import REVIEW_END, card, worked_week
from tests.marketplace.conftest import People

pytestmark = pytest.mark.django_db

SUBJECT = UUID(int=7)


def posted(key: str = "act", *transfers: Transfer, currency: str = "USD") -> Posting:
    """Post an act of one move unless others are given."""
    moves = transfers or (Transfer("bank", "freelancer:a", 500),)
    return post(key=key, kind="payout", subject=SUBJECT, currency=currency, transfers=moves, now=1)


def test_a_move_takes_from_one_account_and_gives_to_the_other() -> None:
    posted()
    assert (balance("bank", "USD"), balance("freelancer:a", "USD"), balance("nobody", "USD")) == (500, -500, 0)
    assert verify_ledger() == ()


def test_an_act_is_posted_once() -> None:
    assert posted() == posted()
    assert Move.objects.count() == 1


def test_an_act_cannot_be_posted_again_with_other_amounts() -> None:
    posted()
    with pytest.raises(ValueError, match="other amounts"):
        posted("act", Transfer("bank", "freelancer:a", 501))


def test_currencies_have_accounts_of_their_own() -> None:
    posted("dollars")
    posted("euros", Transfer("bank", "freelancer:a", 300), currency="EUR")
    assert (balance("bank", "USD"), balance("bank", "EUR")) == (500, 300)


def test_what_is_nothing_moves_nothing_and_a_negative_amount_is_refused() -> None:
    posted("nothing", Transfer("bank", "freelancer:a", 0))
    assert not Move.objects.exists()
    with pytest.raises(ValueError, match="negative"):
        posted("negative", Transfer("bank", "freelancer:a", -1))


@pytest.mark.django_db(transaction=True)
def test_a_posting_belongs_into_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        posted()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE billing_account SET currency = 'EUR'",
        "UPDATE billing_posting SET at = 2",
        "UPDATE billing_move SET minor = 1",
        "DELETE FROM billing_move",
        "DELETE FROM billing_posting",
        "DELETE FROM billing_account",
    ],
)
def test_the_ledger_can_be_neither_changed_nor_deleted(sql: str) -> None:
    posted()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert balance("bank", "USD") == 500


@pytest.mark.parametrize(
    ("debit", "credit", "minor", "why"),
    [
        (0, 1, 0, "move_is_positive"),
        (0, 1, -5, "move_is_positive"),
        (0, 0, 5, "move_has_two_accounts"),
        (0, 2, 5, "one currency"),
    ],
)
def test_the_database_refuses_a_move_that_cannot_be(debit: int, credit: int, minor: int, why: str) -> None:
    accounts = [
        Account.objects.create(code=code, currency=of) for code, of in (("a", "USD"), ("b", "USD"), ("c", "EUR"))
    ]
    posting = Posting.objects.create(key="k", kind="payout", subject=SUBJECT, at=1)
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        Move.objects.create(posting=posting, debit=accounts[debit], credit=accounts[credit], minor=minor)


@pytest.fixture
def charged(people: People, job: Job) -> Charge:
    """A week that was charged as it should be."""
    card(people.client)
    worked_week(job)
    charge_due(REVIEW_END, bank())
    assert verify_ledger() == ()
    return Charge.objects.get()


def test_the_check_finds_a_charge_that_was_booked_twice(charged: Charge) -> None:
    moves = (Transfer(ledger.BANK, ledger.job_account(charged.timesheet.job_id), charged.amount_minor),)
    post(key="again", kind="charge", subject=charged.timesheet_id, currency="USD", transfers=moves, now=1)
    faults = verify_ledger()
    assert any("was charged 600 and posted [600, 600]" in fault for fault in faults)
    assert any(fault.endswith("keeps -600 USD") for fault in faults)


def test_the_check_finds_a_booking_without_a_charge(charged: Charge) -> None:
    post(
        key="x", kind="charge", subject=uuid4(), currency="USD", transfers=(Transfer("bank", "freelancer:a", 1),), now=1
    )
    assert any("not charged" in fault for fault in verify_ledger())


def test_the_check_finds_a_charge_without_a_booking(charged: Charge) -> None:
    Charge.objects.filter(pk=charged.pk).update(amount_minor=601)
    assert any("was charged 601 and posted [600]" in fault for fault in verify_ledger())
