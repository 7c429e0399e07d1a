"""Other hours sent at the same instant by several connections, and while their timesheet is submitted and charged."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from marketplace.billing.models import Charge
from marketplace.billing.services import charge_due
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.models import Frozen, Line, OtherHours
from marketplace.timesheets.services import open_weeks, submit_due, take_hours
from tests.marketplace.billing.support import card
from tests.marketplace.conftest import People
from tests.marketplace.support import WEEK
from tests.marketplace.workview.test_races import THREADS, at_once
from worktime import weeks, wire
from worktime.timesheet import LineKind

pytestmark = pytest.mark.django_db(transaction=True)


def entry(job: Job, number: int, seconds: int, revision: int = 1) -> wire.OtherHours:
    return wire.OtherHours(
        id=UUID(int=0x900 + number), job=job.pk, week_start=WEEK, seconds=seconds, note="A call", revision=revision
    )


def send(job: Job, *entries: wire.OtherHours) -> str:
    """Send entries; what became of the first."""
    batch = wire.OtherHoursBatch(v=1, entries=entries)
    receipt = take_hours(person=job.freelancer, batch=batch, now=clock.second)[0]
    return receipt.problem.code if receipt.problem else str(receipt.outcome.value)


def test_one_entry_sent_at_once_is_one_row(job: Job) -> None:
    assert at_once(lambda: send(job, entry(job, 1, 60))) == {"stored": 1, "known": THREADS - 1}
    assert OtherHours.objects.count() == 1


@pytest.mark.parametrize("act", [submit_due, charge_due])
def test_what_comes_as_its_week_is_closed_is_on_it_whole_or_not_at_all(
    people: People, job: Job, act: Callable[[int], int]
) -> None:
    card(people.client)
    open_weeks(clock.second())
    send(job, entry(job, 0, 100))
    clock.step_to(weeks.submit_due(WEEK))
    if act is charge_due:
        submit_due(clock.second())
        clock.step_to(weeks.review_end(WEEK))
    numbers = iter(range(THREADS))

    def meet() -> str:
        number = next(numbers)
        if number == 0:
            submit_due(clock.second())
            charge_due(clock.second())
            return "done"
        return send(job, entry(job, 0, 100 + number, revision=1 + number), entry(job, number, 7))

    assert at_once(meet)["done"] == 1
    submit_due(clock.second())
    clock.step_to(weeks.review_end(WEEK))
    charge_due(clock.second())
    held = OtherHours.objects.filter(timesheet__week_start=WEEK)
    typed = Line.objects.filter(timesheet__week_start=WEEK, kind=LineKind.OTHER_HOURS)
    for frozen in Frozen:
        assert sum(typed.filter(frozen=frozen).values_list("seconds", flat=True)) == sum(
            held.values_list("seconds", flat=True)
        )
    assert sum(held.values_list("billed_s", flat=True)) == sum(held.values_list("seconds", flat=True))
    assert Charge.objects.filter(timesheet__week_start=WEEK).count() == 1
    assert OtherHours.objects.filter(timesheet=None, billed_s__gt=0).count() == 0
