"""The double-entry ledger: posting an act once, balances, and the check that everything agrees.

Each move takes an amount from one account (credit) to another (debit) of the same currency, so no posting can be out
of balance. A balance is debits less credits: what the marketplace owns is positive, what it owes is negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from marketplace.billing.models import Account, Charge, ChargeState, Move, Posting

BANK = "bank"
"""What the gateway has collected for the marketplace."""
SERVICE_FEES = "fees:service"
PROCESSING_FEES = "fees:processing"
CHARGE = "charge"
PAYOUT = "payout"


def job_account(job_id: UUID) -> str:
    """Return the code of the account through which a job's charges pass."""
    return f"job:{job_id}"


def freelancer_account(person_id: UUID) -> str:
    """Return the code of the account with what the marketplace owes a freelancer."""
    return f"freelancer:{person_id}"


@dataclass(frozen=True)
class Transfer:
    """An amount in minor units from the account ``credit`` to the account ``debit``; nothing moves when it is 0."""

    debit: str
    credit: str
    minor: int


def post(*, key: str, kind: str, subject: UUID, currency: str, transfers: tuple[Transfer, ...], now: int) -> Posting:
    """Record one act inside the caller's transaction; an act whose ``key`` is known is returned and not made again.

    Raises ValueError for a negative amount, or when the known act moved something else.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a posting belongs into the transaction of the act that it records")
    posting, made = Posting.objects.get_or_create(key=key, defaults={"kind": kind, "subject": subject, "at": now})
    wanted = [transfer for transfer in transfers if transfer.minor]
    if any(transfer.minor < 0 for transfer in wanted):
        raise ValueError(f"posting {key} moves a negative amount")
    if not made:
        if _moved(posting) != sorted((move.debit, move.credit, currency, move.minor) for move in wanted):
            raise ValueError(f"posting {key} was made before, with other amounts")
        return posting
    for transfer in wanted:
        Move.objects.create(
            posting=posting,
            debit=_account(transfer.debit, currency),
            credit=_account(transfer.credit, currency),
            minor=transfer.minor,
        )
    return posting


def balance(code: str, currency: str) -> int:
    """Return debits less credits of an account in minor units; 0 for an account that was never used."""
    debits = Move.objects.filter(debit__code=code, debit__currency=currency).aggregate(sum=Sum("minor"))["sum"] or 0
    credits = Move.objects.filter(credit__code=code, credit__currency=currency).aggregate(sum=Sum("minor"))["sum"] or 0
    return int(debits) - int(credits)


def verify_ledger() -> tuple[str, ...]:
    """Return what does not agree, in words for staff; empty when everything does.

    Checked: every account's balance adds up to zero in each currency, no move crosses currencies, every charge that
    succeeded was posted exactly once with its amount, nothing else was posted as a charge, and what passed through a
    job's account has left it.
    """
    faults = []
    codes = set(Account.objects.values_list("code", "currency"))
    for currency in sorted({currency for _, currency in codes}):
        if sum(balance(code, of) for code, of in codes if of == currency):
            faults.append(f"the accounts in {currency} do not add up to zero")
    for move in Move.objects.select_related("debit", "credit"):
        if move.debit.currency != move.credit.currency:
            faults.append(f"move {move.pk} crosses currencies")
    faults += [
        f"{code} keeps {balance(code, of)} {of}"
        for code, of in sorted(codes)
        if code[:4] == "job:" and balance(code, of)
    ]
    return (*faults, *_charge_faults())


def _charge_faults() -> list[str]:
    posted: dict[UUID, list[int]] = {}
    for posting in Posting.objects.filter(kind=CHARGE):
        posted.setdefault(posting.subject, []).append(sum(minor for *_, minor in _moved(posting)))
    faults = []
    for charge in Charge.objects.filter(state=ChargeState.SUCCEEDED):
        amounts = posted.pop(charge.timesheet_id, [])
        if amounts != [charge.amount_minor]:
            faults.append(f"timesheet {charge.timesheet_id} was charged {charge.amount_minor} and posted {amounts}")
    return faults + [f"timesheet {subject} was posted {amounts} and not charged" for subject, amounts in posted.items()]


def _moved(posting: Posting) -> list[tuple[str, str, str, int]]:
    return sorted(posting.moves.values_list("debit__code", "credit__code", "debit__currency", "minor"))


def _account(code: str, currency: str) -> Account:
    return Account.objects.get_or_create(code=code, currency=currency)[0]
