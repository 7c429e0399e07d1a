"""Each page as its people see it; a stranger sees that nothing is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from marketplace.accounts.models import User
from marketplace.billing.services import charge_due
from marketplace.disputes.models import CaseKind
from marketplace.disputes.services import report
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.services import reject, submit_due
from marketplace.workview.models import Picture, Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import DEVICE, SLOT, WEDNESDAY, WEEK, picture_id, record
from worktime.business_clock import ClockOrigin
from worktime.slots import slot_start
from worktime.weeks import review_end
from worktime.weeks import submit_due as submission
from worktime.wire import NoPicture

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Return a browser in which the person is signed in."""

    def made(person: User) -> Client:
        client = Client()
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made


@pytest.fixture
def tile(people: People, job: Job) -> Segment:
    """A full slot with its picture and a comment."""
    return record(people.freelancer, job, number=1, comment="Landing page hero")


def work_url(job: Job, week: int | None = None) -> str:
    return reverse("work", args=[job.pk]) + (f"?week={week}" if week is not None else "")


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def refuse(segment: Segment, people: People, reason: str = "Not this job") -> None:
    reject(segment=segment, by=people.client, reason=reason, now=lambda: WEDNESDAY)


def test_the_client_sees_the_week_with_figures_for_programs(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    html = read(sign_in(people.client), work_url(job))
    assert f'data-week-start="{WEEK}"' in html
    assert 'data-tracked-s="720"' in html
    assert 'data-amount-minor="600"' in html
    assert 'data-timesheet-state="open"' in html
    assert f'data-segment="{tile.pk}"' in html
    assert 'data-state="picture"' in html
    assert f"/pictures/{tile.picture_id}/thumb" in html
    assert "Landing page hero" in html
    assert "Reject and remove 12 minutes" in html


def test_times_are_in_the_zone_of_the_account_until_the_browser_tells_its_own(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    client = sign_in(people.client)
    assert "<time>15:00</time>" in read(client, work_url(job))  # Berlin; 09:00 in New York
    client.cookies["fairhour_zone"] = "Asia/Kolkata"
    assert "<time>19:30</time>" in read(client, work_url(job))
    client.cookies["fairhour_zone"] = "Moon/Sea"
    assert "<time>15:00</time>" in read(client, work_url(job))


def test_the_freelancer_reads_the_same_week_and_cannot_reject(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    html = read(sign_in(people.freelancer), work_url(job))
    assert f'data-segment="{tile.pk}"' in html
    assert "data-reject=" not in html
    assert "reject-dialog" not in html
    assert "Protected" in html


def test_a_rejected_tile_is_framed_and_says_why_on_both_sides(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    refuse(tile, people)
    for person in (people.client, people.freelancer):
        html = read(sign_in(person), work_url(job))
        assert 'data-rejected="true"' in html
        assert "Rejected: Not this job" in html
        assert 'data-rejected-s="720"' in html
        assert ("Take back" in html) is (person == people.client)


def test_who_opened_a_picture_is_told_to_the_freelancer_alone(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    opened = sign_in(people.client).get(reverse("picture", args=[tile.picture_id, "full"]))
    assert opened["Cache-Control"] == "private, no-store"
    assert opened["Content-Type"] == "image/webp"
    assert "Opened by Sample client" in read(sign_in(people.freelancer), work_url(job))
    assert "Opened by Sample client" in read(sign_in(people.freelancer), reverse("viewer", args=[tile.pk]))
    assert "Opened by" not in read(sign_in(people.client), work_url(job))
    assert "Opened by" not in read(sign_in(people.client), reverse("viewer", args=[tile.pk]))


def test_a_thumbnail_is_no_opening(people: People, job: Job, tile: Segment, sign_in: SignIn) -> None:
    assert sign_in(people.client).get(reverse("picture", args=[tile.picture_id, "thumb"])).status_code == 200
    assert "Opened by" not in read(sign_in(people.freelancer), work_url(job))


@pytest.mark.parametrize("name", ["work", "work_changes", "room", "timesheets"])
def test_a_strangers_request_for_a_job_finds_nothing(people: People, job: Job, sign_in: SignIn, name: str) -> None:
    for person in (people.stranger, people.other, people.staff):
        assert sign_in(person).get(reverse(name, args=[job.pk])).status_code == 404


def test_a_strangers_request_for_a_tile_finds_nothing(people: People, tile: Segment, sign_in: SignIn) -> None:
    stranger = sign_in(people.stranger)
    assert stranger.get(reverse("viewer", args=[tile.pk])).status_code == 404
    assert stranger.get(reverse("picture", args=[tile.picture_id, "full"])).status_code == 404
    assert stranger.post(reverse("reject", args=[tile.pk]), {"reason": "no"}).status_code == 404
    assert stranger.post(reverse("take_back", args=[tile.pk])).status_code == 404
    assert stranger.get(reverse("report", args=[tile.pk])).status_code == 404


def test_who_is_not_signed_in_is_asked_to(job: Job) -> None:
    answer = Client().get(work_url(job))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_week_is_found_by_any_second_in_it_and_nonsense_is_not(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    client = sign_in(people.client)
    assert f'data-week-start="{WEEK}"' in read(client, work_url(job, WEDNESDAY + 5))
    for nonsense in ("x", "-5", "9" * 30):
        assert client.get(work_url(job) + f"?week={nonsense}").status_code == 404


def test_the_weeks_of_the_job_can_be_turned_and_no_others(people: People, job: Job, sign_in: SignIn) -> None:
    html = read(sign_in(people.client), work_url(job))
    assert "Week before" not in html
    assert "Week after" not in html
    later = read(sign_in(people.client), work_url(job, WEEK + 8 * 86_400))
    assert "Week before" in later
    assert "This week has not begun." in later


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, url)
    return len(queries)


def test_two_hundred_tiles_need_as_many_queries_as_one(people: People, job: Job, sign_in: SignIn) -> None:
    client = sign_in(people.client)
    record(people.freelancer, job, SLOT - 1, no_picture=NoPicture.LOCKED)
    of_one = queries_of(client, work_url(job))
    for slot in range(SLOT - 200, SLOT - 1):
        record(people.freelancer, job, slot, no_picture=NoPicture.LOCKED)
    assert queries_of(client, work_url(job)) == of_one
    assert read(client, work_url(job)).count('class="tile"') == 200


def alike(people: People, job: Job, slots: range) -> None:
    """Store a full slot with the one picture that they all have, for each of ``slots``."""
    segments = Segment.objects.bulk_create(
        Segment(
            job=job,
            person=people.freelancer,
            slot=slot,
            device=DEVICE,
            revision=1,
            spans=[[slot_start(slot), slot_start(slot) + 720, True]],
            tracked_s=720,
            picture_id=picture_id(slot),
            stored_at=WEDNESDAY,
            arrived_at=WEDNESDAY,
        )
        for slot in slots
    )
    Picture.objects.bulk_create(
        Picture(
            id=picture_id(row.slot),
            segment=row,
            person=people.freelancer,
            sha256="a" * 64,
            width=8,
            height=8,
            size=9,
            received_at=WEDNESDAY,
        )
        for row in segments
    )


def test_two_hundred_pictures_that_are_alike_need_as_many_queries_as_one(
    people: People, job: Job, sign_in: SignIn
) -> None:
    client = sign_in(people.client)
    alike(people, job, range(SLOT - 1, SLOT))
    of_one = queries_of(client, work_url(job))
    alike(people, job, range(SLOT - 200, SLOT - 1))
    assert queries_of(client, work_url(job)) == of_one
    assert read(client, work_url(job)).count("Same picture as") == 199


def test_an_equal_picture_is_told_to_both_on_the_tile_and_on_its_page(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    Picture.objects.update(sha256="a" * 64)
    again = record(people.freelancer, job, SLOT + 1, number=2)
    for person, first in ((people.client, "15:00"), (people.freelancer, "19:30")):
        assert "Same picture" not in read(sign_in(person), work_url(job))
        Picture.objects.filter(segment=again).update(sha256="a" * 64)
        for url in (work_url(job), reverse("viewer", args=[again.pk])):
            html = read(sign_in(person), url)
            assert html.count(f"Same picture as {first}") == 1
            assert "No time comes off for it." in html
        assert "Same picture" not in read(sign_in(person), reverse("viewer", args=[tile.pk]))
        assert 'data-tracked-s="1440"' in read(sign_in(person), work_url(job))
        Picture.objects.filter(segment=again).update(sha256="b" * 64)


def test_the_viewer_turns_to_the_tiles_beside_it(people: People, job: Job, tile: Segment, sign_in: SignIn) -> None:
    after = record(people.freelancer, job, SLOT + 1, number=2)
    html = read(sign_in(people.client), reverse("viewer", args=[tile.pk]))
    assert f'rel="next" href="{reverse("viewer", args=[after.pk])}"' in html
    assert 'rel="prev"' not in html
    assert f"/pictures/{tile.picture_id}/full" in html
    assert "Screenshot taken" in html


def test_the_history_of_a_tile_tells_of_its_rejections(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    refuse(tile, people)
    client = sign_in(people.client)
    assert "Rejected: Not this job" in read(client, reverse("viewer", args=[tile.pk]))
    client.post(reverse("take_back", args=[tile.pk]))
    assert "Rejection taken back" in read(client, reverse("viewer", args=[tile.pk]))


def test_counts_are_shown_where_both_sides_switched_them_on(people: People, job: Job, sign_in: SignIn) -> None:
    client, freelancer = sign_in(people.client), sign_in(people.freelancer)
    room = reverse("room", args=[job.pk])
    assert "nothing is counted" in read(freelancer, room)
    assert "Ask for counts" in read(client, room)
    for _ in range(2):
        assert client.post(reverse("input_counts", args=[job.pk]), {"on": "1"}).status_code == 302
    assert read(client, room).count("The client asks for counts of keys and clicks.") == 1, "told once"
    assert "You decide in the tracker" in read(freelancer, room)
    counted = record(people.freelancer, job, number=3, keys=1200, clicks=31, active_s=500)
    html = read(client, reverse("viewer", args=[counted.pk]))
    assert "1,200" in html
    assert "8 minutes 20 seconds" in html
    client.post(reverse("input_counts", args=[job.pk]), {"on": "0"})
    assert "None are counted from now on." in read(freelancer, room)
    assert "Ask for counts" in read(client, room)


def test_what_a_redacted_screenshot_protects_is_told_before_to_both(people: People, job: Job, sign_in: SignIn) -> None:
    client, freelancer = sign_in(people.client), sign_in(people.freelancer)
    room = reverse("room", args=[job.pk])
    assert "counts, but is not protected. Only your client can change that." in read(freelancer, room)
    assert "Protect time with hidden areas" in read(client, room)
    for _ in range(2):
        assert client.post(reverse("redaction", args=[job.pk]), {"on": "1"}).status_code == 302
    told = "New terms: time whose screenshot has hidden areas is protected from now on."
    assert read(freelancer, room).count(told) == 1
    assert "By this job" in read(freelancer, room)
    tile = record(people.freelancer, job, number=3, redacted=2)
    for reader in (client, freelancer):
        assert "Redacted: 2 areas." in read(reader, reverse("viewer", args=[tile.pk]))
    client.post(reverse("redaction", args=[job.pk]), {"on": "0"})
    assert "from now on, time whose screenshot has hidden areas counts, but is not protected" in read(freelancer, room)


def test_real_input_is_not_set_against_the_time_of_a_fast_clock(
    people: People, job: Job, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = record(people.freelancer, job, number=3, active_s=9)
    assert "With input" in read(sign_in(people.client), reverse("viewer", args=[tile.pk]))
    monkeypatch.setattr(clock, "_clock", ClockOrigin(WEDNESDAY * 1_000_000, 0, 60))
    assert "With input" not in read(sign_in(people.client), reverse("viewer", args=[tile.pk]))


def test_the_open_page_looks_often_enough_to_show_a_tile_within_five_seconds(
    people: People, job: Job, sign_in: SignIn
) -> None:
    assert 'hx-trigger="every 3s,' in read(sign_in(people.client), work_url(job))


def test_staff_see_a_reported_tile_and_not_the_ones_beside_it(
    people: People, job: Job, tile: Segment, sign_in: SignIn
) -> None:
    record(people.freelancer, job, SLOT + 1, number=2)
    staff = sign_in(people.staff)
    assert staff.get(reverse("viewer", args=[tile.pk])).status_code == 404
    report(segment=tile, by=people.client, kind=CaseKind.SCREENSHOT, reason="Private data", now=WEDNESDAY)
    html = read(staff, reverse("viewer", args=[tile.pk]))
    assert 'rel="next"' not in html
    assert 'href=""' not in html
    assert "Reject and remove" not in html


def test_the_dashboard_lists_jobs_with_what_matters(
    people: People, job: Job, other_job: Job, tile: Segment, sign_in: SignIn
) -> None:
    html = read(sign_in(people.client), "/")
    assert "Website redesign" in html
    assert "Data import" in html
    assert "Sample freelancer works for you" in html
    assert "12 min" in html
    assert "6.00 USD" in html
    assert "Not Ready" in html
    assert "This week submits Mon 23 Nov, 07:00 ET (13:00 your time)" in html
    own = read(sign_in(people.freelancer), "/")
    assert "You work for Sample client" in own
    assert "Data import" not in own


def test_last_weeks_review_comes_before_this_weeks_submission(
    people: People, job: Job, tile: Segment, sign_in: SignIn, step: Callable[[int], int]
) -> None:
    step(WEEK + 8 * 86_400)
    html = read(sign_in(people.client), "/")
    assert "12 min of last week are in review until Fri 27 Nov, 23:59 ET (Sat 05:59 your time)" in html


def test_who_has_no_job_is_told_what_happens_next(people: People, sign_in: SignIn) -> None:
    assert "You have no jobs yet." in read(sign_in(people.stranger), "/")


def test_an_empty_week_is_one_sentence(people: People, job: Job, sign_in: SignIn) -> None:
    assert "As soon as the freelancer starts the tracker" in read(sign_in(people.client), work_url(job))
    assert "Start the tracker on this job" in read(sign_in(people.freelancer), work_url(job))


def test_nothing_is_inline(people: People, job: Job, tile: Segment, sign_in: SignIn) -> None:
    """The policy that is sent forbids it; a browser would drop it without a word."""
    for url in ("/", work_url(job), reverse("viewer", args=[tile.pk]), reverse("room", args=[job.pk])):
        answer = sign_in(people.client).get(url)
        html = answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "style=" not in html
        assert "<style" not in html
        assert "onclick" not in html
        assert "<script>" not in html


def test_a_job_without_terms_breaks_no_page(people: People, job: Job, other_job: Job, sign_in: SignIn) -> None:
    job.terms.all().delete()
    client = sign_in(people.client)
    html = read(client, "/")
    assert "Job without terms" in html
    assert work_url(other_job) in html
    assert client.get(work_url(job)).status_code == 409


def test_without_a_gateway_the_page_says_that_nothing_is_charged(
    people: People, job: Job, sign_in: SignIn, settings: Settings
) -> None:
    record(people.freelancer, job, number=1)
    submit_due(submission(WEEK))
    settings.PAYMENT_GATEWAY = ""
    charge_due(review_end(WEEK))
    for person in (people.client, people.freelancer):
        html = read(sign_in(person), reverse("timesheets", args=[job.pk]))
        assert "No payment gateway is configured" in html
        assert "waits since" in html
    settings.PAYMENT_GATEWAY = "sandbox"
    assert "No payment gateway" not in read(sign_in(people.client), reverse("timesheets", args=[job.pk]))
