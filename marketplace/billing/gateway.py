"""The port to the payment gateway. An adapter fits it by shape: the sandbox's bank here, a real gateway later.

The protocol of a charge: create an UNCONFIRMED payment, store its id, then confirm it. A gateway lets at most one
confirmation of a payment succeed, so trying again with the stored id can never charge twice (reliability.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PaymentState(StrEnum):
    """What the gateway says about a payment."""

    UNCONFIRMED = "unconfirmed"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"


@dataclass(frozen=True)
class Payment:
    """A payment as the gateway knows it; ``token`` is the method that was tried last, ``reason`` why it declined."""

    id: str
    state: PaymentState
    amount_minor: int
    currency: str
    token: str = ""
    reason: str = ""


class GatewayError(Exception):
    """The charge can't go on for now. It keeps its payment; it is never a reason to make another one."""


class GatewayDown(GatewayError):  # noqa: N818 - says what happened
    """The gateway gave no answer: what was asked may have happened or not. Ask again; never guess."""


class PaymentDiffers(GatewayError):  # noqa: N818 - says what happened
    """The gateway does not know the payment, or knows it with another amount: a matter for staff."""


class Gateway(Protocol):
    """What a charge needs of a payment gateway. Every call may raise GatewayDown, before or after it had its effect."""

    def create_payment(self, *, amount_minor: int, currency: str, metadata: Mapping[str, str]) -> str:
        """Create an unconfirmed payment, which takes no money, and return its id."""
        ...

    def confirm(self, payment: str, *, token: str) -> Payment:
        """Take the money from the method ``token``; a payment that has succeeded is returned as it is."""
        ...

    def lookup(self, payment: str) -> Payment:
        """Return the payment as it stands; raises PaymentDiffers when there is none of this id."""
        ...
