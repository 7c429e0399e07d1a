"""What one selector loads for a timesheet: the person's devices and jobs, pictures that protect, authorized hours."""

from __future__ import annotations

from time import process_time
from uuid import UUID

import pytest

from marketplace.jobs.models import Job
from marketplace.jobs.services import set_redaction_protects, set_terms
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import record_readiness
from marketplace.workview import bounds
from marketplace.workview.models import Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, new_job, record
from worktime import wire
from worktime.slots import slot_of, slot_start
from worktime.weeks import next_week

pytestmark = pytest.mark.django_db

START = slot_start(SLOT)
SECOND_DEVICE = UUID("01930000-0000-7000-8000-0000000000ff")


@pytest.fixture
def ready(job: Job) -> Job:
    """The job, Ready from its start."""
    record_readiness(job=job, ready=True, reason="", now=WEDNESDAY)
    return job


def test_an_empty_week_has_figures_of_zero(job: Job) -> None:
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.amount_minor, stands.lines, stands.timesheet) == (0, 0, (), None)
    assert (stands.rate_minor, stands.authorized_s, stands.currency) == (3000, 108_000, "USD")


def test_no_week_starts_in_the_middle_of_one(job: Job) -> None:
    with pytest.raises(ValueError, match="no work week starts"):
        figures(job, WEEK + 3600, WEDNESDAY)


def test_why_each_second_is_not_protected(people: People, ready: Job) -> None:
    record(people.freelancer, ready, SLOT, number=1)
    record(people.freelancer, ready, SLOT + 1, number=2, flags=(wire.Flag.FLAT_PICTURE,))
    record(people.freelancer, ready, SLOT + 2, no_picture=wire.NoPicture.LOCKED)
    record(people.freelancer, ready, SLOT + 3)
    start = slot_start(SLOT + 4)
    off = (wire.Span(start, start + 600, False),)
    record(people.freelancer, ready, SLOT + 4, spans=off, no_picture=wire.NoPicture.WORK_VIEW_OFF)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert stands.protected_s == 720
    assert dict(stands.unprotected) == {"no_picture": 1440, "picture_follows": 720, "work_view_off": 600}
    assert (stands.work_view_s, stands.off_view_s) == (2880, 600)
    assert [(line.kind, line.seconds) for line in stands.lines] == [("work_view", 2880), ("no_work_view", 600)]


def test_a_redacted_picture_protects_by_the_terms_of_its_time(people: People, ready: Job) -> None:
    record(people.freelancer, ready, SLOT, number=1, redacted=2)
    assert dict(figures(ready, WEEK, WEDNESDAY).unprotected) == {"no_picture": 720}
    set_redaction_protects(job=ready, by=people.client, on=True)
    record(people.freelancer, ready, SLOT + 1, number=2, redacted=1)
    record(people.freelancer, ready, SLOT + 2, number=3, redacted=1, flags=(wire.Flag.FLAT_PICTURE,))
    assert figures(ready, WEEK, WEDNESDAY).protected_s == 720, "from then on, and never what is wholly hidden"
    set_redaction_protects(job=ready, by=people.client, on=False)
    record(people.freelancer, ready, SLOT + 1, number=2, redacted=1, revision=2, comment="changed")
    record(people.freelancer, ready, SLOT + 3, number=4, redacted=1)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert stands.protected_s == 720, "what was protected stays so"
    assert dict(stands.unprotected) == {"no_picture": 2160}


def test_what_was_hidden_in_a_picture_can_not_be_taken_back(people: People, ready: Job) -> None:
    record(people.freelancer, ready, SLOT, number=1, redacted=2)
    row = record(people.freelancer, ready, SLOT, number=1, redacted=0, revision=2)
    assert row.redacted == 2
    row = record(people.freelancer, ready, SLOT, number=2, redacted=0, revision=3)
    assert row.redacted == 0, "another picture"


def test_of_two_devices_the_one_that_started_earlier_counts(people: People, ready: Job) -> None:
    record(people.freelancer, ready, SLOT, number=1, spans=(wire.Span(START + 100, START + 720, True),))
    late = (wire.Span(START + 200, START + 720, True),)
    record(people.freelancer, ready, SLOT, number=2, device=SECOND_DEVICE, spans=late)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.overlap_s) == (620, 520)
    assert stands.segment_s[SLOT, SECOND_DEVICE] == 0


def test_a_second_is_not_billed_in_two_jobs(people: People, ready: Job) -> None:
    other = new_job(people.stranger, people.freelancer, currency="EUR", rate_minor=1000, authorized_s=3600)
    record(people.freelancer, ready, SLOT, number=1, spans=(wire.Span(START, START + 600, True),))
    record(people.freelancer, other, SLOT, number=2, device=SECOND_DEVICE)
    # Both began at the slot's start: the smaller device id counts.
    assert figures(ready, WEEK, WEDNESDAY).tracked_s == 600
    assert figures(other, WEEK, WEDNESDAY).tracked_s == 120
    assert figures(other, WEEK, WEDNESDAY).currency == "EUR"


def test_the_automatic_charge_covers_the_authorized_hours(people: People, ready: Job) -> None:
    set_terms(job=ready, from_week=WEEK, rate_minor=3000, authorized_s=1000)
    for number in range(2):
        record(people.freelancer, ready, SLOT + number, number=number)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.billable_s, stands.amount_minor) == (1440, 1000, 833)
    assert dict(stands.unprotected) == {"above_authorized": 440}


def test_a_new_rate_holds_from_its_week_on(people: People, ready: Job) -> None:
    later = next_week(WEEK)
    set_terms(job=ready, from_week=later, rate_minor=6000, authorized_s=3600)
    record(people.freelancer, ready, SLOT, number=1)
    record(people.freelancer, ready, slot_of(later), number=2, now=later + 3600)
    assert figures(ready, WEEK, later + 3600).amount_minor == 600
    assert figures(ready, later, later + 3600).amount_minor == 1200


def test_idle_time_is_told_and_not_counted(people: People, ready: Job) -> None:
    spans, idle = (wire.Span(START, START + 300, True),), ((START + 300, START + 720),)
    record(people.freelancer, ready, SLOT, number=1, spans=spans, idle=idle)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.idle_s, stands.amount_minor) == (300, 420, 250)


def test_seconds_that_were_deleted_free_nothing_for_another_device(people: People, ready: Job) -> None:
    whole = (START, START + 720)
    record(people.freelancer, ready, SLOT, spans=(), deleted=(whole,), no_picture=wire.NoPicture.DELETED)
    late = (wire.Span(START + 200, START + 720, True),)
    record(people.freelancer, ready, SLOT, number=2, device=SECOND_DEVICE, spans=late)
    stands = figures(ready, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.overlap_s) == (0, 520)


def test_what_a_hostile_tracker_may_send_is_added_up_within_a_second(people: People, ready: Job) -> None:
    rows = []
    for slot in range(SLOT - 74, SLOT + 1):
        start = slot_start(slot)
        spans = [[start + 12 * at, start + 12 * at + 1 + at % 7, True] for at in range(wire.MAX_SPANS)]
        for device in range(bounds.MAX_DEVICES):
            rows.append(
                Segment(
                    job=ready,
                    person=people.freelancer,
                    slot=slot,
                    device=UUID(int=device),
                    revision=1,
                    spans=spans,
                    tracked_s=240,
                    no_picture=wire.NoPicture.FAILED.value,
                    arrived_at=WEDNESDAY,
                    stored_at=WEDNESDAY,
                )
            )
    Segment.objects.bulk_create(rows)

    def cost() -> float:
        began = process_time()
        figures(ready, WEEK, WEDNESDAY)
        return process_time() - began

    assert min(cost() for _ in range(3)) < 1
