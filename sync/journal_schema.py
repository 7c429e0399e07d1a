"""The journal's tables, one migration after the other; ``user_version`` tells how many have been done.

``observation`` is append-only. ``segment`` and ``picture`` are what was made of it and what became of it; both could
be made anew but for revisions, receipts and quarantine. Ids are text, times are business seconds, problems JSON.
"""

from __future__ import annotations

import sqlite3

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE observation (
            seq INTEGER PRIMARY KEY, job TEXT NOT NULL, slot INTEGER NOT NULL, body BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX observation_segment ON observation (slot, job)",
        """CREATE TRIGGER observation_stays BEFORE UPDATE ON observation
            BEGIN SELECT RAISE(ABORT, 'observations are never changed'); END""",
        """CREATE TRIGGER observation_kept BEFORE DELETE ON observation
            BEGIN SELECT RAISE(ABORT, 'observations are never removed'); END""",
        """CREATE TABLE segment (
            job TEXT NOT NULL, slot INTEGER NOT NULL,
            open INTEGER NOT NULL DEFAULT 0,
            dirty INTEGER NOT NULL DEFAULT 1,
            revision INTEGER NOT NULL DEFAULT 0,
            content BLOB,
            receipted INTEGER NOT NULL DEFAULT 0,
            receipted_picture TEXT,
            refused INTEGER NOT NULL DEFAULT 0,
            deferred_until INTEGER NOT NULL DEFAULT 0,
            problem BLOB,
            PRIMARY KEY (slot, job)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX segment_waiting ON segment (slot) WHERE dirty = 1 OR revision > max(receipted, refused)",
        "CREATE INDEX segment_open ON segment (slot) WHERE open = 1",
        """CREATE TABLE picture (
            id TEXT PRIMARY KEY, job TEXT NOT NULL, slot INTEGER NOT NULL,
            attempt INTEGER NOT NULL, leaving INTEGER NOT NULL, flat INTEGER NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            monitors INTEGER NOT NULL, taken_at INTEGER NOT NULL,
            told INTEGER NOT NULL DEFAULT 0,
            receipted INTEGER NOT NULL DEFAULT 0,
            erased INTEGER NOT NULL DEFAULT 0,
            deferred_until INTEGER NOT NULL DEFAULT 0,
            problem BLOB, refused INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX picture_segment ON picture (slot, job)",
        "CREATE INDEX picture_waiting ON picture (taken_at) WHERE receipted = 0 AND erased = 0",
    ),
    (
        # The highest revision that may have been sent: growth is numbered without a write (growth.py).
        "ALTER TABLE segment ADD COLUMN issued INTEGER NOT NULL DEFAULT 0",
    ),
    (
        # Other hours: an entry, its newest revision, and what became of that (journal_hours.py).
        """CREATE TABLE other_hours (
            id TEXT NOT NULL, job TEXT NOT NULL, week INTEGER NOT NULL, content BLOB NOT NULL,
            state TEXT NOT NULL,
            revision INTEGER NOT NULL,
            receipted INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            deferred_until INTEGER NOT NULL DEFAULT 0,
            problem BLOB,
            PRIMARY KEY (id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX other_hours_week ON other_hours (job, week)",
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, each migration in one transaction. Raises sqlite3.Error.

    A journal of a newer program raises sqlite3.NotSupportedError: it must not be written by an older one.
    """
    done = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if done > len(MIGRATIONS):
        raise sqlite3.NotSupportedError(f"{done} > {len(MIGRATIONS)}")
    for number, statements in enumerate(MIGRATIONS[done:], start=done + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
