"""The journal: the crash-safe record of what the tracker saw, and until a receipt arrives the only copy of it.

Observations are appended, the open stay is in the tick record, pictures are files in the spool with a row each.
Segments are derived from observations with ``worktime.derive``. What waits to be sent is in ``journal_outbox``; nothing
is decided here. Every method is thread-safe and durable when it returns; all raise FairhourError.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

import msgspec

from sync.files import make_folder
from sync.journal_db import Database, row_to_any, unusable
from sync.journal_export import JournalExport
from sync.journal_found import last_salvage
from sync.journal_known import load_facts
from sync.journal_outbox import GROWTH_S, JournalOutbox
from sync.quarantine import Quarantine
from sync.reserve import Reserve
from sync.spool import Spool
from sync.tick import Marks, TickRecord, read_tick
from worktime import observations
from worktime.derive import Facts, Key
from worktime.errors import Problem, failure, make_problem
from worktime.observations import Observation, Pictured, Progress
from worktime.tracking_values import HOLD_MAX_S, HOLD_S, KEEP_DAYS_MAX, PictureTaken, Recovered
from worktime.wire import PictureRef

log = logging.getLogger(__name__)

THUMBNAIL_DAYS = 8
"""The window shows a week's tiles; after that thumbnails of what was sent go, too."""
_DAY_S = 86_400
_RECENT_SLOTS = 3
"""Slots before the newest whose segments the machine may still change: the idle threshold reaches over two."""


class Whereabouts(msgspec.Struct, frozen=True):
    """Where the bytes of a picture are. ``refused``: it stands in quarantine."""

    picture: Path | None
    thumbnail: Path | None
    receipted: bool
    refused: bool


class Journal:
    """One installation's record in ``folder`` (0700). Close it at the end.

    ``hold_s``: business seconds that a picture stays here before it may be sent; ``keep_days``: days that it stays
    here after it was sent. ``new_device`` makes the id of a new
    installation; it is kept for good.
    """

    def __init__(
        self,
        folder: Path,
        *,
        new_device: Callable[[], UUID],
        device_name: str = "",
        hold_s: int = HOLD_S,
        keep_days: int = 0,
        growth_s: float = GROWTH_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        _check_times(hold_s, keep_days)
        self._folder = folder
        self._swept_at: int | None = None
        tick = folder / "tick"
        try:
            make_folder(folder)
            self._reserve = Reserve(folder, monotonic=monotonic)
            self.spool = Spool(folder / "pictures", room=self._reserve.room)
            self._db = Database(folder, self._reserve, recover=self._salvage, begun=tick.exists())
            self._tick = TickRecord(tick, monotonic=monotonic)
        except OSError as error:
            raise unusable(Path(error.filename or folder).name, error.strerror or error) from error
        with self._db.read() as cursor:
            self._found = last_salvage(cursor)
        device = self._device(new_device)
        self.outbox = JournalOutbox(
            self._db,
            self.spool,
            lambda: self._tick.latest,
            device=device,
            device_name=device_name,
            hold_s=hold_s,
            growth_s=growth_s,
            monotonic=monotonic,
        )
        self.quarantine = Quarantine(self._db, self.spool, self.outbox.erase)
        self.outbox.keep_days = keep_days
        self.export = JournalExport(self._db, self.spool)

    @property
    def problem(self) -> Problem | None:
        """What the user must know about the record itself.

        There is hardly room for it, or it was damaged (until the damaged file is taken away).
        """
        if (problem := self._reserve.problem) is not None:
            return problem
        if self._found is None or not (self._folder / self._found.file).exists():
            return None
        return make_problem(
            "journal_damaged",
            "The record was damaged",
            "{kept} entries were recovered from it and {lost} were not; {pictures} screenshots were found again, and "
            "{unclaimed} of which nobody knows their time. The damaged file lies here: {file}",
            "Check your hours of this week. If they are right, remove that file; if not, send it to support.",
            kept=self._found.kept,
            lost=self._found.lost,
            pictures=self._found.adopted,
            unclaimed=self._found.unclaimed,
            file=self._folder / self._found.file,
        )

    def append(self, seen: Iterable[Observation]) -> None:
        """Keep observations in one transaction."""
        with self._db.write() as cursor:
            touched: dict[Key, None] = {}
            for each in seen:
                cursor.execute(
                    "INSERT INTO observation (job, slot, body) VALUES (?, ?, ?)",
                    (str(each.job), each.slot, observations.encode(each)),
                )
                touched[each.job, each.slot] = None
                if isinstance(each, Pictured):
                    cursor.execute("UPDATE picture SET told = 1 WHERE id = ?", (str(each.picture.id),))
            for job, slot in touched:
                facts = load_facts(cursor, job, slot, None)
                cursor.execute(
                    """INSERT INTO segment (job, slot, open) VALUES (?, ?, ?)
                    ON CONFLICT (slot, job) DO UPDATE SET open = excluded.open, dirty = 1""",
                    (str(job), slot, int(facts.stay is not None or facts.awaits is not None)),
                )

    def keep(self, progress: Progress) -> None:
        """Keep how far the open stay has come: durable against a kill at once, against a power cut within 10 s."""
        with self._disk_takes():
            self._tick.write(progress)

    @staticmethod
    @contextlib.contextmanager
    def _disk_takes() -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise failure(
                "tick_failed",
                "The running time can't be written",
                "The disk did not take it ({detail}). Counting goes on in memory.",
                "Check the disk; this is tried again each second.",
                retryable=True,
                detail=error.strerror or error,
            ) from error

    def ahead(self, seconds: int) -> Marks:
        """Return how up to so many seconds after the last that was kept may be kept one by one, with less ado."""
        with self._disk_takes():
            return self._tick.ahead(seconds)

    def barrier(self) -> None:
        """Force the running time to the disk now (before sleep, at the end)."""
        self._tick.barrier()

    def spooled(self, taken: PictureTaken, data: bytes, thumbnail: bytes) -> None:
        """Keep a picture: first the file, then its row, so that a row never points at nothing."""
        picture = taken.picture
        if self._swept_at is not None and picture.taken_at - self._swept_at >= _DAY_S:
            self._sweep(picture.taken_at)
        self.spool.store(picture.sha256, data, thumbnail)
        with self._db.write() as cursor:
            cursor.execute(
                """INSERT INTO picture
                (id, job, slot, attempt, leaving, flat, sha256, size, width, height, monitors, taken_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    str(picture.id),
                    str(taken.job),
                    taken.slot,
                    taken.attempt,
                    int(taken.leaving),
                    int(taken.flat),
                    picture.sha256,
                    picture.size,
                    picture.width,
                    picture.height,
                    picture.monitors,
                    picture.taken_at,
                ),
            )

    def keep_pictures(self, *, hold_s: int, keep_days: int) -> None:
        """Hold and keep screenshots for so long from now on. What is here for too long goes before the next one comes.

        Not at once: a file that the camera has just brought has no row yet, and would be taken for a leftover.
        """
        _check_times(hold_s, keep_days)
        if keep_days < self.outbox.keep_days:
            self._swept_at = 0
        self.outbox.hold_s, self.outbox.keep_days = hold_s, keep_days

    def erase(self, picture: UUID) -> None:
        """Erase a picture's bytes and thumbnail; its row stays."""
        self.outbox.erase(picture)

    def recover(self, at: int) -> Recovered:
        """Return what the machine must know at the start, after sweeping the spool. ``at``: now."""
        self._sweep(at)
        with self._db.read() as cursor:
            newest = row_to_any(cursor.execute("SELECT max(slot) FROM segment").fetchone(), 0)
            rows = cursor.execute(
                "SELECT job, slot FROM segment WHERE open = 1 OR slot >= ? ORDER BY slot", (newest - _RECENT_SLOTS,)
            ).fetchall()
            facts = tuple(load_facts(cursor, UUID(job), slot, self._tick.latest) for job, slot in rows)
            last = cursor.execute("SELECT job, max(slot) FROM segment GROUP BY job").fetchall()
            memos = tuple((UUID(job), load_facts(cursor, UUID(job), slot, None).comment) for job, slot in last)
            untold = tuple(
                _taken(row)
                for row in cursor.execute(
                    """SELECT id, job, slot, attempt, leaving, flat, sha256, size, width, height, monitors, taken_at
                    FROM picture WHERE told = 0 AND erased = 0 ORDER BY taken_at"""
                )
            )
        return Recovered(at, facts, untold, tuple((job, memo) for job, memo in memos if memo))

    def facts(self, job: UUID, slot: int) -> Facts:
        """Return what is known of a segment."""
        with self._db.read() as cursor:
            return load_facts(cursor, job, slot, self._tick.latest)

    def keys(self, first_slot: int, end_slot: int) -> tuple[Key, ...]:
        """Return the segments with a slot in ``[first_slot, end_slot)``, in order of slots."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                "SELECT job, slot FROM segment WHERE slot >= ? AND slot < ? ORDER BY slot", (first_slot, end_slot)
            )
            return tuple((UUID(job), slot) for job, slot in rows)

    def whereabouts(self, picture: UUID) -> Whereabouts | None:
        """Return where a picture's bytes are; None when it was erased or never here."""
        with self._db.read() as cursor:
            row = cursor.execute(
                "SELECT sha256, receipted, refused FROM picture WHERE id = ? AND erased = 0", (str(picture),)
            ).fetchone()
        if row is None:
            return None
        sha256, receipted, refused = row
        full, small = self.spool.picture(sha256), self.spool.thumbnail(sha256)
        return Whereabouts(
            full if full.exists() else None, small if small.exists() else None, bool(receipted), bool(refused)
        )

    def unsent(self, job: UUID, first_slot: int, end_slot: int) -> dict[int, bool]:
        """Return the slots of which the marketplace lacks something; True where it refused it."""
        return self.outbox.unsent(job, first_slot, end_slot)

    def close(self) -> None:
        """Force everything to the disk and close."""
        self.spool.seal.stop()
        self._tick.barrier()
        self._tick.close()
        self._db.close()

    def _salvage(self, damaged: Path, connection: sqlite3.Connection, file: str) -> None:
        from sync.journal_salvage import salvage

        found = salvage(damaged, connection, read_tick(self._folder / "tick"), self.spool, file)
        log.warning("recovered from the damaged journal: %s", found)

    def _device(self, new_device: Callable[[], UUID]) -> UUID:
        with self._db.write() as cursor:
            row = cursor.execute("SELECT value FROM setting WHERE name = 'device'").fetchone()
            if row is not None:
                return UUID(row[0])
            device = new_device()
            cursor.execute("INSERT INTO setting (name, value) VALUES ('device', ?)", (str(device),))
            return device

    def _sweep(self, at: int) -> None:
        """Remove files without a row: they were never acknowledged. A row without its file is not wanted."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                "SELECT id, sha256, receipted, told, taken_at FROM picture WHERE erased = 0"
            ).fetchall()
        pictures_from = at - self.outbox.keep_days * _DAY_S
        thumbnails_from = min(pictures_from, at - THUMBNAIL_DAYS * _DAY_S)
        self.spool.sweep(
            (row[1] for row in rows if not row[2] or row[4] > pictures_from),
            (row[1] for row in rows if not row[2] or row[4] > thumbnails_from),
        )
        self._swept_at = at
        for picture, sha256, receipted, told, _ in rows:
            if not receipted and not told and not self.spool.is_whole(sha256):
                self.erase(UUID(picture))


def _check_times(hold_s: int, keep_days: int) -> None:
    if not 0 <= hold_s <= HOLD_MAX_S:
        raise ValueError(f"a picture is held 0 to {HOLD_MAX_S} seconds, not {hold_s}")
    if not 0 <= keep_days <= KEEP_DAYS_MAX:
        raise ValueError(f"sent pictures are kept 0 to {KEEP_DAYS_MAX} days, not {keep_days}")


def _taken(row: tuple[str, str, int, int, int, int, str, int, int, int, int, int]) -> PictureTaken:
    picture, job, slot, attempt, leaving, flat, sha256, size, width, height, monitors, taken_at = row
    reference = PictureRef(
        id=UUID(picture), sha256=sha256, size=size, width=width, height=height, monitors=monitors, taken_at=taken_at
    )
    return PictureTaken(UUID(job), slot, attempt, bool(leaving), bool(flat), reference)
