"""What the last salvage of a journal found: asked at every start, while ``journal_salvage`` is seldom needed."""

from __future__ import annotations

import sqlite3

import msgspec


class Found(msgspec.Struct, frozen=True):
    """What was recovered: observations, how many are known to be missing, pictures whose row was made anew.

    ``file`` is the name under which the damaged file lies; ``unclaimed`` counts pictures that belong to no known time.
    """

    file: str
    kept: int
    lost: int
    adopted: int
    unclaimed: int


def last_salvage(cursor: sqlite3.Cursor) -> Found | None:
    """Return what the last salvage of this journal found, None when there was none."""
    row = cursor.execute("SELECT value FROM setting WHERE name = 'salvaged'").fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Found)
