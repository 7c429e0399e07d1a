"""Opening, guarding and writing the journal's SQLite file; what stands in it is the business of ``journal``.

One process, one connection, one lock around it. WAL with synchronous=FULL: with NORMAL a power cut lost acknowledged
commits in 1,365 of 1,500 trials (reliability.md); the tick of every second has its own record (``tick``), so the few
commits that are left can afford it.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sync.files import sync_folder
from sync.journal_schema import migrate
from sync.reserve import Reserve
from worktime.errors import FairhourError, failure

log = logging.getLogger(__name__)

_CHECKPOINT_PAGES = 8
_CACHE_KB = 512
"""Pages kept in memory: a week of the record. The check at the start reads all of it, and SQLite would keep 2 MB."""
_SUFFIXES = ("", "-wal", "-shm")


Recover = Callable[[Path, sqlite3.Connection, str], None]
"""Brings what is left of a damaged file into a new one, whose tables are there; the damaged one gets that name."""


class Database:
    """The journal's file. Every statement goes through ``write()`` or ``read()``.

    ``begun``: there was a journal here, so that a file that is gone or empty is a damaged one.
    """

    def __init__(self, folder: Path, reserve: Reserve, *, recover: Recover, begun: bool) -> None:
        self.path = folder / "journal.sqlite3"
        self._recover = recover
        self._begun = begun
        self._reserve = reserve
        self._lock = threading.RLock()
        self._connection = self._open()
        self.changes: int | None = self._connection.total_changes
        """Another number after each row that was written; None while a transaction is open, and at the end."""

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Cursor]:
        """One transaction, durable when the block is left. Raises FairhourError when the disk does not take it."""
        with self._lock:
            try:
                cursor = self._connection.cursor()
                cursor.execute("BEGIN IMMEDIATE")
                self.changes = None
                try:
                    yield cursor
                    cursor.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
                finally:
                    if not self._connection.in_transaction:
                        self.changes = self._connection.total_changes
            except sqlite3.Error as error:
                full = self._is_full(error)
                if full:
                    self._reserve.give_up()
                raise (_full() if full else _not_written(error)) from error

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Cursor]:
        """Read under the lock. Raises FairhourError."""
        with self._lock:
            try:
                yield self._connection.cursor()
            except sqlite3.Error as error:
                raise _not_written(error) from error

    def close(self) -> None:
        """Close the file; the log is folded into it."""
        with self._lock:
            self.changes = None
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            try:
                return self._open_or_recover()
            except sqlite3.OperationalError as error:
                if not self._is_full(error):
                    raise
                self._reserve.give_up()
                return self._open_or_recover()
        except sqlite3.NotSupportedError as error:
            raise failure(
                "journal_newer",
                "The record belongs to a newer Fairhour",
                "It can't be opened with this version: {detail}.",
                "Install the newest Fairhour; nothing is lost.",
                detail=error,
            ) from error
        except sqlite3.Error as error:
            raise unusable(self.path.name, error) from error

    def _open_or_recover(self) -> sqlite3.Connection:
        recovered = self.path.with_name("journal-recovered.sqlite3")
        if recovered.exists() and not self.path.exists():
            recovered.rename(self.path)  # a recovery was cut between its last two steps
        try:
            if self._begun and (not self.path.exists() or self.path.stat().st_size == 0):
                raise sqlite3.DatabaseError("the file is gone")
            return self._connect(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.NotSupportedError):
                raise
            if isinstance(error, sqlite3.OperationalError) and not _unreadable(error):
                raise
            log.warning("the journal is damaged: %s", error)
        self._recover_into(recovered)
        return self._connect(self.path)

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        # Owner alone from the first byte on; SQLite gives its log the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.2)
        try:
            # Exclusive: a second process is refused, and no shared memory file is needed.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            # From the start, not from the moment the disk is full: a log that has grown takes the room for good.
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _recover_into(self, recovered: Path) -> None:
        """Make a new journal of what is left. A cut at any point leaves the damaged one, or the whole new one.

        The damaged file stays under another name: it is the only copy of what was not sent.
        """
        aside = next(
            name
            for name in (self.path.with_name(f"journal-damaged-{number}.sqlite3") for number in itertools.count(1))
            if not name.exists()
        )
        making = self.path.with_name("journal-recovering.sqlite3")
        for suffix in _SUFFIXES:
            for left in (making, recovered):
                left.with_name(left.name + suffix).unlink(missing_ok=True)
        connection = self._connect(making)
        try:
            self._recover(self.path, connection, aside.name)
        finally:
            connection.close()
        making.rename(recovered)
        sync_folder(self.path.parent)
        aside.touch(mode=0o600)
        for suffix in _SUFFIXES:
            part = self.path.with_name(self.path.name + suffix)
            if part.exists():
                part.replace(aside.with_name(aside.name + suffix))
        recovered.rename(self.path)
        sync_folder(self.path.parent)

    def _is_full(self, error: sqlite3.Error) -> bool:
        """Tell whether there is no room; to SQLite a quota is an error in writing, and no want of room."""
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            return True
        return error.sqlite_errorcode == sqlite3.SQLITE_IOERR_WRITE and self._reserve.is_out_of_room()


def unusable(file: str, detail: object) -> FairhourError:
    """Return what the user is told when the journal can't be opened."""
    return failure(
        "journal_unusable",
        "The record can't be opened",
        "The file {file} can't be used ({detail}). Perhaps Fairhour is running already.",
        "Close the other Fairhour, or make the folder writable, and start again.",
        retryable=True,
        file=file,
        detail=detail,
    )


def _unreadable(error: sqlite3.OperationalError) -> bool:
    """Tell whether the disk does not give what was written, which is damage and not a matter of access."""
    return error.sqlite_errorcode in (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)


def _full() -> FairhourError:
    return failure(
        "disk_full",
        "The disk is full",
        "Time is still counted, but pauses, comments and screenshots can't be kept.",
        "Free some space on the disk.",
        retryable=True,
    )


def _not_written(error: sqlite3.Error) -> FairhourError:
    if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return failure(
            "journal_damaged_now",
            "The record is damaged",
            "Something has changed its file ({detail}). Time is still counted, in memory.",
            "Quit Fairhour and start it again: it then recovers what there is, and says what.",
            retryable=True,
            detail=error,
        )
    return failure(
        "journal_failed",
        "The record can't be written",
        "The disk did not take it ({detail}). Time is still counted, and written as soon as the disk takes it.",
        "Check the disk; this is tried again by itself.",
        retryable=True,
        detail=error,
    )


def row_to_any(row: tuple[Any, ...] | None, otherwise: Any) -> Any:
    """Return the first column of a row, or ``otherwise`` when there is no row (or NULL in it)."""
    return otherwise if row is None or row[0] is None else row[0]
