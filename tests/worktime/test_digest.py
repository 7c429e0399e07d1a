"""The hash is SHA-256, whichever module makes it."""

from __future__ import annotations

import hashlib
import importlib
import types
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime import digest


@given(st.binary(max_size=300))
def test_it_is_sha_256(data: bytes) -> None:
    assert digest.sha256_of(data) == hashlib.sha256(data).hexdigest()
    assert digest.sha256_of(bytearray(data)) == digest.sha256_of(memoryview(data)) == digest.sha256_of(data)


@pytest.mark.parametrize("there", ["_sha2", "_sha256", "hashlib"])
def test_it_is_had_from_what_there_is(there: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def only(name: str) -> Any:
        if name != there:
            raise ImportError(name)
        return types.SimpleNamespace(sha256=hashlib.sha256)

    monkeypatch.setattr(importlib, "import_module", only)
    assert digest._found()(b"x").hexdigest() == hashlib.sha256(b"x").hexdigest()


def test_a_python_without_any_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", none)
    with pytest.raises(ImportError, match="SHA-256"):
        digest._found()
