"""Everything that the journal holds, to be given to whom it is about: every table, and every screenshot that is here.

Nothing is chosen here but whose it is: records of other people's jobs stay out. There is no secret in the journal; keys
and sign-ins lie in the keyring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import msgspec

from sync.journal_db import Database
from sync.spool import Spool
from worktime.errors import FairhourError

Row = dict[str, Any]


class KeptPicture(msgspec.Struct, frozen=True):
    """A screenshot of which the bytes should be here. ``name``: its file's."""

    name: str
    sha256: str


class JournalExport:
    """Reads; every method is thread-safe and raises FairhourError."""

    def __init__(self, database: Database, spool: Spool) -> None:
        self._db = database
        self._spool = spool

    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables."""
        with self._db.read() as cursor:
            found = cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            return tuple(name for (name,) in found)

    def rows(self, table: str, leave_out: Collection[UUID] = ()) -> Iterator[Row]:
        """Yield the rows of one of ``tables()``, but for those of some jobs; what is kept as JSON as it is meant."""
        if table not in self.tables():
            raise ValueError(f"no such table: {table}")
        others = {str(job) for job in leave_out}
        with self._db.read() as cursor:
            found = cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of the names that were just read
            names = [column[0] for column in found.description]
            raw = found.fetchall()
        for values in raw:
            row = dict(zip(names, values, strict=True))
            if row.get("job") not in others:
                yield {name: _meant(value) for name, value in row.items()}

    def counts(self) -> dict[str, int]:
        """Return how many rows there are, by table."""
        with self._db.read() as cursor:
            return {
                name: int(cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - as above
                for name in self.tables()
            }

    def pictures(self, leave_out: Collection[UUID] = ()) -> list[KeptPicture]:
        """Return the screenshots that are on this computer, oldest first."""
        others = {str(job) for job in leave_out}
        with self._db.read() as cursor:
            rows = cursor.execute("SELECT job, sha256 FROM picture WHERE erased = 0 ORDER BY taken_at").fetchall()
        return [
            KeptPicture(f"{sha256}.webp", sha256)
            for job, sha256 in rows
            if job not in others and self._spool.picture(sha256).exists()
        ]

    def picture(self, kept: KeptPicture) -> bytes | None:
        """Return a screenshot as it was taken; None when it has gone meanwhile, or its key can't be had now."""
        try:
            return self._spool.read(self._spool.picture(kept.sha256))
        except (OSError, FairhourError):
            return None


def _meant(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return value.hex()
