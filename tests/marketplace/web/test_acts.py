"""What people do on the pages, without a script: reject, take back, write, report, decide; and what refuses them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from marketplace.billing.sandbox import DECLINED_CARD
from marketplace.billing.services import charge_due
from marketplace.disputes.models import Case, CaseKind, CaseState
from marketplace.disputes.services import report
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import reject
from marketplace.web.zone import remember_zone
from marketplace.workroom.selectors import messages_of
from marketplace.workview.models import Segment
from tests.marketplace.billing.support import REVIEW_END, card, worked_week
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, WEEK, record
from tests.marketplace.web.test_pages import SignIn, read, sign_in, work_url

__all__ = ["sign_in"]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tile(people: People, job: Job) -> Segment:
    """A full slot with its picture and a comment."""
    return record(people.freelancer, job, number=1, comment="Landing page hero")


def standing(segment: Segment) -> int:
    return segment.rejections.filter(taken_back_at__isnull=True).count()


def test_a_plain_form_rejects_and_leads_back_to_the_tile(people: People, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    answer = client.post(reverse("reject", args=[tile.pk]), {"reason": "Not this job"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/jobs/{tile.job_id}/work/?week={WEEK}#tile-{tile.pk}"
    assert "The time has left the timesheet" in read(client, work_url(tile.job))
    assert standing(tile) == 1


def test_htmx_gets_only_what_has_changed(people: People, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    have = ",".join(
        f"{found[1]}:{found[2]}"
        for found in re.finditer(r'id="([\w-]+)"[^>]*? data-digest="(\w+)"', read(client, work_url(tile.job)))
    )
    answer = client.post(reverse("reject", args=[tile.pk]), {"reason": "No", "have": have}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "fairhour:judged" in answer["HX-Trigger"]
    assert re.findall(r'id="([a-z]+)[\w-]*"[^>]* hx-swap-oob="true"', html) == ["totals", "strip", "day", "hour"]
    assert 'data-tracked-s="0"' in html


def test_a_rejection_without_a_reason_is_refused_in_words(people: People, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    for headers in ({}, HTMX):
        answer = client.post(reverse("reject", args=[tile.pk]), {"reason": " "}, headers=headers)
        assert answer.status_code == 409
        assert "Reason needed" in answer.content.decode()
        assert "Load the page again" not in answer.content.decode()
    assert standing(tile) == 0


def test_the_freelancer_cannot_reject_or_take_back(people: People, tile: Segment, sign_in: SignIn) -> None:
    freelancer = sign_in(people.freelancer)
    for name in ("reject", "take_back"):
        answer = freelancer.post(reverse(name, args=[tile.pk]), {"reason": "Mine"})
        assert answer.status_code == 409
        assert "Only the client can do this" in answer.content.decode()
    assert standing(tile) == 0


def test_after_review_nothing_is_taken_back_and_htmx_is_told_where_it_can_be_read(
    people: People, job: Job, sign_in: SignIn
) -> None:
    worked_week(job)
    segment = Segment.objects.earliest("slot")
    reject(segment=segment, by=people.client, reason="Not this job", now=clock.second)
    clock.step_to(REVIEW_END)
    answer = sign_in(people.client).post(reverse("take_back", args=[segment.pk]), headers=HTMX)
    assert answer.status_code == 409
    assert "innerHTML:#act-problem" in answer.content.decode()
    assert "Review is over" in answer.content.decode()
    assert standing(segment) == 1


def test_acts_are_posts_with_a_token_and_nothing_else(people: People, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    for name in ("reject", "take_back"):
        answer = client.get(reverse(name, args=[tile.pk]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("viewer", args=[tile.pk]))
        assert sign_in(people.stranger).get(reverse(name, args=[tile.pk])).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.client, "allauth.account.auth_backends.AuthenticationBackend")
    answer = strict.post(reverse("reject", args=[tile.pk]), {"reason": "No"})
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.content.decode()
    assert standing(tile) == 0


def test_what_an_address_does_not_answer_is_told_in_words(people: People, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    for answer in (client.post(work_url(tile.job)), client.put(reverse("reject", args=[tile.pk]))):
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
        assert "That cannot be done this way" in answer.content.decode()


def test_who_is_signed_out_comes_back_to_the_page_of_the_act(tile: Segment, client: Client) -> None:
    viewer, login = reverse("viewer", args=[tile.pk]), reverse("account_login")
    for name in ("reject", "take_back"):
        answer = client.post(reverse(name, args=[tile.pk]), {"reason": "No"})
        assert (answer.status_code, answer["Location"]) == (302, f"{login}?next={viewer}")
    answer = client.post(reverse("close_case", args=[tile.pk]), {"decision": "No"})
    assert answer["Location"] == f"{login}?next={reverse('case', args=[tile.pk])}"
    assert standing(tile) == 0


@pytest.mark.parametrize(
    "seen_at", ["http://testserver{page}", "https://elsewhere.test{page}", "http://testserver//x.test"]
)
def test_htmx_leaves_for_the_sign_in_page_and_comes_back_to_a_page_of_ours(
    tile: Segment, client: Client, seen_at: str
) -> None:
    page = f"{work_url(tile.job)}?week={WEEK}"
    headers = {**HTMX, "HX-Current-URL": seen_at.format(page=page)}
    answer = client.post(reverse("reject", args=[tile.pk]), {"reason": "No"}, headers=headers)
    back = page if seen_at == "http://testserver{page}" else reverse("viewer", args=[tile.pk])
    assert answer.status_code == 401
    assert answer.content == b""
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?{urlencode({'next': back}, safe='/')}"


def test_nothing_is_sent_while_the_counter_stands(people: People, job: Job, tile: Segment, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    job.refresh_from_db()
    url = reverse("work_changes", args=[job.pk])
    assert client.get(url, {"since": job.change_counter, "week": WEEK}).status_code == 204
    answer = client.get(url, {"since": job.change_counter - 1, "week": WEEK})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'data-since="{job.change_counter}"' in html
    assert f'data-segment="{tile.pk}"' in html


def test_a_message_is_posted_and_read_by_the_other_side(people: People, job: Job, sign_in: SignIn) -> None:
    url = reverse("room", args=[job.pk])
    client = sign_in(people.client)
    assert "No messages yet." in read(client, url)
    before = Job.objects.get(pk=job.pk).change_counter
    assert client.post(url, {"text": "Could you look at the <hero>?"}).status_code == 302
    assert Job.objects.get(pk=job.pk).change_counter > before
    html = read(sign_in(people.freelancer), url)
    assert "Could you look at the &lt;hero&gt;?" in html
    assert "Sample client" in html
    assert "Post to Sample client" in html
    assert "You" in read(client, url)


def test_what_the_room_tells_of_a_tile_leads_to_it_and_names_its_time_in_both_zones(
    people: People, tile: Segment, sign_in: SignIn
) -> None:
    client, room = sign_in(people.client), reverse("room", args=[tile.job_id])
    client.post(room, {"text": "Hello"})
    assert f'href="{reverse("viewer", args=[tile.pk])}"' not in read(client, room)
    client.post(reverse("reject", args=[tile.pk]), {"reason": "Not this job"})
    client.post(reverse("take_back", args=[tile.pk]))
    report(segment=tile, by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    for person, own in ((people.client, "15:00"), (people.freelancer, "19:30")):
        html = read(sign_in(person), room)
        assert html.count(f'href="{reverse("viewer", args=[tile.pk])}"') == 3
        assert html.count(f"Screenshot of Wed 18 Nov, 09:00 ET ({own} your time)") == 3


def test_a_message_that_cannot_be_posted_is_kept_in_the_form(people: People, job: Job, sign_in: SignIn) -> None:
    answer = sign_in(people.client).post(reverse("room", args=[job.pk]), {"text": "x" * 4001})
    assert answer.status_code == 422
    assert "Message not posted" in answer.content.decode()
    assert "x" * 4001 in answer.content.decode()
    assert messages_of(job) == []


def test_a_report_opens_a_case(people: People, tile: Segment, sign_in: SignIn) -> None:
    url = reverse("report", args=[tile.pk])
    client = sign_in(people.client)
    assert "What do you report?" in read(client, url)
    assert client.post(url, {"reason": "Rude", "kind": "comment"}).status_code == 302
    assert Case.objects.get().kind == CaseKind.COMMENT
    assert "Reported. The staff look at it" in read(client, work_url(tile.job))


def test_a_report_without_words_is_asked_for_them(people: People, tile: Segment, sign_in: SignIn) -> None:
    answer = sign_in(people.freelancer).post(reverse("report", args=[tile.pk]), {"reason": ""})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_staff_report_nothing_and_say_where_they_were(people: People, tile: Segment, sign_in: SignIn) -> None:
    report(segment=tile, by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    answer = sign_in(people.staff).post(reverse("report", args=[tile.pk]), {"reason": "Me too"})
    assert answer.status_code == 422


def test_staff_close_a_case_with_words_for_both_sides(people: People, tile: Segment, sign_in: SignIn) -> None:
    case = report(segment=tile, by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    staff = sign_in(people.staff)
    assert "1 open case" in read(staff, "/")
    assert "Private" in read(staff, reverse("cases"))
    assert staff.post(reverse("close_case", args=[case.pk]), {"decision": ""}).status_code == 422
    assert staff.post(reverse("close_case", args=[case.pk]), {"decision": "It stays."}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert "No open cases." in read(staff, reverse("cases"))


def test_cases_are_for_staff(people: People, tile: Segment, sign_in: SignIn) -> None:
    case = report(segment=tile, by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    answer = sign_in(people.client).get(reverse("cases"))
    assert answer.status_code == 403
    assert "This is not yours to see" in answer.content.decode()
    assert sign_in(people.client).post(reverse("close_case", args=[case.pk]), {"decision": "x"}).status_code == 403


def test_a_charged_week_shows_the_charge_and_to_the_freelancer_the_fees(
    people: People, job: Job, sign_in: SignIn
) -> None:
    card(people.client)
    worked_week(job, slots=5)
    clock.step_to(REVIEW_END)
    charge_due(REVIEW_END)
    url = reverse("timesheets", args=[job.pk])
    html = read(sign_in(people.freelancer), url)
    assert 'data-timesheet-state="charged"' in html
    assert 'data-charge-minor="3000"' in html
    assert "30.00 USD charged Sat 28 Nov" in html
    assert "Service fee" in html
    assert "-1.80 USD" in html
    assert "27.38 USD" in html
    assert "Service fee" not in read(sign_in(people.client), url)


def test_a_failed_charge_says_not_ready_and_why(people: People, job: Job, sign_in: SignIn) -> None:
    card(people.client, DECLINED_CARD)
    worked_week(job)
    clock.step_to(REVIEW_END)
    charge_due(REVIEW_END)
    assert figures(job, WEEK, REVIEW_END).state == "failed"
    html = read(sign_in(people.client), reverse("timesheets", args=[job.pk]))
    assert "The payment of 6.00 USD failed" in html
    assert "The job is Not Ready until it is paid" in html
    assert "The automatic payment of a timesheet failed." in read(sign_in(people.client), work_url(job, WEEK))


def test_a_job_without_timesheets_says_so(people: People, job: Job, sign_in: SignIn) -> None:
    assert "No timesheet yet." in read(sign_in(people.client), reverse("timesheets", args=[job.pk]))


def test_the_browsers_zone_is_kept_at_sign_in(people: People, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["fairhour_zone"] = "Asia/Tokyo"
    remember_zone(request, people.client)
    people.client.refresh_from_db()
    assert people.client.time_zone == "Asia/Tokyo"
    request.COOKIES["fairhour_zone"] = "Moon/Sea"
    remember_zone(request, people.client)
    remember_zone(None, people.client)
    people.client.refresh_from_db()
    assert people.client.time_zone == "Asia/Tokyo"


def test_what_fails_on_our_side_says_so_and_stays_in_the_frame(
    people: People, job: Job, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("marketplace.web.views.work.work_page", broken)
    client = sign_in(people.client)
    client.raise_request_exception = False
    answer = client.get(work_url(job))
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "Something failed on our side" in html
    assert "recorded time is not affected" in html
    assert "Oops" not in html
