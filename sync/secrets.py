"""Where secrets are kept: the system's keyring, a file for the owner alone after an explicit yes, or memory.

Without a yes nothing is written to a file: where there is no keyring a secret lives as long as the program does, and
``place`` says so (reliability.md, "Security defaults"). keyring is imported at first use, on a thread: one that waits
for an unseen prompt is given up after a while, because recording and sending must not hang on it. A keyring that is
locked is asked again later, and not so often that its prompt becomes a plague. One that keeps plain text is none.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sync.files import sync_folder
from sync.keyring_away import KeyringGoneError, LockedAwayError
from sync.keyring_choice import safe_keyring
from worktime.errors import FairhourError, failure

log = logging.getLogger(__name__)

SERVICE = "Fairhour"
KEYRING_TIMEOUT_S = 10.0
ASK_AGAIN_S = 1800.0

ResultT = TypeVar("ResultT")


class _Keyring(Protocol):
    """The part of a keyring's back end that is used here."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


class Place(StrEnum):
    """Where a secret is kept."""

    KEYRING = "keyring"
    FILE = "file"
    MEMORY = "memory"


@contextlib.contextmanager
def _here() -> Iterator[_Keyring]:
    yield safe_keyring()


class SecretStore:
    """One secret per name. Used by one thread at a time.

    ``file``: where secrets go after ``use_file()``, and where they are looked for when an earlier run put them there.
    ``errand`` gives the keyring (``keyring_away.away`` in the tracker). ``place``: where they belong; MEMORY where
    there is no keyring.
    """

    def __init__(
        self,
        file: Path | None = None,
        *,
        timeout_s: float = KEYRING_TIMEOUT_S,
        ask_again_s: float = ASK_AGAIN_S,
        errand: Callable[[], AbstractContextManager[_Keyring]] = _here,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._timeout_s = timeout_s
        self._ask_again_s = ask_again_s
        self._errand = errand
        self._monotonic = monotonic
        self._memory: dict[str, str] = {}
        self._unsaved: set[str] = set()
        self._void: set[str] = set()
        self._worker: threading.Thread | None = None
        self._late: list[Any] = []
        self._shut_until: float | None = None
        self.place = Place.FILE if file is not None and file.exists() else Place.KEYRING

    @property
    def locked(self) -> bool:
        """Whether there is a keyring that can't be opened now."""
        return self._shut_until is not None

    @property
    def lasting(self) -> bool:
        """Whether what was saved outlives the program."""
        return self.place is not Place.MEMORY and not self._unsaved

    def load(self, name: str) -> str | None:
        """Return the secret, None when there is none. Raises FairhourError ``keyring_locked`` when nobody can tell."""
        if name in self._void and not self._erase(name):
            return None
        if name in self._memory:
            if name in self._unsaved and self._may_ask():
                self._keep(name, self._memory[name])
            return self._memory[name]
        if self.place is Place.FILE:
            return self._in_file().get(name)
        found = self._in_keyring(lambda keyring: keyring.get_password(SERVICE, name), None)
        if found is None and self.locked:
            raise _locked()
        return found

    def save(self, name: str, value: str) -> None:
        """Keep ``value``; in memory at once, and then where it outlives the program, if there is such a place."""
        self._memory[name] = value
        self._void.discard(name)
        if self.place is not Place.FILE:
            self._shut_until = None
        self._keep(name, value)

    def forget(self, name: str) -> None:
        """Remove the secret everywhere; from a keyring that can't be opened now as soon as it can."""
        self._memory.pop(name, None)
        self._unsaved.discard(name)
        if self.place is Place.FILE:
            self._write_file({key: value for key, value in self._in_file().items() if key != name})
        # Also what went there before there was a file: it would be found again when the file is gone.
        self._void.add(name)
        self._erase(name)

    def _erase(self, name: str) -> bool:
        """Remove it from the keyring; tell whether that is done."""

        def erase(keyring: _Keyring) -> bool:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)
            return True

        done = self._in_keyring(erase, self.place is Place.MEMORY)
        if done:
            self._void.discard(name)
        return done

    def use_file(self) -> None:
        """Keep secrets in the file from now on: the user said yes to that. Raises OSError."""
        self._write_file({**self._in_file(), **self._memory})
        self.place = Place.FILE
        self._unsaved.clear()
        self._shut_until = None

    def _keep(self, name: str, value: str) -> None:
        def keep(keyring: _Keyring) -> bool:
            keyring.set_password(SERVICE, name, value)
            # There are back ends that take everything and keep nothing (keyring.backends.null).
            if keyring.get_password(SERVICE, name) != value:
                raise OSError("it does not keep what it is given")
            return True

        self._unsaved.add(name)
        if self.place is Place.FILE:
            try:
                self._write_file({**self._in_file(), name: value})
            except OSError as error:
                log.warning("the secret is in memory until the disk takes it: %s", error)
                return
        elif not self._in_keyring(keep, False):
            return
        self._unsaved.discard(name)

    # The file

    def _path(self) -> Path:
        if self._file is None:
            raise ValueError("this store has no file")
        return self._file

    def _in_file(self) -> dict[str, str]:
        file = self._path()
        try:
            if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
                log.warning("%s could be read by others: it is not used, and removed", file.name)
                file.unlink()
                return {}
            found = json.loads(file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("%s is of no use: %s", file.name, error)
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _write_file(self, secrets: dict[str, str]) -> None:
        """Whole or not at all, for the owner alone, and forced to the disk: its forerunner may be void already."""
        file = self._path()
        if not secrets:
            file.unlink(missing_ok=True)
            self.place = Place.KEYRING
            return
        part = file.with_name(file.name + ".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(secrets, out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
        sync_folder(file.parent)

    # The keyring

    def _may_ask(self) -> bool:
        if self._worker is not None and self._worker.is_alive():
            return False
        if self._late:
            # The prompt was answered after it had been given up.
            self._late = []
            return True
        return self._shut_until is None or self._monotonic() >= self._shut_until

    def _in_keyring(self, act: Callable[[_Keyring], ResultT], otherwise: ResultT) -> ResultT:
        if self.place is not Place.KEYRING or not self._may_ask():
            return otherwise
        outcome: list[Any] = []
        trouble: list[Exception] = []

        def run() -> None:
            try:
                with self._errand() as keyring:
                    outcome.append(act(keyring))
            except Exception as error:  # noqa: BLE001 - top of a thread; back ends raise what they like
                trouble.append(error)

        self._worker = threading.Thread(target=run, name="keyring", daemon=True)
        self._worker.start()
        self._worker.join(self._timeout_s)
        if outcome:
            self._shut_until = None
            found: ResultT = outcome[0]
            return found
        if not trouble or _is_locked(trouble[0]):
            log.info("the keyring is locked: %s", trouble[0] if trouble else "no answer yet")
            self._late = outcome
            self._shut_until = self._monotonic() + self._ask_again_s
            return otherwise
        self.place = Place.MEMORY
        log.info("no usable keyring, secrets are kept in memory only: %s: %s", type(trouble[0]).__name__, trouble[0])
        return otherwise


def _is_locked(error: Exception) -> bool:
    if isinstance(error, (LockedAwayError, KeyringGoneError)):
        return isinstance(error, LockedAwayError)
    from keyring.errors import KeyringLocked

    return isinstance(error, KeyringLocked)


def _locked() -> FairhourError:
    return failure(
        "keyring_locked",
        "Keyring locked",
        "This computer's keyring is locked, and the sign-in is inside. Recording goes on, and what is recorded stays "
        "on this computer.",
        "Unlock the keyring and start Fairhour again, or wait: it asks again every half hour.",
        retryable=True,
    )
