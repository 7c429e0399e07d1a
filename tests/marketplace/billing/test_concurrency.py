"""Several workers and people at once, with real commits: one charge each, and a deadline that holds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connections

from marketplace.billing.models import Charge
from marketplace.billing.services import charge_due
from marketplace.foundation import clock
from marketplace.timesheets.models import Timesheet
from marketplace.timesheets.services import reject, submit_due
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.models import Rejection, Segment
from tests.marketplace.billing.support import (
    REVIEW_END,
    a_bank,
    assert_charged_once,
    card,
    charge_until_done,
    recorded_weeks,
    weeks_in_review,
)
from tests.marketplace.conftest import People
from tests.marketplace.support import WEEK
from worktime.errors import FairhourError
from worktime.weeks import submit_due as submission

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def together(*calls: Callable[[], T]) -> list[Future[T]]:
    """Run the calls in as many threads, let go at the same moment, and return their finished results."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        barrier.wait(timeout=20)
        return _closing(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [pool.submit(run, call) for call in calls]


def test_workers_that_charge_the_same_timesheets_charge_each_once(people: People, tmp_path: Path) -> None:
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 8), a_bank(tmp_path)
    ended = [future.result() for future in together(*[lambda: charge_due(REVIEW_END, bank)] * 4)]
    charge_until_done(bank, start=REVIEW_END + 1)
    assert sum(ended) <= 8
    assert_charged_once(bank, sheets)
    assert Message.objects.filter(kind=MessageKind.CHARGED).count() == 8


def test_workers_whose_claims_ran_out_still_charge_once(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.billing.charging.CLAIM_S", -1)
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 6), a_bank(tmp_path)
    for future in together(*[lambda: charge_due(REVIEW_END, bank)] * 4):
        future.result()
    charge_until_done(bank, start=REVIEW_END + 1)
    assert_charged_once(bank, sheets)


def test_workers_that_submit_the_same_timesheets_submit_each_once(people: People) -> None:
    sheets = len(recorded_weeks(people.client, 6))
    counts = [future.result() for future in together(*[lambda: submit_due(submission(WEEK))] * 4)]
    submit_due(submission(WEEK) + 1)
    assert sum(counts) <= sheets
    assert Message.objects.filter(kind=MessageKind.SUBMITTED).count() == sheets
    assert OutgoingMail.objects.count() == 2 * sheets


def test_two_clicks_at_once_reject_once(people: People) -> None:
    recorded_weeks(people.client, 1)
    segment = Segment.objects.select_related("job__client", "job__freelancer").get()
    clicks = together(
        *[lambda: reject(segment=segment, by=people.client, reason="twice", now=clock.second)] * 3,
    )
    assert len({future.result().pk for future in clicks}) == 1
    assert (Rejection.objects.count(), OutgoingMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("attempt", range(5))
def test_a_rejection_that_races_the_charge_either_counts_whole_or_not_at_all(
    people: People, tmp_path: Path, attempt: int
) -> None:
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 1), a_bank(tmp_path)
    segment = Segment.objects.select_related("job__client", "job__freelancer").get()
    clock.step_to(REVIEW_END - 1)

    def charge() -> bool:
        clock.step_to(REVIEW_END)
        charge_due(clock.second(), bank)
        return True

    def click() -> bool:
        reject(segment=segment, by=people.client, reason="not this job", now=clock.second)
        return True

    clicked = together(click, charge)[0].exception()
    assert clicked is None or (isinstance(clicked, FairhourError) and clicked.problem.code == "review_over")
    accepted = clicked is None
    charge_due(REVIEW_END + 15, bank)
    sheet = Timesheet.objects.get(pk=sheets[0].pk)
    charged = sum(payment.amount_minor for payment in bank.taken())
    if accepted:
        assert (sheet.state, charged, Charge.objects.count()) == ("closed", 0, 0)
        assert Rejection.objects.get().at < REVIEW_END
    else:
        assert (sheet.state, charged, Rejection.objects.count()) == ("charged", 600, 0)


def test_a_rejection_that_began_in_time_is_not_overtaken_by_the_charge(people: People, tmp_path: Path) -> None:
    card(people.client)
    sheets, bank = weeks_in_review(people.client, 1), a_bank(tmp_path)
    segment = Segment.objects.select_related("job__client", "job__freelancer").get()
    reading, go_on = threading.Event(), threading.Event()

    def last_second() -> int:
        reading.set()
        assert go_on.wait(timeout=20)
        return REVIEW_END - 1

    def click() -> None:
        reject(segment=segment, by=people.client, reason="just in time", now=last_second)

    with ThreadPoolExecutor(2) as pool:
        clicked = pool.submit(_closing, click)
        assert reading.wait(timeout=20)
        charged = pool.submit(_closing, lambda: charge_due(REVIEW_END, bank))
        # PostgreSQL's worker passes the locked timesheet by; SQLite's waits for the lock until the click is through.
        wait([charged], timeout=0.3)
        go_on.set()
    clicked.result()
    charged.result()
    charge_due(REVIEW_END + 15, bank)
    assert Timesheet.objects.get(pk=sheets[0].pk).state == "closed"
    assert bank.taken() == ()


def _closing(call: Callable[[], T]) -> T:
    try:
        return call()
    finally:
        connections.close_all()
