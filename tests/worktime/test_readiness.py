"""Ready and Not Ready: every combination of method, backup, failed payment and dispute."""

from __future__ import annotations

from itertools import product

import pytest

from worktime.readiness import (
    Method,
    MethodKind,
    Methods,
    NotReady,
    decide,
    may_become_default,
    may_turn_off_automatic_payment,
)

NOW = 1_800_000_000
CARD = Method(kind=MethodKind.CARD, authenticated=True, expires_at=NOW + 1)
PAYPAL = Method(kind=MethodKind.PAYPAL, authenticated=True)
BALANCE = Method(kind=MethodKind.BALANCE, authenticated=True)
EXPIRED = Method(kind=MethodKind.CARD, authenticated=True, expires_at=NOW)
REMOVED = Method(kind=MethodKind.CARD, authenticated=True, removed=True)
UNAUTHENTICATED = Method(kind=MethodKind.PAYPAL, authenticated=False)
USABLE = (CARD, PAYPAL, BALANCE)
UNUSABLE = (None, EXPIRED, REMOVED, UNAUTHENTICATED)


@pytest.mark.parametrize(("default", "backup"), list(product(USABLE + UNUSABLE, repeat=2)))
def test_methods(default: Method | None, backup: Method | None) -> None:
    reasons = decide(Methods(default, backup), False, False, NOW).reasons
    if default in UNUSABLE:
        assert reasons == (NotReady.NO_DEFAULT_METHOD,)
    elif default is BALANCE and backup not in (CARD, PAYPAL):
        assert reasons == (NotReady.NO_BACKUP_METHOD,)
    else:
        assert reasons == ()


@pytest.mark.parametrize(("dispute", "failed"), list(product((False, True), repeat=2)))
@pytest.mark.parametrize("default", [CARD, None])
def test_all_the_reasons_are_told(dispute: bool, failed: bool, default: Method | None) -> None:
    found = decide(Methods(default), dispute, failed, NOW)
    expected = [
        *([NotReady.NO_DEFAULT_METHOD] if default is None else []),
        *([NotReady.PAYMENT_FAILED] if failed else []),
        *([NotReady.DISPUTE_OPEN] if dispute else []),
    ]
    assert list(found.reasons) == expected
    assert found.ready is (not expected)


def test_a_card_is_usable_up_to_the_second_before_it_expires() -> None:
    assert CARD.usable(NOW)
    assert not CARD.usable(NOW + 1)


@pytest.mark.parametrize("method", [EXPIRED, REMOVED, UNAUTHENTICATED])
def test_with_a_job_in_progress_the_default_must_be_usable(method: Method) -> None:
    assert not may_become_default(method, job_in_progress=True, now=NOW)
    assert may_become_default(method, job_in_progress=False, now=NOW)
    assert may_become_default(CARD, job_in_progress=True, now=NOW)


def test_automatic_payment_stays_on_while_work_view_is_on() -> None:
    assert not may_turn_off_automatic_payment(work_view=True)
    assert may_turn_off_automatic_payment(work_view=False)
