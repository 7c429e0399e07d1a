"""Restored time of a slot that grew after its rejection, and that more than one timesheet or device knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from marketplace.disputes.assistance import take_back
from marketplace.disputes.models import Case, CaseState
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.services import open_weeks, reject
from marketplace.web.casepage import case_page
from marketplace.workroom.models import Message
from tests.marketplace.conftest import People
from tests.marketplace.disputes.test_assistance import AFTER, NEXT, asked, decided, lines, pass_to, refusal
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, new_job, record
from worktime.slots import slot_start
from worktime.weeks import review_end
from worktime.weeks import submit_due as submission
from worktime.wire import NoPicture, Span

pytestmark = pytest.mark.django_db
START = slot_start(SLOT)
LAPTOP = UUID("01930000-0000-7000-8000-00000000000e")
KNOWN: dict[str, Any] = {"no_picture": NoPicture.FAILED}


def on_two_timesheets(people: People, job: Job) -> Case:
    """Return a case about a rejection that took 5 minutes off a charged timesheet and 7 off one in review."""
    row = record(people.freelancer, job, SLOT, spans=(Span(START, START + 300, True),), **KNOWN)
    pass_to(submission(WEEK))
    reject(segment=row, by=people.client, reason="Not this job.", now=clock.second)
    case = asked(people, row)
    pass_to(review_end(WEEK))
    record(people.freelancer, job, SLOT, now=clock.second(), revision=2, **KNOWN)
    pass_to(submission(NEXT))
    return case


def test_what_was_paid_before_is_not_told_as_restored(people: People, paid: Job) -> None:
    row = record(people.freelancer, paid, SLOT, spans=(Span(START, START + 300, True),), **KNOWN)
    pass_to(submission(WEEK))
    pass_to(review_end(WEEK))
    record(people.freelancer, paid, SLOT, now=clock.second(), revision=2, **KNOWN)
    pass_to(submission(NEXT))
    reject(segment=row, by=people.client, reason="Not this job.", now=clock.second)
    case = asked(people, row)
    shown = case_page(case, people.staff, "UTC")
    assert shown.restore == "Restore 7 minutes"
    assert shown.effect == "The timesheet is not charged yet: restored time stands on it again at once."
    decided(people, case)
    assert Message.objects.latest("id").text.endswith("It is work.\n7 min are on the timesheet again.")
    assert lines(paid, NEXT) == [("late", WEEK, 420, 583)]


def test_the_clients_hand_ends_no_case_of_which_part_was_charged_away(people: People, paid: Job) -> None:
    case = on_two_timesheets(people, paid)
    assert refusal(lambda: take_back(segment=case.segment, by=people.client, now=clock.second)) == "partly_charged"
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    shown = case_page(case, people.staff, "UTC")
    assert shown.restore == "Restore 12 minutes"
    assert shown.effect.startswith("5 minutes are on a timesheet that can't be changed any more")
    assert shown.effect.endswith("as an adjustment. 7 minutes stand again at once.")
    decided(people, case)
    assert lines(paid, NEXT) == [("late", WEEK, 420, 583)]
    assert lines(paid, AFTER) == [("adjustment", WEEK, 300, 417)]


def test_what_came_after_the_rejection_is_no_other_devices_once_restored(people: People, paid: Job) -> None:
    other = new_job(people.client, people.freelancer)
    open_weeks(WEDNESDAY)
    row = record(people.freelancer, paid, SLOT, spans=(Span(START, START + 60, True),), running=True, **KNOWN)
    reject(segment=row, by=people.client, reason="Not this job.", now=clock.second)
    record(people.freelancer, paid, SLOT, revision=2, **KNOWN)
    case = asked(people, row)
    pass_to(submission(WEEK))
    # The laptop was offline; its interval began before the slot.
    for slot in (SLOT - 1, SLOT):
        record(people.freelancer, other, slot, now=submission(WEEK), device=LAPTOP, **KNOWN)
    pass_to(review_end(WEEK))
    decided(people, case)
    assert lines(paid, NEXT) == [("adjustment", WEEK, 720, 1000)]
    assert lines(other, NEXT) == [("late", WEEK, 720, 600)]
