"""What the windows show: frozen view models that the composition root fills, and the acts that come back from them.

No rule is decided here. Seconds are whole UTC seconds since the epoch, durations whole seconds, files local paths.
Words are made by the widgets, from the enumerations below, so that they can be translated.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtCore import QRect

from ui.marks import Badge as Badge
from ui.marks import Emblem as Emblem
from ui.marks import Mark as Mark
from ui.marks import Sector as Sector
from worktime.errors import Problem
from worktime.wire import NoPicture, PictureRef


class Activity(StrEnum):
    """What the recorder does. PAUSED: by lock, sleep or the user's choice; IDLE: paused for want of input."""

    STOPPED = "stopped"
    RECORDING = "recording"
    PAUSED = "paused"
    IDLE = "idle"


class Pause(StrEnum):
    """Why tracking is paused."""

    IDLE = "idle"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    RESTARTED = "restarted"
    BY_HAND = "by_hand"
    PRIVATE = "private"
    HELD_UP = "held_up"
    SESSION_END = "session_end"


class Account(StrEnum):
    """Whether the tracker knows whose time it is."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGNING_IN = "signing_in"


class Unprotected(StrEnum):
    """Why a tracked second is not protected (rules.md, Ready / Not Ready and protection 3)."""

    PICTURE_FOLLOWS = "picture_follows"
    NO_PICTURE = "no_picture"
    FLAT_PICTURE = "flat_picture"
    REDACTED = "redacted"
    WORK_VIEW_OFF = "work_view_off"
    NOT_READY = "not_ready"
    ABOVE_AUTHORIZED = "above_authorized"
    REJECTED = "rejected"


class Due(StrEnum):
    """What a deadline ends: recording for this week's or last week's timesheet, or the review of last week's."""

    SUBMITS = "submits"
    LAST_SUBMITS = "last_submits"
    LAST_REVIEW = "last_review"


class TileKind(StrEnum):
    """How a slot looks. EMPTY: nothing recorded; RUNNING: recording now, its picture is not taken yet."""

    EMPTY = "empty"
    RUNNING = "running"
    PICTURE = "picture"
    NO_PICTURE = "no_picture"
    IDLE = "idle"
    DELETED = "deleted"


class Delivery(StrEnum):
    """Where a picture is. HELD: on this computer until its hold is over, so that it can be deleted unseen."""

    HELD = "held"
    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"


class JobItem(msgspec.Struct, frozen=True, kw_only=True):
    """A job to choose. ``not_ready_reason`` is the marketplace's sentence, shown as it stands.

    ``input_counts``: the client asks for counts of keys and clicks, so that the user can switch them on.
    ``redaction_protects``: a screenshot with hidden areas protects its time.
    """

    id: UUID
    title: str
    client: str
    work_view: bool = True
    input_counts: bool = False
    redaction_protects: bool = False
    ready: bool = True
    not_ready_reason: str = ""


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One slot of one job. ``tracked_s`` is what deleting or rejecting it costs; ``redacted``: hidden areas.

    ``delivery``: where its picture is; without one, whether the marketplace knows of its time. ``shot``: what its
    picture is called there. ``can_ask``: for assistance about its rejection.
    """

    job: UUID
    slot: int
    kind: TileKind
    tracked_s: int = 0
    idle_s: int = 0
    taken_at: int | None = None
    thumbnail: Path | None = None
    picture: Path | None = None
    shot: PictureRef | None = None
    delivery: Delivery | None = None
    held_until: int | None = None
    no_picture: NoPicture | None = None
    redacted: int = 0
    comment: str = ""
    rejected: bool = False
    reject_reason: str = ""
    can_ask: bool = False
    can_comment: bool = False
    can_delete: bool = False


def same_slot(one: Tile | None, other: Tile | None) -> bool:
    """Return whether two tiles are of one job and slot, maybe at different times."""
    return one is not None and other is not None and (one.job, one.slot) == (other.job, other.slot)


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """A screenshot that was just taken. ``left_s``: real seconds until it may leave this computer, 0: it may now."""

    tile: Tile
    job_title: str
    left_s: int
    zone: tzinfo = UTC


class HourRow(msgspec.Struct, frozen=True, kw_only=True):
    """A local hour that starts at ``start``, and the five tiles that start in it, in order."""

    start: int
    tiles: tuple[Tile, ...]


class DayBar(msgspec.Struct, frozen=True, kw_only=True):
    """A day in the user's zone, in the work week. ``weekday``: 0 is Monday; ``number``: of the month.

    ``above_s``: how much of its time is above the week's authorized hours.
    """

    weekday: int
    tracked_s: int
    above_s: int = 0
    number: int = 0
    today: bool = False


class SyncView(msgspec.Struct, frozen=True, kw_only=True):
    """What the marketplace has and what waits here. ``age_s``: real seconds since it last answered, None for never.

    ``hours``: entries of Other hours. ``oldest_s``: business seconds since what waits longest was recorded, None when
    nothing waits.
    """

    online: bool = True
    age_s: int | None = None
    segments: int = 0
    pictures: int = 0
    quarantined: int = 0
    hours: int = 0
    oldest_s: int | None = None


class SignInView(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of signing in. ``address``: what the browser was sent to, while it is waited for.

    ``problem``: how the last attempt ended; ``reason``: why nobody is signed in, where there is one to tell.
    """

    server: str = ""
    address: str = ""
    problem: Problem | None = None
    reason: Problem | None = None


class RefusedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A record that the marketplace refused for good. ``tracked_s``: the seconds that are not counted because of it.

    ``note``: of an entry of Other hours.
    """

    id: str
    at: int
    is_picture: bool
    job_title: str
    tracked_s: int
    problem: Problem
    note: str = ""


class QuarantineView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the window of refused records shows, oldest first."""

    items: tuple[RefusedItem, ...] = ()
    zone: tzinfo = UTC


class IdleReturn(msgspec.Struct, frozen=True, kw_only=True):
    """The question on returning: away from ``start`` to ``end``; ``taken_off_s`` came off the time of ``job_title``.

    ``weeks_s``: the time away, cut into the ET work weeks that it is in.
    """

    pause: Pause
    start: int
    end: int
    taken_off_s: int
    job_title: str
    zone: tzinfo = UTC
    weeks_s: tuple[int, ...] = ()

    @property
    def away_s(self) -> int:
        """The time away in seconds."""
        return sum(self.weeks_s)


class HiddenWhat(StrEnum):
    """What a rule hides in screenshots."""

    WINDOWS = "windows"
    AREA = "area"
    MONITORS = "monitors"
    BLUR = "blur"


class HiddenRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. ``number``: its place among those of its kind, or the monitor that is shown.

    ``here``: an area was chosen with the screens that there are now.
    """

    what: HiddenWhat
    number: int = 0
    program: str = ""
    title: str = ""
    rect: QRect = msgspec.field(default_factory=QRect)
    here: bool = True


class HidingView(msgspec.Struct, frozen=True, kw_only=True):
    """What is hidden. ``windows_problem``: why windows can't be told apart here; ``protects``: the chosen job's terms.

    ``screens``: the monitors in desktop pixels, as far as a picture told them.
    """

    rules: tuple[HiddenRule, ...] = ()
    screens: tuple[QRect, ...] = ()
    only: int | None = None
    blur: bool = False
    windows_problem: Problem | None = None
    protects: bool | None = None
    problem: Problem | None = None


class TrackerView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the tray and the window show at ``now``, in the user's time zone ``zone``.

    ``job_id`` is the job that is recorded or chosen; today, week, protection and timeline are of that job, today being
    a day in ``zone`` and the week the ET work week. ``since``: when the running or last interval began.
    ``hiding``: how many rules hide something in screenshots. ``private_until``: when a private pause is over;
    ``asked``: the question whether to go on is open.
    ``work_view``: whether what is recorded, or paused, gets screenshots. ``counting``: whether the user switched counts
    of keys and clicks on for the job.
    ``last_tile``: the tile of the newest screenshot. ``sectors``: the five slots of the current hour.
    ``deadlines``: the chosen job's, the next one first. ``problems``: what the user should know now, most urgent first.
    ``tell_pictures``: the icon tells until when the newest screenshot stays here.
    """

    now: int
    zone: tzinfo = UTC
    account: Account = Account.SIGNED_IN
    signin: SignInView = msgspec.field(default_factory=SignInView)
    activity: Activity = Activity.STOPPED
    pause: Pause | None = None
    private_until: int | None = None
    asked: bool = False
    hiding: int = 0
    mark: Mark = Mark.STOPPED
    badge: Badge = Badge.NONE
    sectors: tuple[Sector, ...] = (Sector.OPEN,) * 5
    person: str = ""
    jobs: tuple[JobItem, ...] = ()
    job_id: UUID | None = None
    since: int | None = None
    running_s: int = 0
    work_view: bool = True
    counting: bool = False
    comment: str = ""
    today_s: int = 0
    week_s: int = 0
    authorized_s: int | None = None
    days: tuple[DayBar, ...] = ()
    protected_s: int = 0
    unprotected: tuple[tuple[Unprotected, int], ...] = ()
    hours: tuple[HourRow, ...] = ()
    last_tile: Tile | None = None
    sync: SyncView = msgspec.field(default_factory=SyncView)
    deadlines: tuple[tuple[Due, int], ...] = ()
    fast_rate: int = 1
    problems: tuple[Problem, ...] = ()
    tell_pictures: bool = True

    @property
    def job(self) -> JobItem | None:
        """The chosen job, or None."""
        return next((job for job in self.jobs if job.id == self.job_id), None)

    @property
    def emblem(self) -> Emblem:
        """The sign for all of this."""
        count = self.sync.segments + self.sync.pictures if self.badge is Badge.OFFLINE else 0
        return Emblem(self.sectors, self.mark, self.badge, count)
