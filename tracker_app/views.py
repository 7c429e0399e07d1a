"""From what the recorder, the week and the uploader know to what the windows show. Pure; decides no rule.

The windows' words are made in ``ui``; here only values are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from tracker_app.ports import Clock
from tracker_app.week_book import Protection, WeekBook
from ui.models import (
    Account,
    Activity,
    Badge,
    DayBar,
    Delivery,
    Due,
    HourRow,
    IdleReturn,
    JobItem,
    Mark,
    NoticeView,
    Pause,
    QuarantineView,
    RefusedItem,
    Sector,
    SignInView,
    SyncView,
    Tile,
    TileKind,
    TrackerView,
    Unprotected,
)
from worktime import weeks
from worktime.derive import Key
from worktime.errors import Problem
from worktime.other_hours import by_week
from worktime.slots import SLOT_S, slot_of, slot_start
from worktime.tracking_values import IDLE_S, AskReturn, Cause, Paused, Running, State
from worktime.weeks import ASSISTANCE_S
from worktime.wire import JobView, NoPicture, Segment, TileView

_PAUSES = {
    Cause.IDLE: Pause.IDLE,
    Cause.LOCKED: Pause.LOCKED,
    Cause.SUSPENDED: Pause.SUSPENDED,
    Cause.HOLE: Pause.HELD_UP,
    Cause.SESSION_END: Pause.SESSION_END,
    Cause.CRASHED: Pause.RESTARTED,
    Cause.PRIVATE: Pause.PRIVATE,
}
_MARKS = {
    Activity.RECORDING: Mark.RECORDING,
    Activity.IDLE: Mark.IDLE,
    Activity.PAUSED: Mark.PAUSED,
    Activity.STOPPED: Mark.STOPPED,
}
_HOUR_AT_MOST = 10
"""More slots than a local hour has, also where the clock is put back by half an hour."""
_KINDS = {NoPicture.IDLE: TileKind.IDLE, NoPicture.DELETED: TileKind.DELETED}


class Where(Protocol):
    """``sync.journal.Whereabouts``: where the bytes of a picture are."""

    @property
    def picture(self) -> Path | None: ...
    @property
    def thumbnail(self) -> Path | None: ...
    @property
    def receipted(self) -> bool: ...
    @property
    def refused(self) -> bool: ...


class Pictures(Protocol):
    """Looks up pictures, None for one that was erased, and slots that the marketplace lacks (True: refused them)."""

    def whereabouts(self, picture: UUID) -> Where | None: ...
    def unsent(self, job: UUID, first_slot: int, end_slot: int) -> Mapping[int, bool]: ...


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a view is made of. ``chosen``: the job that is selected while nothing is recorded."""

    now: int
    state: State
    jobs: tuple[JobView, ...]
    chosen: UUID | None
    person: str = ""
    sync: SyncView = msgspec.field(default_factory=SyncView)
    account: Account = Account.SIGNED_IN
    signin: SignInView = msgspec.field(default_factory=SignInView)
    problems: tuple[Problem, ...] = ()
    rate: int = 1
    hold_s: int = 0
    counting: bool = False
    hiding: int = 0
    tell_pictures: bool = True


def activity_of(state: State) -> Activity:
    """What the recorder does."""
    match state.phase:
        case Running():
            return Activity.RECORDING
        case Paused(cause=Cause.IDLE):
            return Activity.IDLE
        case Paused():
            return Activity.PAUSED
    return Activity.STOPPED


def job_of(state: State, chosen: UUID | None) -> UUID | None:
    """The job that is recorded or paused, else the chosen one."""
    return state.phase.job if state.phase is not None else chosen


def tracker_view(known: Known, book: WeekBook, pictures: Pictures) -> TrackerView:
    """Put together what tray and window show."""
    state, job_id = known.state, job_of(known.state, known.chosen)
    job = _job(known, job_id)
    hours = _hours(known, book, pictures, job_id) if job_id is not None else ()
    tiles = [tile for hour in hours for tile in hour.tiles if tile.kind is TileKind.PICTURE]
    running = state.phase if isinstance(state.phase, Running) else None
    current = state.current
    view = replace(
        _basis(known, book, job_id, job),
        signin=known.signin,
        person=known.person,
        since=running.job_since if running else None,
        counting=known.counting,
        hiding=known.hiding,
        comment=current.comment if current else state.memos.get(job_id, "") if job_id else "",
        hours=hours,
        last_tile=tiles[-1] if tiles else None,
    )
    return _with_figures(view, book, job_id, job)


def glance(known: Known, book: WeekBook, pictures: Pictures) -> TrackerView:
    """Put together what the icon and its tip tell, and what the menu says first: as ``tracker_view`` does, but of the
    tiles the newest screenshot alone, while it is held, and of the week its time."""
    job_id = job_of(known.state, known.chosen)
    job = _job(known, job_id)
    basis = _basis(known, book, job_id, job)
    if job_id is None:
        return basis
    return replace(
        basis,
        today_s=book.today_s(job_id, known.now),
        week_s=book.week_s(job_id),
        authorized_s=job.authorized_s if job is not None else None,
        last_tile=_held(known, book, pictures, job_id),
    )


def _job(known: Known, job_id: UUID | None) -> JobView | None:
    return next((each for each in known.jobs if each.id == job_id), None)


def _basis(known: Known, book: WeekBook, job_id: UUID | None, job: JobView | None) -> TrackerView:
    """What is told whoever looks, and costs next to nothing."""
    state, activity = known.state, activity_of(known.state)
    running = state.phase if isinstance(state.phase, Running) else None
    paused = state.phase if isinstance(state.phase, Paused) else None
    return TrackerView(
        now=known.now,
        zone=weeks.zone(book.zone),
        account=known.account,
        activity=activity,
        pause=_PAUSES[paused.cause] if paused else None,
        private_until=paused.ends if paused and paused.cause is Cause.PRIVATE else None,
        asked=paused is not None and paused.asked,
        mark=_MARKS[activity],
        badge=_badge(known, job),
        sectors=_sectors(book, known.now),
        jobs=tuple(_item(each) for each in known.jobs),
        job_id=job_id,
        running_s=state.until - running.job_since if running else 0,
        work_view=state.phase.work_view if state.phase is not None else True,
        sync=known.sync,
        fast_rate=known.rate,
        problems=known.problems,
        tell_pictures=known.tell_pictures,
    )


def _held(known: Known, book: WeekBook, pictures: Pictures, job: UUID) -> Tile | None:
    """The tile of the day's newest screenshot, while that is held."""
    segment = book.newest_picture(job, *book.day_bounds(known.now))
    if segment is None or segment.picture is None or known.now >= segment.picture.taken_at + known.hold_s:
        return None
    return _tile(known, book, pictures, job, segment, book.rejected(job).get(segment.slot))


def notice_view(
    clock: Clock, jobs: tuple[JobView, ...], hold_s: int, book: WeekBook, pictures: Pictures, key: Key
) -> NoticeView | None:
    """Put together what the notice of a screenshot shows; None when there is no screenshot any more."""
    (job, slot), at = key, slot_start(key[1])
    known = Known(now=clock.second(), state=State(), jobs=jobs, chosen=job, hold_s=hold_s)
    segment = next(iter(book.segments(job, at, at + 1)), None)
    if segment is None or segment.picture is None:
        return None
    tile = _tile(known, book, pictures, job, segment, book.rejected(job).get(slot))
    left = max(0, (tile.held_until or 0) - known.now)
    title = next((each.title for each in known.jobs if each.id == job), "")
    return NoticeView(tile=tile, job_title=title, left_s=-(-left // clock.rate), zone=weeks.zone(book.zone))


def idle_return(question: AskReturn, jobs: tuple[JobView, ...], zone: str) -> IdleReturn:
    """Put together the question on returning."""
    title = next((job.title for job in jobs if job.id == question.job), "")
    return IdleReturn(
        pause=_PAUSES[question.cause],
        start=question.start,
        end=question.end,
        taken_off_s=IDLE_S if question.cause is Cause.IDLE else 0,
        job_title=title,
        zone=weeks.zone(zone),
        weeks_s=tuple(part.seconds for part in by_week(question.start, question.end)),
    )


class Held(Protocol):
    """``sync.quarantine.Refused``: a record that the marketplace refused for good."""

    @property
    def id(self) -> str: ...
    @property
    def job(self) -> UUID: ...
    @property
    def at(self) -> int: ...
    @property
    def tracked_s(self) -> int: ...
    @property
    def problem(self) -> Problem: ...
    @property
    def picture(self) -> UUID | None: ...
    @property
    def note(self) -> str: ...


def quarantine_view(held: Iterable[Held], jobs: tuple[JobView, ...], zone: str) -> QuarantineView:
    """Put together what the window of refused records shows."""
    titles = {job.id: job.title for job in jobs}
    items = tuple(
        RefusedItem(
            id=each.id,
            at=each.at,
            is_picture=each.picture is not None,
            job_title=titles.get(each.job, ""),
            tracked_s=each.tracked_s,
            problem=each.problem,
            note=each.note,
        )
        for each in held
    )
    return QuarantineView(items=items, zone=weeks.zone(zone))


def quarantine_entry(item: RefusedItem) -> dict[str, object]:
    """Return one of them as the control socket tells it."""
    return {
        "id": item.id,
        "at": item.at,
        "kind": "screenshot" if item.is_picture else "other_hours" if item.note else "segment",
        "job_title": item.job_title,
        "tracked_s": item.tracked_s,
        "code": item.problem.code,
        "message": item.problem.message,
        "action": item.problem.action,
    }


def _with_figures(view: TrackerView, book: WeekBook, job_id: UUID | None, job: JobView | None) -> TrackerView:
    if job_id is None:
        return view
    view = replace(
        view,
        today_s=book.today_s(job_id, view.now),
        week_s=book.week_s(job_id),
        days=_days(book, job_id, view.now, job.authorized_s if job is not None else None),
    )
    if job is None:
        return view
    protection = book.protection(job)
    return replace(
        view,
        authorized_s=job.authorized_s,
        deadlines=_deadlines(book, job_id, view.now),
        protected_s=protection.protected_s,
        unprotected=_unprotected(protection),
    )


def _days(book: WeekBook, job: UUID, now: int, authorized_s: int | None) -> tuple[DayBar, ...]:
    """The bars, with what is above the authorized hours: they hold what was worked first (rules.md, Timesheets 6)."""
    bars, room = [], authorized_s
    for day in book.by_day(job, now):
        above = 0 if room is None else max(0, day.tracked_s - room)
        room = None if room is None else max(0, room - day.tracked_s)
        bars.append(
            DayBar(
                weekday=day.date.weekday(),
                number=day.date.day,
                tracked_s=day.tracked_s,
                above_s=above,
                today=day.today,
            )
        )
    return tuple(bars)


def _deadlines(book: WeekBook, job: UUID, now: int) -> tuple[tuple[Due, int], ...]:
    """What is still to come: this week's submission, and last week's dates where it was worked in."""
    last = weeks.previous_week(book.week_start)
    dates = [(Due.SUBMITS, weeks.submit_due(book.week_start))]
    if book.worked_last_week(job):
        dates += [(Due.LAST_SUBMITS, weeks.submit_due(last)), (Due.LAST_REVIEW, weeks.review_end(last))]
    return tuple(sorted(((due, at) for due, at in dates if now < at), key=lambda each: each[1]))


def _unprotected(protection: Protection) -> tuple[tuple[Unprotected, int], ...]:
    reasons = (
        (Unprotected.PICTURE_FOLLOWS, protection.picture_follows_s),
        (Unprotected.NO_PICTURE, protection.no_picture_s),
        (Unprotected.FLAT_PICTURE, protection.flat_s),
        (Unprotected.REDACTED, protection.redacted_s),
        (Unprotected.WORK_VIEW_OFF, protection.work_view_off_s),
        (Unprotected.NOT_READY, protection.not_ready_s),
        (Unprotected.ABOVE_AUTHORIZED, protection.above_authorized_s),
        (Unprotected.REJECTED, protection.rejected_s),
    )
    return tuple((reason, seconds) for reason, seconds in reasons if seconds)


def _badge(known: Known, job: JobView | None) -> Badge:
    """The most urgent of what should be looked at. Who never signed in is told in the window, and misses nothing."""
    if known.problems or known.sync.quarantined:
        return Badge.ATTENTION
    if job is not None and not job.ready:
        return Badge.NOT_READY
    waits = known.sync.segments or known.sync.pictures
    return Badge.OFFLINE if not known.sync.online and (known.account is Account.SIGNED_IN or waits) else Badge.NONE


def _sectors(book: WeekBook, now: int) -> tuple[Sector, ...]:
    first = slot_of(now) - slot_of(now) % 5
    return tuple(_sector(book.any_in(first + number)) for number in range(5))


def _sector(segments: tuple[Segment, ...]) -> Sector:
    if any(one.spans and (one.picture or one.running) for one in segments):
        return Sector.FILLED
    return Sector.NOTCH if segments else Sector.OPEN


def _item(job: JobView) -> JobItem:
    return JobItem(
        id=job.id,
        title=job.title,
        client=job.client,
        work_view=job.work_view,
        input_counts=job.input_counts,
        redaction_protects=job.redaction_protects,
        ready=job.ready,
        not_ready_reason=job.not_ready_reason,
    )


def day_tiles(known: Known, book: WeekBook, pictures: Pictures, job: UUID, slot: int) -> tuple[Tile, ...]:
    """What was recorded for a job on the viewer's day in which a slot starts, as far as the book has it, in order."""
    return tuple(_recorded(known, book, pictures, job, *book.day_bounds(slot_start(slot))).values())


def _hours(known: Known, book: WeekBook, pictures: Pictures, job: UUID) -> tuple[HourRow, ...]:
    """The viewer's day from its first tile to its last (or now): rows of the five slots that start in a local hour."""
    start, end = book.day_bounds(known.now)
    found = _recorded(known, book, pictures, job, start, end)
    if not found:
        return ()
    rows: dict[weeks.LocalHour, list[Tile]] = {}
    starts: dict[weeks.LocalHour, int] = {}
    last = max(*found, slot_of(known.now)) if activity_of(known.state) is Activity.RECORDING else max(found)
    first = min(found)
    begins, ends = slot_of(start + SLOT_S - 1), slot_of(end + SLOT_S - 1)
    for slot in range(max(begins, first - _HOUR_AT_MOST), min(ends, last + _HOUR_AT_MOST + 1)):
        hour = weeks.hour_of(slot_start(slot), book.zone)
        rows.setdefault(hour, []).append(found.get(slot) or Tile(job=job, slot=slot, kind=TileKind.EMPTY))
        starts.setdefault(hour, slot_start(slot) - (slot_start(slot) - start) % 3600)
    return tuple(
        HourRow(start=starts[hour], tiles=tuple(tiles))
        for hour, tiles in rows.items()
        if tiles[-1].slot >= first and tiles[0].slot <= last
    )


def _recorded(known: Known, book: WeekBook, pictures: Pictures, job: UUID, start: int, end: int) -> dict[int, Tile]:
    """The tiles of what was recorded in slots that start in ``[start, end)``, by slot, in order."""
    rejected = book.rejected(job)
    waits = known.sync.segments or known.sync.quarantined
    unsent = pictures.unsent(job, slot_of(start), slot_of(end) + 1) if waits else {}
    found = {}
    for segment in book.segments(job, start, end):
        tile = _tile(known, book, pictures, job, segment, rejected.get(segment.slot))
        if segment.slot in unsent and tile.delivery is None and tile.kind is not TileKind.RUNNING:
            tile = replace(tile, delivery=Delivery.REFUSED if unsent[segment.slot] else Delivery.WAITING)
        found[segment.slot] = tile
    return found


def _tile(
    known: Known,
    book: WeekBook,
    pictures: Pictures,
    job: UUID,
    segment: Segment,
    rejected: TileView | None,
) -> Tile:
    slot = segment.slot
    open_week = _is_open(known, book, job, slot)
    where = pictures.whereabouts(segment.picture.id) if segment.picture else None
    delivery, held_until = _delivery(known, segment, where)
    return Tile(
        job=job,
        slot=slot,
        kind=_kind(segment),
        tracked_s=segment.tracked_s,
        idle_s=sum(end - start for start, end in segment.idle),
        taken_at=segment.picture.taken_at if segment.picture else None,
        thumbnail=where.thumbnail if where else None,
        picture=where.picture if where else None,
        shot=segment.picture,
        delivery=delivery,
        held_until=held_until,
        no_picture=segment.no_picture,
        redacted=segment.picture.redacted if segment.picture else 0,
        comment=segment.comment,
        rejected=rejected is not None,
        reject_reason=rejected.reject_reason if rejected else "",
        can_ask=rejected is not None and known.now <= (rejected.rejected_at or 0) + ASSISTANCE_S,
        can_comment=open_week and rejected is None and bool(segment.spans),
        can_delete=open_week and rejected is None and segment.picture is not None,
    )


def _is_open(known: Known, book: WeekBook, job: UUID, slot: int) -> bool:
    """Whether the slot's timesheet is not submitted, as far as is known: of last week only its due date is."""
    start = slot_start(slot)
    if start < book.week_start:
        return known.now < weeks.submit_due(weeks.week_of(start))
    view = book.view(job)
    return view is None or view.submitted_at is None or start >= view.week_end


def _kind(segment: Segment) -> TileKind:
    if segment.picture is not None:
        return TileKind.PICTURE
    if segment.running:
        return TileKind.RUNNING
    return _KINDS.get(segment.no_picture or NoPicture.FAILED, TileKind.NO_PICTURE)


def _delivery(known: Known, segment: Segment, where: Where | None) -> tuple[Delivery | None, int | None]:
    if segment.picture is None:
        return None, None
    if where is None or where.receipted:
        return Delivery.DELIVERED, None
    if where.refused:
        return Delivery.REFUSED, None
    held_until = segment.picture.taken_at + known.hold_s
    return (Delivery.HELD, held_until) if known.now < held_until else (Delivery.WAITING, None)
