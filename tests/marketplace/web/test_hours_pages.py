"""Other hours in the browser: entered once, changed and deleted by the freelancer, shown to both sides."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.models import OtherHours
from marketplace.timesheets.services import submit_due, take_hours
from tests.marketplace.conftest import People
from tests.marketplace.support import WEEK, picture_id
from tests.marketplace.web.test_pages import SignIn, read, sign_in, work_url
from worktime import wire
from worktime.weeks import next_week
from worktime.weeks import submit_due as submission

__all__ = ["sign_in"]

pytestmark = pytest.mark.django_db
NEXT = next_week(WEEK)


def form(**fields: Any) -> dict[str, str]:
    """Return what the form sends for 1 h 30 min of the tests' week, with fields changed."""
    plain = {"entry": picture_id(7), "week": WEEK, "hours": 1, "minutes": 30, "seconds": 0, "note": "A call"}
    return {name: str(value) for name, value in {**plain, "revision": 1, **fields}.items()}


def entered(job: Job, client: Client, **fields: Any) -> OtherHours:
    """Enter an entry by the form, and return its row."""
    sent = form(**fields)
    answer = client.post(reverse("hours_add", args=[job.pk]), sent)
    assert answer["Location"] == f"/jobs/{job.pk}/work/?week={sent['week']}#other-hours"
    return OtherHours.objects.get(entry=sent["entry"])


def refusal(client: Client, address: str, sent: dict[str, str]) -> str:
    """Return the page of a form that was not taken."""
    answer = client.post(address, sent)
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_form_that_is_sent_twice_enters_once(people: People, job: Job, sign_in: SignIn) -> None:
    client = sign_in(people.freelancer)
    for _ in range(2):
        entered(job, client)
    html = read(client, work_url(job))
    assert "Added to Other hours: 1 h 30 min." in html
    assert OtherHours.objects.get().seconds == 5400
    assert html.count('class="other-row"') == 1
    assert "Not protected: 1 h 30 min of Other hours." in html
    assert "1 h 30 min" in read(client, "/"), "the week's time has them too"


def test_what_can_not_be_entered_is_said_and_nothing_typed_is_lost(people: People, job: Job, sign_in: SignIn) -> None:
    client, address = sign_in(people.freelancer), reverse("hours_add", args=[job.pk])
    page = read(client, f"{address}?week={WEEK}")
    assert re.search(r'name="entry" value="[0-9a-f-]{36}"', page)
    assert f'<option value="{WEEK}" selected>' in page
    for changed, why in (
        ({"hours": 0, "minutes": 0}, "Time or note missing"),
        ({"hours": "-1", "minutes": "x"}, "Time or note missing"),
        ({"hours": 169, "minutes": 0}, "The week has 168 hours"),
        ({"hours": 9999}, "Time or note missing"),
        ({"note": "  "}, "Time or note missing"),
        ({"week": "soon"}, "No work week begins"),
        ({"week": NEXT}, "The week has not begun"),
        ({"week": 999_999_999_999}, "The week has not begun"),
    ):
        sent = form(**changed)
        html = refusal(client, address, sent)
        assert why in html
        assert f'value="{sent["entry"]}"' in html, "another try has the same id"
        assert f'value="{sent["hours"]}"' in html
    assert not OtherHours.objects.exists()


def test_an_entry_is_changed_and_deleted_unless_it_was_changed_elsewhere(
    people: People, job: Job, sign_in: SignIn
) -> None:
    client = sign_in(people.freelancer)
    row = entered(job, client)
    edit, delete = (reverse(name, args=[row.entry]) for name in ("hours_edit", "hours_delete"))
    assert 'value="30"' in read(client, edit)
    client.post(edit, form(minutes=1, note="Shorter"))
    row.refresh_from_db()
    assert (row.seconds, row.note, row.revision) == (3660, "Shorter", 2)
    for address in (edit, delete):
        html = refusal(client, address, form(revision=1, note="From a page that is old"))
        assert "Changed on another screen" in html
        assert 'name="revision" value="2"' in html
    assert "Time or note missing" in refusal(client, edit, form(hours=0, minutes=0, revision=2))
    assert "Delete 1 h 1 min of Other hours?" in read(client, delete)
    assert client.post(delete, {"revision": "2"}).status_code == 302
    assert client.get(edit).status_code == 404
    assert "other-row" not in read(client, work_url(job))


def test_the_client_sees_them_and_can_not_reject_them(people: People, job: Job, sign_in: SignIn) -> None:
    entered(job, sign_in(people.freelancer), note="<b>Planning</b>")
    html = read(sign_in(people.client), work_url(job))
    assert "&lt;b&gt;Planning&lt;/b&gt;" in html
    assert "rejected, only disputed" in html
    section = html[html.index('id="other-hours"') :]
    assert "Edit" not in section
    assert reverse("hours_add", args=[job.pk]) not in html
    assert 'data-other-s="5400"' in html
    assert "45.00 USD" in html


def test_a_week_without_any_says_nothing_to_the_client(people: People, job: Job, sign_in: SignIn) -> None:
    html = read(sign_in(people.client), work_url(job))
    assert re.search(r'id="other-hours"[^>]* hidden', html)
    assert "Nothing is recorded yet" in html
    early = read(sign_in(people.freelancer), work_url(job) + f"?week={NEXT}")
    assert reverse("hours_add", args=[job.pk]) not in early, "the week has not begun"


def test_additional_hours_are_marked_on_page_and_timesheets(people: People, job: Job, sign_in: SignIn) -> None:
    client = sign_in(people.freelancer)
    first = entered(job, client)
    clock.step_to(submission(WEEK))
    submit_due(clock.second())
    entered(job, client, entry=picture_id(8), note="Forgotten call")
    html = read(client, work_url(job) + f"?week={WEEK}")
    assert "Additional: added after the week was submitted" in html
    assert reverse("hours_edit", args=[first.entry]) not in html
    assert reverse("hours_edit", args=[picture_id(8)]) in html
    assert "go on the next timesheet" in read(sign_in(people.client), work_url(job) + f"?week={WEEK}")
    sheets = read(client, reverse("timesheets", args=[job.pk]))
    assert "Additional hours, on a later timesheet: 1 h 30 min" in sheets
    assert "Worked 16 to 22 November 2026" in sheets
    submit_due(submission(NEXT))
    clock.step_to(submission(NEXT))
    assert "On the timesheet of 23 to 29 November 2026" in read(client, work_url(job) + f"?week={WEEK}")
    assert "timesheet that was submitted" in refusal(client, reverse("hours_edit", args=[first.entry]), form())


def test_an_entry_from_the_tracker_shows_on_the_open_page(people: People, job: Job, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    have = ",".join(
        f"{found[1]}:{found[2]}"
        for found in re.finditer(r'id="([\w-]+)"[^>]*? data-digest="(\w+)"', read(client, work_url(job)))
    )
    entry = wire.OtherHours(id=picture_id(9), job=job.pk, week_start=WEEK, seconds=61, note="Call")
    take_hours(person=people.freelancer, batch=wire.OtherHoursBatch(v=1, entries=(entry,)), now=clock.second)
    changed = read(client, reverse("work_changes", args=[job.pk]) + f"?since=0&have={have}")
    assert "1 min 1 s" in changed
    assert set(re.findall(r'id="([a-z-]+)"[^>]* hx-swap-oob', changed)) == {"totals", "other-hours", "days"}
