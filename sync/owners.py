"""Whose records these are, where several people use one computer: nothing is ever sent to another person's account.

A record belongs to the account in whose list its job stood, and that is kept in a file before anything is recorded for
the job. The outbox offers nothing until the account is known whose token is in use, and then only what is not another
one's (``admit``).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import msgspec

from sync.files import sync_folder
from sync.journal_outbox import JournalOutbox

log = logging.getLogger(__name__)


class Person(msgspec.Struct, frozen=True):
    """What is known of an account: the name that it goes by, and its jobs."""

    name: str = ""
    jobs: frozenset[UUID] = frozenset()


class Owners:
    """The accounts that were signed in here, and their jobs. Thread-safe: it is replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._people = _read(path)

    @property
    def known(self) -> bool:
        """Whether anybody was ever signed in here."""
        return bool(self._people)

    def jobs_of_others(self, account: str) -> frozenset[UUID]:
        """Return the jobs that are known to be other people's; "" is an account that is not known.

        Where that could be any of several, all their jobs are another's; where only one was ever here, none is.
        """
        if not account and len(self._people) < 2:
            return frozenset()
        others = [person.jobs for name, person in self._people.items() if name != account]
        return frozenset().union(*others) - self._of(account).jobs

    def name_of(self, job: UUID) -> str:
        """Return the name of the person whose job this is, "" when it is not known."""
        return next((person.name for person in self._people.values() if job in person.jobs), "")

    def add(self, account: str, jobs: Iterable[UUID], name: str = "") -> None:
        """Note that these jobs are ``account``'s; durable on return. Raises OSError."""
        before = self._of(account)
        after = Person(name or before.name, before.jobs | frozenset(jobs))
        if account in self._people and after == before:
            return
        people = {**self._people, account: after}
        _write(self._path, msgspec.json.encode(people))
        self._people = people

    def _of(self, account: str) -> Person:
        return self._people.get(account, Person())


def admit(account: str, outbox: JournalOutbox, owners: Owners) -> None:
    """Let the outbox offer what is this account's from now on. Raises OSError when whose it is can't be kept."""
    if not owners.known:
        # What was recorded before anybody's name was known: there was only one.
        owners.add(account, outbox.jobs())
    outbox.hold_back(owners.jobs_of_others(account))


def _read(path: Path) -> dict[str, Person]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Person])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        log.warning("whose records these are could not be read from %s: %s", path.name, error)
        return {}


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)
