"""The sandbox's bank keeps the promise that the charge builds on: at most one confirmation of a payment succeeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from marketplace.billing.gateway import GatewayDown, PaymentDiffers, PaymentState
from marketplace.billing.sandbox import DECLINED_CARD, GOOD_CARD, GOOD_PAYPAL, SandboxGateway


@pytest.fixture
def books(tmp_path: Path) -> SandboxGateway:
    """A new bank."""
    return SandboxGateway(tmp_path / "bank.sqlite3")


def made(books: SandboxGateway, **metadata: str) -> str:
    """Create a payment of 24.00 USD."""
    return books.create_payment(amount_minor=2400, currency="USD", metadata=metadata)


def test_an_unconfirmed_payment_takes_nothing(books: SandboxGateway) -> None:
    assert books.lookup(made(books)).state is PaymentState.UNCONFIRMED
    assert books.taken() == ()


def test_a_payment_succeeds_once_and_stays_as_it_is(books: SandboxGateway) -> None:
    payment = made(books)
    first = books.confirm(payment, token=GOOD_CARD)
    assert (first.state, first.amount_minor, first.currency) == (PaymentState.SUCCEEDED, 2400, "USD")
    assert books.confirm(payment, token=GOOD_PAYPAL) == first
    assert books.confirm(payment, token=DECLINED_CARD) == first
    assert books.taken() == (first,)


@pytest.mark.parametrize("token", [DECLINED_CARD, "unknown", ""])
def test_a_declined_payment_says_why_and_can_be_tried_with_another_method(books: SandboxGateway, token: str) -> None:
    payment = made(books)
    declined = books.confirm(payment, token=token)
    assert (declined.state, declined.reason) == (PaymentState.DECLINED, "The bank declined the payment.")
    assert books.confirm(payment, token=GOOD_PAYPAL).state is PaymentState.SUCCEEDED


def test_the_statement_can_be_asked_by_what_was_noted(books: SandboxGateway) -> None:
    mine, other = made(books, timesheet="a"), made(books, timesheet="b")
    for payment in (mine, other):
        books.confirm(payment, token=GOOD_CARD)
    assert [payment.id for payment in books.taken(timesheet="a")] == [mine]
    assert len(books.taken()) == 2


def test_the_books_outlive_the_process(books: SandboxGateway, tmp_path: Path) -> None:
    payment = made(books)
    assert SandboxGateway(tmp_path / "bank.sqlite3").lookup(payment).amount_minor == 2400


def test_a_payment_that_is_not_known_is_no_payment(books: SandboxGateway) -> None:
    with pytest.raises(PaymentDiffers, match="pay_x"):
        books.lookup("pay_x")
    with pytest.raises(PaymentDiffers):
        books.confirm("pay_x", token=GOOD_CARD)


def test_nothing_cannot_be_paid(books: SandboxGateway) -> None:
    with pytest.raises(ValueError, match="cannot be made"):
        books.create_payment(amount_minor=0, currency="USD", metadata={})


def test_a_bank_without_its_books_is_down(tmp_path: Path) -> None:
    with pytest.raises(GatewayDown, match="can't be reached"):
        SandboxGateway(tmp_path / "nowhere" / "bank.sqlite3").lookup("x")
