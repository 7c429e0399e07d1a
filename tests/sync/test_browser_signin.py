"""The sign-in through the browser, with a browser of a few lines and a provider that says what a test wants."""

from __future__ import annotations

import base64
import hashlib
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from sync.browser_signin import BrowserSignIn
from sync.loopback import Outcome
from sync.signin import Tokens
from worktime.errors import FairhourError

SERVER = "https://marketplace.test"
PAGES = {outcome: f"<style>b {{}}</style>{outcome}".encode() for outcome in Outcome}
ASKER = {"device": "01930000-0000-7000-8000-00000000000d", "device_name": "laptop"}


class Provider:
    """The marketplace's side: health and token endpoint."""

    def __init__(self) -> None:
        self.health = 200
        self.status = 200
        self.content = b'{"access_token": "a", "refresh_token": "r1"}'
        self.form: dict[str, str] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/health"):
            return httpx.Response(self.health)
        self.form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        return httpx.Response(self.status, content=self.content)


class Attempt:
    """One sign-in that runs on a thread, and what the browser's address says."""

    def __init__(self, provider: Provider, timeout_s: float) -> None:
        transport = httpx.MockTransport(provider)
        self.signin = BrowserSignIn(SERVER, "tracker", ASKER, PAGES, transport=transport, timeout_s=timeout_s)
        self.address = urlsplit(self.signin.begin())
        self.query = {name: values[0] for name, values in parse_qs(self.address.query).items()}
        self.tokens: Tokens | None = None
        self.code = ""
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.tokens = self.signin.finish()
        except FairhourError as error:
            self.code = error.problem.code

    def come_back(self, path: str = "/callback", host: str = "", **query: str) -> tuple[int, str]:
        """Send the browser to the loopback address; returns status and page."""
        place = urlsplit(self.query["redirect_uri"])
        connection = http.client.HTTPConnection(place.netloc, timeout=20)
        connection.request("GET", f"{path}?{urlencode(query)}", headers={"Host": host or place.netloc})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, page

    def ended(self) -> str:
        """Wait for the end; returns the problem's code, "" for success."""
        self.thread.join(20)
        assert not self.thread.is_alive()
        return self.code


@pytest.fixture
def provider() -> Provider:
    return Provider()


@contextmanager
def attempt(provider: Provider, timeout_s: float = 20.0) -> Iterator[Attempt]:
    made = Attempt(provider, timeout_s)
    try:
        yield made
    finally:
        made.signin.cancel()
        made.thread.join(20)


def test_the_code_is_exchanged_with_the_proof_before_the_browser_is_told(provider: Provider) -> None:
    with attempt(provider) as one:
        assert one.query["code_challenge_method"] == "S256"
        assert one.query["device_name"] == "laptop"
        status, page = one.come_back(code="c", state=one.query["state"])
        assert (status, page.endswith("done")) == (200, True)
        assert one.ended() == ""
    assert one.tokens is not None
    assert one.tokens.refresh_token == "r1"
    digest = hashlib.sha256(provider.form["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == one.query["code_challenge"]
    assert (provider.form["code"], provider.form["redirect_uri"]) == ("c", one.query["redirect_uri"])
    assert provider.form["device"] == ASKER["device"]


def test_one_answer_is_served_and_then_nobody_listens(provider: Provider) -> None:
    with attempt(provider) as one:
        one.come_back(code="c", state=one.query["state"])
        assert one.ended() == ""
        with pytest.raises(ConnectionRefusedError):
            one.come_back(code="c", state=one.query["state"])


def test_a_second_answer_while_the_first_is_being_exchanged_changes_nothing(provider: Provider) -> None:
    with attempt(provider) as one:
        loopback = one.signin._loopback
        assert loopback is not None
        query = {"code": "second", "state": one.query["state"]}
        assert loopback._take({"code": "first", "state": one.query["state"]})
        assert one.come_back(**query) == (400, PAGES[Outcome.STRANGE].decode())
        assert one.ended() == ""
    assert provider.form["code"] == "first"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/callback", {"code": "evil", "state": "wrong"}),
        ("/callback", {"code": "evil"}),
        ("/callback", {"code": "evil", "state": ""}),
        ("/callback", {"code": "evil", "state": "caf\u00e9"}),
        ("/elsewhere", {"code": "evil"}),
        ("/favicon.ico", {}),
    ],
)
def test_what_does_not_bring_our_state_is_told_nothing_and_the_right_answer_still_counts(
    provider: Provider, path: str, query: dict[str, str]
) -> None:
    with attempt(provider) as one:
        status, page = one.come_back(path, **query)
        assert status in (400, 404)
        assert page.endswith("strange")
        one.come_back(code="c", state=one.query["state"])
        assert one.ended() == ""
    assert provider.form["code"] == "c"


def test_another_host_name_or_a_doubled_state_is_refused(provider: Provider) -> None:
    with attempt(provider) as one:
        state = one.query["state"]
        assert one.come_back(host="evil.example.test", code="c", state=state)[0] == 404
        assert one.come_back(f"/callback?state={state}&code=x&state={state}")[0] == 400
        one.come_back(code="c", state=state)
        assert one.ended() == ""


def test_a_connection_that_brings_nothing_holds_up_nobody(provider: Provider) -> None:
    with attempt(provider) as one:
        place = urlsplit(one.query["redirect_uri"])
        with socket.create_connection((place.hostname, place.port)):
            one.come_back(code="c", state=one.query["state"])
            assert one.ended() == ""


@pytest.mark.parametrize(
    ("query", "code", "page"),
    [
        ({"error": "access_denied"}, "sign_in_denied", "denied"),
        ({"error": "server_error"}, "sign_in_failed", "failed"),
        ({}, "sign_in_failed", "failed"),
    ],
)
def test_a_refusal_in_the_browser_is_told_in_both_places(
    provider: Provider, query: dict[str, str], code: str, page: str
) -> None:
    with attempt(provider) as one:
        assert one.come_back(state=one.query["state"], **query)[1].endswith(page)
        assert one.ended() == code


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (400, b'{"error": "invalid_grant"}'),
        (502, b"<html>"),
        (200, b"<html>"),
        (200, b'{"access_token": "a"}'),
    ],
)
def test_an_exchange_that_fails_is_told_in_both_places(provider: Provider, status: int, content: bytes) -> None:
    provider.status, provider.content = status, content
    with attempt(provider) as one:
        assert one.come_back(code="c", state=one.query["state"])[1].endswith("failed")
        assert one.ended() == "sign_in_failed"


def test_cancelling_ends_it(provider: Provider) -> None:
    with attempt(provider) as one:
        one.signin.cancel()
        assert one.ended() == "sign_in_cancelled"
        with pytest.raises(ConnectionRefusedError):
            one.come_back(code="c", state=one.query["state"])


def test_nobody_waits_for_ever(provider: Provider) -> None:
    with attempt(provider, timeout_s=0.05) as one:
        assert one.ended() == "sign_in_timeout"


def test_where_there_is_no_marketplace_no_browser_is_opened(provider: Provider) -> None:
    provider.health = 404
    for transport in (httpx.MockTransport(provider), None):
        server = SERVER if transport else "http://127.0.0.1:9"
        with pytest.raises(FairhourError) as caught:
            BrowserSignIn(server, "tracker", ASKER, PAGES, transport=transport).begin()
        assert caught.value.problem.code == "sign_in_server"


def test_without_a_port_it_says_so(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_arguments: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("sync.browser_signin.Loopback", none_left)
    with pytest.raises(FairhourError) as caught:
        BrowserSignIn(SERVER, "tracker", ASKER, PAGES, transport=httpx.MockTransport(provider)).begin()
    assert caught.value.problem.code == "sign_in_port"


def test_the_end_needs_a_beginning(provider: Provider) -> None:
    with pytest.raises(ValueError, match="first"):
        BrowserSignIn(SERVER, "tracker", ASKER, PAGES).finish()


def test_the_page_may_load_nothing_and_is_not_kept(provider: Provider) -> None:
    with attempt(provider) as one:
        place = urlsplit(one.query["redirect_uri"])
        connection = http.client.HTTPConnection(place.netloc, timeout=20)
        connection.request("GET", "/")
        headers = connection.getresponse().headers
        connection.close()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert headers["Cache-Control"] == "no-store"
