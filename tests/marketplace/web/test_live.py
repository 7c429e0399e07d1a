"""The Work View page in a real browser: tiles arrive by themselves, rejecting, taking back, all by keyboard too."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.accounts.models import User
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.services import reject
from marketplace.workroom.models import OutgoingMail
from marketplace.workroom.selectors import messages_of
from marketplace.workview.models import Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY
from tests.marketplace.web.conftest import PHONE, Open
from tests.marketplace.web.sample_week import put
from worktime.business_clock import ClockOrigin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes every second, as nobody wants to wait for three."""
    monkeypatch.setattr("marketplace.web.workdata.REAL_POLL_S", 1)


@pytest.fixture
def tiles(people: People, job: Job) -> list[Segment]:
    """Three full slots with pictures."""
    return [put(job, SLOT + n, 50 + n, comment=f"Step {n}") for n in range(3)]


def at_work(open_as: Open, person: User, job: Job, **look: object) -> Page:
    page = open_as(person, **look)
    page.goto(reverse("work", args=[job.pk]))
    return page


def total(page: Page) -> str:
    return page.locator("#totals").get_attribute("data-tracked-s") or ""


def expect_total(page: Page, seconds: int) -> None:
    expect(page.locator("#totals")).to_have_attribute("data-tracked-s", str(seconds))


def test_a_new_tile_appears_without_a_reload_and_nothing_else_moves(
    quick: None, people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job)
    expect_total(page, 2160)
    page.evaluate("() => { window.stillHere = true; }")
    page.locator(f"#view-{tiles[0].pk}").focus()
    page.evaluate("() => window.scrollTo({top: 120, behavior: 'instant'})")
    before = page.evaluate("() => window.scrollY")
    put(job, SLOT + 3, 60, stored=False)
    follows = page.locator("[data-state=picture_follows]")
    expect(follows).to_be_visible()
    expect(follows).to_contain_text("Picture follows")
    expect_total(page, 2880)
    assert page.evaluate("() => window.stillHere") is True
    assert page.evaluate("() => window.scrollY") == before
    expect(page.locator(f"#view-{tiles[0].pk}")).to_be_focused()


def test_an_open_dialog_and_its_words_survive_a_change(
    quick: None, people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job)
    page.locator(f"#tile-{tiles[1].pk}").hover()
    page.locator(f"#reject-{tiles[1].pk}").click()
    page.locator("#reject-dialog textarea").fill("Half a sen")
    put(job, SLOT + 3, 61)
    expect_total(page, 2880)
    expect(page.locator("#reject-dialog")).to_be_visible()
    expect(page.locator("#reject-dialog textarea")).to_have_value("Half a sen")
    expect(page.locator("#reject-dialog textarea")).to_be_focused()


def test_who_is_signed_out_is_led_to_signing_in_and_finds_the_page_and_the_words_again(
    people: People, job: Job, tiles: list[Segment], open_as: Open, complaints: list[str]
) -> None:
    page = at_work(open_as, people.client, job)
    address = page.url
    page.locator(f"#tile-{tiles[1].pk}").hover()
    page.locator(f"#reject-{tiles[1].pk}").click()
    page.locator("#reject-dialog textarea").fill("Half a sentence")
    session = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    page.locator("#reject-dialog button[type=submit]").click()
    page.wait_for_url(re.compile(r"/accounts/login/\?next=/jobs/.*/work/$"))
    assert [one for one in complaints if "401" not in one] == []
    complaints.clear()
    page.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": address}])
    page.goto(address)
    page.locator(f"#tile-{tiles[1].pk}").hover()
    page.locator(f"#reject-{tiles[1].pk}").click()
    expect(page.locator("#reject-dialog textarea")).to_have_value("Half a sentence")


def test_rejecting_removes_the_time_frames_the_tile_and_tells_the_freelancer(
    people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job)
    tile = page.locator(f"#tile-{tiles[1].pk}")
    tile.hover()
    tile.get_by_role("button", name="Reject").click()
    dialog = page.locator("#reject-dialog")
    expect(dialog).to_contain_text("until Fri 27 Nov, 23:59 ET (Sat 05:59 your time)")
    dialog.locator("textarea[name=reason]").fill("Not this job")
    dialog.get_by_role("button", name="Reject and remove 12 minutes").click()
    expect(dialog).to_be_hidden()
    expect_total(page, 1440)
    expect(page.locator("#totals")).to_have_attribute("data-rejected-s", "720")
    expect(page.locator("#totals")).to_have_attribute("data-amount-minor", "1200")
    expect(tile).to_have_attribute("data-rejected", "true")
    expect(tile).to_contain_text("Rejected: Not this job")
    frame = tile.locator(".frame")
    expect(frame).to_have_css("border-top-width", "2px")
    expect(frame).to_have_css("border-top-color", "rgb(185, 28, 28)")
    expect(page.locator(f"#take-back-{tiles[1].pk}")).to_be_focused()
    assert "Not this job" in messages_of(job)[-1].text
    assert OutgoingMail.objects.get().to == people.freelancer.email


def test_a_rejection_is_taken_back_in_place(people: People, job: Job, tiles: list[Segment], open_as: Open) -> None:
    reject(segment=tiles[0], by=people.client, reason="By mistake", now=lambda: WEDNESDAY)
    page = at_work(open_as, people.client, job)
    expect_total(page, 1440)
    tile = page.locator(f"#tile-{tiles[0].pk}")
    tile.hover()
    tile.get_by_role("button", name="Take back").click()
    expect(tile).to_have_attribute("data-rejected", "false")
    expect_total(page, 2160)


def test_what_cannot_be_rejected_any_more_says_why_in_the_dialog(
    people: People, job: Job, tiles: list[Segment], open_as: Open, complaints: list[str]
) -> None:
    page = at_work(open_as, people.client, job)
    page.locator(f"#tile-{tiles[0].pk}").hover()
    page.locator(f"#reject-{tiles[0].pk}").click()
    Segment.objects.filter(pk=tiles[0].pk).update(spans=[[*tiles[0].spans[0][:2], False]])
    page.locator("#reject-dialog textarea").fill("Too late")
    page.locator("#reject-dialog button[type=submit]").click()
    expect(page.locator("#reject-problem")).to_contain_text("Time without Work View cannot be rejected, only disputed")
    expect(page.locator("#reject-dialog")).to_be_visible()
    assert [one for one in complaints if "409" not in one] == []
    complaints.clear()
    page.get_by_role("button", name="Keep the time").click()
    expect(page.locator("#reject-dialog")).to_be_hidden()
    expect(page.locator(f"#reject-{tiles[0].pk}")).to_be_focused()


def test_a_tile_can_be_rejected_with_the_keyboard_alone(
    people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == f"reject-{tiles[2].pk}":
            break
    button = page.locator(f"#reject-{tiles[2].pk}")
    expect(button).to_be_focused()
    expect(page.locator(f"#tile-{tiles[2].pk} .tile-acts")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#reject-dialog textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Seen before")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#tile-{tiles[2].pk}")).to_have_attribute("data-rejected", "true")


def test_the_freelancer_sees_the_red_frame_without_a_reload(
    quick: None, people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.freelancer, job)
    expect_total(page, 2160)
    reject(segment=tiles[0], by=people.client, reason="Not this job", now=lambda: WEDNESDAY)
    expect(page.locator(f"#tile-{tiles[0].pk}")).to_have_attribute("data-rejected", "true")
    expect(page.locator("[data-reject]")).to_have_count(0)


def test_a_hidden_page_asks_for_nothing_until_it_is_looked_at(
    quick: None, people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job)
    hide = "(value) => Object.defineProperty(document, 'hidden', {value, configurable: true})"
    asked: list[str] = []
    with page.expect_request(re.compile("/work/changes")):
        pass
    page.evaluate(hide, True)
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("() => { for (let n = 0; n < 3; n++) document.body.dispatchEvent(new Event('fairhour:look')); }")
    put(job, SLOT + 3, 62)
    assert asked == []
    page.evaluate(hide, False)
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect_total(page, 2880)


def test_a_strip_on_the_phone_stays_where_it_was_pushed(
    quick: None, people: People, job: Job, tiles: list[Segment], open_as: Open
) -> None:
    page = at_work(open_as, people.client, job, viewport=PHONE, has_touch=True, is_mobile=True)
    strip = page.locator(".cells").first
    strip.evaluate("(one) => one.scrollTo({left: 200, behavior: 'instant'})")
    pushed = strip.evaluate("(one) => one.scrollLeft")
    assert pushed > 0
    put(job, SLOT + 3, 63)
    expect_total(page, 2880)
    expect(page.locator(".cells").first).to_have_js_property("scrollLeft", pushed)


def test_the_arrow_keys_turn_the_viewers_pages(people: People, job: Job, tiles: list[Segment], open_as: Open) -> None:
    page = open_as(people.client)
    page.goto(reverse("viewer", args=[tiles[0].pk]))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(str(tiles[1].pk)))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(str(tiles[0].pk)))


def test_the_page_takes_on_the_browsers_zone(people: People, job: Job, tiles: list[Segment], open_as: Open) -> None:
    page = open_as(people.client, timezone_id="Asia/Tokyo")
    page.goto(reverse("work", args=[job.pk]))
    expect(page.locator("html")).to_have_attribute("data-zone", "Asia/Tokyo")
    expect(page.locator(f"#tile-{tiles[0].pk} time")).to_have_text("23:00")


def test_a_fast_clock_says_so_on_every_page(
    people: People, job: Job, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_clock", ClockOrigin(WEDNESDAY * 1_000_000, 0, 60))
    page = open_as(people.client)
    for address in ("/", reverse("work", args=[job.pk]), reverse("room", args=[job.pk])):
        page.goto(address)
        expect(page.locator(".banner")).to_have_text(
            "Fast clock: 60 business seconds pass in each second. Nothing here is real pay."
        )
