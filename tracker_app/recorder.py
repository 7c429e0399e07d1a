"""The recorder: carries what happens into the tracking machine, and its effects out, in order.

Used from Qt's thread, but for ``beat`` and ``lease``, which only count on and may be another one's. What must be
durable is written before anyone is told; what the disk does not take is owed, in order, and tried again at each tick.
No rule is decided here.
"""

from __future__ import annotations

import functools
import logging
import random
import threading
from collections import deque
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from tracker_app.lease import LEASE_S, Lease
from tracker_app.ports import Camera, Clock, Input, InputProbe, Listener, Record
from worktime.derive import Facts, plus
from worktime.errors import FairhourError, Problem, failure
from worktime.moments import draw
from worktime.observations import Progress
from worktime.slots import slot_of
from worktime.tracking import step
from worktime.tracking_quiet import QuietCount
from worktime.tracking_values import (
    AHEAD_S,
    HOLE_S,
    Alarm,
    Announce,
    AskReturn,
    CancelAlarm,
    ClockJump,
    Comment,
    Delete,
    Effect,
    ErasePicture,
    Event,
    Grab,
    Keep,
    Locked,
    Paused,
    PictureFailed,
    PictureTaken,
    Private,
    Resume,
    Running,
    SessionEnd,
    Start,
    State,
    Stop,
    Suspended,
    Tick,
    Unlocked,
    Woken,
    WorkView,
)
from worktime.tracking_values import Record as MustRecord

log = logging.getLogger(__name__)

_RANDOM = random.SystemRandom()

_LONGEST_HOLE_S = 600

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _alone(
    method: Callable[Concatenate[Recorder, _P], _T],
) -> Callable[Concatenate[Recorder, _P], _T]:
    """Let no beat come in between, and what was noted ahead be reckoned before. Reentrant: what is told of may ask or
    act again."""

    @functools.wraps(method)
    def alone(recorder: Recorder, /, *arguments: _P.args, **named: _P.kwargs) -> _T:
        with recorder._lock:
            recorder._reckon()
            return method(recorder, *arguments, **named)

    return alone


class Recorder:
    """Drives the machine. ``randbelow``: the operating system's cryptographic source."""

    def __init__(
        self,
        *,
        clock: Clock,
        record: Record,
        probe: InputProbe,
        camera: Camera,
        listener: Listener,
        randbelow: Callable[[int], int] = _RANDOM.randrange,
    ) -> None:
        self._clock = clock
        self._record = record
        self._probe = probe
        self._camera = camera
        self._listener = listener
        self._randbelow = randbelow
        self._owed: deque[Callable[[], None]] = deque()
        self._commands: list[tuple[int, Callable[[int], None]]] = []
        self._ticked = 0
        self._slept = self._jumped = False
        self._unused: Input | None = None
        self._lease: Lease | None = None
        self._lock = threading.RLock()
        self._owed_problem: Problem | None = None
        self._tick_problem: Problem | None = None
        self._state = State(hole_s=min(HOLE_S * clock.rate, _LONGEST_HOLE_S))
        self._quiet: QuietCount | None = None

    # What the user wants

    @_alone
    def start(self, job: UUID, *, work_view: bool, at: int | None = None) -> None:
        """Start ``job``, or go over to it. ``at``: a second to come, at which it is done exactly (sample mode)."""
        self._camera.warm_up()
        self._perform(at, lambda second: self._begin(Start(job, second, work_view)))

    @_alone
    def stop(self, *, at: int | None = None) -> None:
        """Stop. ``at``: as for ``start``."""
        self._perform(at, lambda second: self._do(Stop(second)))

    @_alone
    def resume(self) -> None:
        """Go on with the job that is paused."""
        self._camera.warm_up()
        self._perform(None, lambda second: self._begin(Resume(second)))

    @_alone
    def private(self, seconds: int) -> None:
        """Pause for something private: no picture on leaving, and the user is asked after ``seconds``."""
        self._do(Private(self._now(), seconds))

    @_alone
    def comment(self, text: str, *, job: UUID | None = None, slot: int | None = None) -> None:
        """Write on the running segment and those that follow, or on one segment that was recorded."""
        facts = self.known(job, slot) if job is not None and slot is not None else None
        self._do(Comment(text, job, slot, facts))

    @_alone
    def delete(self, job: UUID, slot: int) -> None:
        """Delete a segment's picture and its time. The caller has checked that this is still allowed."""
        self._do(Delete(job, slot, self._now(), self.known(job, slot)))

    @_alone
    def set_work_view(self, *, on: bool) -> None:
        """Switch Work View on or off for what is recorded from now on."""
        self._do(WorkView(on, self._now()))

    # What happens

    @_alone
    def recover(self) -> None:
        """Begin: close what was cut, adopt what was left. Raises FairhourError when the record can't be read."""
        self._clock.anchor(0)
        self._do(self._record.recover(self._clock.second()))
        self._anchor()

    @_alone
    def tick(self) -> None:
        """Let time pass to now. Call it on every second of the clock's grid; late calls do no harm."""
        at = self._clock.tick_second()
        self._settle()
        self._notice()
        if at <= self._ticked:
            return
        self._ticked = at
        seen = self._look()
        # A command for a second between two ticks is carried out at that second, not at the later tick.
        for second, command in self._due(at):
            self._tick(second, seen)
            seen = Input(seen.last)
            command(second)
        self._tick(at, seen)

    def beat(self) -> bool:
        """Count on to now, where that is all there is to do. May be called on any thread, as often as one likes.

        False, and nothing has changed, where ``tick`` has to be called on Qt's thread; also when the disk did not take
        what was counted.
        """
        with self._lock:
            if self._lease is not None and self._lease.second():
                return True
            self._add_noted()
            if self._owed or self._commands or self._tick_problem is not None or self._clocks_moved():
                return False
            at = self._clock.tick_second()
            if at > self._ticked:
                kept = self._count(at)
                if kept is None:
                    return False
                self._keep(kept)
                self._take_lease()
            return self._tick_problem is None

    @_alone
    def picture(self, answer: PictureTaken | PictureFailed) -> None:
        """Take the camera's answer."""
        self._do(answer)

    @_alone
    def locked(self) -> None:
        """The screen was locked."""
        self._do(Locked(self._now()))

    @_alone
    def unlocked(self) -> None:
        """The screen was unlocked."""
        self._notice()
        self._do(Unlocked(self._clock.second()))

    @_alone
    def suspended(self) -> None:
        """The machine goes to sleep; durable on return, as far as the disk takes it."""
        self._do(Suspended(self._now()))
        self._barrier()

    @_alone
    def woken(self) -> None:
        """The machine woke up."""
        self._notice()
        self._do(Woken(self._clock.second()))

    @_alone
    def session_ended(self) -> None:
        """The session ends; durable on return, as far as the disk takes it."""
        self._do(SessionEnd(self._now()))
        self._barrier()

    # What there is to see

    @property
    def problem(self) -> Problem | None:
        """Why the record can't be written now."""
        return self._owed_problem or self._tick_problem

    @property
    @_alone
    def state(self) -> State:
        """Everything that is known."""
        if self._quiet is not None:
            self._state, self._quiet = self._quiet.state, None
        return self._state

    @property
    def phase(self) -> Running | Paused | None:
        """What is recorded or paused, at no cost; its last input may be an earlier one than is known."""
        return self._state.phase

    @property
    def running(self) -> Running | None:
        """What is recorded; see ``phase``."""
        return self._state.phase if isinstance(self._state.phase, Running) else None

    @property
    def paused(self) -> Paused | None:
        """What is paused."""
        return self._state.phase if isinstance(self._state.phase, Paused) else None

    @property
    def only_counts(self) -> bool:
        """Whether ``beat`` may go on with what is recorded."""
        return self.running is not None and not self._commands and self.problem is None

    @property
    def rests(self) -> bool:
        """Whether nothing is recorded or paused, nor is to be, and no second makes a difference."""
        return self._state.phase is None and not (self._commands or self._owed) and self.problem is None

    @property
    def lease(self) -> Lease | None:
        """Seconds that whoever beats may pass without ``beat``. What has ended says so."""
        return self._lease

    @_alone
    def known(self, job: UUID, slot: int) -> Facts:
        """Return the newest facts of a segment. Raises FairhourError."""
        return self.state.facts.get((job, slot)) or self._record.facts(job, slot)

    # Seconds that are only counted

    def _count(self, at: int) -> Progress | None:
        if self._quiet is None and (quiet := QuietCount.begin(self._state)) is not None:
            self._quiet = quiet
        if self._quiet is None:
            return None
        seen = self._look()
        kept = self._quiet.add(at, seen.last, seen.keys, seen.clicks)
        if kept is None:
            self._unused = seen
        else:
            self._ticked = at
        return kept

    def _take_lease(self) -> None:
        """Note the next seconds only, if all that may come in them is known: at a clock that runs like others."""
        age = self._probe.age
        if self._tick_problem is not None or self._clock.rate != 1 or age is None or self._quiet is None:
            return
        seconds = min(LEASE_S, self._quiet.sure_s)
        if seconds > 0:
            self._tick_problem = self._try(lambda: self._lend(age, seconds))

    def _lend(self, age: Callable[[], int], seconds: int) -> None:
        self._lease = Lease(self._clock, self._ticked, age, self._record.ahead(seconds))

    def _add_noted(self) -> Progress | None:
        """End the lease, and count what was noted; returns what is to be kept of that."""
        lease, self._lease = self._lease, None
        seen = lease.end() if lease is not None else []
        if self._quiet is None or not seen:
            return None
        for now_us, age_ms in seen:
            self._ticked += 1
            self._quiet.count(self._ticked, self._probe.heard(now_us, age_ms))
        return self._quiet.kept

    def _reckon(self) -> None:
        if self._lease is not None and (kept := self._add_noted()) is not None:
            self._keep(kept)

    # Inside

    def _perform(self, at: int | None, command: Callable[[int], None]) -> None:
        if at is not None:
            if at <= self._clock.second():
                raise failure(
                    "too_late",
                    "Too late",
                    "Second {at} has passed; it is {now} now.",
                    "Give a second that is still to come.",
                    at=at,
                    now=self._clock.second(),
                )
            self._commands.append((at, command))
            return
        self._anchor()
        command(self._now())

    def _due(self, at: int) -> list[tuple[int, Callable[[int], None]]]:
        if not self._commands:
            return []
        due = sorted((each for each in self._commands if each[0] <= at), key=lambda each: each[0])
        self._commands = [each for each in self._commands if each[0] > at]
        return due

    def _begin(self, event: Start | Resume) -> None:
        self._do(event)
        if self._clock.off_the_wall:
            self._do(ClockJump(self.state.until))

    def _notice(self) -> None:
        """Look at the machine's clocks before anything else: nobody may have told of a sleep, or not yet.

        A sleep that both tell is one sleep, and is asked about once.
        """
        if not self._clocks_moved():
            return
        slept, jumped, self._slept, self._jumped = self._slept, self._jumped, False, False
        if slept:
            self._do(Suspended(self.state.until))
            self._barrier()
            self._do(Woken(self._clock.second()))
        if jumped:
            self._do(ClockJump(self.state.until))

    def _clocks_moved(self) -> bool:
        """Look at the machine's clocks; what they tell is told once, and stays true until it was carried out."""
        self._slept = self._clock.slept() or self._slept
        self._jumped = self._clock.jumped() or self._jumped
        return self._slept or self._jumped

    def _look(self) -> Input:
        """Look at the input. What was counted for a beat that came to nothing belongs to this look."""
        seen, unused = self._probe.look(), self._unused
        if unused is None:
            return seen
        self._unused = None
        return Input(seen.last, plus(unused.keys, seen.keys), plus(unused.clicks, seen.clicks))

    def _now(self) -> int:
        """Bring the count up to this second, with the input that there was, and return it."""
        self._notice()
        second = self._clock.second()
        if self.running is not None and second > self.state.until:
            self._tick(second, self._look())
        return second

    def _tick(self, at: int, seen: Input) -> None:
        if self._quiet is None:
            self._quiet = QuietCount.begin(self._state)
        kept = self._quiet.add(at, seen.last, seen.keys, seen.clicks) if self._quiet is not None else None
        if kept is None:
            self._do(Tick(at, seen.last, seen.keys, seen.clicks))
        else:
            self._keep(kept)

    def _anchor(self) -> None:
        if self.running is not None or self._commands:
            return
        self._clock.anchor(0)
        now = self._clock.second()
        ends = [self.state.until, *self._recorded_ahead(now)]
        self._clock.anchor(max((end for end in ends if end <= now + AHEAD_S), default=0))
        # A clock that was set back ticks again at seconds that it has shown before.
        self._ticked = min(self._ticked, self._clock.second())

    def _recorded_ahead(self, now: int) -> list[int]:
        """The ends of what was recorded between now and a day ahead.

        A clock that was set forth and back has left it there. Counting begins after it: no second is made twice.
        """
        try:
            keys = self._record.keys(slot_of(now), slot_of(now + AHEAD_S) + 1)
            return [span.end for key in keys for span in self._record.facts(*key).counted]
        except FairhourError as error:
            # A start must not wait for the disk; the last second that was counted is still known.
            log.warning("what was recorded before could not be read: %s", error)
            return []

    def _do(self, event: Event) -> None:
        self._state, effects = step(self.state, event, self._draw)
        seen = [effect.seen for effect in effects if isinstance(effect, MustRecord)]
        if seen:
            self._owe(lambda: self._record.append(seen))
        for effect in effects:
            self._carry_out(effect)
        for job, slot in dict.fromkeys((each.job, each.slot) for each in seen):
            self._listener.touched(self.known(job, slot))
        if seen:
            self._listener.recorded()

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Keep(kept):
                self._keep(kept)
            case ErasePicture():
                self._owe(lambda: self._record.erase(effect.picture))
            case Alarm():
                self._camera.alarm(effect)
            case CancelAlarm():
                self._camera.cancel()
            case Grab():
                self._camera.grab(effect)
            case AskReturn():
                self._listener.asked(effect)
            case Announce():
                self._listener.announced(effect)
            case MustRecord():
                pass  # written before everything else

    def _keep(self, kept: Progress) -> None:
        """Keep the running count. Nobody is told: who shows it asks for it (``state.current``)."""
        self._tick_problem = self._try(lambda: self._record.keep(kept))

    def _owe(self, write: Callable[[], None]) -> None:
        """Write now, or, if the disk does not take it, in this order as soon as it does."""
        self._owed.append(write)
        self._settle()

    def _settle(self) -> None:
        while self._owed:
            self._owed_problem = self._try(self._owed[0])
            if self._owed_problem is not None:
                return
            self._owed.popleft()
            self._tick_problem = None

    def _try(self, write: Callable[[], None]) -> Problem | None:
        try:
            write()
        except FairhourError as error:
            return self._not_written(error)
        return None

    def _not_written(self, error: FairhourError) -> Problem:
        if error.problem != self.problem:
            log.warning("the record could not be written: %s", error)
        return error.problem

    def _barrier(self) -> None:
        try:
            self._record.barrier()
        except (OSError, FairhourError) as error:
            log.warning("the running time could not be forced to the disk: %s", error)

    def _draw(self, entry: int, end: int) -> int:
        return draw(entry, end, self._randbelow)
