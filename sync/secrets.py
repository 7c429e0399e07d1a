"""Where the refresh token is kept: the system's keyring, or memory when there is none.

Nothing is written to a file here: without a keyring the token lives as long as the program does, and ``place`` says so
(reliability.md, "Security defaults"). keyring is imported at first use; a keyring that waits for an unseen prompt
is given up after a while, because recording and sending must not hang on it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, TypeVar

log = logging.getLogger(__name__)

SERVICE = "Fairhour"
KEYRING_TIMEOUT_S = 10.0

ResultT = TypeVar("ResultT")


class _Keyring(Protocol):
    """The part of the keyring module that is used here."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


class Place(StrEnum):
    """Where a secret is kept."""

    KEYRING = "keyring"
    MEMORY = "memory"


class SecretStore:
    """One secret per name. Thread-safe enough for its one user, the uploader's thread."""

    def __init__(self, *, timeout_s: float = KEYRING_TIMEOUT_S) -> None:
        self._memory: dict[str, str] = {}
        self._timeout_s = timeout_s
        self.place = Place.KEYRING

    def load(self, name: str) -> str | None:
        """Return the secret, or None when there is none (or the keyring can't be reached)."""
        if name in self._memory:
            return self._memory[name]
        return self._in_keyring(lambda keyring: keyring.get_password(SERVICE, name), None)

    def save(self, name: str, value: str) -> None:
        """Keep ``value``; in memory at once, and in the keyring where there is one."""
        self._memory[name] = value
        self._in_keyring(lambda keyring: keyring.set_password(SERVICE, name, value), None)

    def forget(self, name: str) -> None:
        """Remove the secret from memory and keyring."""
        self._memory.pop(name, None)
        if self.load(name) is not None:
            self._in_keyring(lambda keyring: keyring.delete_password(SERVICE, name), None)

    def _in_keyring(self, act: Callable[[_Keyring], ResultT], otherwise: ResultT) -> ResultT:
        if self.place is Place.MEMORY:
            return otherwise
        outcome: list[ResultT] = []
        trouble: list[str] = []

        def run() -> None:
            try:
                import keyring

                outcome.append(act(keyring))
            except Exception as error:  # noqa: BLE001 - top of a thread; back ends raise what they like
                trouble.append(f"{type(error).__name__}: {error}")

        worker = threading.Thread(target=run, name="keyring", daemon=True)
        worker.start()
        worker.join(self._timeout_s)
        if outcome:
            return outcome[0]
        self.place = Place.MEMORY
        log.info("no usable keyring, the sign-in is kept in memory only: %s", trouble[0] if trouble else "no answer")
        return otherwise
