"""Exactly one charge, whatever dies or times out on the way (docs/reliability.md, promise 5).

The same check first finds the wrong design: with a new payment for each try, timesheets are charged twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from marketplace.billing import charging, outcome
from marketplace.billing.gateway import Gateway, GatewayDown, Payment
from marketplace.billing.models import Charge, ChargeState
from marketplace.jobs.models import Job
from tests.marketplace.billing.support import (
    Crash,
    FaultyGateway,
    a_bank,
    assert_charged_once,
    card,
    charge_until_done,
    double_charges,
    random_faults,
    weeks_in_review,
    worked_week,
)
from tests.marketplace.conftest import People

pytestmark = pytest.mark.django_db

POINTS = ["before create", "after create", "before lookup", "before confirm", "after confirm"]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("fault", [GatewayDown("no answer"), Crash("killed")])
def test_one_charge_after_a_fault_at_each_step(
    people: People, job: Job, tmp_path: Path, point: str, fault: BaseException
) -> None:
    card(people.client)
    sheet, bank, waiting = worked_week(job), a_bank(tmp_path), [fault]
    gateway = FaultyGateway(bank, lambda at: waiting.pop() if at == point and waiting else None)
    charge_until_done(gateway)
    assert not waiting
    assert_charged_once(bank, [sheet])


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_charge_after_dying_around_the_booking(
    people: People, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    card(people.client)
    sheet, bank, deaths = worked_week(job), a_bank(tmp_path), [Crash("killed")]
    book = outcome.succeed

    def dying(pk: object, payment: Payment, now: int) -> bool:
        if deaths and when == "before":
            raise deaths.pop()
        done = book(pk, payment, now)  # type: ignore[arg-type]
        if deaths:
            raise deaths.pop()
        return done

    monkeypatch.setattr(outcome, "succeed", dying)
    charge_until_done(bank)
    assert not deaths
    assert_charged_once(bank, [sheet])


def test_one_charge_each_under_many_random_faults(people: People, tmp_path: Path) -> None:
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 25), a_bank(tmp_path)
    charge_until_done(FaultyGateway(bank, random_faults(seed=20261121, share=0.3)))
    assert_charged_once(bank, sheets)


def test_the_check_finds_a_design_that_makes_a_new_payment_for_each_try(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anew(charge: Charge, gateway: Gateway) -> Payment:
        Charge.objects.filter(pk=charge.pk).update(payment="", state=ChargeState.CREATED)
        charge.payment = ""
        return kept(charge, gateway)

    kept = charging._stored_payment
    monkeypatch.setattr(charging, "_stored_payment", anew)
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 25), a_bank(tmp_path)
    charge_until_done(FaultyGateway(bank, random_faults(seed=20261121, share=0.3)))
    assert double_charges(bank)
    with pytest.raises(AssertionError):
        assert_charged_once(bank, sheets)
