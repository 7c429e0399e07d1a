"""Other hours in the journal: what the user enters is durable here first, and leaves on a receipt alone.

An entry's id is made before it is written here, so that however often it is sent, it is one entry. What the
marketplace says of a week is kept too: the window shows the entries when the line is down. Nothing is decided here but
whose word is newer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from uuid import UUID

import msgspec

from sync.journal_db import Database
from sync.journal_memo import Memo
from sync.outbox import DEFER_MAX_S
from worktime import wire
from worktime.errors import FairhourError, Problem, failure, make_problem
from worktime.wire import HoursState, OtherHours, OtherHoursReceipt, OtherHoursView, WeekView

OURS = "job NOT IN (SELECT job FROM temp.held_back)"
WAITING = "revision > max(receipted, refused)"
_DUE = f"(deferred_until <= ? OR deferred_until > ? + {DEFER_MAX_S})"


class HoursEntry(msgspec.Struct, frozen=True):
    """An entry as it stands here. ``waits``: the marketplace has not this revision yet; ``problem``: why it refused."""

    entry: OtherHours
    state: HoursState
    waits: bool
    problem: Problem | None = None


class HoursJournal:
    """The entries of one journal. Thread-safe, durable on return; raises FairhourError."""

    def __init__(self, db: Database, all_held_back: Callable[[], bool]) -> None:
        self._db = db
        self._all_held_back = all_held_back
        self.overruled = 0
        """How many entries were changed by the marketplace since the start."""
        self._waiting = Memo(db, self._ask_waiting)
        self._counted = Memo(db, self._ask_counts)
        self._taken: tuple[int | None, UUID, int, tuple[OtherHoursView, ...]] | None = None

    # What the user does

    def entries(self, job: UUID, week_start: int) -> tuple[HoursEntry, ...]:
        """Return the week's entries, oldest first, without those that were removed."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                """SELECT content, state, revision > max(receipted, refused), refused = revision, problem
                FROM other_hours WHERE job = ? AND week = ? ORDER BY id""",
                (str(job), week_start),
            ).fetchall()
        found = []
        for content, state, waits, refused, problem in rows:
            entry = _entry(content)
            why = msgspec.json.decode(problem, type=Problem) if refused and problem is not None else None
            if not entry.removed or why is not None:
                found.append(HoursEntry(entry, HoursState(state), bool(waits), why))
        return tuple(found)

    def add(self, entries: Iterable[tuple[OtherHours, HoursState]]) -> None:
        """Keep new entries, all of them or none, each with whether its week was submitted, as far as is known."""
        with self._db.write() as cursor:
            for entry, state in entries:
                cursor.execute(
                    "INSERT INTO other_hours (id, job, week, content, state, revision) VALUES (?, ?, ?, ?, ?, ?)",
                    (str(entry.id), str(entry.job), entry.week_start, wire.encode(entry), state.value, entry.revision),
                )

    def change(self, id_: UUID, seconds: int, note: str) -> None:
        """Change an entry. Raises FairhourError when it is gone, or stands on a submitted timesheet."""
        with self._db.write() as cursor:
            self._next(cursor, self._own(cursor, id_), seconds=seconds, note=note, removed=False)

    def remove(self, id_: UUID) -> None:
        """Remove an entry. One that the marketplace never took is gone at once. Raises FairhourError as ``change``."""
        with self._db.write() as cursor:
            entry = self._own(cursor, id_)
            (never_taken,) = cursor.execute(
                "SELECT receipted = 0 AND refused = revision FROM other_hours WHERE id = ?", (str(id_),)
            ).fetchone()
            if never_taken:
                self._forget(cursor, id_)
            else:
                self._next(cursor, entry, removed=True)

    @staticmethod
    def _own(cursor: sqlite3.Cursor, id_: UUID) -> OtherHours:
        row = cursor.execute("SELECT content, state FROM other_hours WHERE id = ?", (str(id_),)).fetchone()
        if row is None or _entry(row[0]).removed:
            raise _gone()
        if row[1] == HoursState.SUBMITTED:
            raise _submitted()
        return _entry(row[0])

    @staticmethod
    def _next(cursor: sqlite3.Cursor, entry: OtherHours, **changes: object) -> None:
        changed = msgspec.structs.replace(entry, revision=entry.revision + 1, **changes)
        cursor.execute(
            "UPDATE other_hours SET content = ?, revision = ?, deferred_until = 0, problem = NULL WHERE id = ?",
            (wire.encode(changed), changed.revision, str(entry.id)),
        )

    @staticmethod
    def _forget(cursor: sqlite3.Cursor, id_: UUID) -> None:
        cursor.execute("DELETE FROM other_hours WHERE id = ?", (str(id_),))

    # What the uploader does (sync.outbox.HoursOutbox)

    def pending(self, now: int, limit: int) -> tuple[OtherHours, ...]:
        """Return entries without a receipt for their newest revision, oldest first; deferred ones not yet."""
        if self._all_held_back() or self._waiting() is None:
            return ()
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"SELECT content FROM other_hours WHERE {WAITING} AND {_DUE} AND {OURS} ORDER BY id LIMIT ?",  # noqa: S608 - the parts are constants
                (now, now, limit),
            ).fetchall()
        return tuple(_entry(row[0]) for row in rows)

    def received(self, receipt: OtherHoursReceipt) -> None:
        """Note that the marketplace has this revision; what it has as removed is forgotten here."""
        with self._db.write() as cursor:
            row = cursor.execute("SELECT content FROM other_hours WHERE id = ?", (str(receipt.id),)).fetchone()
            if row is None:
                return
            entry = _entry(row[0])
            if entry.removed and entry.revision == receipt.revision:
                self._forget(cursor, receipt.id)
                return
            cursor.execute(
                "UPDATE other_hours SET receipted = max(receipted, ?), problem = NULL WHERE id = ?",
                (receipt.revision, str(receipt.id)),
            )

    def superseded(self, entry: OtherHours, stored: OtherHours) -> None:
        """Take what the marketplace holds instead: it was changed there, in the browser or on another computer."""
        with self._db.write() as cursor:
            if stored.removed:
                self._forget(cursor, entry.id)
            else:
                cursor.execute(
                    """UPDATE other_hours SET content = ?, revision = ?, receipted = ?, refused = 0, problem = NULL
                    WHERE id = ? AND revision = ?""",
                    (wire.encode(stored), stored.revision, stored.revision, str(entry.id), entry.revision),
                )
        if entry.revision > 1:  # a first word that is known there already was merely sent twice
            self.overruled += 1

    def defer(self, entry: OtherHours, problem: Problem, until: int) -> None:
        """Keep an entry that was refused for now, with the reason, and offer it again from ``until`` on."""
        self._note(entry, "deferred_until = ?, problem = ?", (until, msgspec.json.encode(problem)))

    def quarantine(self, entry: OtherHours, problem: Problem) -> None:
        """Put this revision aside where the user sees it; a later one is offered again."""
        self._note(entry, "refused = max(refused, ?), problem = ?", (entry.revision, msgspec.json.encode(problem)))

    def heard(self, week: WeekView) -> bool:
        """Keep what the marketplace says of a week's entries; tells whether that was news.

        What waits to be sent, or was refused, stays as the user left it.
        """
        if self._taken == (self._db.changes, week.job, week.week_start, week.other_hours):
            return False
        with self._db.read() as cursor:
            changes = self._db.changes
            rows = cursor.execute(
                "SELECT id, content, state, revision > max(receipted, refused), refused = revision FROM other_hours "
                "WHERE job = ? AND week = ?",
                (str(week.job), week.week_start),
            ).fetchall()
        known = {UUID(row[0]): row for row in rows}
        new = [view for view in week.other_hours if not _is_known(view, known.get(view.id), week)]
        gone = set(known) - {view.id for view in week.other_hours}
        gone = {id_ for id_ in gone if not (known[id_][3] or known[id_][4])}
        if not (new or gone):
            # Most polls bring nothing new. Then nothing is written, and next time no row is asked.
            self._taken = (changes, week.job, week.week_start, week.other_hours) if changes is not None else None
            return False
        with self._db.write() as cursor:
            for id_ in gone:
                cursor.execute(f"DELETE FROM other_hours WHERE id = ? AND NOT ({WAITING})", (str(id_),))  # noqa: S608
            for view in new:
                self._take(cursor, view, week)
        return True

    @staticmethod
    def _take(cursor: sqlite3.Cursor, view: OtherHoursView, week: WeekView) -> None:
        entry, id_ = _of(view, week), str(view.id)
        cursor.execute("UPDATE other_hours SET state = ? WHERE id = ?", (view.state.value, id_))
        cursor.execute(
            f"DELETE FROM other_hours WHERE id = ? AND NOT ({WAITING} OR refused = revision)",  # noqa: S608 - a constant
            (id_,),
        )
        cursor.execute(
            """INSERT OR IGNORE INTO other_hours (id, job, week, content, state, revision, receipted)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                id_,
                str(entry.job),
                entry.week_start,
                wire.encode(entry),
                view.state.value,
                entry.revision,
                entry.revision,
            ),
        )

    # What the outbox tells

    def jobs(self) -> frozenset[UUID]:
        """Return the jobs for which something was entered here."""
        return self._jobs("1")

    def held_back(self) -> frozenset[UUID]:
        """Return the jobs that are held back and for which something was never sent."""
        return self._jobs(f"{WAITING} AND NOT {OURS}")

    def counts(self) -> tuple[int, int]:
        """Return how many entries wait, and how many stand in quarantine."""
        return self._counted()

    def _ask_counts(self) -> tuple[int, int]:
        with self._db.read() as cursor:
            waiting, refused = cursor.execute(
                f"""SELECT (SELECT count(*) FROM other_hours WHERE {WAITING} AND {OURS}),
                (SELECT count(*) FROM other_hours WHERE refused > 0 AND refused = revision AND {OURS})"""  # noqa: S608
            ).fetchone()
        return waiting, refused

    def oldest_unsent(self) -> int | None:
        """Return when the oldest entry that waits was made, by its id; None when none waits."""
        oldest = self._waiting()
        return None if oldest is None else (UUID(oldest).int >> 80) // 1000

    def _ask_waiting(self) -> str | None:
        """Return the id of the oldest entry that waits, due or not; None when none waits."""
        with self._db.read() as cursor:
            row = cursor.execute(f"SELECT min(id) FROM other_hours WHERE {WAITING} AND {OURS}").fetchone()  # noqa: S608
        return None if row[0] is None else str(row[0])

    def problems(self) -> tuple[Problem, ...]:
        """Return why entries stand in quarantine or were deferred, each reason once, and whether one was overruled."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"SELECT DISTINCT problem FROM other_hours WHERE problem IS NOT NULL AND {OURS}"  # noqa: S608
            ).fetchall()
        found = tuple(msgspec.json.decode(row[0], type=Problem) for row in rows)
        return (*found, _overruled(self.overruled)) if self.overruled else found

    def _jobs(self, condition: str) -> frozenset[UUID]:
        with self._db.read() as cursor:
            rows = cursor.execute(f"SELECT DISTINCT job FROM other_hours WHERE {condition}").fetchall()  # noqa: S608
        return frozenset(UUID(row[0]) for row in rows)

    def _note(self, entry: OtherHours, change: str, values: tuple[object, ...]) -> None:
        with self._db.write() as cursor:
            cursor.execute(
                f"UPDATE other_hours SET {change} WHERE id = ? AND revision = ?",  # noqa: S608 - the caller's constant
                (*values, str(entry.id), entry.revision),
            )


def _entry(content: bytes) -> OtherHours:
    return msgspec.json.decode(content, type=OtherHours)


def _of(view: OtherHoursView, week: WeekView) -> OtherHours:
    return OtherHours(
        id=view.id,
        job=week.job,
        week_start=week.week_start,
        seconds=view.seconds,
        note=view.note,
        revision=view.revision,
    )


def _is_known(view: OtherHoursView, row: tuple[object, ...] | None, week: WeekView) -> bool:
    """Tell whether nothing has to be written: content (where the user's own word does not wait) and state agree."""
    if row is None:
        return False
    _, content, state, waits, refused = row
    return state == view.state.value and bool(waits or refused or content == wire.encode(_of(view, week)))


def _gone() -> FairhourError:
    return failure(
        "hours_gone",
        "The entry is gone",
        "This entry of Other hours was deleted meanwhile, here or in the browser.",
        "Enter the time anew if it should count.",
    )


def _submitted() -> FairhourError:
    return failure(
        "hours_submitted",
        "The timesheet was submitted",
        "This entry stands on a submitted timesheet and can't be changed any more.",
        "Enter further time as a new entry, and talk to your client about what is wrong in this one.",
    )


def _overruled(count: int) -> Problem:
    return make_problem(
        "hours_overruled",
        "Other hours were changed elsewhere",
        "{n} of your changes came after another one, from the browser or another computer, and do not count.",
        "Look at the week's Other hours, and change them again if they are wrong.",
        n=count,
    )
