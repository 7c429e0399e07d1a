"""Weeks open by themselves, are submitted when due, and late time goes on the next one under its own week's terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from marketplace.foundation import clock
from marketplace.jobs.models import Job, Terms
from marketplace.jobs.services import set_terms
from marketplace.timesheets.models import Entry, State, Timesheet
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import open_weeks, reject, submit_due
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.services import Upload, ingest, store_picture
from tests.marketplace.conftest import People
from tests.marketplace.support import (
    DEVICE,
    SLOT,
    WEDNESDAY,
    WEEK,
    batch,
    picture_id,
    record,
    reference,
    segment,
    webp,
)
from worktime import wire
from worktime.slots import slot_start
from worktime.timesheet import LineKind
from worktime.weeks import next_week, previous_week, review_end, week_of
from worktime.weeks import submit_due as submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_history")]

NEXT = next_week(WEEK)
MONDAY_7 = submission(WEEK)


def state_of(job: Job, week: int = WEEK) -> str:
    """Return the state of the job's timesheet."""
    return Timesheet.objects.get(job=job, week_start=week).state


def test_each_week_of_a_job_in_progress_gets_a_row(job: Job) -> None:
    assert open_weeks(WEDNESDAY) == 1
    assert open_weeks(WEDNESDAY) == 0
    later = next_week(next_week(NEXT)) + 5
    assert open_weeks(later) == 3
    assert list(Timesheet.objects.order_by("week_start").values_list("week_start", flat=True))[-1] == week_of(later)


def test_the_evidence_of_submitted_time_stays(people: People, job: Job) -> None:
    row = record(people.freelancer, job, number=1)
    late = record(people.freelancer, job, SLOT + 1)
    submit_due(MONDAY_7)
    later = batch(
        *(segment(job, slot, 2, comment="after", no_picture=wire.NoPicture.FAILED) for slot in (SLOT, SLOT + 1))
    )
    ingest(person=people.freelancer, batch=later, now=MONDAY_7 + 5)
    row.refresh_from_db()
    late.refresh_from_db()
    assert (row.pictures.get().erased_at, row.no_picture, row.comment) == (None, "", "")
    assert (late.no_picture, late.comment) == ("failed", "after")


def test_an_ended_job_gets_rows_up_to_the_week_in_which_it_ended(job: Job) -> None:
    job.ended_at = NEXT + 3600
    job.save(update_fields=["ended_at"])
    open_weeks(WEDNESDAY)
    open_weeks(next_week(next_week(NEXT)))
    assert sorted(Timesheet.objects.values_list("week_start", flat=True)) == [WEEK, NEXT]


def test_nothing_is_submitted_a_second_before_monday_seven(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    assert submit_due(MONDAY_7 - 1) == 0
    assert state_of(job) == State.OPEN


def test_on_monday_seven_the_week_is_submitted_and_both_are_told(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    assert submit_due(MONDAY_7) == 1
    sheet = Timesheet.objects.get(week_start=WEEK)
    assert (sheet.state, sheet.submitted_at, sheet.review_ends) == (State.SUBMITTED, MONDAY_7, review_end(WEEK))
    line = sheet.lines.get()
    assert (line.kind, line.seconds, line.amount_minor, line.frozen) == (LineKind.WORK_VIEW, 720, 600, "submission")
    text = Message.objects.get(kind=MessageKind.SUBMITTED).text
    assert "12 min" in text
    assert "6.00 USD" in text
    assert "Fri 27 Nov 2026 23:59 ET" in text
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {people.client.email, people.freelancer.email}


def test_submitting_twice_does_it_once(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    submit_due(MONDAY_7)
    assert submit_due(MONDAY_7 + 60) == 0
    assert (Message.objects.count(), OutgoingMail.objects.count(), Entry.objects.count()) == (1, 2, 1)


def test_an_empty_week_is_submitted_without_a_word(job: Job) -> None:
    open_weeks(WEDNESDAY)
    assert submit_due(MONDAY_7) == 1
    assert state_of(job) == State.SUBMITTED
    assert not Message.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_time_that_has_not_arrived_goes_on_the_next_timesheet_as_late_time(people: People, job: Job) -> None:
    record(people.freelancer, job, SLOT, number=1)
    data = webp(2)
    follows = segment(job, SLOT + 1, picture=reference(data, 2, SLOT + 1))
    ingest(person=people.freelancer, batch=batch(follows), now=WEDNESDAY)
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 1440
    submit_due(MONDAY_7)
    stands = figures(job, WEEK, MONDAY_7)
    assert (stands.tracked_s, stands.moved_s, stands.amount_minor) == (720, 720, 600)
    assert figures(job, NEXT, MONDAY_7).late_s == 0
    upload = Upload(picture_id(2), job.pk, SLOT + 1, DEVICE, follows.picture.sha256, data)  # type: ignore[union-attr]
    store_picture(person=people.freelancer, upload=upload, now=MONDAY_7 + 60)
    later = figures(job, NEXT, MONDAY_7 + 60)
    assert (later.tracked_s, later.late_s, later.amount_minor) == (0, 720, 600)
    assert [(line.kind, line.worked_week) for line in later.lines] == [(LineKind.LATE, WEEK)]


def test_late_time_is_paid_at_the_rate_of_the_week_in_which_it_was_worked(people: People, job: Job) -> None:
    set_terms(job=job, from_week=NEXT, rate_minor=6000, authorized_s=3600)
    submit_due(MONDAY_7)
    record(people.freelancer, job, SLOT, number=1, now=MONDAY_7 + 5)
    assert figures(job, NEXT, MONDAY_7 + 5).amount_minor == 600


def test_late_time_is_capped_by_the_authorized_hours_of_its_own_week(people: People, job: Job) -> None:
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=1000)
    record(people.freelancer, job, SLOT + 2, number=1)
    submit_due(MONDAY_7)
    record(people.freelancer, job, SLOT, number=2, now=MONDAY_7 + 5)
    assert figures(job, WEEK, MONDAY_7 + 5).billable_s == 720
    late = figures(job, NEXT, MONDAY_7 + 5)
    assert (late.late_s, late.billable_s) == (720, 280)


def test_late_time_is_held_once_it_was_submitted(people: People, job: Job) -> None:
    submit_due(MONDAY_7)
    row = record(people.freelancer, job, SLOT, number=1, now=MONDAY_7 + 5)
    second_monday = submission(NEXT)
    submit_due(second_monday)
    stands = figures(job, NEXT, second_monday)
    assert (stands.state, stands.late_s, stands.amount_minor) == (State.SUBMITTED, 720, 600)
    assert figures(job, next_week(NEXT), second_monday).late_s == 0
    assert Entry.objects.get(segment=row).timesheet.week_start == NEXT


def test_late_time_can_be_rejected_until_its_own_review_ends(
    people: People, job: Job, step: Callable[[int], int]
) -> None:
    submit_due(step(MONDAY_7))
    row = record(people.freelancer, job, SLOT, number=1, now=MONDAY_7 + 5)
    submit_due(step(submission(NEXT)))
    assert step(review_end(NEXT) - 1) > review_end(WEEK)
    reject(segment=row, by=people.client, reason="not mine", now=clock.second)
    assert figures(job, NEXT, clock.second()).amount_minor == 0


def test_between_monday_midnight_and_seven_late_time_of_older_weeks_goes_on_the_week_that_is_due(
    people: People, job: Job
) -> None:
    submit_due(MONDAY_7)
    night = next_week(NEXT) + 3600
    open_weeks(night)
    record(people.freelancer, job, SLOT, number=1, now=night)
    assert figures(job, NEXT, night).late_s == 720
    assert figures(job, next_week(NEXT), night).late_s == 0


def test_a_revision_that_takes_time_away_does_so_in_review_and_one_that_adds_is_late(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    record(people.freelancer, job, SLOT, number=1, spans=(wire.Span(start, start + 600, True),))
    submit_due(MONDAY_7)
    other = segment(
        job, SLOT, 2, spans=(wire.Span(start + 300, start + 720, True),), picture=reference(webp(1), 1, SLOT)
    )
    ingest(person=people.freelancer, batch=batch(other), now=MONDAY_7 + 5)
    assert figures(job, WEEK, MONDAY_7 + 5).tracked_s == 300
    assert figures(job, NEXT, MONDAY_7 + 5).late_s == 120


def test_a_second_device_never_takes_seconds_from_a_submitted_timesheet(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    record(people.freelancer, job, SLOT, number=1, spans=(wire.Span(start + 300, start + 720, True),))
    submit_due(MONDAY_7)
    record(people.freelancer, job, SLOT, number=2, device=UUID(int=1), now=MONDAY_7 + 5)
    assert figures(job, WEEK, MONDAY_7 + 5).tracked_s == 420
    assert figures(job, NEXT, MONDAY_7 + 5).late_s == 300


def test_late_time_keeps_its_seconds_when_another_device_had_deleted_them(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    cut: dict[str, Any] = {"spans": (wire.Span(start, start + 660, True),), "deleted": ((start + 660, start + 720),)}
    record(people.freelancer, job, SLOT, number=1, **cut)
    submit_due(MONDAY_7)
    # This device was offline. Its interval began a slot earlier, so the deleted seconds are its own.
    for slot, number in ((SLOT - 1, 2), (SLOT, 3)):
        record(people.freelancer, job, slot, number=number, device=UUID(int=1), now=MONDAY_7 + 5)
    assert figures(job, NEXT, MONDAY_7 + 5).late_s == 780
    second_monday = submission(NEXT)
    submit_due(second_monday)
    assert figures(job, NEXT, second_monday).late_s == 780
    assert figures(job, next_week(NEXT), second_monday).late_s == 0


def test_a_marketplace_that_was_down_over_the_review_gives_a_whole_one(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    late = review_end(WEEK) + 3600
    submit_due(late)
    assert Timesheet.objects.get(week_start=WEEK).review_ends == review_end(NEXT)


def test_weeks_are_submitted_oldest_first_after_a_downtime(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    at = submission(next_week(NEXT))
    submit_due(at)
    states = dict(Timesheet.objects.values_list("week_start", "state"))
    assert states == {
        WEEK: State.SUBMITTED,
        NEXT: State.SUBMITTED,
        next_week(NEXT): State.SUBMITTED,
        next_week(next_week(NEXT)): State.OPEN,
    }
    assert previous_week(week_of(at)) == next_week(NEXT)


def test_late_time_of_an_ended_job_goes_on_a_closing_timesheet_with_a_review_of_its_own(
    people: People, job: Job
) -> None:
    record(people.freelancer, job, SLOT + 1, number=1)
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    submit_due(MONDAY_7)
    later = next_week(NEXT)
    submit_due(later)
    assert Timesheet.objects.count() == 1
    record(people.freelancer, job, SLOT, number=2, now=later + 60)
    submit_due(later + 90)
    assert figures(job, later, later + 90).late_s == 720
    submit_due(submission(later))
    closing = Timesheet.objects.get(week_start=later)
    assert (closing.state, closing.review_ends) == (State.SUBMITTED, review_end(later))
    assert figures(job, later, submission(later)).amount_minor == 600
    submit_due(next_week(next_week(later)))
    assert Timesheet.objects.count() == 2


def test_what_came_late_with_nothing_to_pay_opens_no_closing_timesheet(people: People, job: Job) -> None:
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    submit_due(MONDAY_7)
    later = next_week(NEXT)
    idle = ((slot_start(SLOT), slot_start(SLOT) + 720),)
    record(people.freelancer, job, SLOT, spans=(), idle=idle, no_picture=wire.NoPicture.IDLE, now=later + 60)
    submit_due(later + 90)
    assert Timesheet.objects.count() == 1


def test_late_time_that_started_earlier_does_not_push_charged_time_out_of_the_authorized_hours(
    people: People, job: Job
) -> None:
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=1000)
    record(people.freelancer, job, SLOT + 2, number=1)
    submit_due(MONDAY_7)
    record(people.freelancer, job, SLOT, number=2, now=MONDAY_7 + 5)
    second_monday = submission(NEXT)
    submit_due(second_monday)
    assert figures(job, WEEK, second_monday).billable_s == 720
    assert figures(job, NEXT, second_monday).billable_s == 280


def test_seconds_that_were_given_up_and_taken_by_another_device_do_not_come_back(people: People, job: Job) -> None:
    first = slot_start(SLOT)
    other = UUID("01930000-0000-7000-8000-0000000000ff")
    whole, part = (wire.Span(first, first + 720, True),), (wire.Span(first, first + 300, True),)
    record(people.freelancer, job, SLOT, spans=whole, no_picture=wire.NoPicture.FAILED)
    submit_due(MONDAY_7)
    record(people.freelancer, job, SLOT, revision=2, spans=part, no_picture=wire.NoPicture.FAILED, now=MONDAY_7 + 5)
    record(people.freelancer, job, SLOT, device=other, no_picture=wire.NoPicture.FAILED, now=MONDAY_7 + 9)
    second_monday = submission(NEXT)
    submit_due(second_monday)
    again = second_monday + 5
    record(people.freelancer, job, SLOT, revision=3, spans=whole, no_picture=wire.NoPicture.FAILED, now=again)
    assert figures(job, WEEK, again).tracked_s == 300
    assert figures(job, NEXT, again).late_s == 420
    assert figures(job, next_week(NEXT), again).late_s == 0


def test_a_job_that_cannot_be_submitted_holds_up_no_other(
    people: People, job: Job, other_job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    record(people.freelancer, job, number=1)
    record(people.other, other_job, number=2)
    submit_due(WEDNESDAY)
    Terms.objects.filter(job=job).delete()
    assert submit_due(MONDAY_7) == 1
    assert (state_of(job), state_of(other_job)) == (State.OPEN, State.SUBMITTED)
    broken = Timesheet.objects.get(job=job, week_start=WEEK)
    assert f"could not submit timesheet {broken.pk}" in caplog.text
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=3600)
    assert submit_due(MONDAY_7) == 1


def test_a_job_whose_beginning_is_no_date_holds_up_no_other(
    people: People, job: Job, other_job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    Job.objects.filter(pk=job.pk).update(started_at=-(10**15))
    assert open_weeks(WEDNESDAY) == 1
    assert state_of(other_job) == State.OPEN
    assert f"could not open the weeks of job {job.pk}" in caplog.text


def test_late_time_that_cannot_be_read_holds_up_no_other_closing(
    people: People, job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    open_weeks(WEDNESDAY)
    submit_due(MONDAY_7)
    record(people.freelancer, job, number=1, now=MONDAY_7 + 60)
    Job.objects.filter(pk=job.pk).update(ended_at=WEDNESDAY + 3600)
    Timesheet.objects.filter(job=job, state=State.OPEN).delete()
    Terms.objects.filter(job=job).delete()
    submit_due(next_week(NEXT))
    assert f"could not open the closing timesheet of job {job.pk}" in caplog.text
