"""Encryption of what lies on the disk until it is sent: AES-256-GCM, with a key that the system's keyring keeps.

Where there is no keyring files stay plain, readable by their owner alone, and ``state`` says so: a key beside its files
would hide nothing. Each file tells by its first bytes whether it is sealed, so both kinds can lie in one folder. The
cryptography library is loaded with the key, off the Qt thread.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

from sync.keyring_away import away
from sync.secrets import ASK_AGAIN_S, Place, SecretStore
from worktime.errors import FairhourError, failure

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

log = logging.getLogger(__name__)

SECRET = "spool-key"  # noqa: S105 - its name, not the key
_MAGIC = b"FHS1"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class State(StrEnum):
    """What becomes of a file that is written now."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    LOCKED = "locked"  # there is a keyring; until it is opened files are plain


class Seal:
    """Seals and opens files by their name. Thread-safe."""

    def __init__(self) -> None:
        self._cipher: AESGCM | None = None
        self._stopping = threading.Event()
        self.state = State.PLAIN

    def use(self, key: bytes) -> None:
        """Seal with this key from now on."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(key)
        self.state = State.ENCRYPTED

    def unlock_soon(self) -> None:
        """Get the key from the keyring on a thread of its own; a locked one is asked again now and then."""
        threading.Thread(target=self._unlock, args=(SecretStore(errand=away),), name="spool-key", daemon=True).start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopping.set()

    def seal(self, name: str, data: bytes) -> bytes:
        """Return what is written under ``name``."""
        if self._cipher is None:
            return data
        nonce = os.urandom(_NONCE_BYTES)
        return _MAGIC + nonce + self._cipher.encrypt(nonce, data, name.encode())

    def open(self, name: str, raw: bytes) -> bytes:
        """Return what was sealed. Raises FairhourError while the key is not known, OSError when it does not fit."""
        if not is_sealed(raw):
            return raw
        if self._cipher is None:
            raise failure(
                "spool_locked",
                "Screenshots wait for the keyring",
                "They are encrypted on this computer, and their key is in the system's keyring, which is locked.",
                "Unlock the keyring, or sign out of the desktop and in again.",
                retryable=True,
            )
        from cryptography.exceptions import InvalidTag

        start = len(_MAGIC) + _NONCE_BYTES
        try:
            return self._cipher.decrypt(raw[len(_MAGIC) : start], raw[start:], name.encode())
        except InvalidTag as error:
            raise OSError(errno.EIO, "its key is gone, or it was changed", name) from error

    def _unlock(self, store: SecretStore) -> None:
        try:
            while not self._stopping.is_set():
                key = load_key(store)
                if key is not None:
                    self.use(key)
                    return
                if not store.locked:
                    log.info(
                        "no keyring: screenshots lie unencrypted until they are sent, readable by their owner alone"
                    )
                    return
                self.state = State.LOCKED
                self._stopping.wait(ASK_AGAIN_S)
        except Exception:  # top of the thread: pictures are kept without it
            log.exception("the spool's key could not be had")


def load_key(store: SecretStore) -> bytes | None:
    """Return the key from the keyring, a new one the first time; None where no keyring keeps it."""
    try:
        found = store.load(SECRET)
    except FairhourError:
        return None
    if found is None and store.place is Place.KEYRING:
        found = os.urandom(_KEY_BYTES).hex()
        store.save(SECRET, found)
    if found is None or not store.lasting or store.place is not Place.KEYRING:
        return None
    return bytes.fromhex(found)


def is_sealed(raw: bytes) -> bool:
    """Tell whether a file's content is sealed."""
    return raw.startswith(_MAGIC)
