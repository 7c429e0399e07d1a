"""The tile's page after a rejection, and the staff's case page: what each side sees, does and is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.billing.services import charge_due
from marketplace.disputes.assistance import ask, decide
from marketplace.disputes.models import Case, Outcome
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import reject, submit_due
from marketplace.workview.models import Rejection, Segment
from tests.marketplace.billing.support import REVIEW_END, card, worked_week
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, WEEK, record
from worktime.weeks import ASSISTANCE_S, next_week
from worktime.weeks import submit_due as submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def tile(people: People, job: Job) -> Segment:
    """A rejected tile with its picture."""
    row = record(people.freelancer, job, number=1)
    reject(segment=row, by=people.client, reason="Not this job", now=clock.second)
    return row


def as_person(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def page(person: object, tile: Segment) -> str:
    return as_person(person).get(reverse("viewer", args=[tile.pk])).content.decode()


def asked(people: People, tile: Segment) -> Case:
    return ask(segment=tile, by=people.freelancer, reason="It is the import", now=clock.second)


def decided(people: People, case: Case, outcome: Outcome) -> None:
    decide(case=case, by=people.staff, outcome=outcome, decision="As agreed on Monday", now=clock.second)


def test_the_freelancer_answers_and_asks_on_the_tiles_page(people: People, tile: Segment) -> None:
    browser = as_person(people.freelancer)
    assert "Until Wed 25 Nov, 10:00 ET" in page(people.freelancer, tile)
    assert "About the rejection" not in page(people.client, tile)
    there = f"{reverse('viewer', args=[tile.pk])}#assistance"
    for name in ("answer", "assistance"):
        answer = browser.post(reverse(name, args=[tile.pk]), {"text": "It is the import"})
        assert (answer.status_code, answer["Location"]) == (302, there)
    assert Rejection.objects.get().answer == Case.objects.get().reason == "It is the import"
    for person in (people.freelancer, people.client):
        html = page(person, tile)
        assert html.count("It is the import") == 2
        assert "The staff have not decided yet" in html
        assert '<textarea id="a' not in html
    assert "Taking the rejection back ends the case" in page(people.client, tile)
    assert "The staff are asked for assistance." in _work(people.client, tile)


def test_words_that_do_not_fit_stand_in_their_form(people: People, tile: Segment) -> None:
    for name, field in (("answer", "answer-text"), ("assistance", "assistance-text")):
        answer = as_person(people.freelancer).post(reverse(name, args=[tile.pk]), {"text": "x" * 501})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "between 1 and 500" in html or "1 to 500 characters" in html
        assert "x" * 501 in html[html.index(field) :]
        assert html.count("x" * 501) == 1
    assert not Case.objects.exists()


def test_an_act_without_a_form_leads_to_the_tile(people: People, tile: Segment) -> None:
    for name in ("answer", "assistance"):
        answer = as_person(people.freelancer).get(reverse(name, args=[tile.pk]))
        assert answer["Location"] == reverse("viewer", args=[tile.pk])


def test_after_seven_days_the_page_says_until_when_it_could_be_asked(people: People, tile: Segment) -> None:
    clock.step_to(WEDNESDAY + ASSISTANCE_S + 1)
    html = page(people.freelancer, tile)
    assert "Assistance could be asked for until Wed 25 Nov, 10:00 ET" in html
    assert "assistance-text" not in html
    assert "answer-text" in html
    answer = as_person(people.freelancer).post(reverse("assistance", args=[tile.pk]), {"text": "Late"})
    assert answer.status_code == 409
    assert "within 7 days" in answer.content.decode()


@pytest.mark.parametrize(("outcome", "words"), [(Outcome.UPHELD, "Rejection upheld"), (Outcome.RESTORED, "restored")])
def test_both_sides_see_the_decision_and_its_history(
    people: People, tile: Segment, outcome: Outcome, words: str
) -> None:
    decided(people, asked(people, tile), outcome)
    for person in (people.client, people.freelancer):
        html = page(person, tile)
        assert words in html
        assert "As agreed on Monday" in html
        assert "by the staff" in html[html.index("History") :]
        assert 'id="reject-reason"' not in html
        assert "-text" not in html
        html = _work(person, tile)
        assert "The staff are asked" not in html
        assert ("Restored by the staff. It can" in html) is (outcome == Outcome.RESTORED)


def test_what_was_upheld_the_client_can_still_give(people: People, job: Job, tile: Segment) -> None:
    decided(people, asked(people, tile), Outcome.UPHELD)
    as_person(people.client).post(reverse("take_back", args=[tile.pk]))
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 720
    assert "Ended: the client took the rejection back" in page(people.client, tile)
    assert Case.objects.get().outcome == Outcome.UPHELD


def test_staff_decide_on_the_cases_page(people: People, job: Job, tile: Segment) -> None:
    case, staff = asked(people, tile), as_person(people.staff)
    assert "Assistance asked for" in staff.get(reverse("cases")).content.decode()
    address = reverse("case", args=[case.pk])
    html = staff.get(address).content.decode()
    for words in ("Not this job", "It is the import", "Restore 12 minutes", "is not charged yet", "Sample freelancer"):
        assert words in html
    assert staff.get(reverse("picture", args=[tile.picture_id, "full"])).status_code == 200
    assert staff.get(reverse("decide_case", args=[case.pk]))["Location"] == address
    act = reverse("decide_case", args=[case.pk])
    answer = staff.post(act, {"decision": " ", "outcome": "restored"})
    assert (answer.status_code, figures(job, WEEK, WEDNESDAY).tracked_s) == (422, 0)
    assert staff.post(act, {"decision": "It is work", "outcome": "restored"})["Location"] == reverse("cases")
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 720
    html = staff.get(reverse("cases")).content.decode()
    assert "No open cases." in html
    assert "Restored by Sample staff" in html
    html = staff.get(address).content.decode()
    assert "It is work" in html
    assert '<img src="/pictures' not in html
    assert "<textarea" not in html


def test_what_was_decided_meanwhile_is_not_confirmed(people: People, tile: Segment) -> None:
    case, staff = asked(people, tile), as_person(people.staff)
    decided(people, case, Outcome.UPHELD)
    answer = staff.post(reverse("decide_case", args=[case.pk]), {"decision": "It is work", "outcome": "restored"})
    html = answer.content.decode()
    assert answer.status_code == 422
    said = [html.index(words) for words in ("was decided meanwhile", "Upheld by Sample staff", "As agreed on Monday")]
    assert said == sorted(said)
    assert "<textarea" not in html


def test_staff_who_are_in_the_job_see_no_form(people: People, job: Job, tile: Segment) -> None:
    case, staff = asked(people, tile), people.client
    staff.is_staff = True
    staff.save(update_fields=["is_staff"])
    html = as_person(staff).get(reverse("case", args=[case.pk])).content.decode()
    assert "somebody else of the staff decides" in html
    assert "<textarea" not in html
    act = reverse("decide_case", args=[case.pk])
    answer = as_person(staff).post(act, {"decision": "It is not", "outcome": "upheld"})
    assert (answer.status_code, Case.objects.get().state) == (422, "open")
    assert "does not decide about it" in answer.content.decode()


def test_the_page_of_timesheets_says_where_restored_time_went(people: People, job: Job) -> None:
    card(people.client)
    worked_week(job, slots=2)
    clock.step_to(submission(WEEK))
    row = Segment.objects.order_by("slot")[0]
    reject(segment=row, by=people.client, reason="Not this job", now=clock.second)
    case = asked(people, row)
    clock.step_to(REVIEW_END)
    charge_due(REVIEW_END)
    html = as_person(people.staff).get(reverse("case", args=[case.pk])).content.decode()
    assert "restored time goes on the next one, as an adjustment" in html
    decided(people, case, Outcome.RESTORED)
    submit_due(submission(next_week(WEEK)))
    html = as_person(people.client).get(reverse("timesheets", args=[job.pk])).content.decode()
    assert "Restored by the staff, on a later timesheet: 12 min" in html
    assert "Came late" not in html
    assert "Adjustment, worked 16 to 22 November 2026" in html


def test_a_wrong_button_restores_nothing(people: People, job: Job, tile: Segment) -> None:
    act = reverse("decide_case", args=[asked(people, tile).pk])
    answer = as_person(people.staff).post(act, {"decision": "It is work", "outcome": "taken_back"})
    assert (answer.status_code, Case.objects.get().state) == (422, "open")


def test_the_clients_hand_ends_the_case_on_the_page(people: People, tile: Segment) -> None:
    asked(people, tile)
    as_person(people.client).post(reverse("take_back", args=[tile.pk]))
    assert "Ended: the client took the rejection back" in page(people.freelancer, tile)
    reject(segment=tile, by=people.client, reason="Really not", now=clock.second)
    assert "assistance-text" in page(people.freelancer, tile)


def _work(person: object, tile: Segment) -> str:
    return as_person(person).get(reverse("work", args=[tile.job_id])).content.decode()
