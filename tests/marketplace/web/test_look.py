"""Every page at both sizes and in both schemes: nothing clipped, nothing too wide, nothing too faint, all named."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.accounts.provider import CLIENT_ID, REDIRECT_URIS, ensure_client, issue_refresh_token
from marketplace.billing.sandbox import DECLINED_CARD
from marketplace.billing.services import charge_due, remove_method
from marketplace.disputes.assistance import answer, ask
from marketplace.disputes.models import Case, CaseKind
from marketplace.disputes.services import report
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.services import submit_due
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message
from marketplace.workview.models import Segment
from tests.marketplace.billing.support import REVIEW_END, card, worked_week
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, picture_id, record
from tests.marketplace.web.conftest import DESKTOP, PHONE, Open
from tests.marketplace.web.page_checks import assert_sound
from tests.marketplace.web.sample_week import fill_everything
from worktime.weeks import next_week, review_end
from worktime.weeks import submit_due as submission

LOOKS: dict[str, dict[str, Any]] = {
    f"{name}-{scheme}": {"viewport": size, "color_scheme": scheme, **touch}
    for name, size, touch in (("desktop", DESKTOP, {}), ("phone", PHONE, {"has_touch": True, "is_mobile": True}))
    for scheme in ("light", "dark")
}


CROSSED = {label: LOOKS[label] for label in ("desktop-light", "phone-dark")}
"""Both sizes and both schemes in two looks: enough where layout and colours do not depend on each other."""


def keep(page: Page, name: str, look: str) -> None:
    """Store a screenshot where FAIRHOUR_SHOTS names a folder, for the eyes."""
    folder = os.environ.get("FAIRHOUR_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{look}.png")


def disagree(rejected: Segment) -> None:
    """Answer a rejection of the week as the freelancer, and ask for assistance about it."""
    who, now = rejected.job.freelancer, lambda: WEDNESDAY - 1800
    answer(segment=rejected, by=who, text="It is the price table that you asked for on Monday.", now=now)
    reason = "The table is part of the job's first milestone.\nThe client's message of Monday morning asks for it."
    ask(segment=rejected, by=who, reason=reason, now=now)


@pytest.fixture
def week(transactional_db: None, people: People, job: Job, other_job: Job) -> Job:
    """A full week, a conversation and a report."""
    segments = fill_everything(job)
    report(
        segment=segments[4],
        by=people.freelancer,
        kind=CaseKind.SCREENSHOT,
        reason="Shows a password",
        now=WEDNESDAY - 3600,
    )
    disagree(segments[17])
    note = "The preview is up. Could you look at the hero on a narrow screen?\nI left the price table as it was."
    post_message(job=job, author=people.freelancer, kind=MessageKind.NOTE, text=note, now=WEDNESDAY - 600)
    return job


def test_every_page_can_be_read(week: Job, people: People, open_as: Open) -> None:
    rejected = week.segments.filter(rejections__isnull=False).order_by("slot")[0]
    plain = week.segments.order_by("slot")[1]
    same = week.segments.get(picture_id=picture_id(304))
    asked = Case.objects.get(kind=CaseKind.ASSISTANCE)
    pages = (
        ("login", None, reverse("account_login")),
        ("dashboard", people.client, "/"),
        ("work", people.client, reverse("work", args=[week.pk])),
        ("work-freelancer", people.freelancer, reverse("work", args=[week.pk])),
        ("work-empty", people.client, reverse("work", args=[week.pk]) + f"?week={WEEK + 8 * 86_400}"),
        ("viewer", people.client, reverse("viewer", args=[rejected.pk])),
        ("viewer-plain", people.client, reverse("viewer", args=[plain.pk])),
        ("viewer-same", people.client, reverse("viewer", args=[same.pk])),
        ("report", people.client, reverse("report", args=[plain.pk])),
        ("room", people.client, reverse("room", args=[week.pk])),
        ("timesheets", people.freelancer, reverse("timesheets", args=[week.pk])),
        ("hours-add", people.freelancer, reverse("hours_add", args=[week.pk])),
        ("hours-edit", people.freelancer, reverse("hours_edit", args=[picture_id(7001)])),
        ("hours-delete", people.freelancer, reverse("hours_delete", args=[picture_id(7001)])),
        ("assistance", people.freelancer, reverse("viewer", args=[rejected.pk])),
        ("assistance-open", people.client, reverse("viewer", args=[asked.segment_id])),
        ("cases", people.staff, reverse("cases")),
        ("case", people.staff, reverse("case", args=[asked.pk])),
    )
    for label, look in LOOKS.items():
        browsers = {person: open_as(person, **look) for person in {person for _, person, _ in pages}}
        for name, person, address in pages:
            if label in CROSSED or name.startswith("work"):
                read(browsers[person], address, name, label)


def test_weeks_that_were_charged_or_failed_can_be_read(
    charged: None, people: People, job: Job, other_job: Job, open_as: Open
) -> None:
    method = card(people.client)
    worked_week(job, slots=5)
    clock.step_to(REVIEW_END)
    charge_due(REVIEW_END)
    remove_method(method=method, now=REVIEW_END)
    card(people.client, DECLINED_CARD, now=REVIEW_END)
    record(people.freelancer, job, SLOT + 7 * 120, number=9, now=REVIEW_END)
    after = review_end(next_week(WEEK))
    submit_due(submission(next_week(WEEK)))
    clock.step_to(after)
    charge_due(after)
    for label, look in CROSSED.items():
        for role, person in (("client", people.client), ("freelancer", people.freelancer)):
            page = open_as(person, **look)
            read(page, reverse("timesheets", args=[job.pk]), f"charged-{role}", label)
            read(page, reverse("work", args=[job.pk]) + f"?week={next_week(WEEK)}", f"failed-{role}", label)
        expect(page.locator("#totals")).to_have_attribute("data-timesheet-state", "failed")


def test_the_pages_of_the_account_can_be_read(people: People, open_as: Open, live_server: object) -> None:
    ensure_client()
    people.client.set_password("fairhour-sample")
    people.client.save()
    EmailAddress.objects.create(user=people.client, email=people.client.email, verified=True, primary=True)
    consent = urlencode(
        {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": REDIRECT_URIS[0],
            "scope": "openid tracker",
            "state": "s",
            "code_challenge": "x" * 43,
            "code_challenge_method": "S256",
            "device_name": "studio-laptop",
        }
    )
    for label, look in CROSSED.items():
        nobody = open_as(None, **look)
        for name in ("account_login", "account_signup", "account_reset_password"):
            read(nobody, reverse(name), name, label)
        page = open_as(None, **look)
        page.goto(reverse("account_login"))
        page.get_by_label("E-mail", exact=True).fill(people.client.email)
        page.get_by_label("Password", exact=True).fill("fairhour-sample")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator("h1")).to_have_text("Jobs")
        for name in (
            "account_email",
            "account_change_password",
            "account_logout",
            "mfa_index",
            "usersessions_list",
            "account_reauthenticate",
        ):
            read(page, reverse(name), name, label)
        page.get_by_label("Password").fill("fairhour-sample")
        page.get_by_role("button", name="Confirm").click()
        read(page, reverse("mfa_activate_totp"), "mfa_activate_totp", label)
        read(page, f"/identity/o/authorize?{consent}", "consent", label)
        read(page, "/identity/o/authorize?client_id=nobody", "consent-error", label)
        issue_refresh_token(user=people.client)
        device = people.client.devices.get()
        device.name = "studio-laptop"
        device.save()
        read(page, reverse("devices"), "devices", label)
        read(page, reverse("device_sign_out", args=[device.pk]), "device-sign-out", label)
        page.get_by_role("button", name="Sign this device out").click()
        expect(page.get_by_role("status")).to_contain_text("studio-laptop is signed out.")
        read(page, reverse("devices"), "devices-none", label)


def read(page: Page, address: str, name: str, label: str) -> None:
    """Go there, keep what is seen and check it."""
    page.goto(address)
    expect(page).to_have_url(re.compile(re.escape(address.partition("?")[0])))
    wait_for_pictures(page)
    keep(page, name, label)
    assert_sound(page, f"{name} {label}")


def test_a_missing_page_can_be_read(people: People, open_as: Open, complaints: list[str], live_server: object) -> None:
    for label, look in CROSSED.items():
        page = open_as(people.client, **look)
        page.goto("/nothing/")
        keep(page, "missing", label)
        assert_sound(page, f"missing {label}")
        expect(page.locator("h1")).to_have_text("There is no such page")
    assert [one for one in complaints if "404" not in one] == []
    complaints.clear()


def test_every_state_of_a_tile_and_the_dialog_can_be_read(week: Job, people: People, open_as: Open) -> None:
    for label, look in CROSSED.items():
        page = open_as(people.client, **look)
        page.goto(reverse("work", args=[week.pk]))
        widths: list[int] = page.eval_on_selector_all(".frame", "all => all.map((one) => one.offsetWidth)")
        assert max(widths) - min(widths) <= 1, f"tiles of different widths {label}: {sorted(set(widths))}"
        page.locator("[data-state=idle]").scroll_into_view_if_needed()
        wait_for_pictures(page)
        keep(page, "states", label)
        last = page.locator(".tile[data-state=picture][data-rejected=false]").last
        last.hover()
        wait_for_pictures(page)
        page.wait_for_function(
            "() => getComputedStyle(document.querySelector('.tile:hover .tile-acts')).opacity === '1'"
        )
        keep(page, "acts", label)
        assert_sound(page, f"acts {label}")
        last.locator("[data-reject]").click()
        keep(page, "dialog", label)
        assert_sound(page, f"dialog {label}")


def wait_for_pictures(page: Page) -> None:
    """Wait until what is in view has its pictures; the browser loads them as they come near."""
    page.wait_for_function(
        """() => [...document.images].every((image) => {
            const box = image.getBoundingClientRect();
            return box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth
                || (image.complete && image.naturalWidth > 0);
        })"""
    )
