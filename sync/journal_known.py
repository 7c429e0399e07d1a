"""What the rows of segments and pictures say of what waits, asked once for each change of theirs.

Rows only: whether something is due by now is found out by ``journal_outbox``, which also writes them.
"""

from __future__ import annotations

import sqlite3
from uuid import UUID

import msgspec

from sync.journal_db import Database
from sync.journal_memo import Memo
from sync.outbox import DEFER_MAX_S
from worktime import observations
from worktime.derive import Facts, Key, replay
from worktime.observations import Progress
from worktime.slots import slot_start

OURS = "job NOT IN (SELECT job FROM temp.held_back)"
WAITING = "(dirty = 1 OR revision > max(receipted, refused))"
DUE = f"(deferred_until <= ? OR deferred_until > ? + {DEFER_MAX_S})"
UNSENT = f"(receipted = 0 AND erased = 0 AND refused = 0 AND {OURS})"


class Row(msgspec.Struct, frozen=True):
    """A segment's row. ``settled``: the newest revision with a receipt or in quarantine. ``issued``: see ``growth``."""

    job: UUID
    slot: int
    revision: int
    content: bytes | None
    settled: int
    issued: int

    @property
    def key(self) -> Key:
        """(job, slot)."""
        return (self.job, self.slot)

    @property
    def where(self) -> tuple[int, str]:
        """The row's primary key."""
        return (self.slot, str(self.job))


class OpenSegment(msgspec.Struct, frozen=True):
    """A segment that may still grow. ``facts`` are those of its observations, without the tick record."""

    row: Row
    deferred_until: int
    facts: Facts

    def is_due(self, now: int) -> bool:
        """Tell whether it may be offered; what ``DUE`` says."""
        return self.deferred_until <= now or self.deferred_until > now + DEFER_MAX_S


class KnownRows:
    """Answers that cost nothing while no row changes. Thread-safe; raises FairhourError."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.segments_wait = Memo(db, self._segments_wait)
        """Whether a segment waits, due or not, beside growth."""
        self.entered = Memo(db, self._entered)
        """Whether a segment waits for its first second."""
        self.open_segment = Memo(db, self._open_segment)
        """The segment of a job in a slot, None if it can't grow or is held back."""
        self.pictures_taken = Memo(db, self._pictures_taken)
        """When the first and the last of the pictures that wait were taken, those that are held back included."""
        self.counts = Memo(db, self._counts)
        """How many segments and pictures wait and how many stand in quarantine; asked with ``Growing.waiting``."""
        self.oldest = Memo(db, self._oldest)
        """The first second of the oldest slot of which something waits; asked with ``Growing.waiting``."""

    def _segments_wait(self) -> bool:
        return self._is_any(f"SELECT 1 FROM segment WHERE {WAITING} AND {OURS} LIMIT 1")  # noqa: S608 - constants

    def _entered(self) -> bool:
        return self._is_any(
            f"SELECT 1 FROM segment WHERE {WAITING} AND open = 1 AND revision = 0 AND {OURS} LIMIT 1"  # noqa: S608
        )

    def _open_segment(self, job: UUID, slot: int) -> OpenSegment | None:
        with self._db.read() as cursor:
            found = cursor.execute(
                f"""SELECT deferred_until, revision, content, max(receipted, refused), issued FROM segment
                WHERE slot = ? AND job = ? AND open = 1 AND {OURS}""",  # noqa: S608 - the parts are constants
                (slot, str(job)),
            ).fetchone()
            if found is None:
                return None
            deferred_until, *columns = found
            return OpenSegment(Row(job, slot, *columns), deferred_until, load_facts(cursor, job, slot, None))

    def _pictures_taken(self) -> tuple[int, int] | None:
        with self._db.read() as cursor:
            first, last = cursor.execute(
                "SELECT min(taken_at), max(taken_at) FROM picture WHERE receipted = 0 AND erased = 0 AND refused = 0"
            ).fetchone()
        return None if first is None else (first, last)

    def _counts(self, slot: int, job: str) -> tuple[int, int, int]:
        with self._db.read() as cursor:
            segments, pictures, quarantined = cursor.execute(
                f"""SELECT (SELECT count(*) FROM segment WHERE ({WAITING} OR (slot = ? AND job = ?)) AND {OURS}),
                (SELECT count(*) FROM picture WHERE {UNSENT}),
                (SELECT count(*) FROM segment WHERE refused > 0 AND refused = revision AND {OURS})
                + (SELECT count(*) FROM picture WHERE refused = 1 AND erased = 0 AND {OURS})""",  # noqa: S608
                (slot, job),
            ).fetchone()
        return segments, pictures, quarantined

    def _oldest(self, slot: int, job: str) -> int | None:
        with self._db.read() as cursor:
            slots = cursor.execute(
                f"""SELECT min(slot) FROM segment WHERE ({WAITING} OR (slot = ? AND job = ?)) AND {OURS}
                UNION ALL SELECT min(slot) FROM picture WHERE {UNSENT}""",  # noqa: S608 - the parts are constants
                (slot, job),
            ).fetchall()
        return min((slot_start(slot) for (slot,) in slots if slot is not None), default=None)

    def _is_any(self, query: str) -> bool:
        with self._db.read() as cursor:
            return cursor.execute(query).fetchone() is not None


def load_facts(cursor: sqlite3.Cursor, job: UUID, slot: int, tick: Progress | None) -> Facts:
    """Return the facts of one segment from its observations and the tick record."""
    rows = cursor.execute("SELECT body FROM observation WHERE slot = ? AND job = ? ORDER BY seq", (slot, str(job)))
    return replay(job, slot, [observations.decode(row[0]) for row in rows.fetchall()], tick)
