"""The provider that signs in the tracker: real endpoints, no short cut."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.idp.oidc.models import Token
from django.core.cache import caches
from django.dispatch import Signal
from django.test import Client
from django.utils import timezone

from marketplace.accounts import provider_views
from marketplace.accounts.limits import Limit
from marketplace.accounts.models import User
from marketplace.accounts.provider import CLIENT_ID, ensure_client, issue_refresh_token
from marketplace.accounts.tokens import clear_expired
from tests.marketplace.conftest import People
from tests.marketplace.support import Api, token_request

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://127.0.0.1:49152/callback"


ASKED = {
    "response_type": "code",
    "client_id": CLIENT_ID,
    "redirect_uri": CALLBACK,
    "scope": "openid tracker",
    "state": "s",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def authorize(browser: Client, action: str = "grant", **changed: str) -> str:
    """Ask as the tracker does and allow it; return the address that the browser is sent to."""
    page = browser.get("/identity/o/authorize", {**ASKED, **changed})
    if page.status_code != 200 or page.context is None or "form" not in page.context:
        return str(page.headers.get("Location", ""))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return str(browser.post("/identity/o/authorize", {**data, "action": action}).headers.get("Location", ""))


def consent(people: People, **changed: str) -> str:
    """Return the page of consent as the freelancer sees it."""
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    return str(browser.get("/identity/o/authorize", {**ASKED, **changed}).content.decode())


def exchange(code: str, **more: str) -> Any:
    """Return the token endpoint's answer to a code."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "client_id": CLIENT_ID}
    return Client().post("/identity/o/api/token", {**form, "code_verifier": VERIFIER, **more})


def test_tokens_are_stored_hashed_and_the_access_token_made_on_the_way_is_gone(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    (stored,) = Token.objects.all()
    assert (stored.type, stored.user, stored.client_id) == ("rt", people.freelancer, CLIENT_ID)
    assert token not in str(stored.__dict__)


def test_the_access_token_opens_the_api(people: People) -> None:
    assert Api(people.freelancer).get("/jobs").json()["person"] == "Sample freelancer"


def test_a_closed_account_gets_no_token_and_its_access_token_opens_nothing(people: People) -> None:
    api = Api(people.freelancer)
    refresh = issue_refresh_token(user=people.freelancer)
    people.freelancer.is_active = False
    people.freelancer.save()
    assert api.get("/jobs").status_code == 401
    assert token_request(refresh).status_code == 400


def test_sign_in_by_the_browser_with_pkce_and_any_loopback_port(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    location = authorize(browser)
    assert location.startswith(CALLBACK)
    code = parse_qs(urlsplit(location).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "client_id": CLIENT_ID}
    assert Client().post("/identity/o/api/token", {**form, "code_verifier": "x" * 50}).status_code == 400
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    answer = Client().post("/identity/o/api/token", {**form, "code": code, "code_verifier": VERIFIER})
    assert answer.status_code == 200, answer.content
    assert "refresh_token" in answer.json()


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "http://evil.example.test/callback"},
        {"redirect_uri": "http://127.0.0.1:49152/other"},
        {"code_challenge": "", "code_challenge_method": ""},
        {"scope": "openid email"},
    ],
)
def test_no_code_for_other_redirects_no_challenge_or_other_scopes(people: People, changed: dict[str, str]) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    assert "code=" not in authorize(browser, **changed)


def test_the_page_of_consent_names_the_computer_and_the_person_and_says_what_is_allowed(people: People) -> None:
    page = consent(people, device_name="<i>studio</i>\x00 laptop")
    assert "Allow Fairhour on &lt;i&gt;studio&lt;/i&gt; laptop?" in page
    assert people.freelancer.email in page
    assert "send the time, screenshots and comments that you record" in page
    assert "Allow Fairhour on your computer?" in consent(people)


def test_a_computer_is_called_in_one_line_that_runs_as_the_page_does(people: People) -> None:
    page = consent(people, device_name="a\u202emoc.live\u2066 b\n\n\tc\u200b")
    assert "Allow Fairhour on amoc.live b c?" in page
    assert "Allow Fairhour on your computer?" in consent(people, device_name="\u200b\n")


def test_whoever_does_not_allow_it_is_sent_back_without_a_code(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    location = authorize(browser, action="cancel")
    assert parse_qs(urlsplit(location).query) == {"error": ["access_denied"], "state": ["s"]}


def test_somebody_else_can_sign_in_from_the_page_of_consent_and_comes_back_to_it(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.client)
    page = browser.get("/identity/o/authorize", ASKED)
    again = page.context["again"]
    answer = browser.post("/accounts/logout/", {"next": again})
    assert (answer.status_code, answer.headers["Location"]) == (302, again)
    assert "/accounts/login/" in browser.get(again).headers["Location"]


def test_a_code_works_once_and_for_a_minute(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    assert exchange(code, device_name="laptop").status_code == 200
    assert [device.name for device in people.freelancer.devices.all()] == ["laptop"]
    again = exchange(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    late = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    caches["default"].clear()
    assert exchange(late).json()["error"] == "invalid_grant"


def test_a_code_that_comes_twice_ends_what_it_brought(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    held = exchange(code).json()
    # Who has the code alone, from the browser's history, can end nothing.
    assert exchange(code, code_verifier="x" * 50).status_code == 400
    assert Api(people.freelancer, held["access_token"]).get("/jobs").status_code == 200
    again = exchange(code)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})
    assert Api(people.freelancer, held["access_token"]).get("/jobs").status_code == 401
    assert token_request(held["refresh_token"]).status_code == 400
    assert not people.freelancer.devices.exists()


def test_a_code_from_before_a_new_password_brings_nothing(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    people.freelancer.set_password(PASSWORD)
    people.freelancer.save()
    refused = exchange(code)
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_grant"})
    assert not Token.objects.exists()
    assert not people.freelancer.devices.exists()


def test_the_device_flow_is_off(people: People) -> None:
    client = ensure_client()
    assert set(client.get_grant_types()) == {"authorization_code", "refresh_token"}
    form = {"client_id": CLIENT_ID, "scope": "openid tracker"}
    assert Client().post("/identity/o/api/device/code", form).status_code == 404
    grant = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "x", "client_id": CLIENT_ID}
    assert Client().post("/identity/o/api/token", grant).status_code == 400


def test_a_challenge_that_is_not_hashed_is_refused(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    for method in ({"code_challenge_method": "plain"}, {"code_challenge_method": ""}):
        location = authorize(browser, **method)
        assert "error=invalid_request" in location
        assert "code=" not in location.replace("error_code=", "")


def test_nobody_consents_without_being_asked(people: People) -> None:
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    assert "code=" in authorize(browser)
    issue_refresh_token(user=people.freelancer)
    location = authorize(browser, prompt="none")
    assert location.startswith(CALLBACK)
    assert parse_qs(urlsplit(location).query)["error"] == ["consent_required"]
    assert parse_qs(urlsplit(location).query)["state"] == ["s"]


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count within one minute, however long the test takes."""
    for name in ("TOKEN_LIMIT", "REVOKE_LIMIT"):
        monkeypatch.setattr(provider_views, name, replace(getattr(provider_views, name), clock=lambda: 0.0))


@pytest.mark.usefixtures("one_minute")
def test_an_address_may_be_wrong_thirty_times_a_minute(people: People) -> None:
    good = issue_refresh_token(user=people.freelancer)
    assert [token_request(f"wrong {number}").status_code for number in range(30)] == [400] * 30
    refused = token_request(good)
    assert (refused.status_code, refused.json()["error"]) == (429, "temporarily_unavailable")
    form = {"grant_type": "refresh_token", "refresh_token": good, "client_id": CLIENT_ID}
    elsewhere = Client(REMOTE_ADDR="198.51.100.2")
    assert elsewhere.post("/identity/o/api/token", form).status_code == 200


def test_one_device_gets_so_many_tokens_an_hour_and_keeps_its_sign_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [7200.0]
    monkeypatch.setattr(provider_views, "REFRESH_LIMIT", Limit("refreshes", 2, 3600, clock=lambda: at[0]))
    held, other = issue_refresh_token(user=people.freelancer), issue_refresh_token(user=people.freelancer)
    for _ in range(2):
        held = token_request(held).json()["refresh_token"]
    refused = token_request(held)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert token_request(other).status_code == 200, "another device has its own"
    at[0] += 3600
    assert token_request(held).status_code == 200


@pytest.mark.usefixtures("one_minute")
def test_an_address_may_end_thirty_sign_ins_a_minute(people: People) -> None:
    held = issue_refresh_token(user=people.freelancer)
    form = {"token": "unknown", "client_id": CLIENT_ID}
    assert [Client().post("/identity/o/api/revoke", form).status_code for _ in range(30)] == [200] * 30
    assert Client().post("/identity/o/api/revoke", {**form, "token": held}).status_code == 429
    assert people.freelancer.devices.exists()
    elsewhere = Client(REMOTE_ADDR="198.51.100.2")
    assert elsewhere.post("/identity/o/api/revoke", {**form, "token": held}).status_code == 200
    assert not people.freelancer.devices.exists()


def test_a_refresh_token_is_good_for_ninety_days_from_its_last_use(people: People) -> None:
    first = issue_refresh_token(user=people.freelancer)
    (stored,) = Token.objects.all()
    assert abs((stored.expires_at - timezone.now()) - timedelta(days=90)) < timedelta(minutes=5)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert token_request(first).status_code == 400


def test_a_new_password_signs_every_tracker_out(people: People) -> None:
    people.freelancer.set_password(PASSWORD)
    people.freelancer.save()
    EmailAddress.objects.create(user=people.freelancer, email=people.freelancer.email, verified=True, primary=True)
    api, refresh = Api(people.freelancer), issue_refresh_token(user=people.freelancer)
    others = Api(people.client)
    browser = Client()
    assert browser.login(email=people.freelancer.email, password=PASSWORD)
    form = {"oldpassword": PASSWORD, "password1": "another long phrase", "password2": "another long phrase"}
    assert browser.post("/accounts/password/change/", form).status_code == 302
    assert api.get("/jobs").status_code == 401
    assert token_request(refresh).status_code == 400
    assert others.get("/jobs").status_code == 200


@pytest.mark.parametrize("signal", [password_changed, password_reset, password_set])
def test_each_way_to_a_new_password_ends_the_tokens(people: People, signal: Signal) -> None:
    issue_refresh_token(user=people.freelancer)
    signal.send(sender=User, request=None, user=people.freelancer)
    assert not Token.objects.exists()


def test_tokens_whose_time_is_over_are_cleared(people: People) -> None:
    issue_refresh_token(user=people.freelancer)
    issue_refresh_token(user=people.client)
    Token.objects.filter(user=people.client).update(expires_at=timezone.now() - timedelta(seconds=1))
    clear_expired()
    assert [token.user for token in Token.objects.all()] == [people.freelancer]


def test_metadata_and_keys_are_published(people: People) -> None:
    metadata = Client().get("/.well-known/openid-configuration").json()
    assert metadata["token_endpoint"].endswith("/identity/o/api/token")
    assert "device_authorization_endpoint" not in metadata
    assert metadata["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert metadata["response_types_supported"] == ["code"]
    assert Client().get("/.well-known/jwks.json").json()["keys"]
