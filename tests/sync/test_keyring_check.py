"""Which keyring there is, whatever the keyring library does."""

from __future__ import annotations

import threading
from typing import Any

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from sync.keyring_check import examine_keyring


class Sample(KeyringBackend):
    """A back end with a name of its own, which is never asked for a secret."""

    priority = 1.0
    name = "Sample keyring"

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("no secret is read")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("no secret is written")


class PlaintextKeyring(Sample):
    """As keyrings.alt.file has one: known by its name alone, because nothing else tells."""

    name = "a file"


class MultipartKeyringWrapper(Sample):
    """As keyrings.alt.multi has one: it is as safe as what it wraps."""

    name = "Sample keyring in parts"

    def __init__(self, wrapped: KeyringBackend) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._keyring = wrapped


def test_the_back_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Sample)
    assert examine_keyring() == ("Sample keyring", None)


def test_of_several_the_first_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    make: Any = keyring.backends.chainer.ChainerBackend
    nothing: Any = keyring.backends.fail.Keyring
    sample: Any = Sample
    several = make()
    monkeypatch.setattr(type(several), "backends", [nothing(), sample()])
    monkeypatch.setattr(keyring, "get_keyring", lambda: several)
    assert examine_keyring() == ("Sample keyring", None)


def detail_of_none(timeout_s: float = 10.0) -> str:
    name, problem = examine_keyring(timeout_s=timeout_s)
    assert name == "none"
    assert problem is not None
    assert problem.code == "no_keyring"
    return problem.values["detail"]


def test_a_bare_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    assert detail_of_none() == "no back end that keeps secrets safely"


def test_one_that_keeps_plain_text_or_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    make: Any = keyring.backends.chainer.ChainerBackend
    nothing: Any = keyring.backends.null.Keyring
    kinds: list[Any] = [PlaintextKeyring, Sample]
    several, (plain, sample) = make(), [kind() for kind in kinds]
    monkeypatch.setattr(keyring, "get_keyring", lambda: several)
    monkeypatch.setattr(type(several), "backends", [plain, MultipartKeyringWrapper(plain), nothing()])
    assert detail_of_none() == "no back end that keeps secrets safely"
    monkeypatch.setattr(type(several), "backends", [plain, MultipartKeyringWrapper(sample), sample])
    assert examine_keyring() == ("Sample keyring in parts", None)


def test_a_library_that_fails_or_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> KeyringBackend:
        raise RuntimeError("no bus")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert detail_of_none() == "RuntimeError: no bus"
    release = threading.Event()
    monkeypatch.setattr(keyring, "get_keyring", release.wait)
    assert detail_of_none(0.05) == "no answer"
    release.set()
