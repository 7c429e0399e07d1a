"""The work week as this tracker knows it: its own segments from the journal, and what the marketplace said of them.

Keeps what the windows show each second in memory, so that no tick reads the whole week. Sums here are for the
freelancer's eyes; what is paid is computed by the marketplace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from worktime import weeks
from worktime.derive import Facts, Key, content
from worktime.intervals import Interval, intersect, union
from worktime.slots import slot_of, slot_start
from worktime.wire import Flag, JobView, Segment, TileView, WeekView


class Journal(Protocol):
    """The part of the journal that is read here."""

    def keys(self, first_slot: int, end_slot: int) -> tuple[Key, ...]: ...
    def facts(self, job: UUID, slot: int) -> Facts: ...


@dataclass(frozen=True)
class Protection:
    """Seconds of a job's week that are protected as far as is known, and the others by reason (words of ``ui``)."""

    protected_s: int = 0
    picture_follows_s: int = 0
    no_picture_s: int = 0
    flat_s: int = 0
    redacted_s: int = 0
    work_view_off_s: int = 0
    not_ready_s: int = 0
    above_authorized_s: int = 0
    rejected_s: int = 0


class DayTime(NamedTuple):
    """Tracked seconds of a day in the viewer's zone, as far as the work week covers it, and whether it is today."""

    date: date
    tracked_s: int
    today: bool


_QUARTER_S = 900
"""No week and no day begins within a quarter of an hour of UTC: the zones of today are whole quarters apart from it."""


class _Rest(NamedTuple):
    """What is counted of a job but for the segment that runs, or ran last; ``runs``: that is counted, too."""

    intervals: tuple[Interval, ...]
    runs: bool


@dataclass(eq=False, repr=False)
class WeekBook:
    """``zone``: the viewer's IANA time zone. Call ``turn(now)`` often, ``touch()`` for what has changed.

    ``running`` says how far the segment that is recorded has come.
    """

    journal: Journal
    device: UUID
    zone: str
    running: Callable[[], Facts | None] = lambda: None
    week_start: int = -1
    _day: str = ""
    _last_week: frozenset[UUID] = frozenset()
    _segments: dict[Key, Segment] = field(default_factory=dict)
    _jobs: set[UUID] = field(default_factory=set)
    _ran: Facts | None = None
    _touched: dict[Key, Facts] = field(default_factory=dict)
    _rest: dict[UUID, _Rest] = field(default_factory=dict)
    _turned: range = range(0)
    _week_end: int = -1
    _today: Interval = (0, 0)
    _views: dict[UUID, WeekView] = field(default_factory=dict)

    def turn(self, now: int) -> None:
        """Load the week (and the viewer's day) that ``now`` is in, when it is another one. Raises FairhourError."""
        if now in self._turned:
            return
        week, day = weeks.week_of(now), weeks.day_of(now, self.zone)
        if (week, day) != (self.week_start, self._day):
            self._load(now, week)
            self.week_start, self._day = week, day
        begun = now - now % _QUARTER_S
        self._turned = range(begun, begun + _QUARTER_S)

    def _load(self, now: int, week: int) -> None:
        for kept in (self._segments, self._jobs, self._touched, self._rest):
            kept.clear()
        self._ran = None
        self._week_end = weeks.week_end(week)
        last = self.journal.keys(slot_of(weeks.previous_week(week)), slot_of(week))
        self._last_week = frozenset(job for job, _ in last)
        first = min(week, self.day_bounds(now)[0])
        for key in self.journal.keys(slot_of(first), slot_of(now) + 2):
            self.touch(self.journal.facts(*key))

    def touch(self, facts: Facts) -> None:
        """Take in a segment that has changed; what that means is found out when somebody looks."""
        self._touched[facts.key] = facts

    @property
    def _known(self) -> dict[Key, Segment]:
        """The segments by now."""
        if (running := self.running()) is not None and running is not self._ran:
            if self._ran is None or self._ran.key != running.key:
                self._rest.clear()
            self.touch(running)
            self._ran = running
        for key, facts in self._touched.items():
            segment = content(facts, 1)
            if segment is None:
                self._segments.pop(key, None)
            else:
                self._segments[key] = segment
                self._jobs.add(key[0])
            if self._ran is None or self._ran.key != key:
                self._rest.pop(key[0], None)
        self._touched.clear()
        return self._segments

    def heard(self, view: WeekView) -> None:
        """Take in what the marketplace says of a job's week."""
        self._views[view.job] = view
        self._rest.pop(view.job, None)

    def view(self, job: UUID) -> WeekView | None:
        """What the marketplace said last of the job's current week."""
        view = self._views.get(job)
        return view if view is not None and view.week_start == self.week_start else None

    def worked_last_week(self, job: UUID) -> bool:
        """Whether this tracker recorded for the job in the work week before this one."""
        return job in self._last_week

    def segments(self, job: UUID, start: int, end: int) -> tuple[Segment, ...]:
        """Segments of the job whose slot starts in ``[start, end)``, in order."""
        found = (one for (of, slot), one in self._known.items() if of == job and start <= slot_start(slot) < end)
        return tuple(sorted(found, key=lambda one: one.slot))

    def beside(self, job: UUID, slot: int, by: int) -> int | None:
        """The next slot of the job with a segment after (``by`` 1) or before (-1) this one, None without."""
        slots = (each for of, each in self._known if of == job and (each - slot) * by > 0)
        return min(slots, key=lambda each: abs(each - slot), default=None)

    def any_in(self, slot: int) -> tuple[Segment, ...]:
        """Segments of every job in a slot."""
        known = self._known
        return tuple(known[job, slot] for job in self._jobs if (job, slot) in known)

    def newest_picture(self, job: UUID, start: int, end: int) -> Segment | None:
        """The job's newest segment with a picture whose slot starts in ``[start, end)``."""
        known = self._known
        slots = (of for (by, of), one in known.items() if by == job and one.picture and start <= slot_start(of) < end)
        slot = max(slots, default=None)
        return known[job, slot] if slot is not None else None

    def segment_id(self, job: UUID, slot: int) -> UUID | None:
        """What the marketplace calls this device's segment, as far as it was heard."""
        mine = (tile.segment for tile in self._tiles(job) if (tile.slot, tile.device) == (slot, self.device))
        return next(mine, None)

    def rejected(self, job: UUID) -> dict[int, TileView]:
        """This device's tiles that the client rejected, by slot."""
        return {tile.slot: tile for tile in self._tiles(job) if tile.rejected and tile.device == self.device}

    def tracked_in(self, job: UUID, start: int, end: int) -> int:
        """Tracked seconds of the job in ``[start, end)`` on all devices, less what was rejected."""
        return sum(stop - begin for begin, stop in self._counted(job, start, end))

    def week_s(self, job: UUID) -> int:
        """Tracked seconds of the job in the ET work week."""
        return self.tracked_in(job, self.week_start, self._week_end)

    def today_s(self, job: UUID, now: int) -> int:
        """Tracked seconds of the job on the viewer's day."""
        return self.tracked_in(job, *self.day_bounds(now))

    def by_day(self, job: UUID, now: int) -> tuple[DayTime, ...]:
        """Each of the viewer's days in the work week. Outside New York's time there are eight: two are in part."""
        days = weeks.days_of(self.week_start, weeks.week_end(self.week_start), self.zone)
        return tuple(
            DayTime(date.fromisoformat(day.date), self.tracked_in(job, day.start, day.end), day.start <= now < day.end)
            for day in days
        )

    def day_bounds(self, now: int) -> Interval:
        """The viewer's day that ``now`` is in."""
        if not self._today[0] <= now < self._today[1]:
            days = weeks.days_of(now - 50 * 3600, now + 50 * 3600, self.zone)
            self._today = next((day.start, day.end) for day in days if day.start <= now < day.end)
        return self._today

    def protection(self, job: JobView) -> Protection:
        """What is protected of the job's week, as far as this tracker knows (rules.md, Protection 3)."""
        names = ("flat", "redacted", "follows", "none", "off", "good", "rejected")
        rejected, sums, terms = self.rejected(job.id), dict.fromkeys(names, 0), self._terms(job)
        for one in self.segments(job.id, self.week_start, weeks.week_end(self.week_start)):
            worked = sum(span.end - span.start for span in one.spans if span.work_view)
            if one.slot in rejected:
                sums["rejected"] += one.tracked_s
                continue
            sums["off"] += one.tracked_s - worked
            sums[_standing(one, redaction_protects=terms.get(one.slot, job.redaction_protects))] += worked
        within = min(sums["good"], job.authorized_s)
        # The marketplace alone knows when the job was Ready; while it is, everything with a picture will be protected.
        known = within if job.ready else min(within, job.protected_s)
        return Protection(
            protected_s=known,
            picture_follows_s=sums["follows"],
            no_picture_s=sums["none"],
            flat_s=sums["flat"],
            redacted_s=sums["redacted"],
            work_view_off_s=sums["off"],
            not_ready_s=within - known,
            above_authorized_s=sums["good"] - within,
            rejected_s=sums["rejected"],
        )

    def _terms(self, job: JobView) -> dict[int, bool]:
        """Whether a redacted picture protects, by slot, for what the marketplace has: by the terms of that time."""
        known = (tile for tile in self._tiles(job.id) if tile.device == self.device and tile.redacted)
        return {tile.slot: tile.redaction_protects for tile in known}

    def _tiles(self, job: UUID) -> Iterable[TileView]:
        view = self.view(job)
        return view.tiles if view is not None else ()

    def _counted(self, job: UUID, start: int, end: int) -> tuple[Interval, ...]:
        """Intervals inside ``[start, end)``; a slot of another device counts from the slot's start on."""
        known, ran = self._known, self._ran.key if self._ran is not None else None
        rest = self._rest.get(job)
        if rest is None:
            rest = self._rest[job] = self._rest_of(job, known, ran)
        runs = known[ran].intervals if ran in known and ran[0] == job and rest.runs else ()
        return intersect([*rest.intervals, *runs], [(start, end)])

    def _rest_of(self, job: UUID, known: dict[Key, Segment], ran: Key | None) -> _Rest:
        rejected = self.rejected(job)
        own = [
            interval
            for (of, slot), one in known.items()
            if of == job and slot not in rejected and (of, slot) != ran
            for interval in one.intervals
        ]
        others = [
            (slot_start(tile.slot), slot_start(tile.slot) + tile.tracked_s)
            for tile in self._tiles(job)
            if tile.device != self.device and not tile.rejected and tile.tracked_s
        ]
        return _Rest(union([*own, *others]), ran is None or ran[1] not in rejected)


def _standing(one: Segment, *, redaction_protects: bool) -> str:
    """What the picture of a segment does for its Work View seconds."""
    flat = Flag.FLAT_PICTURE in one.flags
    if one.picture is not None and one.picture.redacted and (flat or not redaction_protects):
        return "redacted"
    if flat:
        return "flat"
    if one.picture:
        return "good"
    # Its moment is still to come, or the picture is being taken.
    return "follows" if one.running or one.no_picture is None else "none"
