"""The hand-over file and the secret store."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from sync.secrets import Place, SecretStore
from sync.signin import take_handover
from worktime.errors import FairhourError

HANDOVER = {"server": "http://127.0.0.1:1", "client_id": "fairhour-tracker", "refresh_token": "secret"}


class MemoryKeyring(KeyringBackend):
    """A keyring that works, in a dict; ``stuck`` makes it wait like one with an unseen prompt."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.stuck = threading.Event()
        self.stuck.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.stuck.wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stuck.wait()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def restored_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


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


@pytest.mark.usefixtures("restored_keyring")
def test_the_keyring_keeps_the_secret_over_a_restart() -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    SecretStore().save("me", "token")
    store = SecretStore()
    assert store.load("me") == "token"
    assert store.place is Place.KEYRING
    store.forget("me")
    assert backend.kept == {}
    assert store.load("me") is None


@pytest.mark.usefixtures("restored_keyring")
def test_without_a_keyring_the_secret_lives_in_memory_and_it_says_so() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    store = SecretStore()
    store.save("me", "token")
    assert store.place is Place.MEMORY
    assert store.load("me") == "token"
    assert SecretStore().load("me") is None
    store.forget("me")
    assert store.load("me") is None


@pytest.mark.usefixtures("restored_keyring")
def test_a_keyring_that_never_answers_is_given_up() -> None:
    backend = MemoryKeyring()
    backend.stuck.clear()
    keyring.set_keyring(backend)
    store = SecretStore(timeout_s=0.05)
    store.save("me", "token")
    assert store.place is Place.MEMORY
    assert store.load("me") == "token"
    backend.stuck.set()
