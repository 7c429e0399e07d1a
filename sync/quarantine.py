"""What the marketplace refused for good: shown to the user, who tries it again, takes a copy, or gives it up.

Nothing leaves the record here but by the user's own word. What puts things here is in ``sending``.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec

from sync.journal_db import Database
from sync.spool import Spool
from worktime import observations
from worktime.errors import Problem, failure
from worktime.observations import Pictured
from worktime.slots import slot_start
from worktime.wire import OtherHours, PictureRef, Segment

EXPORT_NAME = "fairhour-refused.json"


class Refused(msgspec.Struct, frozen=True):
    """A segment, (``picture`` set) a screenshot, or (``note`` set) an entry of Other hours.

    ``tracked_s``: the seconds that wait with it; ``at``: UTC second, of Other hours that of their week's begin.
    """

    id: str
    job: UUID
    at: int
    tracked_s: int
    problem: Problem
    picture: UUID | None = None
    thumbnail: Path | None = None
    note: str = ""


class Quarantine:
    """The refused items of one journal. Thread-safe, durable on return; raises FairhourError."""

    def __init__(self, db: Database, spool: Spool, erase: Callable[[UUID], None]) -> None:
        self._db = db
        self._spool = spool
        self._erase = erase

    def items(self) -> tuple[Refused, ...]:
        """Return what stands here, oldest first."""
        with self._db.read() as cursor:
            found = (*_segments(cursor), *self._pictures(cursor), *_hours(cursor))
            return tuple(sorted(found, key=lambda item: (item.at, item.id)))

    def try_again(self, ids: Collection[str]) -> None:
        """Offer these again, in the revision that was refused or, for a screenshot, in a new one that names it."""
        for item in self._chosen(ids):
            with self._db.write() as cursor:
                if item.note:
                    cursor.execute(
                        "UPDATE other_hours SET refused = 0, deferred_until = 0, problem = NULL WHERE id = ?", _id(item)
                    )
                elif item.picture is None:
                    cursor.execute(
                        "UPDATE segment SET refused = 0, deferred_until = 0, problem = NULL WHERE slot = ? AND job = ?",
                        _where(item),
                    )
                else:
                    self._name_again(cursor, item, item.picture)

    def discard(self, ids: Collection[str]) -> None:
        """Give these up: a segment's time is never sent, a screenshot's bytes are erased.

        Of Other hours the user's word is forgotten; what the marketplace holds of them comes with the next look there.
        """
        for item in self._chosen(ids):
            if item.picture is not None:
                self._erase(item.picture)
                continue
            with self._db.write() as cursor:
                if item.note:
                    cursor.execute("DELETE FROM other_hours WHERE id = ?", _id(item))
                    continue
                cursor.execute(
                    """UPDATE segment SET receipted = revision, receipted_picture = NULL, refused = 0, problem = NULL
                    WHERE slot = ? AND job = ?""",
                    _where(item),
                )

    def export(self, ids: Collection[str], folder: Path) -> Path:
        """Write these into ``folder``, readable by the owner alone: one list, and the screenshots beside it."""
        try:
            entries = [self._entry(item, folder) for item in self._chosen(ids)]
            return _write_new(folder, msgspec.json.format(msgspec.json.encode(entries), indent=2))
        except OSError as error:
            raise failure(
                "export_failed",
                "The copy can't be written",
                "The folder {file} did not take it ({detail}).",
                "Choose another folder.",
                file=folder,
                detail=error.strerror or error,
            ) from error

    def _chosen(self, ids: Collection[str]) -> tuple[Refused, ...]:
        return tuple(item for item in self.items() if item.id in ids)

    def _pictures(self, cursor: sqlite3.Cursor) -> list[Refused]:
        rows = cursor.execute(
            "SELECT id, job, taken_at, sha256, problem FROM picture WHERE refused = 1 AND erased = 0"
        ).fetchall()
        return [
            Refused(
                f"picture:{picture}",
                UUID(job),
                taken_at,
                0,
                msgspec.json.decode(problem, type=Problem),
                UUID(picture),
                self._spool.thumbnail(sha256),
            )
            for picture, job, taken_at, sha256, problem in rows
        ]

    @staticmethod
    def _name_again(cursor: sqlite3.Cursor, item: Refused, picture: UUID) -> None:
        slot, attempt, leaving, flat, *reference = cursor.execute(
            """SELECT slot, attempt, leaving, flat, sha256, size, width, height, monitors, taken_at
            FROM picture WHERE id = ?""",
            (str(picture),),
        ).fetchone()
        seen = Pictured(
            job=item.job,
            slot=slot,
            attempt=attempt,
            leaving=bool(leaving),
            flat=bool(flat),
            picture=PictureRef(picture, *reference),
        )
        cursor.execute(
            "INSERT INTO observation (job, slot, body) VALUES (?, ?, ?)",
            (str(item.job), slot, observations.encode(seen)),
        )
        cursor.execute("UPDATE segment SET dirty = 1 WHERE slot = ? AND job = ?", (slot, str(item.job)))
        cursor.execute(
            "UPDATE picture SET refused = 0, deferred_until = 0, problem = NULL WHERE id = ?", (str(picture),)
        )

    def _entry(self, item: Refused, folder: Path) -> dict[str, object]:
        with self._db.read() as cursor:
            if item.note:
                (content,) = cursor.execute("SELECT content FROM other_hours WHERE id = ?", _id(item)).fetchone()
                return {"other_hours": msgspec.json.decode(content), "problem": item.problem}
            if item.picture is None:
                (content,) = cursor.execute(
                    "SELECT content FROM segment WHERE slot = ? AND job = ?", _where(item)
                ).fetchone()
                return {"segment": msgspec.json.decode(content), "problem": item.problem}
            (sha256,) = cursor.execute("SELECT sha256 FROM picture WHERE id = ?", (str(item.picture),)).fetchone()
        name = f"{sha256}.webp"
        if (path := self._spool.picture(sha256)).exists():
            _replace(folder / name, self._spool.read(path))
        return {"screenshot": name, "job": item.job, "taken_at": item.at, "problem": item.problem}


def _segments(cursor: sqlite3.Cursor) -> list[Refused]:
    rows = cursor.execute(
        "SELECT job, slot, content, problem FROM segment WHERE refused > 0 AND refused = revision"
    ).fetchall()
    return [
        Refused(
            f"segment:{slot}:{job}",
            UUID(job),
            slot_start(slot),
            msgspec.json.decode(content, type=Segment).tracked_s,
            msgspec.json.decode(problem, type=Problem),
        )
        for job, slot, content, problem in rows
    ]


def _hours(cursor: sqlite3.Cursor) -> list[Refused]:
    rows = cursor.execute(
        "SELECT content, problem FROM other_hours WHERE refused > 0 AND refused = revision"
    ).fetchall()
    out = []
    for content, problem in rows:
        entry = msgspec.json.decode(content, type=OtherHours)
        why = msgspec.json.decode(problem, type=Problem)
        out.append(Refused(f"hours:{entry.id}", entry.job, entry.week_start, entry.seconds, why, note=entry.note))
    return out


def _id(item: Refused) -> tuple[str]:
    return (item.id.split(":")[1],)


def _where(item: Refused) -> tuple[int, str]:
    return (int(item.id.split(":")[1]), str(item.job))


def _write_new(folder: Path, data: bytes) -> Path:
    """Write the list under the first name that is free."""
    for number in itertools.count(1):
        path = folder / (EXPORT_NAME if number == 1 else EXPORT_NAME.replace(".", f"-{number}."))
        with suppress(FileExistsError):
            _create(path, data)
            return path
    raise AssertionError("unreachable: numbers do not end")


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    _create(part, data)
    part.replace(path)


def _create(path: Path, data: bytes) -> None:
    """Write a file that was not there: the user chose the folder, and others may have laid links or files in it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
