"""Whatever comes in which order: no second is lost, none is on two timesheets, no week's authorized hours are exceeded.

Random weeks of one freelancer with two jobs and two devices, checked against sets of seconds.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random
from uuid import UUID

import pytest

from marketplace.billing.ledger import verify_ledger
from marketplace.billing.models import Charge
from marketplace.billing.sandbox import bank
from marketplace.billing.services import charge_due
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.services import set_terms
from marketplace.timesheets.models import Entry, State, Timesheet
from marketplace.timesheets.selectors import figures, timesheets_of
from marketplace.timesheets.services import reject, submit_due, take_back
from marketplace.workview.models import Segment
from marketplace.workview.services import ingest
from tests.marketplace.billing.support import card
from tests.marketplace.conftest import People
from tests.marketplace.support import DEVICE, SLOT, WEEK, batch, new_job, segment
from worktime import wire
from worktime.errors import FairhourError
from worktime.intervals import union
from worktime.slots import slot_start
from worktime.weeks import next_week, review_end, week_of
from worktime.weeks import submit_due as submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_history")]

DEVICES = (DEVICE, UUID("01930000-0000-7000-8000-0000000000ff"))
AUTHORIZED_S = 2000
SLOTS = 4


@pytest.fixture
def jobs(people: People, job: Job) -> list[Job]:
    """Two jobs of the freelancer, with few authorized hours."""
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=AUTHORIZED_S)
    return [job, new_job(people.client, people.freelancer, rate_minor=4500, authorized_s=AUTHORIZED_S)]


def act(random: Random, jobs: list[Job], people: People, revision: int, *, growing: bool) -> None:
    """Do one random thing at the clock's second: a new or revised segment, a rejection, or taking one back.

    ``growing``: no segment loses time. What is lost after the charge is a matter of adjustments.
    """
    kind = random.random()
    rows = list(Segment.objects.select_related("job__client", "job__freelancer"))
    if kind < 0.7 or not rows:
        slot, job, device = SLOT + random.randrange(SLOTS), random.choice(jobs), random.choice(DEVICES)
        first = slot_start(slot)
        cuts = sorted(random.sample(range(721), 2))
        known = Segment.objects.filter(job=job, slot=slot, device=device).first()
        kept = [(start, end) for start, end, _ in known.spans] if known and growing else []
        spans = tuple(wire.Span(*span, True) for span in union([*kept, (first + cuts[0], first + cuts[1])]))
        sent = segment(job, slot, revision, spans=spans, no_picture=wire.NoPicture.FAILED)
        (receipt,) = ingest(person=people.freelancer, batch=batch(sent, device=device), now=clock.second())
        assert receipt.outcome is wire.Outcome.STORED
        return
    with suppress(FairhourError):  # review is over, or there is nothing to reject
        if kind < 0.85:
            reject(segment=random.choice(rows), by=people.client, reason="no", now=clock.second)
        else:
            take_back(segment=random.choice(rows), by=people.client, now=clock.second)


def settle_everything() -> None:
    """Let the weeks pass until nothing waits any more."""
    for _ in range(3):
        due = Timesheet.objects.filter(state=State.OPEN).order_by("submit_due").values_list("submit_due", flat=True)[0]
        clock.step_to(due)
        submit_due(clock.second())
        charge_due(clock.second())
        clock.step_to(review_end(week_of(due - 7 * 3600 - 1)))
        charge_due(clock.second())


def seconds_of(spans: list[list[int]]) -> set[int]:
    """Return the seconds of [start, end] pairs."""
    return {second for start, end in spans for second in range(start, end)}


@pytest.mark.parametrize("seed", range(12))
def test_no_second_is_lost_or_paid_twice(people: People, jobs: list[Job], seed: int) -> None:
    card(people.client)
    random, revision = Random(seed), 0
    for moment in (submission(WEEK), review_end(WEEK), submission(next_week(WEEK))):
        for _ in range(random.randrange(8)):
            revision += 1
            act(random, jobs, people, revision, growing=moment > review_end(WEEK))
        clock.step_to(moment)
        submit_due(clock.second())
        charge_due(clock.second())
    settle_everything()

    held: set[int] = set()
    for entry in Entry.objects.all():
        seconds = seconds_of(entry.spans)
        assert not held & seconds
        held |= seconds
    recorded: set[int] = set()
    for row in Segment.objects.all():
        recorded |= seconds_of([span[:2] for span in row.spans])
    assert recorded == held
    now = clock.second()
    for job in jobs:
        sheets = [figures(job, sheet.week_start, now) for sheet in timesheets_of(job)]
        settled = [sheet for sheet in sheets if sheet.state != State.OPEN]
        assert {sheet.state for sheet in settled} <= {State.CHARGED, State.CLOSED}
        assert sum(sheet.billable_s for sheet in sheets) <= AUTHORIZED_S
        assert sum(sheet.moved_s for sheet in sheets) == sum(sheet.late_s for sheet in sheets)
        charged = sum(payment.amount_minor for payment in bank().taken() if payment.id in payments_of(job))
        assert charged == sum(sheet.amount_minor for sheet in settled)
    assert verify_ledger() == ()


def payments_of(job: Job) -> set[str]:
    """Return the ids of the payments of a job's charges."""
    return set(Charge.objects.filter(timesheet__job=job).values_list("payment", flat=True))
