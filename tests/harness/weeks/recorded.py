"""The model's record of one person: what devices sent, whose each second is, and what client and staff made of it.

One byte a second and brute loops, written from the rules alone; section and number of docs/rules.md stand at what
follows from them. Timesheets and money are in ``model``. Imports no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.harness.weeks import walked
from tests.harness.weeks.seconds import (
    BILLED,
    COUNTED,
    DELETED,
    DID,
    ERASED,
    HELD,
    IDLE,
    OFF,
    ON,
    REJECTED,
    SLOT,
    TAKEN_OFF,
    Strip,
    Values,
    cut,
    either,
)
from tests.harness.weeks.things import Job, Other, Refused, Segment, Sheet

Stretch = tuple[int, int]
CLAIMS = bytes(1 if did in (OFF, ON, DELETED) else 0 for did in range(256))


class Recorded:
    """One person's jobs and devices, by number. An act that is not allowed raises ``Refused`` and changes nothing."""

    def __init__(self) -> None:
        self.now = 0
        self.jobs: dict[int, Job] = {}
        self.segments: dict[tuple[int, int, int], Segment] = {}
        self.in_slot: dict[int, list[tuple[int, int]]] = {}
        self.tiles: dict[tuple[int, int], set[tuple[int, int]]] = {}
        self.strips: dict[tuple[int, int, int], Strip] = {}
        self._away: dict[tuple[int, int], bytearray] = {}

    # The seconds ----------------------------------------------------------------------------------

    def strip(self, job: int, device: int, second: int) -> Strip:
        """Return the bytes of the week that a second is in."""
        key = (job, device, walked.monday(second))
        if key not in self.strips:
            self.strips[key] = Strip(key[2])
        return self.strips[key]

    def cells(self, job: int, slot: int, device: int) -> list[tuple[int, int, Values]]:
        """Return the stretches of a segment, alike from end to end."""
        start = slot * SLOT
        return list(self.strip(job, device, start).cells(start, start + SLOT))

    def put(self, job: int, device: int, start: int, end: int, **values: int) -> None:
        """Set bytes of seconds of one slot."""
        strip = self.strip(job, device, start)
        for name, value in values.items():
            strip.put(name, start, end, value)

    def away(self, job: int, week: int) -> bytearray:
        """Return a byte for each second of a week: 1 where the job was Not Ready."""
        if (job, week) not in self._away:
            self._away[job, week] = bytearray(walked.after(week, 7) - week)
        return self._away[job, week]

    def readiness(self, job: int, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield the stretches of [start, end), in one week, with whether the job was Not Ready."""
        week = walked.monday(start)
        for low, high, (away,) in cut([bytes(self.away(job, week)[start - week : end - week])], start):
            yield low, high, bool(away)

    def sheet_of(self, job: int, values: Values) -> Sheet | None:
        """Return the timesheet that holds a second."""
        return self.jobs[job].sheets[values[HELD] - 1] if values[HELD] else None

    def claimed(self, job: int, slot: int, device: int, arrived_only: bool) -> bytes:
        """Return where a segment claims its seconds: recorded or deleted ones, and those that were taken from it."""
        start = slot * SLOT
        strip = self.strip(job, device, start)
        taken = either(strip.get("taken", start, start + SLOT), strip.get("off", start, start + SLOT))
        if arrived_only and not self.segments[job, slot, device].arrived:
            return taken
        did = strip.get("did", start, start + SLOT).translate(CLAIMS)
        return either(did, taken)

    def began(self, job: int, slot: int, device: int, second: int, arrived_only: bool) -> int:
        """Walk back to where the interval that a second is in started: across slots, without a gap."""
        at = second
        while (job, slot, device) in self.segments:
            gap = self.claimed(job, slot, device, arrived_only).rfind(b"\0", 0, at - slot * SLOT)
            if gap >= 0:
                return slot * SLOT + gap + 1
            at = slot * SLOT
            slot -= 1
        return at

    def owned(self, job: int, slot: int, device: int, arrived_only: bool) -> bytes:
        """Two machines 2: return by second whether this device and job has it: held, then taken, then who began."""
        rivals = self.in_slot[slot]
        if len(rivals) == 1:
            return b"\1" * SLOT
        start = slot * SLOT
        columns: list[bytes] = []
        for each, other in rivals:
            strip = self.strip(each, other, start)
            columns.append(self.claimed(each, slot, other, arrived_only))
            columns += [strip.get(name, start, start + SLOT) for name in ("did", "held", "taken", "off")]
        out = bytearray(SLOT)
        for low, high, values in cut(columns, start):
            claims = []
            for index, (each, other) in enumerate(rivals):
                claims_it, did, held, taken, off = values[5 * index : 5 * index + 5]
                if claims_it:
                    rank = 0 if held and did in COUNTED else 1 if taken or off else 2
                    claims.append((rank, self.began(each, slot, other, low, arrived_only), other, each))
            if claims and min(claims)[2:] == (device, job):
                out[low - start : high - start] = b"\1" * (high - low)
        return bytes(out)

    def counted(self, job: int, slot: int, device: int, arrived_only: bool) -> Iterator[tuple[int, int, Values, bool]]:
        """Yield what a segment counts, as stretches, and whether this device has them."""
        own = self.owned(job, slot, device, arrived_only)
        start = slot * SLOT
        for low, high, values in self.cells(job, slot, device):
            if values[DID] in COUNTED:
                for at, until, (mine,) in cut([own[low - start : high - start]], low):
                    yield at, until, values, bool(mine)

    def is_loose(self, job: int, slot: int, device: int) -> bool:
        """Return whether a segment counts seconds that no timesheet holds."""
        start = slot * SLOT
        strip = self.strip(job, device, start)
        did = strip.get("did", start, start + SLOT)
        return did.count(OFF) + did.count(ON) > SLOT - strip.get("held", start, start + SLOT).count(0)

    # What devices send ----------------------------------------------------------------------------

    def receive(
        self,
        job: int,
        slot: int,
        device: int,
        revision: int,
        spans: Iterable[tuple[int, int, bool]],
        idle: Iterable[Stretch],
        deleted: Iterable[Stretch],
        protects: bool,
        arrived: bool,
    ) -> None:
        """Two machines 1, 3, Timesheets 3: a newer revision replaces; held seconds that it takes away leave at once."""
        key = (job, slot, device)
        spans, idle, deleted = list(spans), list(idle), list(deleted)
        moments = [second for low, high, *_ in (*spans, *idle, *deleted) for second in (low, high)]
        ended = self.jobs[job].ended
        if moments and min(moments) < self.jobs[job].began:
            raise Refused("before_job")
        if moments and ended is not None and max(moments) > ended:
            raise Refused("after_job")
        known = self.segments.get(key)
        if known is not None and revision <= known.revision:
            return
        start = slot * SLOT
        if known is None:
            known = self.segments[key] = Segment(revision)
            self.in_slot.setdefault(slot, []).append((job, device))
            self.tiles.setdefault((job, walked.monday(start)), set()).add((slot, device))
        known.revision, known.arrived, known.protects = revision, arrived or known.arrived, protects
        fresh = bytearray(SLOT)
        for low, high, work_view in spans:
            fresh[low - start : high - start] = bytes([ON if work_view else OFF]) * (high - low)
        for value, stretches in ((IDLE, idle), (DELETED, deleted)):
            for low, high in stretches:
                fresh[low - start : high - start] = bytes([value]) * (high - low)
        for low, high, old in self.cells(*key):
            for at, until, (did,) in cut([bytes(fresh[low - start : high - start])], low):
                self._revise(key, at, until, old, DELETED if old[ERASED] else did)

    def _revise(self, key: tuple[int, int, int], start: int, end: int, old: Values, did: int) -> None:
        job, _, device = key
        self.put(job, device, start, end, did=did)
        if did in COUNTED:
            if not old[HELD]:
                self.put(job, device, start, end, rejected=self.segments[key].rejected)
            return
        if old[BILLED]:
            minus = self.jobs[job].minus
            week = walked.monday(start)
            minus[week] = minus.get(week, 0) + end - start
        self.leave(key, start, end)

    def leave(self, key: tuple[int, int, int], start: int, end: int, anew: int = 0) -> None:
        """Take seconds off the timesheet that holds them, for good: when they come back, they are late time."""
        job, _, device = key
        rejected = self.segments[key].rejected
        self.put(job, device, start, end, held=0, billed=0, rejected=rejected, anew=anew)

    def delete(self, job: int, slot: int, device: int) -> None:
        """Tracking 6: what the segment recorded so far goes for good, until its timesheet is submitted."""
        key = (job, slot, device)
        known = self.segments.get(key)
        if known is None:
            raise Refused("unknown_segment")
        cells = self.cells(*key)
        if known.rejected or any(values[HELD] and values[REJECTED] for _, _, values in cells):
            raise Refused("rejected_stays")
        if any(values[HELD] or values[TAKEN_OFF] for _, _, values in cells):
            raise Refused("submitted")
        known.protects, known.arrived = False, True
        for low, high, values in cells:
            if values[DID] in COUNTED:
                self.put(job, device, low, high, did=DELETED, erased=1, anew=0)

    # What becomes of tiles ------------------------------------------------------------------------

    def reviewable(self, job: int, values: Values) -> bool:
        """Work View 2: from arrival until the review of the timesheet that holds the second ends."""
        sheet = self.sheet_of(job, values)
        return sheet is None or (sheet.state == "submitted" and self.now < sheet.review_end)

    def reject(self, job: int, slot: int, device: int) -> None:
        """Work View 2: what counts leaves, as far as its review is not over; later revisions are covered."""
        key = (job, slot, device)
        known = self.segments.get(key)
        if known is None or not known.arrived:
            raise Refused("not_arrived")
        if known.final:
            raise Refused("restored")
        mine = [(low, high, values) for low, high, values, own in self.counted(*key, False) if own]
        mine = [(low, high, values) for low, high, values in mine if not values[TAKEN_OFF]]
        if not mine:
            raise Refused("nothing_to_reject")
        open_still = [(low, high, values) for low, high, values in mine if self.reviewable(job, values)]
        if not open_still:
            raise Refused("review_over")
        if all(values[DID] != ON for _, _, values in open_still):
            raise Refused("no_work_view")
        if known.rejected:
            return
        known.rejected_at = self.now
        self._judge(key, 1)
        for low, high, _ in open_still:
            self.put(job, device, low, high, taken=1)

    def take_back(self, job: int, slot: int, device: int) -> None:
        """Work View 2: until the same moment."""
        key = (job, slot, device)
        if not any(self._verdicts(key)):
            raise Refused("not_rejected")
        mine = [values for _, _, values, own in self.counted(*key, False) if own]
        if mine and not any(self.reviewable(job, values) for values in mine):
            raise Refused("review_over")
        self._judge(key, 0)
        self.put(job, device, slot * SLOT, slot * SLOT + SLOT, taken=0)

    def _judge(self, key: tuple[int, int, int], rejected: int) -> None:
        job, _, device = key
        self.segments[key].rejected = rejected
        for low, high, values in self.cells(*key):
            if self.reviewable(job, values):
                self.put(job, device, low, high, rejected=rejected)

    def _verdicts(self, key: tuple[int, int, int]) -> set[int]:
        """Return what was said of a segment's parts: 0 nothing, 1 rejected, 2 upheld."""
        known = self.segments.get(key)
        if known is None:
            return set()
        return {known.rejected, *(values[REJECTED] for _, _, values in self.cells(*key) if values[HELD])}

    def ask(self, job: int, slot: int, device: int) -> None:
        """Work View 3: within 7 days of a rejection the freelancer asks staff about it."""
        if self.now > self._case((job, slot, device)).rejected_at + 7 * 24 * 3600:
            raise Refused("asked_too_late")

    def _case(self, key: tuple[int, int, int]) -> Segment:
        verdicts = self._verdicts(key)
        if not any(verdicts):
            raise Refused("not_rejected")
        if 1 not in verdicts:
            raise Refused("case_closed")
        return self.segments[key]

    def decide(self, job: int, slot: int, device: int, restored: bool) -> None:
        """Work View 3: staff uphold, or restore: on its timesheet before the charge, on the next one after it."""
        key = (job, slot, device)
        known = self._case(key)
        verdict = 0 if restored else 2
        if known.rejected == 1:
            known.rejected = verdict
        known.final = known.final or restored
        for low, high, values in self.cells(*key):
            if values[REJECTED] != 1:
                continue
            sheet = self.sheet_of(job, values)
            if not restored or sheet is None or not sheet.settled:
                self.put(job, device, low, high, rejected=verdict)
            else:
                self.leave(key, low, high, anew=1)
                self.put(job, device, low, high, taken=1)

    # Other hours ----------------------------------------------------------------------------------

    def add_other(self, job: int, number: int, week: int, seconds: int) -> None:
        """Timesheets 4."""
        it = self.jobs[job]
        last = walked.monday(self.now if it.ended is None else min(it.ended, self.now))
        if not it.first_week <= week <= last:
            raise Refused("bad_week")
        if not self._fits(week, seconds):
            raise Refused("bad_hours")
        if any(entry.number == number for entry in it.others):
            raise Refused("known_id")
        it.others.append(Other(number, week, seconds))

    def _fits(self, week: int, seconds: int) -> bool:
        """Return whether seconds go into a week: 167, 168 or 169 hours."""
        return 0 < seconds <= walked.after(week, 7) - week

    def change_other(self, job: int, number: int, seconds: int | None) -> None:
        """Edit Other hours, or remove them (None), as long as they stand on no submitted timesheet."""
        it = self.jobs[job]
        for entry in it.others:
            if entry.number == number:
                if entry.sheet:
                    raise Refused("submitted")
                if seconds is None:
                    it.others.remove(entry)
                elif not self._fits(entry.week, seconds):
                    raise Refused("bad_hours")
                else:
                    entry.seconds = seconds
                return
        raise Refused("unknown_hours")
