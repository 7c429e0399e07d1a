"""What waits in the journal to be sent, and what became of it: the Outbox that the uploader empties.

A segment is derived anew when something was observed of it; when its content differs from the stored one it gets the
next revision, stored before anyone sees it (but for growth, see ``growth``). Nothing leaves but by a receipt, by
quarantine, or by being unwanted.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID

import msgspec

from sync.growth import Growing, counted_on, only_grown
from sync.journal_db import Database, row_to_any
from sync.journal_hours import HoursJournal
from sync.journal_known import DUE, OURS, WAITING, KnownRows, OpenSegment, Row, load_facts
from sync.outbox import OutboxCounts, PendingPicture
from sync.pacing import QUIET_TIMES
from sync.spool import Spool
from worktime import observations, wire
from worktime.derive import Facts, Key, content, ticked
from worktime.errors import Problem, make_problem
from worktime.observations import Erased, Learned, Progress
from worktime.tracking_values import HOLD_S
from worktime.wire import NoPicture, PictureReceipt, Segment, SegmentReceipt

GROWTH_S = 10.0
"""Real seconds between two offers of a running segment that has only grown: time streams within seconds (rules.md).
``QUIET_TIMES`` that, while no second of it was active."""
_NONE = (-1, "")
"""No segment's slot and job."""


class _Decision(NamedTuple):
    """What to do about a segment: what is offered, what must be stored before, and whether its row is clean then."""

    offered: Segment | None
    store: Segment | None = None
    clean: bool = True


def _activity(tick: Progress) -> tuple[UUID, int, int, int]:
    """What is the same as before where time has passed and nothing was touched."""
    return (tick.job, tick.slot, tick.start, tick.active_s)


class JournalOutbox:
    """The journal as the uploader sees it (``sync.outbox.Outbox``)."""

    def __init__(
        self,
        db: Database,
        spool: Spool,
        tick: Callable[[], Progress | None],
        *,
        device: UUID,
        device_name: str = "",
        hold_s: int = HOLD_S,
        growth_s: float = GROWTH_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._spool = spool
        self._tick = tick
        self._device = device
        self._device_name = device_name
        self.hold_s = hold_s
        self.keep_days = 0
        self._growth_s = growth_s
        self._monotonic = monotonic
        self._grown_at = 0.0
        self._grown_as: tuple[UUID, int, int, int] | None = None
        self._all_held_back = False
        self._growing = Growing()
        self._grown_from: Facts | None = None
        self._united: set[Key] = set()
        self._hours = HoursJournal(db, lambda: self._all_held_back)
        self._known = KnownRows(db)
        self._held: frozenset[UUID] = frozenset()
        with db.write() as cursor:
            cursor.execute("CREATE TEMP TABLE held_back (job TEXT PRIMARY KEY) WITHOUT ROWID")
            # A newer revision than the stored one may have been sent before the crash.
            cursor.execute(
                "UPDATE segment SET dirty = 1 WHERE issued > revision AND receipted >= revision AND dirty = 0"
            )

    @property
    def device(self) -> UUID:
        """This installation's id."""
        return self._device

    @property
    def device_name(self) -> str:
        """What the person calls this computer."""
        return self._device_name

    @property
    def hours(self) -> HoursJournal:
        """The entries of Other hours."""
        return self._hours

    def hold_back(self, jobs: Iterable[UUID]) -> None:
        """Keep what was recorded for these jobs here, uncounted: it is another person's (``owners``)."""
        held = frozenset(jobs)
        with self._db.read():  # one at a time: each poll says it, and so does a sign-in
            if held != self._held:
                with self._db.write() as cursor:
                    cursor.execute("DELETE FROM temp.held_back")
                    cursor.executemany("INSERT INTO temp.held_back VALUES (?)", [(str(job),) for job in held])
                self._held = held
            self._all_held_back = False

    def hold_back_all(self) -> None:
        """Offer nothing until ``hold_back`` says what is whose."""
        self._all_held_back = True

    def jobs(self) -> frozenset[UUID]:
        """Return the jobs for which something was recorded here."""
        with self._db.read() as cursor:
            rows = cursor.execute("SELECT DISTINCT job FROM segment").fetchall()
        return frozenset(UUID(row[0]) for row in rows) | self._hours.jobs()

    def held_back(self) -> frozenset[UUID]:
        """Return the jobs that are held back and for which something was never sent."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"""SELECT job FROM segment WHERE {WAITING} AND NOT {OURS}
                UNION SELECT job FROM picture WHERE receipted = 0 AND erased = 0 AND refused = 0 AND NOT {OURS}"""  # noqa: S608
            ).fetchall()
        return frozenset(UUID(row[0]) for row in rows) | self._hours.held_back()

    def pending_segments(self, now: int, limit: int) -> tuple[Segment, ...]:
        """Return the latest revision of what has no receipt for it, oldest slot first; see ``Outbox``."""
        if self._all_held_back:
            return ()
        if not self._known.segments_wait():
            return self._growth(now)
        with self._db.write() as cursor:
            tick = self._tick()
            rows = cursor.execute(
                f"""SELECT job, slot, revision, content, max(receipted, refused), issued FROM segment
                WHERE ({WAITING} OR (open = 1 AND slot = ? AND job = ?)) AND {DUE} AND {OURS}
                ORDER BY slot, job""",  # noqa: S608 - the parts are constants
                (*self._running(tick), now, now),
            ).fetchall()
            out: list[Segment] = []
            for job, *columns in rows:
                row = Row(UUID(job), *columns)
                segment = self._offer(cursor, row, load_facts(cursor, row.job, row.slot, tick))
                if segment is not None:
                    out.append(segment)
                    if segment.running:
                        self._note_growth(tick)
                if len(out) == limit:
                    break
            return tuple(out)

    def _growth(self, now: int) -> tuple[Segment, ...]:
        """Return the running segment, grown, where no other one waits: most rounds of sending write nothing."""
        with self._db.read():
            tick = self._tick()
            if tick is None or self._running(tick) == _NONE:
                return ()
            known = self._known.open_segment(tick.job, tick.slot)
            if known is None or not known.is_due(now):
                return ()
            is_new = not self._growing.waits(known.row.key)
            decision = self._counted_on(known, tick) or self._decide(known.row, ticked(known.facts, tick))
            if decision.store is None:
                segment = decision.offered
            else:
                with self._db.write() as cursor:
                    segment = self._store(cursor, known.row, decision.store)
            if segment is None:
                return ()
            if segment.running:
                self._note_growth(tick)
            if is_new:
                self._grown_from = known.facts
            return (segment,)

    def _counted_on(self, known: OpenSegment, tick: Progress) -> _Decision | None:
        """Decide as ``_decide`` does where the last growth was of the same observations; None where it was not."""
        before = self._growing.latest(known.row.key)
        if before is None or self._grown_from is not known.facts or self._growing.waits(known.row.key):
            return None
        current = counted_on(before, known.facts, tick)
        if current is None:
            return None
        if (current.spans, current.active_s, current.keys, current.clicks) == (
            before.spans,
            before.active_s,
            before.keys,
            before.clicks,
        ):
            return _Decision(None)
        segment = self._growing.next(known.row.key, current, known.row.issued)
        return None if segment is None else _Decision(segment)

    def _running(self, tick: Progress | None) -> tuple[int, str]:
        """Return the running segment's slot and job if its growth is due or still on its way; else no segment's."""
        if tick is None:
            return _NONE
        rest_s = self._growth_s * (QUIET_TIMES if self._grown_as == _activity(tick) else 1)
        due = self._monotonic() - self._grown_at >= rest_s
        on_its_way = self._growing.waits((tick.job, tick.slot))
        return (tick.slot, str(tick.job)) if due or on_its_way else _NONE

    def _note_growth(self, tick: Progress | None) -> None:
        self._grown_at, self._grown_as = self._monotonic(), _activity(tick) if tick is not None else None

    def _offer(self, cursor: sqlite3.Cursor, row: Row, facts: Facts) -> Segment | None:
        """Return what is to be sent of a segment, stored if it must be; None when nothing is."""
        decision = self._decide(row, facts)
        if decision.store is not None:
            return self._store(cursor, row, decision.store)
        if decision.clean:
            # The observations say what was offered. Without a change nothing is written.
            cursor.execute("UPDATE segment SET dirty = 0 WHERE slot = ? AND job = ? AND dirty = 1", row.where)
        return decision.offered

    def _decide(self, row: Row, facts: Facts) -> _Decision:
        """Find out what is to be sent of a segment; growth is numbered at once."""
        grown = self._growing.latest(row.key)
        before = grown or (msgspec.json.decode(row.content, type=Segment) if row.content is not None else None)
        waits = self._growing.waits(row.key) or (grown is None and row.revision > row.settled)
        offered = before if waits else None
        current = content(facts, before.revision if before else 1)
        if current is None and facts.stay is not None:
            # Entered, and not a second counted yet: it is new, and offered at once when there is something to offer.
            return _Decision(offered, clean=False)
        ahead = not waits and self._growing.may_be_ahead(row.key, row.revision, row.issued)
        if current is None or (current == before and not ahead):
            return _Decision(offered)
        if before is not None and not ahead and only_grown(before, current):
            # What waits keeps its number: a day offline is not 86,400 revisions.
            if offered is not None:
                return _Decision(offered)
            if facts.stay is not None and (segment := self._growing.next(row.key, current, row.issued)) is not None:
                return _Decision(segment)
        return _Decision(None, store=current)

    def _store(self, cursor: sqlite3.Cursor, row: Row, current: Segment) -> Segment:
        """Give the content its number, keep both, and set numbers aside for the growth that follows."""
        revision = self._growing.last(row.key, row.revision, row.issued) + 1
        segment = msgspec.structs.replace(current, revision=revision)
        issued = self._growing.stored(segment)
        cursor.execute(
            """UPDATE segment SET dirty = 0, revision = ?, issued = ?, content = ?, deferred_until = 0, problem = NULL
            WHERE slot = ? AND job = ?""",
            (revision, issued, wire.encode(segment), *row.where),
        )
        return segment

    def pending_pictures(self, now: int, limit: int) -> tuple[PendingPicture, ...]:
        """Return pictures whose hold is over and whose segment, naming them, has a receipt."""
        taken = self._known.pictures_taken()
        if self._all_held_back or taken is None or taken[0] > now - self.hold_s:
            return ()
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"""SELECT picture.id, picture.job, picture.slot, sha256, size FROM picture
                JOIN segment ON segment.slot = picture.slot AND segment.job = picture.job
                    AND segment.receipted_picture = picture.id
                WHERE picture.receipted = 0 AND erased = 0 AND picture.refused = 0
                    AND {DUE.replace("deferred_until", "picture.deferred_until")} AND taken_at <= ?
                    AND picture.job NOT IN (SELECT job FROM temp.held_back)
                ORDER BY taken_at LIMIT ?""",  # noqa: S608 - the parts are constants
                (now, now, now - self.hold_s, limit),
            ).fetchall()
        return tuple(
            PendingPicture(UUID(picture), UUID(job), slot, sha256, size, self._spool.picture(sha256), self._spool.read)
            for picture, job, slot, sha256, size in rows
        )

    def next_due(self, now: int) -> int | None:
        """Return the second after ``now`` from which there is something new to offer; see ``Outbox``."""
        if not self._all_held_back and self._known.entered():
            return now + 1
        taken = self._known.pictures_taken()
        if taken is None or taken[1] <= now - self.hold_s:
            return None
        with self._db.read() as cursor:
            (taken_at,) = cursor.execute(
                """SELECT min(taken_at) FROM picture
                WHERE receipted = 0 AND erased = 0 AND refused = 0 AND taken_at > ?""",
                (now - self.hold_s,),
            ).fetchone()
        return None if taken_at is None else int(taken_at) + self.hold_s

    def segment_receipt(self, receipt: SegmentReceipt) -> None:
        """Note that the marketplace has this revision."""
        with self._db.read():
            if self._growing.received((receipt.job, receipt.slot), receipt.revision):
                return
        with self._db.write() as cursor:
            stored = row_to_any(
                cursor.execute(
                    "SELECT content FROM segment WHERE slot = ? AND job = ? AND revision = ?",
                    (receipt.slot, str(receipt.job), receipt.revision),
                ).fetchone(),
                None,
            )
            picture = msgspec.json.decode(stored, type=Segment).picture if stored is not None else None
            cursor.execute(
                """UPDATE segment SET receipted = max(receipted, ?), receipted_picture = ?, problem = NULL
                WHERE slot = ? AND job = ?""",
                (receipt.revision, str(picture.id) if picture else None, receipt.slot, str(receipt.job)),
            )

    def superseded(self, segment: Segment, stored: Segment) -> None:
        """Keep what the marketplace holds beside what is known here, numbered above both; see ``Outbox``.

        What it says twice about the same is not taken up again: put together it is no more than before.
        """
        key, where = (segment.job, segment.slot), (segment.slot, str(segment.job))
        body = observations.encode(Learned(job=segment.job, slot=segment.slot, told=stored))
        with self._db.read() as cursor:
            heard = cursor.execute("SELECT body FROM observation WHERE slot = ? AND job = ?", where).fetchall()
        if (body,) in heard:
            self.quarantine_segment(segment, _not_united())
            return
        with self._db.write() as cursor:
            cursor.execute(
                "INSERT INTO observation (job, slot, body) VALUES (?, ?, ?)", (str(segment.job), segment.slot, body)
            )
            row = cursor.execute("SELECT revision, issued FROM segment WHERE slot = ? AND job = ?", where).fetchone()
            number = max(stored.revision, segment.revision, self._growing.last(key, *row))
            self._growing.raised(key, number)
            cursor.execute(
                """UPDATE segment SET dirty = 1, revision = ?, issued = ?, receipted = ?, content = ?,
                receipted_picture = ?, refused = 0, problem = NULL WHERE slot = ? AND job = ?""",
                (
                    number,
                    number,
                    number,
                    wire.encode(msgspec.structs.replace(stored, revision=number)),
                    str(stored.picture.id) if stored.picture else None,
                    *where,
                ),
            )
            kept = load_facts(cursor, *key, None).picture
            unwanted = cursor.execute(
                "SELECT id FROM picture WHERE slot = ? AND job = ? AND told = 1 AND erased = 0 AND receipted = 0", where
            ).fetchall()
        self._united.add(key)
        for (picture,) in unwanted:
            # A segment has one picture; one that was deleted since must not come back.
            if kept is None or str(kept.picture.id) != picture:
                self.erase(UUID(picture))

    def picture_receipt(self, receipt: PictureReceipt) -> None:
        """Note that the marketplace has the bytes, and erase them here, unless the user keeps them for some days.

        The thumbnail stays for the window, see ``retention``.
        """
        with self._db.write() as cursor:
            cursor.execute("UPDATE picture SET receipted = 1, problem = NULL WHERE id = ?", (str(receipt.id),))
            needed = self._others(cursor, receipt.id, receipt.sha256, "receipted = 0 AND erased = 0")
        if not needed and not self.keep_days:
            self._spool.erase_picture(receipt.sha256)

    def defer_segment(self, segment: Segment, problem: Problem, until: int) -> None:
        """Offer the segment again from ``until`` on."""
        self._segment(segment, "deferred_until = ?, problem = ?", (until, msgspec.json.encode(problem)))

    def quarantine_segment(self, segment: Segment, problem: Problem) -> None:
        """Put this revision aside; a later one is offered again."""
        self._segment(
            segment, "refused = max(refused, ?), problem = ?", (segment.revision, msgspec.json.encode(problem))
        )

    def defer_picture(self, picture: PendingPicture, problem: Problem, until: int) -> None:
        """Offer the picture again from ``until`` on."""
        self._picture(picture, "deferred_until = ?, problem = ?", (until, msgspec.json.encode(problem)))

    def quarantine_picture(self, picture: PendingPicture, problem: Problem) -> None:
        """Put the picture aside, bytes kept; its segment says from now on that there is none, and waits for none."""
        with self._db.write() as cursor:
            cursor.execute(
                "UPDATE picture SET refused = 1, problem = ? WHERE id = ?",
                (msgspec.json.encode(problem), str(picture.id)),
            )
            current = load_facts(cursor, picture.job, picture.slot, None).picture
            if current is None or current.picture.id != picture.id:
                return
            gone = Erased(job=picture.job, slot=picture.slot, attempt=current.attempt, reason=NoPicture.FAILED)
            cursor.execute(
                "INSERT INTO observation (job, slot, body) VALUES (?, ?, ?)",
                (str(picture.job), picture.slot, observations.encode(gone)),
            )
            cursor.execute("UPDATE segment SET dirty = 1 WHERE slot = ? AND job = ?", (picture.slot, str(picture.job)))

    def picture_not_wanted(self, picture: PendingPicture) -> None:
        """The marketplace wants these bytes no more: erase them."""
        self.erase(picture.id)

    def erase(self, picture: UUID) -> None:
        """Erase a picture's bytes and thumbnail: first the row's mark, so that a crash between finishes at start."""
        with self._db.write() as cursor:
            row = cursor.execute("SELECT sha256 FROM picture WHERE id = ?", (str(picture),)).fetchone()
            if row is None:
                return
            cursor.execute("UPDATE picture SET erased = 1 WHERE id = ?", (str(picture),))
            needed = self._others(cursor, picture, row[0], "erased = 0")
        if not needed:
            self._spool.erase(row[0])

    def oldest_unsent(self) -> int | None:
        """Return the first second of the oldest slot of which something waits, None when nothing waits."""
        found = (self._known.oldest(*self._growing.waiting), self._hours.oldest_unsent())
        return min((at for at in found if at is not None), default=None)

    def counts(self) -> OutboxCounts:
        """Return what waits and what stands in quarantine."""
        segments, pictures, quarantined = self._known.counts(*self._growing.waiting)
        hours, refused = self._hours.counts()
        return OutboxCounts(segments, pictures, quarantined + refused, len(self._united), hours)

    def unsent(self, job: UUID, first_slot: int, end_slot: int) -> dict[int, bool]:
        """Return the slots in ``[first_slot, end_slot)`` of which the marketplace lacks something; True: refused."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"""SELECT slot, refused > 0 AND refused = revision FROM segment
                WHERE job = ? AND slot >= ? AND slot < ? AND ({WAITING} OR (refused > 0 AND refused = revision))""",  # noqa: S608
                (str(job), first_slot, end_slot),
            )
            return {slot: bool(refused) for slot, refused in rows}

    def problems(self) -> tuple[Problem, ...]:
        """Return why things stand in quarantine or were deferred, each reason once."""
        with self._db.read() as cursor:
            rows = cursor.execute(
                f"""SELECT problem FROM segment WHERE problem IS NOT NULL AND {OURS}
                UNION SELECT problem FROM picture WHERE problem IS NOT NULL AND erased = 0 AND {OURS}"""  # noqa: S608
            ).fetchall()
        return (*(msgspec.json.decode(row[0], type=Problem) for row in rows), *self._hours.problems())

    def _segment(self, segment: Segment, change: str, values: tuple[object, ...]) -> None:
        with self._db.write() as cursor:
            # Of growth that was refused or put off there must be a row: it outlives this process.
            cursor.execute(
                "UPDATE segment SET revision = ?, content = ? WHERE slot = ? AND job = ? AND revision < ?",
                (segment.revision, wire.encode(segment), segment.slot, str(segment.job), segment.revision),
            )
            self._growing.kept(segment)
            cursor.execute(
                f"UPDATE segment SET {change} WHERE slot = ? AND job = ?",  # noqa: S608 - the caller's constant
                (*values, segment.slot, str(segment.job)),
            )

    def _picture(self, picture: PendingPicture, change: str, values: tuple[object, ...]) -> None:
        with self._db.write() as cursor:
            cursor.execute(f"UPDATE picture SET {change} WHERE id = ?", (*values, str(picture.id)))  # noqa: S608

    @staticmethod
    def _others(cursor: sqlite3.Cursor, picture: UUID, sha256: str, condition: str) -> bool:
        """Tell whether another picture needs the same bytes (an unchanged screen gives the same hash)."""
        row = cursor.execute(
            f"SELECT 1 FROM picture WHERE sha256 = ? AND id <> ? AND {condition} LIMIT 1",  # noqa: S608
            (sha256, str(picture)),
        ).fetchone()
        return row is not None


def _not_united() -> Problem:
    return make_problem(
        "not_united",
        "Two records don't fit together",
        "The marketplace holds another record of these 12 minutes, and does not take what both are together.",
        "Export it, and ask the marketplace's staff for help.",
    )
