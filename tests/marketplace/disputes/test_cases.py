"""Reports to staff: who may report and decide, what is kept meanwhile, and that nothing else stops."""

from __future__ import annotations

import pytest

from marketplace.disputes.models import Case, CaseKind, CaseState
from marketplace.disputes.selectors import cases_for, cases_of, open_cases
from marketplace.disputes.services import close, report
from marketplace.jobs.models import Job
from marketplace.timesheets.selectors import figures
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.models import Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, WEEK, record
from worktime.errors import FairhourError
from worktime.wire import NoPicture

pytestmark = pytest.mark.django_db


@pytest.fixture
def tile(people: People, job: Job) -> Segment:
    """A slot of the job."""
    return record(people.freelancer, job, no_picture=NoPicture.FAILED)


def reported(tile: Segment, people: People, who: str = "client", kind: CaseKind = CaseKind.SCREENSHOT) -> Case:
    """Report the tile."""
    return report(segment=tile, by=getattr(people, who), kind=kind, reason=" shows a password ", now=WEDNESDAY)


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_either_side_can_report(people: People, job: Job, tile: Segment, who: str) -> None:
    case = reported(tile, people, who)
    assert (case.state, case.reason, case.opened_at) == (CaseState.OPEN, "shows a password", WEDNESDAY)
    tile.refresh_from_db()
    assert tile.held
    message = Message.objects.get()
    assert (message.kind, message.author) == (MessageKind.CASE, getattr(people, who))
    assert "the screenshot of Wed 18 Nov 2026 09:00 ET" in message.text
    assert "password" not in message.text
    assert list(open_cases()) == list(cases_of(job)) == [case]


@pytest.mark.parametrize("who", ["other", "stranger", "staff"])
def test_nobody_else_can(people: People, tile: Segment, who: str) -> None:
    with pytest.raises(FairhourError) as refused:
        reported(tile, people, who)
    assert refused.value.problem.code == "not_yours"
    assert not Case.objects.exists()


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_a_report_has_a_fit_reason(people: People, tile: Segment, reason: str) -> None:
    with pytest.raises(FairhourError) as refused:
        report(segment=tile, by=people.client, kind=CaseKind.COMMENT, reason=reason, now=WEDNESDAY)
    assert refused.value.problem.code == "reason_length"


def test_the_same_report_is_one_case_and_another_kind_is_another(people: People, tile: Segment) -> None:
    assert reported(tile, people) == reported(tile, people)
    reported(tile, people, kind=CaseKind.COMMENT)
    assert (Case.objects.count(), Message.objects.count()) == (2, 2)


def test_a_case_stops_no_time_and_no_payment(people: People, job: Job, tile: Segment) -> None:
    reported(tile, people)
    assert figures(job, WEEK, WEDNESDAY).amount_minor == 600


def test_staff_close_a_case_and_both_sides_are_told(people: People, tile: Segment) -> None:
    case = close(case=reported(tile, people), by=people.staff, decision="Redact it.", now=WEDNESDAY + 60)
    assert (case.state, case.decided_by, case.closed_at) == (CaseState.CLOSED, people.staff, WEDNESDAY + 60)
    tile.refresh_from_db()
    assert not tile.held
    assert "Redact it." in Message.objects.order_by("id").last().text  # type: ignore[union-attr]
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [people.client.email, people.freelancer.email]


def test_a_closed_case_stays_as_it_was_decided(people: People, tile: Segment) -> None:
    case = close(case=reported(tile, people), by=people.staff, decision="Fine.", now=WEDNESDAY + 60)
    again = close(case=case, by=people.staff, decision=" Fine. ", now=WEDNESDAY + 120)
    assert (again.decision, again.closed_at) == ("Fine.", WEDNESDAY + 60)
    with pytest.raises(FairhourError, match="case_closed"):
        close(case=case, by=people.staff, decision="Not fine.", now=WEDNESDAY + 120)
    assert OutgoingMail.objects.count() == 2


def test_the_segment_is_kept_until_its_last_case_is_closed(people: People, tile: Segment) -> None:
    first, second = reported(tile, people), reported(tile, people, "freelancer")
    close(case=first, by=people.staff, decision="Fine.", now=WEDNESDAY + 60)
    tile.refresh_from_db()
    assert tile.held
    close(case=second, by=people.staff, decision="Fine.", now=WEDNESDAY + 60)
    tile.refresh_from_db()
    assert not tile.held


@pytest.mark.parametrize("who", ["client", "freelancer", "stranger"])
def test_only_staff_decide(people: People, tile: Segment, who: str) -> None:
    case = reported(tile, people)
    with pytest.raises(FairhourError) as refused:
        close(case=case, by=getattr(people, who), decision="Fine.", now=WEDNESDAY)
    assert refused.value.problem.code == "staff_only"


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_staff_who_are_in_the_job_do_not_decide(people: People, tile: Segment, who: str) -> None:
    case, by = reported(tile, people), getattr(people, who)
    by.is_staff = True
    with pytest.raises(FairhourError) as refused:
        close(case=case, by=by, decision="Fine.", now=WEDNESDAY)
    assert refused.value.problem.code == "own_case"


def test_each_sees_the_cases_of_their_own_jobs_and_staff_all(people: People, tile: Segment) -> None:
    case = reported(tile, people)
    assert [list(cases_for(person)) for person in (people.client, people.freelancer, people.staff)] == [[case]] * 3
    assert list(cases_for(people.other)) == list(cases_for(people.stranger)) == []
