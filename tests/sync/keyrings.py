"""A keyring for tests: in a dict, and locked or stuck when a test wants it so."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class MemoryKeyring(KeyringBackend):
    """``stuck`` cleared: it waits, like one with an unseen prompt. ``locked``: it refuses. ``asked``: how often."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.stuck = threading.Event()
        self.stuck.set()
        self.locked = False
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]

    def _open(self) -> None:
        self.asked += 1
        self.stuck.wait()
        if self.locked:
            raise KeyringLocked("the prompt was dismissed")
