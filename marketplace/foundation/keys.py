"""Secrets of one installation: Django's secret key, the provider's signing key, the sample mode's control key.

They come from the environment, or (embedded default) from 0600 files that ``python -m marketplace`` makes in its
folder. Reading never creates a file: a process that finds none (type checker, tests) gets keys that die with it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from marketplace.foundation.home import home

SECRET_KEY_FILE = "secret.key"  # noqa: S105 - a file's name, not a secret
SIGNING_KEY_FILE = "signing.pem"
CONTROL_KEY_FILE = "control.key"


@cache
def secret_key() -> str:
    """Return the key that signs sessions: FAIRHOUR_SECRET_KEY, the folder's file, or one for this process only."""
    return _read("FAIRHOUR_SECRET_KEY", SECRET_KEY_FILE) or secrets.token_urlsafe(64)


@cache
def signing_pem() -> str:
    """Return the PEM of the RSA key that signs ID tokens, from where ``secret_key`` comes from."""
    return _read("FAIRHOUR_SIGNING_KEY", SIGNING_KEY_FILE) or _new_pem()


def control_key() -> str:
    """Return the sample mode's control key, or an empty text where none was made."""
    return _read("", CONTROL_KEY_FILE)


def make_keys(*, sample: bool) -> None:
    """Make the key files that are missing, readable by their owner alone. Raises OSError."""
    if not os.environ.get("FAIRHOUR_SECRET_KEY"):
        _make(SECRET_KEY_FILE, lambda: secrets.token_urlsafe(64))
    if not os.environ.get("FAIRHOUR_SIGNING_KEY"):
        _make(SIGNING_KEY_FILE, _new_pem)
    if sample:
        _make(CONTROL_KEY_FILE, lambda: secrets.token_urlsafe(32))


def require_shared() -> None:
    """Raise RuntimeError unless the keys outlive this process: several processes must have the same ones."""
    for variable, name in (("FAIRHOUR_SECRET_KEY", SECRET_KEY_FILE), ("FAIRHOUR_SIGNING_KEY", SIGNING_KEY_FILE)):
        if not _read(variable, name):
            raise RuntimeError(f"{variable} is not set: every process must have the same key (docs/operations.md)")


def write_private(path: Path, text: str) -> None:
    """Create ``path`` with mode 0600 and ``text`` in it. Raises OSError, FileExistsError when it is there already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _make(name: str, value: Callable[[], str]) -> None:
    path = home() / name
    if not path.exists():
        write_private(path, value())


def _read(variable: str, name: str) -> str:
    given = os.environ.get(variable, "") if variable else ""
    if given:
        return given
    try:
        return (home() / name).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _new_pem() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")
