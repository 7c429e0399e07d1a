"""The sandbox's bank: a gateway that moves no real money and keeps its books in a SQLite file of its own.

Its own file, because a real gateway does not roll back when the marketplace's transaction does. Tokens that begin
with ``sandbox-declined`` are declined, other ``sandbox-`` tokens succeed, everything else is unknown and declined.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from marketplace.billing.gateway import GatewayDown, Payment, PaymentDiffers, PaymentState

GOOD_CARD = "sandbox-card"
GOOD_PAYPAL = "sandbox-paypal"
DECLINED_CARD = "sandbox-declined-card"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL, token TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', metadata TEXT NOT NULL
) STRICT
"""


class SandboxGateway:
    """The gateway of the sample and the tests; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create_payment(self, *, amount_minor: int, currency: str, metadata: Mapping[str, str]) -> str:
        """Create an unconfirmed payment and return its id. ValueError for an amount that is not positive."""
        if amount_minor <= 0:
            raise ValueError(f"a payment of {amount_minor} cannot be made")
        payment = f"pay_{uuid4().hex}"
        with self._books() as books:
            books.execute(
                "INSERT INTO payment (id, state, amount_minor, currency, metadata) VALUES (?, ?, ?, ?, ?)",
                (payment, PaymentState.UNCONFIRMED, amount_minor, currency, json.dumps(dict(metadata))),
            )
        return payment

    def confirm(self, payment: str, *, token: str) -> Payment:
        """Take the money once: a payment that has succeeded stays as it is, a declined one can be tried again."""
        with self._books() as books:
            standing = _read(books, payment)
            if standing.state is PaymentState.SUCCEEDED:
                return standing
            good = token.startswith("sandbox-") and not token.startswith("sandbox-declined")
            state = PaymentState.SUCCEEDED if good else PaymentState.DECLINED
            reason = "" if good else "The bank declined the payment."
            books.execute(
                "UPDATE payment SET state = ?, token = ?, reason = ? WHERE id = ?", (state, token, reason, payment)
            )
            return _read(books, payment)

    def lookup(self, payment: str) -> Payment:
        """Return the payment as it stands; PaymentDiffers when there is none of this id."""
        with self._books() as books:
            return _read(books, payment)

    def taken(self, **metadata: str) -> tuple[Payment, ...]:
        """Return every payment that took money and carries this metadata: the bank's statement."""
        with self._books() as books:
            rows = books.execute("SELECT id, metadata FROM payment WHERE state = ? ORDER BY rowid", ("succeeded",))
            wanted = metadata.items()
            return tuple(_read(books, row[0]) for row in rows.fetchall() if wanted <= json.loads(row[1]).items())

    @contextmanager
    def _books(self) -> Iterator[sqlite3.Connection]:
        """Open the books for one transaction that no other thread or process can be inside of."""
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None, timeout=30)) as books:
                books.execute("BEGIN IMMEDIATE")
                books.execute(_SCHEMA)
                yield books
                books.execute("COMMIT")
        except sqlite3.Error as error:
            raise GatewayDown(f"the sandbox's bank can't be reached: {error}") from error


def _read(books: sqlite3.Connection, payment: str) -> Payment:
    row = books.execute(
        "SELECT state, amount_minor, currency, token, reason FROM payment WHERE id = ?", (payment,)
    ).fetchone()
    if row is None:
        raise PaymentDiffers(f"the bank knows no payment {payment}")
    return Payment(payment, PaymentState(row[0]), row[1], row[2], row[3], row[4])


def bank() -> SandboxGateway:
    """Return the bank whose books lie in the marketplace's folder."""
    return SandboxGateway(Path(settings.HOME) / "bank.sqlite3")


def configured_gateway() -> SandboxGateway | None:
    """Return the gateway of this installation: the sandbox in the sample mode, none in earnest until there is one."""
    return bank() if settings.PAYMENT_GATEWAY == "sandbox" else None
