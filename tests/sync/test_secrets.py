"""Where secrets are kept: a keyring that works, is missing, locked or stuck; a file after a yes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as ForgetfulKeyring

from sync.secrets import Place, SecretStore
from tests.sync.journals import FakeMonotonic
from tests.sync.keyrings import MemoryKeyring
from worktime.errors import FairhourError


class PlaintextKeyring(MemoryKeyring):
    """Named like the one of keyrings.alt.file, which keeps its secrets in a readable file."""


@pytest.fixture
def backend() -> Iterator[MemoryKeyring]:
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    made.stuck.set()
    keyring.set_keyring(before)


def code_of(store: SecretStore) -> str:
    with pytest.raises(FairhourError) as caught:
        store.load("me")
    return caught.value.problem.code


def test_the_keyring_keeps_the_secret_over_a_restart(backend: MemoryKeyring) -> None:
    SecretStore().save("me", "token")
    store = SecretStore()
    assert store.load("me") == "token"
    assert store.place is Place.KEYRING
    assert store.lasting
    store.forget("me")
    assert backend.kept == {}
    assert store.load("me") is None


def test_without_a_keyring_the_secret_lives_in_memory_and_it_says_so(backend: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    store = SecretStore()
    store.save("me", "token")
    assert store.place is Place.MEMORY
    assert not store.lasting
    assert store.load("me") == "token"
    assert SecretStore().load("me") is None
    store.forget("me")
    assert store.load("me") is None


def test_a_keyring_that_keeps_plain_text_is_not_given_the_secret(backend: MemoryKeyring) -> None:
    plain = PlaintextKeyring()
    keyring.set_keyring(plain)
    store = SecretStore()
    store.save("me", "token")
    assert (store.place, store.lasting, store.load("me")) == (Place.MEMORY, False, "token")
    assert (plain.kept, plain.asked) == ({}, 0)


def test_a_locked_keyring_is_not_taken_for_an_empty_one_and_not_asked_at_every_turn(backend: MemoryKeyring) -> None:
    SecretStore().save("me", "token")
    clock = FakeMonotonic()
    store = SecretStore(monotonic=clock, ask_again_s=60)
    backend.locked, backend.asked = True, 0
    assert [code_of(store) for _ in range(3)] == ["keyring_locked"] * 3
    assert backend.asked == 1
    backend.locked = False
    assert code_of(store) == "keyring_locked"
    clock.now += 60
    assert store.load("me") == "token"


def test_what_a_locked_keyring_did_not_take_is_in_memory_and_goes_in_when_it_opens(backend: MemoryKeyring) -> None:
    clock = FakeMonotonic()
    store = SecretStore(monotonic=clock, ask_again_s=60)
    backend.locked = True
    store.save("me", "token")
    seen = [(store.load("me"), store.lasting)]
    backend.locked = False
    clock.now += 60
    seen.append((store.load("me"), store.lasting))
    assert seen == [("token", False), ("token", True)]
    assert SecretStore().load("me") == "token"


def test_a_keyring_that_never_answers_is_given_up_and_asked_once(backend: MemoryKeyring) -> None:
    backend.stuck.clear()
    store = SecretStore(timeout_s=0.05)
    store.save("me", "token")
    assert not store.lasting
    assert [store.load("me") for _ in range(3)] == ["token"] * 3
    assert backend.asked == 1, "a second prompt on top of the first helps nobody"


def test_a_prompt_that_is_answered_late_counts(backend: MemoryKeyring) -> None:
    backend.kept["Fairhour", "me"] = "token"
    backend.stuck.clear()
    store = SecretStore(timeout_s=0.05)
    assert code_of(store) == "keyring_locked"
    backend.stuck.set()
    assert store._worker is not None
    store._worker.join(5)
    assert store.load("me") == "token"


def test_after_a_yes_the_secret_is_in_a_file_for_the_owner_alone(backend: MemoryKeyring, tmp_path: Path) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    file = tmp_path / "secrets.json"
    store = SecretStore(file)
    store.save("me", "token")
    assert not file.exists()
    store.use_file()
    assert store.lasting
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = SecretStore(file)
    assert (again.place, again.load("me")) == (Place.FILE, "token")
    again.save("me", "token-2")
    assert SecretStore(file).load("me") == "token-2"
    again.forget("me")
    assert not file.exists()
    assert SecretStore(file).load("me") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_that_others_could_read_is_not_used(backend: MemoryKeyring, tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text('{"me": "token"}')
    file.chmod(0o644)
    assert SecretStore(file).load("me") is None
    assert not file.exists()


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_a_file_of_no_use_holds_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secrets.json"
    file.write_text(content)
    file.chmod(0o600)
    assert SecretStore(file).load("me") is None


def test_a_store_without_a_file_can_not_use_one() -> None:
    with pytest.raises(ValueError, match="no file"):
        SecretStore().use_file()


def test_what_a_full_disk_does_not_take_is_in_memory_and_goes_in_when_it_does(
    backend: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secrets.json"
    store = SecretStore(file)
    store.save("me", "token")
    store.use_file()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        store.save("me", "token-2")
        seen = [(store.load("me"), store.lasting)]
    seen.append((store.load("me"), store.lasting))
    assert seen == [("token-2", False), ("token-2", True)]
    assert SecretStore(file).load("me") == "token-2"


def test_a_keyring_that_keeps_nothing_is_none(backend: MemoryKeyring) -> None:
    keyring.set_keyring(ForgetfulKeyring())  # type: ignore[no-untyped-call]
    store = SecretStore()
    store.save("me", "token")
    assert (store.place, store.lasting, store.load("me")) == (Place.MEMORY, False, "token")
    store.forget("me")
    assert store.load("me") is None


def test_what_lies_in_the_keyring_from_before_the_file_does_not_come_back(
    backend: MemoryKeyring, tmp_path: Path
) -> None:
    SecretStore(tmp_path / "secrets.json").save("me", "token of the first")
    store = SecretStore(tmp_path / "secrets.json")
    backend.locked = True
    store.save("me", "token of the second")
    store.use_file()
    backend.locked = False
    store.forget("me")
    assert store.load("me") is None
    assert backend.kept == {}


def test_what_was_forgotten_while_the_keyring_was_locked_goes_when_it_opens(backend: MemoryKeyring) -> None:
    clock = FakeMonotonic()
    store = SecretStore(monotonic=clock, ask_again_s=60)
    store.save("me", "token")
    backend.locked = True
    store.forget("me")
    assert store.load("me") is None
    backend.locked = False
    clock.now += 60
    assert store.load("me") is None
    assert backend.kept == {}
    store.save("me", "another")
    assert SecretStore().load("me") == "another"
