"""The hand-over file, and the sign-in's life: refresh, rotation, the end, and whose it is."""

from __future__ import annotations

import base64
import json
import threading
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from sync.http import StatusError
from sync.secrets import Place, SecretStore
from sync.signin import REVOKE_PATH, SignIn, Tokens, take_handover
from tests.sync.wires import Wire
from worktime.errors import FairhourError

HANDOVER = {"server": "http://127.0.0.1:1", "client_id": "fairhour-tracker", "refresh_token": "secret"}
SERVER = "http://marketplace.test"


def id_token(sub: str) -> str:
    body = base64.urlsafe_b64encode(json.dumps({"sub": sub, "iss": SERVER}).encode()).rstrip(b"=").decode()
    return f"head.{body}.signature"


class Provider:
    """Answers the token endpoint with ``status`` and ``answer``, and keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: dict[str, object] = {"access_token": "a", "refresh_token": "r2", "id_token": id_token("person")}
        self.sent: list[tuple[str, dict[str, str]]] = []
        self.down = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("no route")
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.sent.append((request.url.path, form))
        return httpx.Response(self.status, json=self.answer)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def http(provider: Provider) -> Wire:
    return Wire(provider)


@pytest.fixture
def store() -> SecretStore:
    made = SecretStore()
    made.place = Place.MEMORY
    return made


def handover_file(folder: Path, content: str, mode: int = 0o600) -> Path:
    path = folder / "token.json"
    path.write_text(content)
    path.chmod(mode)
    return path


def test_the_hand_over_is_read_once_and_erased(tmp_path: Path) -> None:
    path = handover_file(tmp_path, json.dumps(HANDOVER))
    assert take_handover(path).refresh_token == "secret"
    assert not path.exists()
    with pytest.raises(FairhourError, match="could not be read"):
        take_handover(path)


def test_a_hand_over_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FairhourError) as caught:
        take_handover(handover_file(tmp_path, json.dumps(HANDOVER), 0o644))
    assert caught.value.problem.code == "token_file_open"


@pytest.mark.parametrize("content", ["", "[]", json.dumps(HANDOVER | {"server": "file:///etc"})])
def test_a_hand_over_that_is_something_else_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FairhourError) as caught:
        take_handover(handover_file(tmp_path, content))
    assert caught.value.problem.code == "token_file"


def code_of(signin: SignIn, http: Wire) -> str:
    with pytest.raises(FairhourError) as caught:
        signin.access_token(http)
    return caught.value.problem.code


def test_a_refresh_says_who_asks_and_whose_tokens_they_are_before_they_are_used(
    provider: Provider, http: Wire, store: SecretStore
) -> None:
    accounts: list[str] = []
    asker = {"device": "01930000-0000-7000-8000-00000000000d", "device_name": "laptop"}
    signin = SignIn(SERVER, "fairhour-tracker", store, asker=asker, account_is=accounts.append)
    signin.adopt("r1")
    assert signin.access_token(http) == "a"
    assert accounts == ["person"]
    ((_path, form),) = provider.sent
    assert (form["refresh_token"], form["device"], form["device_name"]) == ("r1", asker["device"], "laptop")
    signin.drop_access()
    signin.access_token(http)
    assert provider.sent[1][1]["refresh_token"] == "r2"


def test_two_threads_that_need_a_token_at_once_use_the_refresh_token_once(
    provider: Provider, store: SecretStore
) -> None:
    signin = SignIn(SERVER, "fairhour-tracker", store)
    signin.adopt("r1")
    first_asks, go_on, tokens = threading.Event(), threading.Event(), []

    def slowly(request: httpx.Request) -> httpx.Response:
        first_asks.set()
        assert go_on.wait(10)
        return provider(request)

    threads = [threading.Thread(target=lambda: tokens.append(signin.access_token(Wire(slowly)))) for _ in range(2)]
    threads[0].start()
    assert first_asks.wait(10)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert tokens == ["a", "a"]
    assert len(provider.sent) == 1
    signin.drop_access("an older one")
    assert signin.access_token(Wire(slowly)) == "a"
    assert len(provider.sent) == 1, "who was refused with an older token takes the new one"


@pytest.mark.parametrize("token", [None, "", "no-token", "a.b", "a.!!!.c", "a." + "W10" + ".c"])
def test_a_provider_that_does_not_say_whose_tokens_they_are(token: str | None) -> None:
    assert Tokens(access_token="a", id_token=token).account == ""


def test_an_ended_sign_in_is_forgotten_and_not_tried_again(provider: Provider, http: Wire, store: SecretStore) -> None:
    signin = SignIn(SERVER, "fairhour-tracker", store)
    signin.adopt("r1")
    provider.status, provider.answer = 400, {"error": "invalid_grant"}
    assert code_of(signin, http) == "signed_out"
    assert code_of(signin, http) == "signed_out"
    assert len(provider.sent) == 1
    assert store.load("fairhour-tracker at http://marketplace.test") is None
    provider.status, provider.answer = 200, {"access_token": "b"}
    signin.adopt("r9")
    assert signin.access_token(http) == "b"


@pytest.mark.parametrize(
    ("status", "answer"),
    [(403, {"error": "invalid_grant"}), (400, {"hotel": "pay first"}), (401, {"error": "temporarily"}), (302, {})],
)
def test_what_stands_between_ends_no_sign_in(
    provider: Provider, http: Wire, store: SecretStore, status: int, answer: dict[str, object]
) -> None:
    signin = SignIn(SERVER, "fairhour-tracker", store)
    signin.adopt("r1")
    right, (provider.status, provider.answer) = provider.answer, (status, answer)
    with pytest.raises(StatusError):
        signin.access_token(http)
    provider.status, provider.answer = 200, right
    assert signin.access_token(http) == "a"
    assert provider.sent[1][1]["refresh_token"] == "r1"


def test_signing_out_tells_the_marketplace_and_forgets(provider: Provider, http: Wire, store: SecretStore) -> None:
    signin = SignIn(SERVER, "fairhour-tracker", store)
    signin.adopt("r1")
    assert signin.sign_out(httpx.MockTransport(provider))
    assert provider.sent == [
        (REVOKE_PATH, {"token": "r1", "token_type_hint": "refresh_token", "client_id": "fairhour-tracker"})
    ]
    assert code_of(signin, http) == "signed_out"
    assert signin.sign_out(httpx.MockTransport(provider)), "there is nothing left to end"


def test_signing_out_without_the_network_forgets_here_and_says_that_it_was_not_heard(
    provider: Provider, http: Wire, store: SecretStore
) -> None:
    signin = SignIn(SERVER, "fairhour-tracker", store)
    signin.adopt("r1")
    provider.down = True
    assert not signin.sign_out(httpx.MockTransport(provider))
    assert code_of(signin, http) == "signed_out"
