"""The Work View page as values: days, hours and five tiles to the hour, with every text ready to print. Pure.

A tile stands whole in the local hour in which it starts; day sums are split to the second at local midnight
(rules.md, "Work View for the client" 1). What the figures are is decided elsewhere (marketplace.timesheets); what a
tile is, in marketplace.workview.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.web import words
from worktime import weeks
from worktime.intervals import Interval
from worktime.slots import slot_end, slot_start
from worktime.wire import NoPicture, TileState


@dataclass(frozen=True)
class Source:
    """One tile as the page needs it. ``effect_s``: seconds that rejecting it takes off the timesheet, or took.

    ``asked``: staff are to decide about its rejection, ``restored``: they decided for the freelancer. ``same_as`` is
    the slot of an earlier picture with exactly the same bytes.
    """

    segment: UUID
    slot: int
    state: TileState
    tracked_s: int
    effect_s: int = 0
    idle_s: int = 0
    rejected: bool = False
    reject_reason: str = ""
    restored: bool = False
    asked: bool = False
    no_picture: NoPicture | None = None
    picture: UUID | None = None
    taken_at: int | None = None
    comment: str = ""
    running: bool = False
    flat: bool = False
    redacted: int = 0
    redaction_protects: bool = False
    same_as: int | None = None
    overlap_s: int = 0
    openings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tile:
    """A tile with its texts. ``words`` is the state in words, "" where the picture says it all.

    ``same`` is a hint for people that an equal picture came before, ``same_means`` what follows from it: nothing.
    """

    segment: UUID
    slot: int
    state: str
    tracked_s: int
    rejected: bool
    taken_at: int | None
    picture: UUID | None
    time: str
    length: str
    comment: str
    words: str
    rejection: str
    notes: tuple[str, ...]
    restored: str
    same: str
    same_means: str
    overlapped: bool
    label: str
    alt: str
    effect: str
    can_reject: bool
    can_take_back: bool
    can_report: bool


@dataclass(frozen=True)
class Cell:
    """One slot of an hour row; more than one tile where two devices recorded in it."""

    slot: int
    time: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Hour:
    """A local hour with at least one tile. ``start`` is the UTC second of its first slot."""

    id: str
    start: int
    label: str
    cells: tuple[Cell, ...]

    @property
    def digest(self) -> str:
        """A short mark that changes when anything printed in the row changes."""
        return digest_of(self)


@dataclass(frozen=True)
class Day:
    """A local day: ``sum_s`` counts each second where it lies, ``hours`` hold the tiles that start in the day."""

    id: str
    name: str
    short: str
    number: int
    sum_s: int
    share: int
    hours: tuple[Hour, ...]

    @property
    def sum(self) -> str:
        """The day's sum in words, to the second: days add up to the week."""
        return words.precise(self.sum_s)

    @property
    def about(self) -> str:
        """The sum in whole minutes, for the strip of days."""
        return words.duration(self.sum_s)

    @property
    def shown(self) -> bool:
        """Whether the page has a section for the day; the others stand in the strip of days alone."""
        return bool(self.hours or self.sum_s)

    @property
    def head_digest(self) -> str:
        """A short mark that changes with the heading."""
        return digest_of((self.name, self.sum_s))

    @property
    def shape(self) -> str:
        """A short mark that changes when an hour comes or goes, and not with what is in it."""
        return digest_of(tuple(hour.id for hour in self.hours))


def digest_of(value: object) -> str:
    """Return 12 hexadecimal digits that tell equal page values from different ones (frozen dataclasses print whole)."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Reader:
    """Who reads the page: IANA zone, and what the buttons may offer (the services decide again when pressed)."""

    zone: str = "UTC"
    may_judge: bool = False
    may_report: bool = True

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return weeks.zone(self.zone)


def build_days(
    sources: Iterable[Source], counted: Iterable[Interval], week: Interval, reader: Reader
) -> tuple[Day, ...]:
    """Return each local day that the ET work week ``week`` touches, in order, also the empty ones.

    ``counted`` are the seconds that stand on the timesheet; days add up to them.
    """
    sources = sorted(sources, key=lambda source: (source.slot, str(source.segment)))
    sums = weeks.split_by_day(counted, reader.zone)
    hours: defaultdict[str, dict[int, list[Source]]] = defaultdict(lambda: defaultdict(list))
    for source in sources:
        first = _hour_slots(source.slot, reader.zone)[0]
        hours[weeks.day_of(slot_start(source.slot), reader.zone)][first].append(source)
    longest = max(sums.values(), default=0)
    return tuple(
        _day(
            date.fromisoformat(day.date),
            sums.get(day.date, 0),
            longest,
            tuple(_hour(first, found, reader) for first, found in hours[day.date].items()),
        )
        for day in weeks.days_of(*week, reader.zone)
    )


def _day(day: date, sum_s: int, longest: int, hours: tuple[Hour, ...]) -> Day:
    return Day(
        id=f"day-{day.isoformat()}",
        name=words.day_name(day),
        short=words.day_short(day),
        number=day.day,
        sum_s=sum_s,
        share=round(100 * sum_s / longest) if longest else 0,
        hours=hours,
    )


def _hour_slots(slot: int, zone: str) -> tuple[int, ...]:
    """Return the slots that start in the local hour of ``slot``: five, fewer where a zone shifts by half an hour."""
    hour = weeks.hour_of(slot_start(slot), zone)
    return tuple(near for near in range(slot - 4, slot + 5) if weeks.hour_of(slot_start(near), zone) == hour)


def _hour(first: int, sources: Iterable[Source], reader: Reader) -> Hour:
    by_slot: defaultdict[int, list[Source]] = defaultdict(list)
    for source in sources:
        by_slot[source.slot].append(source)
    start = words.local(slot_start(first), reader.tz)
    twice = start.replace(fold=0).utcoffset() != start.replace(fold=1).utcoffset()
    return Hour(
        id=f"hour-{slot_start(first)}",
        start=slot_start(first),
        label=f"{start:%H}:00 {start:%Z}" if twice else f"{start:%H}:00",
        cells=tuple(
            Cell(slot, words.clock(slot_start(slot), reader.tz), tuple(build_tile(s, reader) for s in by_slot[slot]))
            for slot in _hour_slots(first, reader.zone)
        ),
    )


def build_tile(source: Source, reader: Reader) -> Tile:
    """Return a tile with its texts and what its reader may do about it."""
    zone = reader.tz
    time = words.clock(slot_start(source.slot), zone)
    until = words.clock(slot_end(source.slot), zone)
    length = words.precise(source.tracked_s)
    can_reject = reader.may_judge and not (source.rejected or source.restored) and source.effect_s > 0
    shown = _("Screenshot taken at {time}").format(time=words.clock(source.taken_at, zone)) if source.taken_at else ""
    return Tile(
        segment=source.segment,
        slot=source.slot,
        state=source.state.value,
        tracked_s=source.tracked_s,
        rejected=source.rejected,
        taken_at=source.taken_at,
        picture=source.picture if source.state is TileState.PICTURE else None,
        time=time,
        length=length,
        comment=source.comment,
        words=state_words(source),
        rejection=_("Rejected: {reason}").format(reason=source.reject_reason) if source.rejected else "",
        notes=_notes(source),
        restored=_("Restored by the staff. It can't be rejected again.") if source.restored else "",
        same=same_words(source, zone),
        same_means=_("A screen that did not change gives the same picture again. No time comes off for it.")
        if source.same_as is not None
        else "",
        overlapped=source.overlap_s > 0,
        label=_("{start} to {end}, {length}").format(start=time, end=until, length=length),
        alt=shown,
        effect=_("Reject and remove {figure}").format(figure=words.exact(source.effect_s)),
        can_reject=can_reject,
        can_take_back=reader.may_judge and source.rejected,
        can_report=reader.may_report,
    )


def same_words(source: Source, zone: ZoneInfo) -> str:
    """Return "Same picture as 10:12", with the day where it was another one; "" where there is no such picture."""
    if source.same_as is None:
        return ""
    here, there = slot_start(source.slot), slot_start(source.same_as)
    same_day = words.local(here, zone).date() == words.local(there, zone).date()
    when = words.clock(there, zone) if same_day else words.moment(there, zone)
    return _("Same picture as {when}").format(when=when)


def state_words(source: Source) -> str:
    """Return what stands in a tile's frame instead of a picture, or "" when the picture is there."""
    if source.state is TileState.PICTURE:
        return ""
    if source.state is TileState.PICTURE_FOLLOWS:
        return _("Recording. Picture follows") if source.running else _("Picture follows")
    if source.state is TileState.IDLE:
        return _("Computer Idle. No time recorded")
    if source.state is TileState.DELETED:
        return _("Deleted by the freelancer")
    return _no_picture_words(source)


def _no_picture_words(source: Source) -> str:
    reason = {
        NoPicture.PERMISSION: _("No picture: the system did not permit one."),
        NoPicture.FAILED: _("No picture: taking it failed."),
        NoPicture.LATE: _("No picture: its moment passed before it could be taken."),
        NoPicture.LOCKED: _("No picture: the screen was locked."),
        NoPicture.SUSPENDED: _("No picture: the computer was suspended."),
        NoPicture.CRASHED: _("No picture: the tracker had stopped."),
        NoPicture.WORK_VIEW_OFF: _("No picture: Work View was off."),
        NoPicture.PRIVATE: _("No picture: the freelancer paused for something private."),
    }.get(source.no_picture or NoPicture.FAILED, _("No picture."))
    if not source.tracked_s or source.rejected:
        return reason
    return _("{reason} The {figure} count, but are not protected.").format(
        reason=reason, figure=words.exact(source.tracked_s)
    )


def redacted_words(source: Source) -> str:
    """Return how many areas of the picture the freelancer had hidden: that, and never what was there."""
    text = ngettext("Redacted: {n} area.", "Redacted: {n} areas.", source.redacted).format(n=source.redacted)
    protects = source.redaction_protects and not source.flat
    return text if protects else _("{redacted} Not protected.").format(redacted=text)


def _notes(source: Source) -> tuple[str, ...]:
    """Return what the reader should know beside the picture, one sentence each."""
    notes = []
    if source.redacted:
        notes.append(redacted_words(source))
    elif source.flat:
        notes.append(_("Inactive or locked desktop. Not protected."))
    if source.idle_s and source.tracked_s:
        notes.append(_("Computer idle: {length} taken off.").format(length=words.duration(source.idle_s)))
    if source.asked:
        notes.append(_("The staff are asked for assistance."))
    if source.overlap_s:
        notes.append(
            _("{length} were recorded on another device first and count there.").format(
                length=words.duration(source.overlap_s)
            )
        )
    notes.extend(source.openings)
    return tuple(notes)
