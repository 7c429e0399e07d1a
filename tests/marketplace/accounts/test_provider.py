"""The provider that signs in the tracker: real endpoints, no short cut."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client

from marketplace.accounts.provider import CLIENT_ID, ensure_client, issue_refresh_token
from tests.marketplace.conftest import People
from tests.marketplace.support import Api, token_request

pytestmark = pytest.mark.django_db
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://127.0.0.1:49152/callback"


def authorize(browser: Client, redirect: str = CALLBACK, **changed: str) -> str:
    """Ask as the tracker does and allow it; return the address that the browser is sent to."""
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": redirect,
        "scope": "openid tracker",
        "state": "s",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changed,
    }
    page = browser.get("/identity/o/authorize", query)
    if page.status_code != 200 or page.context is None or "form" not in page.context:
        return str(page.headers.get("Location", ""))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return str(browser.post("/identity/o/authorize", {**data, "action": "grant"}).headers.get("Location", ""))


def test_tokens_are_stored_hashed_and_the_access_token_made_on_the_way_is_gone(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    (stored,) = Token.objects.all()
    assert (stored.type, stored.user, stored.client_id) == ("rt", people.freelancer, CLIENT_ID)
    assert token not in str(stored.__dict__)


def test_a_refresh_token_works_once_and_its_successor_works(people: People) -> None:
    first = issue_refresh_token(user=people.freelancer)
    answer = token_request(first)
    assert answer.status_code == 200, answer.content
    assert set(answer.json()["scope"].split()) == {"openid", "tracker"}
    again = token_request(first)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert token_request(answer.json()["refresh_token"]).status_code == 200


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


def test_the_device_flow_answers(people: People) -> None:
    ensure_client()
    form = f"client_id={CLIENT_ID}&scope=openid+tracker"
    answer = Client().post("/identity/o/api/device/code", form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200, answer.content
    assert {"device_code", "user_code", "verification_uri"} <= set(answer.json())


def test_metadata_and_keys_are_published(people: People) -> None:
    metadata = Client().get("/.well-known/openid-configuration").json()
    assert metadata["token_endpoint"].endswith("/identity/o/api/token")
    assert Client().get("/.well-known/jwks.json").json()["keys"]
