"""Every screen says that the clock runs fast: also those that are not made from our frame, and those of errors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.template.utils import get_app_template_dirs
from django.test import Client
from pytest_django import Settings

from marketplace.accounts.models import User
from marketplace.accounts.provider import CLIENT_ID, REDIRECT_URIS, ensure_client
from marketplace.disputes.models import CaseKind
from marketplace.disputes.services import report
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.web.views import work
from marketplace.workview.services import record_rejection
from tests.marketplace.conftest import People
from tests.marketplace.matrix import ROWS, Scene
from tests.marketplace.support import SLOT, WEDNESDAY, record
from worktime.business_clock import ClockOrigin

BANNER = '<div class="banner" role="status"><strong>Fast clock:</strong> 60 business seconds pass in each second.'

pytestmark = pytest.mark.django_db


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that runs 60 times as fast."""
    monkeypatch.setattr(clock, "_clock", ClockOrigin(WEDNESDAY * 1_000_000, time.monotonic_ns(), 60))


@pytest.fixture
def scene(people: People, job: Job, other_job: Job) -> Scene:
    """What the matrix's addresses name, and staff who may do everything."""
    plain, reported, rejected = (record(people.freelancer, job, SLOT + number) for number in range(3))
    record_rejection(segment=rejected, by=people.client, reason="Not this job", at=WEDNESDAY)
    case = report(segment=reported, by=people.client, kind=CaseKind.SCREENSHOT, reason="Look", now=WEDNESDAY)
    address = EmailAddress.objects.create(user=people.client, email=people.client.email, verified=True, primary=True)
    User.objects.filter(pk=people.staff.pk).update(is_superuser=True)
    return Scene(people, job, plain, rejected, case, address)


def browser(person: User | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def is_screen(answer: Any) -> bool:
    return bool(answer["Content-Type"].startswith("text/html") and b"<html" in answer.content)


def screens(scene: Scene) -> Iterator[tuple[str, int, bytes]]:
    """Ask for every page of the site as nobody, as the client and as staff; give what a browser would show whole."""
    people: tuple[User | None, ...] = (None, scene.people.client, User.objects.get(pk=scene.people.staff.pk))
    for row in ROWS:
        if row.send is not None:
            continue
        for person in people:
            with transaction.atomic():
                answer = browser(person).generic(row.method, row.url(scene))
                transaction.set_rollback(True)
            if not answer.streaming and answer.get("Content-Type") and is_screen(answer):
                yield row.route, answer.status_code, answer.content


def test_every_page_of_the_site_says_so(fast: None, scene: Scene) -> None:
    found = list(screens(scene))
    assert [(route, status) for route, status, html in found if BANNER.encode() not in html] == []
    shown = {route for route, status, _html in found if status == 200}
    # Some of each kind, so that the line above is not about nothing.
    assert shown >= {
        "",
        "jobs/<uuid:job_id>/work/",
        "segments/<uuid:segment_id>/",
        "staff/cases/",
        "admin/",
        "admin/jobs/job/",
        "admin/jobs/job/<path:object_id>/change/",
        "admin/accounts/user/add/",
        "admin/password_change/",
        "identity/o/authorize",
        "accounts/login/",
        "accounts/2fa/",
    }


def test_a_real_clock_is_not_mentioned(people: People, scene: Scene) -> None:
    staff = browser(User.objects.get(pk=people.staff.pk))
    for address in ("/", "/admin/", "/nothing/"):
        assert b"Fast clock" not in staff.get(address).content


def test_windows_of_the_administration_say_so(fast: None, scene: Scene) -> None:
    answer = browser(User.objects.get(pk=scene.people.staff.pk)).get("/admin/accounts/user/add/?_popup=1")
    assert b'id="header"' not in answer.content
    assert BANNER.encode() in answer.content


def test_the_consent_page_says_so(fast: None, people: People) -> None:
    ensure_client()
    asked = {
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT_URIS[0],
        "response_type": "code",
        "scope": "openid tracker",
        "code_challenge": "a" * 43,
        "code_challenge_method": "S256",
        "state": "s",
    }
    answer = browser(people.freelancer).get(f"/identity/o/authorize?{urlencode(asked)}")
    assert b"asks to record for" in answer.content
    assert BANNER.encode() in answer.content


def test_pages_of_errors_say_so(
    fast: None, people: People, job: Job, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    nobody, client = browser(), browser(people.client)
    forged = Client(enforce_csrf_checks=True)
    answers = {
        400: nobody.get("/", headers={"host": "elsewhere.example"}),
        403: client.get("/staff/cases/"),
        404: client.get("/nothing/"),
        429: [nobody.post("/accounts/password/reset/", {"email": "x@example.test"}) for _ in range(2)][-1],
    }
    monkeypatch.setattr(work, "work_page", None)
    answers[500] = client.get(f"/jobs/{job.pk}/work/")
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    unproven = forged.post("/accounts/login/", {})
    assert b"The form could not be checked" in unproven.content
    assert b"Too many tries" in answers[429].content
    for answer in (*answers.values(), unproven):
        assert BANNER.encode() in answer.content, answer.status_code


def test_there_are_two_frames_and_both_have_the_banner() -> None:
    """A page of a package to come, with a frame of its own, fails here."""
    unused = {
        # It closes itself as it opens.
        "admin/popup_response.html",
        # Its application is not installed.
        "socialaccount/login_redirect.html",
    }
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    files = {
        path.relative_to(folder).as_posix(): path for folder in reversed(folders) for path in folder.rglob("*.html")
    }
    frames = {name for name, path in files.items() if "<html" in path.read_text(encoding="utf-8")}
    assert frames - unused == {"base.html", "admin/base.html"}
    above = {name for name, path in files.items() if 'extends "admin/base.html"' in path.read_text(encoding="utf-8")}
    assert above == set(), "pages of the administration come from our admin/base_site.html"
    for name in ("base.html", "admin/base_site.html"):
        assert "{% fast_clock %}" in files[name].read_text(encoding="utf-8")
