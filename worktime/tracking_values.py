"""Events, effects and state of the tracking machine, as frozen values. What they do to each other is in ``tracking``.

``at`` is always a whole UTC second of the business clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

import msgspec

from worktime.derive import Facts, Key
from worktime.observations import Observation, Progress
from worktime.wire import NoPicture, PictureRef

IDLE_S = 1440
"""Seconds without input after which the tracker pauses and which then come off (rules.md, Idle 1)."""

HOLE_S = 10
"""Real seconds without a tick after which the time since the last tick counts as a hole: nobody watched it."""

AHEAD_S = 86_400
"""How far the last record may lie ahead of the clock and still hold: counting goes on from it, so no second is made
twice. One that lies further ahead comes from a clock that was wrong, and must not hold up counting now."""

HOLD_S = 120
"""Seconds before a picture may leave the machine, unless the user set another hold (rules.md, Tracking 7)."""

HOLD_MAX_S = 600
"""The longest hold that can be set."""

KEEP_DAYS_MAX = 90
"""The most days that a screenshot can stay on the tracker's computer after the marketplace has it."""


class Cause(StrEnum):
    """Why tracking is paused."""

    IDLE = "idle"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    SESSION_END = "session_end"
    HOLE = "hole"
    CRASHED = "crashed"
    PRIVATE = "private"


class Notice(StrEnum):
    """What there is to tell the user."""

    STARTED = "started"
    STOPPED = "stopped"
    SWITCHED = "switched"
    PAUSED = "paused"
    RESUMED = "resumed"
    RECOVERED = "recovered"
    PICTURE = "picture"
    NO_PICTURE = "no_picture"
    DELETED = "deleted"


class Running(msgspec.Struct, frozen=True):
    """Recording ``job`` in ``slot``. ``moment``: of the picture drawn, None for none.

    ``since``: start of tracking, whatever the job, from which idle time counts; ``job_since``: start of this job.
    """

    job: UUID
    work_view: bool
    since: int
    job_since: int
    last_input: int
    slot: int
    moment: int | None = None


class Paused(msgspec.Struct, frozen=True):
    """Not counting since ``since``; ``away_from`` is when the user went, ``asked`` whether the return was asked.

    ``ends``: when a private pause is over and is asked about; it means nothing for another cause.
    """

    job: UUID
    work_view: bool
    cause: Cause
    since: int
    away_from: int
    asked: bool = False
    ends: int = 0


class State(msgspec.Struct, frozen=True):
    """Everything the machine knows. ``until``: counted up to here; no earlier second can be counted any more.

    ``facts`` are the segments that may still change by themselves (picture on its way, idle to come off).
    ``memos``: the comment that the next segments of a job begin with. ``hole_s``: business seconds.
    """

    phase: Running | Paused | None = None
    until: int = 0
    facts: Mapping[Key, Facts] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    memos: Mapping[UUID, str] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    hole_s: int = HOLE_S

    @property
    def current(self) -> Facts | None:
        """The segment that is being recorded."""
        running = self.phase
        return self.facts.get((running.job, running.slot)) if isinstance(running, Running) else None


class Start(msgspec.Struct, frozen=True):
    """The user starts a job (or goes over to it, when another one is running)."""

    job: UUID
    at: int
    work_view: bool = True


class Stop(msgspec.Struct, frozen=True):
    """The user stops, or quits."""

    at: int


class Resume(msgspec.Struct, frozen=True):
    """The user goes on with the job that is paused."""

    at: int


class Tick(msgspec.Struct, frozen=True):
    """Time has come to ``at``. ``last_input``: the second of the last input; None: it can't be known.

    ``keys`` and ``clicks`` are counts since the last tick; None: not switched on.
    """

    at: int
    last_input: int | None
    keys: int | None = None
    clicks: int | None = None


class Locked(msgspec.Struct, frozen=True):
    """The screen was locked, or another user's session came to the front."""

    at: int


class Unlocked(msgspec.Struct, frozen=True):
    """The screen was unlocked."""

    at: int


class Suspended(msgspec.Struct, frozen=True):
    """The machine goes to sleep, or was found to have slept since ``at``."""

    at: int


class Woken(msgspec.Struct, frozen=True):
    """The machine woke up."""

    at: int


class Private(msgspec.Struct, frozen=True):
    """The user wants ``seconds`` from ``at`` on for something private; while paused already, from then on."""

    at: int
    seconds: int


class SessionEnd(msgspec.Struct, frozen=True):
    """The desktop session ends (logout, shutdown)."""

    at: int


class ClockJump(msgspec.Struct, frozen=True):
    """The wall clock jumped; the business clock did not, so no second moves. Kept as a flag."""

    at: int


class WorkView(msgspec.Struct, frozen=True):
    """The user switches Work View on or off."""

    on: bool
    at: int


class PictureTaken(msgspec.Struct, frozen=True):
    """A picture is in the spool. ``leaving``: it was taken as tracking left the slot."""

    job: UUID
    slot: int
    attempt: int
    leaving: bool
    flat: bool
    picture: PictureRef


class PictureFailed(msgspec.Struct, frozen=True):
    """No picture could be taken, and why."""

    job: UUID
    slot: int
    attempt: int
    reason: NoPicture


class Comment(msgspec.Struct, frozen=True):
    """The user writes ``text``: on one segment, or (no slot) on the running one and those that follow.

    ``facts`` are those of a segment that may be too old for the machine to remember.
    """

    text: str
    job: UUID | None = None
    slot: int | None = None
    facts: Facts | None = None


class Delete(msgspec.Struct, frozen=True):
    """The user deletes a segment's picture and its time. The caller has checked that this is still allowed.

    ``facts`` are those of a segment that may be too old for the machine to remember.
    """

    job: UUID
    slot: int
    at: int
    facts: Facts | None = None


class Recovered(msgspec.Struct, frozen=True):
    """The program starts. ``facts`` with an open stay were cut short: they end at their last durable tick.

    ``pictures`` were in the spool, but not yet told to the machine.
    """

    at: int
    facts: tuple[Facts, ...] = ()
    pictures: tuple[PictureTaken, ...] = ()
    memos: tuple[tuple[UUID, str], ...] = ()


Event = (
    Start
    | Stop
    | Resume
    | Tick
    | Locked
    | Unlocked
    | Suspended
    | Woken
    | SessionEnd
    | Private
    | ClockJump
    | WorkView
    | PictureTaken
    | PictureFailed
    | Comment
    | Delete
    | Recovered
)


class Record(msgspec.Struct, frozen=True):
    """Must be durable before anything is shown."""

    seen: Observation


class Keep(msgspec.Struct, frozen=True):
    """The tick of every second: replaces the one before it."""

    progress: Progress


class Alarm(msgspec.Struct, frozen=True):
    """Take a picture for (job, slot) when business time reaches ``at``. Replaces the alarm before it.

    An alarm that is replaced after its time but was not carried out is to be told as PictureFailed (late).
    """

    job: UUID
    slot: int
    attempt: int
    at: int


class CancelAlarm(msgspec.Struct, frozen=True):
    """The alarm, if it has not gone off, is off."""


class Grab(msgspec.Struct, frozen=True):
    """Take a picture now: tracking leaves the slot before its moment."""

    job: UUID
    slot: int
    attempt: int


class ErasePicture(msgspec.Struct, frozen=True):
    """Erase the bytes and the thumbnail here; the segment's next revision erases them elsewhere."""

    job: UUID
    slot: int
    picture: UUID


class AskReturn(msgspec.Struct, frozen=True):
    """Ask whether to go on: the user was away from ``start`` to ``end``."""

    job: UUID
    cause: Cause
    start: int
    end: int


class Announce(msgspec.Struct, frozen=True):
    """Tell the user."""

    notice: Notice
    cause: Cause | None = None


Effect = Record | Keep | Alarm | CancelAlarm | Grab | ErasePicture | AskReturn | Announce
