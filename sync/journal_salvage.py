"""Brings what is left of a damaged journal into a new one, and says what came of it.

The rows come from ``journal_pages``. Observations are taken as they are; where they are gone but the segment that was
made of them is left, ``mend`` makes observations that add up to it. What was not recovered is counted: observations are
numbered without gaps. The damaged file is only read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import msgspec

from sync.journal_found import Found
from sync.journal_mend import mend
from sync.journal_pages import Row, Value, read_rows
from sync.spool import Spool
from worktime import observations
from worktime.derive import Facts, Key, replay
from worktime.errors import Problem
from worktime.observations import Observation, Progress
from worktime.wire import OtherHours, Segment

BEYOND = 10_000
"""Revisions that a lost row may have had are left out: the marketplace takes no lower one for a newer one."""
UNCLAIMED = "pictures-without-time"
_UUID_CHARS = 36
_NUMBERED = (int, str, int)
_SEGMENT = (int, str, int, int, int, (bytes, None), int, (str, None), int, int, (bytes, None))
_HOURS = (str, str, int, bytes, str, int, int, int, int, (bytes, None))
_PICTURE = (str, str, int, int, int, int, str, int, int, int, int, int, int, int, int, int, (bytes, None), int)


@dataclass
class _Rows:
    """What could be read, by the keys of the tables."""

    settings: dict[str, str] = field(default_factory=dict)
    observations: dict[int, Observation] = field(default_factory=dict)
    segments: dict[Key, tuple[Value, ...]] = field(default_factory=dict)
    pictures: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    hours: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    """The numbers of observations that the index knows."""


def salvage(damaged: Path, connection: sqlite3.Connection, tick: Progress | None, spool: Spool, file: str) -> Found:
    """Fill the new journal behind ``connection`` (its tables are there), in one transaction. Raises sqlite3.Error.

    Pictures in the spool that belong to no known time are put aside. ``file``: see ``Found``.
    """
    spooled = spool.hashes()
    rows = _sort(read_rows(damaged))
    stored = {
        key: msgspec.json.decode(row[5], type=Segment)
        for key, row in rows.segments.items()
        if isinstance(row[5], bytes)
    }
    by_key: dict[Key, list[Observation]] = {}
    for _, seen in sorted(rows.observations.items()):
        by_key.setdefault((seen.job, seen.slot), []).append(seen)
    next_seq = max(max(rows.observations, default=0), max(rows.numbers, default=0)) + 1
    lost = len(rows.numbers.union(range(1, next_seq))) - len(rows.observations)
    keys = dict.fromkeys([*by_key, *stored, *([(tick.job, tick.slot)] if tick else [])])
    connection.execute("BEGIN IMMEDIATE")
    for seq, seen in sorted(rows.observations.items()):
        _insert(connection, seen, seq)
    connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", rows.settings.items())
    adopted = 0
    for row in rows.pictures.values():
        connection.execute(f"INSERT INTO picture VALUES ({_places(row)})", row)  # noqa: S608 - question marks
    for row in rows.hours.values():
        connection.execute(f"INSERT INTO other_hours VALUES ({_places(row)})", row)  # noqa: S608 - question marks
    for key in sorted(keys, key=lambda each: (each[1], str(each[0]))):
        row_of = rows.segments.get(key)
        dirty = row_of is None or bool(row_of[3]) or stored.get(key) is None
        made = mend(key, by_key.get(key, []), stored.get(key), tick, settled=not dirty)
        for seen in made:
            _insert(connection, seen)
        seen_all = [*by_key.get(key, []), *made]
        if not seen_all and row_of is None:
            continue  # the tick record's, of a stay that was closed
        facts = replay(*key, seen_all, tick)
        _put_segment(connection, key, row_of, facts, dirty=dirty or bool(made))
        adopted += _put_picture(connection, facts, rows, spooled)
    known = frozenset(row[0] for row in connection.execute("SELECT sha256 FROM picture"))
    unclaimed = spool.set_aside(known, damaged.with_name(UNCLAIMED))
    found = Found(file, len(rows.observations), lost, adopted, unclaimed)
    connection.execute(
        "INSERT OR REPLACE INTO setting (name, value) VALUES ('salvaged', ?)", (msgspec.json.encode(found).decode(),)
    )
    connection.execute("COMMIT")
    return found


def _sort(rows: Iterable[Row]) -> _Rows:
    """Tell by its shape what each row is; of two versions of one the later stays."""
    out = _Rows()
    for row in rows:
        values = row.values
        if row.rowid is not None and len(values) == 2 and all(isinstance(each, str) for each in values):
            out.settings.setdefault(str(values[0]), str(values[1]))
        elif row.rowid is not None and len(values) == 4 and values[0] is None:
            seen = _observation(values)
            if seen is not None:
                out.observations.setdefault(row.rowid, seen)
        elif row.rowid is None and _is(values, _NUMBERED) and _is_id(values[1]):
            out.numbers.add(_sum(values[2:]))
        elif row.rowid is None and _is(values[:11], _SEGMENT) and len(values) in (11, 12) and _is_id(values[1]):
            key = (UUID(str(values[1])), int(str(values[0])))
            # What can't be understood is made anew of the observations.
            full = (*values[:5], _if(values[5], Segment), *values[6:10], _if(values[10], Problem), *values[11:], 0)[:12]
            out.segments[key] = max(out.segments.get(key, full), full, key=_progress_of)
        elif row.rowid is None and _is(values, _HOURS) and _is_id(values[0]) and _if(values[3], OtherHours):
            full = (*values[:9], _if(values[9], Problem))
            out.hours[str(values[0])] = max(out.hours.get(str(values[0]), full), full, key=lambda one: _sum(one[5:8]))
        elif row.rowid is None and _is(values, _PICTURE) and _is_id(values[0]) and _is_id(values[1]):
            full = (*values[:16], _if(values[16], Problem), values[17])
            out.pictures[str(values[0])] = max(
                out.pictures.get(str(values[0]), full), full, key=lambda one: _sum(one[12:15])
            )
    return out


def _progress_of(row: tuple[Value, ...]) -> tuple[int, int]:
    return (_sum(row[4:5]), _sum((row[6], row[8], row[11])))


def _sum(values: Iterable[Value]) -> int:
    return sum(value for value in values if isinstance(value, int))


def _is(values: tuple[Value, ...], shape: tuple[object, ...]) -> bool:
    if len(values) != len(shape):
        return False
    for value, kind in zip(values, shape, strict=True):
        allowed = kind if isinstance(kind, tuple) else (kind,)
        if not any(value is None if each is None else isinstance(value, each) for each in allowed):
            return False
    return True


def _is_id(value: Value) -> bool:
    try:
        return isinstance(value, str) and len(value) == _UUID_CHARS and str(UUID(value)) == value
    except ValueError:
        return False


def _observation(values: tuple[Value, ...]) -> Observation | None:
    _, job, slot, body = values
    if not isinstance(body, bytes):
        return None
    try:
        seen = observations.decode(body)
    except msgspec.DecodeError:
        return None
    return seen if (str(seen.job), seen.slot) == (job, slot) else None


def _if(value: Value, kind: type[Segment] | type[Problem] | type[OtherHours]) -> Value:
    """Return the JSON of a ``kind``, None when it is none."""
    try:
        msgspec.json.decode(value if isinstance(value, bytes) else b"", type=kind)
    except (msgspec.DecodeError, ValueError):
        return None
    return value


def _insert(connection: sqlite3.Connection, seen: Observation, seq: int | None = None) -> None:
    connection.execute(
        "INSERT INTO observation (seq, job, slot, body) VALUES (?, ?, ?, ?)",
        (seq, str(seen.job), seen.slot, observations.encode(seen)),
    )


def _put_segment(
    connection: sqlite3.Connection, key: Key, row: tuple[Value, ...] | None, facts: Facts, *, dirty: bool
) -> None:
    """Keep the segment's row; one that is gone begins anew, beyond every revision that it can have had."""
    is_open = int(facts.stay is not None or facts.awaits is not None)
    if row is None:
        connection.execute(
            "INSERT INTO segment (slot, job, open, issued) VALUES (?, ?, ?, ?)", (key[1], str(key[0]), is_open, BEYOND)
        )
        return
    columns = (
        "slot, job, open, dirty, revision, content, receipted, receipted_picture, refused, deferred_until, problem"
    )
    connection.execute(
        f"INSERT INTO segment ({columns}, issued) VALUES ({_places(row)})",  # noqa: S608 - constants, question marks
        (*row[:2], is_open, int(dirty), *row[4:]),
    )


def _put_picture(connection: sqlite3.Connection, facts: Facts, rows: _Rows, spooled: frozenset[str]) -> int:
    """Make the row of the segment's picture anew, if it is gone. What is not in the spool any more has been sent."""
    if facts.picture is None or str(facts.picture.picture.id) in rows.pictures:
        return 0
    pictured, picture = facts.picture, facts.picture.picture
    connection.execute(
        """INSERT OR IGNORE INTO picture
        (id, job, slot, attempt, leaving, flat, sha256, size, width, height, monitors, taken_at, told, receipted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)""",
        (
            str(picture.id),
            str(facts.job),
            facts.slot,
            pictured.attempt,
            int(pictured.leaving),
            int(pictured.flat),
            picture.sha256,
            picture.size,
            picture.width,
            picture.height,
            picture.monitors,
            picture.taken_at,
            int(picture.sha256 not in spooled),
        ),
    )
    return int(picture.sha256 in spooled)


def _places(row: tuple[Value, ...]) -> str:
    return ", ".join("?" * len(row))
