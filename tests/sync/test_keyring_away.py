"""The keyring in a process of its own: it keeps, finds and forgets, and says when it is locked, missing or gone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from sync import keyring_away
from sync.keyring_away import KeyringGoneError, LockedAwayError, away
from sync.secrets import Place, SecretStore
from tests.sync.keyrings import MemoryKeyring


@pytest.fixture
def in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The keyring of the other process: one that keeps its secrets in a file of the test."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.e2e.file_keyring.FileKeyring")
    monkeypatch.setenv("FAIRHOUR_TEST_KEYRING", str(file))
    return file


def test_a_secret_is_kept_found_and_forgotten_over_there(in_a_file: Path) -> None:
    SecretStore(errand=away).save("me", "token ü")
    store = SecretStore(errand=away)
    assert store.load("me") == "token ü"
    assert store.lasting
    store.forget("me")
    assert SecretStore(errand=away).load("me") is None


def test_what_lies_where_it_was_started_gets_no_secret_and_what_is_printed_is_no_answer(
    in_a_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = tmp_path / "downloads"
    strange.mkdir()
    (strange / "json.py").write_text("open('taken', 'w')\n")
    monkeypatch.chdir(strange)
    monkeypatch.setenv("FAIRHOUR_TEST_KEYRING_SAYS", "a warning of the back end")
    store = SecretStore(errand=away)
    store.save("me", "token")
    assert (store.place, SecretStore(errand=away).load("me")) == (Place.KEYRING, "token")
    assert not (strange / "taken").exists()


def test_without_a_keyring_it_lasts_as_long_as_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    store = SecretStore(errand=away)
    store.save("me", "token")
    assert store.load("me") == "token"
    assert store.place is Place.MEMORY


def test_a_process_that_ends_without_a_word_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_away, "sys", type("Frozen", (), {"frozen": True, "executable": "/bin/true"}))
    with away() as ring, pytest.raises(KeyringGoneError, match="ended"):
        ring.get_password("Fairhour", "me")


def test_nothing_is_said_when_the_tracker_ends_before_the_answer(in_a_file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "sync.keyring_away"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(json.dumps(["get", "Fairhour", "me"]) + "\n")
        process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == 0


def served(*words: str) -> dict[str, str]:
    told = io.StringIO()
    keyring_away.serve(io.StringIO(json.dumps(words) + "\n"), told)
    answer: dict[str, str] = json.loads(told.getvalue())
    return answer


def test_locked_and_missing_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    assert served("set", "Fairhour", "me", "token") == {"found": None}
    assert served("get", "Fairhour", "me") == {"found": "token"}

    def locked(*_: str) -> None:
        raise KeyringLocked("no")

    monkeypatch.setattr(ring, "get_password", locked)
    assert set(served("get", "Fairhour", "me")) == {"locked"}
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    assert set(served("get", "Fairhour", "me")) == {"failed"}


def test_a_locked_one_over_there_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: str) -> object:
        raise LockedAwayError("KeyringLocked: no")

    store = SecretStore(errand=away)
    monkeypatch.setattr(keyring_away._Away, "_ask", locked)
    store.save("me", "token")
    assert store.locked
    assert store.place is Place.KEYRING
