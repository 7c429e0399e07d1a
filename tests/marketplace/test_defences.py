"""What every answer carries, and what no request gets past: headers, CSRF, hosts, TLS settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from pytest_django import Settings

from marketplace.accounts.limits import Limit, address_of
from marketplace.accounts.provider import ensure_client
from marketplace.api import security
from marketplace.jobs.models import Job
from tests.marketplace.accounts.test_provider import ASKED
from tests.marketplace.conftest import People
from tests.marketplace.support import Api, picture_id, record

PAGES = ["/", "/accounts/login/", "/admin/login/", "/api/v1/health", "/.well-known/openid-configuration", "/nowhere"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_inline_foreign_and_framed_content(path: str) -> None:
    headers = Client().get(path, follow=True).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (policy["frame-ancestors"], policy["object-src"], policy["base-uri"]) == ("'none'",) * 3
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_browsers_keep_no_page_of_a_person(people: People, job: Job) -> None:
    browser = Client()
    browser.force_login(people.client)
    ensure_client()
    for path in ("/", f"/jobs/{job.pk}/work/", "/devices/", f"/identity/o/authorize?{urlencode(ASKED)}"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), path


@pytest.mark.django_db
def test_forms_without_their_token_change_nothing(people: People, job: Job) -> None:
    row = record(people.freelancer, job, number=1)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.client)
    for path in (f"/segments/{row.pk}/reject", f"/segments/{row.pk}/report", "/accounts/logout/"):
        assert browser.post(path, {"reason": "x"}).status_code == 403
    assert not row.rejections.exists()
    assert browser.get("/").status_code == 200


@pytest.mark.django_db
def test_pictures_are_kept_by_no_shared_cache_and_have_no_public_path(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    browser = Client()
    browser.force_login(people.client)
    answer = browser.get(f"/pictures/{picture_id(1)}/full")
    assert answer["Content-Type"] == "image/webp"
    assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
    for path in ("/media/", "/pictures/", "/static/../pictures/"):
        assert browser.get(path).status_code == 404


@pytest.mark.django_db
def test_other_hosts_are_refused(people: People) -> None:
    assert Client().get("/", headers={"Host": "evil.example.test"}).status_code == 400


def settings_in(environment: dict[str, str], *names: str) -> dict[str, object]:
    """Return settings as a process with that environment has them."""
    shown = f"{{name: getattr(settings, name) for name in {names}}}"
    code = f"import json; from marketplace import settings; print(json.dumps({shown}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, **environment}, capture_output=True, text=True, check=True
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_behind_tls_cookies_are_secure_and_browsers_remember() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "DEBUG")
    with_tls = settings_in({"FAIRHOUR_PUBLIC_URL": "https://fairhour.example.test"}, *names)
    assert with_tls == dict(zip(names, (True, True, True, 31_536_000, False), strict=True))
    assert settings_in({}, *names) == dict(zip(names, (False, False, False, 0, False), strict=True))


def test_the_sandbox_charges_in_the_sample_mode_only() -> None:
    assert settings_in({}, "PAYMENT_GATEWAY") == {"PAYMENT_GATEWAY": ""}
    assert settings_in({"FAIRHOUR_SAMPLE": "1"}, "PAYMENT_GATEWAY") == {"PAYMENT_GATEWAY": "sandbox"}


def test_several_processes_share_their_limits() -> None:
    (caches,) = settings_in({"FAIRHOUR_DATABASE_URL": "postgres://localhost/x"}, "CACHES").values()
    assert isinstance(caches, dict)
    assert {name for name, cache in caches.items() if "DatabaseCache" in cache["BACKEND"]} == {"default", "throttle"}


@pytest.mark.django_db
def test_a_flood_of_addresses_makes_no_limit_forget(settings: Settings) -> None:
    (settings.CACHES,) = settings_in({}, "CACHES").values()
    limits, throttle = caches["default"], caches["throttle"]
    limits.set("tries", 10, 300)
    for number in range(1000):
        limits.set(f"other-{number}", 1, 300)
        throttle.set(f"request-{number}", 1, 300)
    assert (limits.get("tries"), throttle.get("tries")) == (10, None)


@pytest.mark.django_db
def test_an_address_may_send_sixty_wrong_tokens_a_minute(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    # Within one minute, however long the test takes.
    monkeypatch.setattr(security, "BEARER_LIMIT", replace(security.BEARER_LIMIT, clock=lambda: 0.0))
    api = Api(people.freelancer)
    wrong = {"Authorization": "Bearer wrong"}
    assert {Client().get("/api/v1/jobs", headers=wrong).status_code for _ in range(60)} == {401}
    assert Client().get("/api/v1/jobs", headers=wrong).status_code == 429
    assert api.get("/jobs").status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.2").get("/api/v1/jobs", headers=api.headers).status_code == 200


def test_the_window_of_a_limit_ends() -> None:
    at = [0.0]
    limit, who = Limit("test", 1, clock=lambda: at[0]), address_of(RequestFactory().get("/"))
    limit.count(who)
    assert limit.is_reached(who)
    assert not limit.is_reached("198.51.100.2")
    at[0] = 60.0
    assert not limit.is_reached(who)


def test_object_storage_is_a_matter_of_configuration() -> None:
    (stores,) = settings_in({"FAIRHOUR_S3_BUCKET": "pictures"}, "STORAGES").values()
    assert "S3Storage" in str(stores)
