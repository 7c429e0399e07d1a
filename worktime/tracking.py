"""The tracking machine: ``step(state, event, draw) -> (state, effects)`` (rules.md, Tracking and Idle).

Pure. Every second counted, every picture asked for and every pause is decided here; threads, timers and Qt only carry
events in and effects out. Effects are in the order in which they must be carried out: what has to be durable first.
"""

from __future__ import annotations

from typing import assert_never
from uuid import UUID

from msgspec.structs import replace

from worktime.derive import Facts, Key, idle_parts, lost_everything, progress, saw
from worktime.observations import Commented, Deleted, Flagged, IdleTaken, Pictured, Unpictured
from worktime.slots import slot_of
from worktime.tracking_slots import Draw, SlotTurn, closing, is_ahead
from worktime.tracking_values import (
    AHEAD_S,
    IDLE_S,
    Announce,
    AskReturn,
    CancelAlarm,
    Cause,
    ClockJump,
    Comment,
    Delete,
    Effect,
    ErasePicture,
    Event,
    Grab,
    Keep,
    Locked,
    Notice,
    Paused,
    PictureFailed,
    PictureTaken,
    Private,
    Recovered,
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
from worktime.wire import Flag, NoPicture

_CUT: dict[Cause, NoPicture] = {
    Cause.LOCKED: NoPicture.LOCKED,
    Cause.SUSPENDED: NoPicture.SUSPENDED,
    Cause.HOLE: NoPicture.SUSPENDED,
}
"""Why a picture whose moment had not come can't be taken any more; on other causes it is taken on leaving."""


def step(state: State, event: Event, draw: Draw) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after ``event`` and what has to be done, in order."""
    turn = _Turn(state, draw)
    turn.take(event)
    turn.keep_count(state.until)
    return turn.finish(), tuple(turn.effects)


class _Turn(SlotTurn):
    """What each event means."""

    def take(self, event: Event) -> None:
        match event:
            case Tick():
                self._tick(event)
            case Start():
                self._start(event)
            case Stop(at):
                self._catch_up(at, asks=False)
                self._stop()
            case Resume(at):
                self._resume(at)
            case Locked(at):
                self._pause_at(at, Cause.LOCKED)
            case Suspended(at):
                self._pause_at(at, Cause.SUSPENDED)
            case SessionEnd(at):
                self._pause_at(at, Cause.SESSION_END)
            case Unlocked(at) | Woken(at):
                self._come_back(at)
            case Private():
                self._private(event)
            case ClockJump(at):
                self._catch_up(at)
                self._flag(Flag.CLOCK_JUMP)
            case WorkView():
                self._work_view(event)
            case PictureTaken():
                self._picture_taken(event)
            case PictureFailed():
                self._picture_failed(event)
            case Comment():
                self._comment(event)
            case Delete():
                self._delete(event)
            case Recovered():
                self._recover(event)
            case _:
                assert_never(event)

    # Time

    def _tick(self, tick: Tick) -> None:
        if isinstance(self._phase, Paused):
            back = tick.last_input is not None and tick.last_input >= self._phase.since
            over = self._phase.cause is Cause.PRIVATE and tick.at >= self._phase.ends
            if over or (self._phase.cause is Cause.IDLE and back):
                self._ask(tick.at)
            return
        self._catch_up(tick.at, tick)

    def keep_count(self, before: int) -> None:
        """Have the running count kept, when this event has moved it on."""
        facts = self._current()
        kept = progress(facts) if facts is not None and (self._noted or self._until != before) else None
        if kept is not None:
            self.effects.append(Keep(kept))

    def _catch_up(self, at: int, tick: Tick | None = None, *, asks: bool = True) -> None:
        """Count up to ``at``, but neither over a hole nor past the idle threshold; pause where one was met.

        ``asks``: a hole is asked about at once; not where the user decides in the same event, or goes away with it.
        """
        running = self._phase
        if not isinstance(running, Running) or at < self._until:
            return
        if at - self._until > self._hole_s:
            self._flag(Flag.CLOCK_JUMP)
            self._pause(running, Cause.HOLE)
            if asks:
                self._ask(at)
            return
        last = running.last_input
        if tick is not None:
            # An age that can't be known is not held against the user.
            last = max(last, at if tick.last_input is None else min(tick.last_input, at))
            if last != running.last_input:
                self._phase = running = replace(running, last_input=last)
        base = max(last, running.since)
        active = tick is not None and tick.last_input is not None and tick.last_input >= self._until
        running = self._count_to(running, min(at, base + IDLE_S), active=active, tick=tick)
        if at >= base + IDLE_S:
            self._go_idle(running, base)
        else:
            self._cross(running)

    def _go_idle(self, running: Running, base: int) -> None:
        """Pause as of the threshold, and take the seconds since ``base`` off the segments that they are in."""
        # The slot is shorter than the threshold: all that this stay has counted goes.
        self._leave(running, losing=True)
        for facts in list(self._facts.values()):
            parts = idle_parts(facts, (base, self._until))
            for start, end in parts:
                self._record(IdleTaken(job=facts.job, slot=facts.slot, start=start, end=end))
            if parts and lost_everything(self._facts[facts.key]):
                self._erase(facts, NoPicture.IDLE)
        self._phase = Paused(running.job, running.work_view, Cause.IDLE, self._until, base)
        self.effects.append(Announce(Notice.PAUSED, Cause.IDLE))

    # Start, stop, pause

    def _start(self, start: Start) -> None:
        self._catch_up(start.at, asks=False)
        running = self._phase
        if not isinstance(running, Running):
            self._run(start.job, start.at, work_view=start.work_view)
            self.effects.append(Announce(Notice.STARTED))
        elif running.job != start.job:
            self._leave(running)
            # The idle window goes on across a switch (rules.md, Idle 1: from the start of tracking).
            self._enter(replace(running, job=start.job, job_since=self._until, work_view=start.work_view))
            self.effects.append(Announce(Notice.SWITCHED))

    def _run(self, job: UUID, at: int, *, work_view: bool) -> None:
        self._until = at if self._until - at > AHEAD_S else max(at, self._until)
        self._enter(Running(job, work_view, self._until, self._until, self._until, slot_of(self._until)))

    def _resume(self, at: int) -> None:
        paused = self._phase
        if isinstance(paused, Paused):
            self._run(paused.job, at, work_view=paused.work_view)
            self.effects.append(Announce(Notice.RESUMED, paused.cause))

    def _stop(self) -> None:
        if self._phase is None:
            return
        if isinstance(self._phase, Running):
            self._leave(self._phase)
        self._phase = None
        self.effects.append(Announce(Notice.STOPPED))

    def _pause_at(self, at: int, cause: Cause) -> None:
        self._catch_up(at, asks=False)
        if isinstance(self._phase, Running):
            self._pause(self._phase, cause)
        elif isinstance(self._phase, Paused) and self._phase.asked:
            # Who came back, answered nothing and went away again is asked on returning from there (rules.md, Idle 3).
            self._phase = replace(self._phase, cause=cause, asked=False)

    def _pause(self, running: Running, cause: Cause) -> None:
        self._leave(running, _CUT.get(cause))
        self._phase = Paused(running.job, running.work_view, cause, self._until, self._until)
        self.effects.append(Announce(Notice.PAUSED, cause))

    def _private(self, private: Private) -> None:
        """Pause, and want no picture any more that could show what comes now: none on leaving, none on its way."""
        self._catch_up(private.at, asks=False)
        phase = self._phase
        if phase is None:
            return
        # What left the slot in this very event is not photographed any more.
        self.effects[:] = [effect for effect in self.effects if not isinstance(effect, Grab)]
        drawn = None
        if isinstance(phase, Running):
            # In the second of its moment the camera may be at work already.
            drawn = self._current() if phase.moment is not None and phase.moment > self._until else None
            self._leave(phase, losing=True)
        for facts in list(self._facts.values()):
            self._look_away(facts, is_drawn=drawn is not None and drawn.key == facts.key)
        ends, away_from = private.at + private.seconds, max(private.at, self._until)
        self._phase = Paused(phase.job, phase.work_view, Cause.PRIVATE, self._until, away_from, ends=ends)
        self.effects.append(Announce(Notice.PAUSED, Cause.PRIVATE))

    def _look_away(self, facts: Facts, *, is_drawn: bool) -> None:
        """Do without what a segment still waits for; ``is_drawn``: its moment is to come, so nothing is on its way."""
        picture = facts.picture.picture if facts.picture is not None else None
        ahead = picture is not None and (picture.taken_at >= self._until or lost_everything(facts))
        if _may_come(facts, is_drawn=is_drawn) and facts.awaits is None and not ahead:
            # Nothing is waited for, but what was grabbed on leaving earlier would still be taken.
            self._erase(facts, facts.reason if facts.picture is None else NoPicture.PRIVATE)
            return
        if ahead or (facts.awaits is not None and not is_drawn) or _may_come(facts, is_drawn=is_drawn):
            self._erase(facts, NoPicture.PRIVATE)
        elif facts.awaits is not None:
            self._record(Unpictured(job=facts.job, slot=facts.slot, attempt=facts.awaits, reason=NoPicture.PRIVATE))
        else:
            return
        self.effects.append(Announce(Notice.NO_PICTURE))

    def _come_back(self, at: int) -> None:
        """Unlocked or awake. A private pause is asked about at its end, and not before."""
        paused = self._phase
        if isinstance(paused, Paused) and paused.cause is Cause.PRIVATE and at < paused.ends:
            return
        self._ask(at)

    def _ask(self, at: int) -> None:
        paused = self._phase
        if isinstance(paused, Paused) and not paused.asked:
            self._phase = replace(paused, asked=True)
            self.effects.append(AskReturn(paused.job, paused.cause, paused.away_from, max(at, paused.since)))

    def _work_view(self, event: WorkView) -> None:
        self._catch_up(event.at)
        if isinstance(self._phase, Running) and self._phase.work_view != event.on:
            # What was recorded with Work View on keeps its right to a picture: it is taken as Work View is left.
            running = self._phase
            self._leave(running)
            self._enter(replace(running, work_view=event.on))
        elif isinstance(self._phase, Paused):
            self._phase = replace(self._phase, work_view=event.on)

    # Pictures

    def _picture_taken(self, taken: PictureTaken) -> None:
        facts = self._facts.get((taken.job, taken.slot))
        old = facts.picture if facts else None
        late = slot_of(taken.picture.taken_at) != taken.slot
        if late:
            self._picture_failed(PictureFailed(taken.job, taken.slot, taken.attempt, NoPicture.LATE))
        if late or facts is None or not _is_wanted(facts, taken):
            self.effects.append(ErasePicture(taken.job, taken.slot, taken.picture.id))
            return
        self._record(
            Pictured(
                job=taken.job,
                slot=taken.slot,
                attempt=taken.attempt,
                leaving=taken.leaving,
                flat=taken.flat,
                picture=taken.picture,
            )
        )
        if old is not None:
            self.effects.append(ErasePicture(taken.job, taken.slot, old.picture.id))
        running = self._phase if self._current() is self._facts[facts.key] else None
        if isinstance(running, Running) and running.moment is not None and not taken.leaving:
            # It was on its way when tracking entered again: what was drawn then is not needed, nor one on leaving.
            self._phase = replace(running, moment=None)
            if facts.attempts > taken.attempt:
                self.effects.append(CancelAlarm())
        self.effects.append(Announce(Notice.PICTURE))

    def _picture_failed(self, failed: PictureFailed) -> None:
        facts = self._facts.get((failed.job, failed.slot))
        if facts is None or facts.awaits != failed.attempt:
            return
        self._record(Unpictured(job=failed.job, slot=failed.slot, attempt=failed.attempt, reason=failed.reason))
        self.effects.append(Announce(Notice.NO_PICTURE))

    # What the user writes and deletes

    def _comment(self, comment: Comment) -> None:
        if comment.job is not None and comment.slot is not None:
            facts = self._remember(comment.facts, (comment.job, comment.slot))
        else:
            facts = self._current()
            job = comment.job or (self._phase.job if self._phase is not None else None)
            if job is not None:
                self._memos[job] = comment.text
            if facts is not None and facts.job != job:
                facts = None
        if facts is not None and facts.comment != comment.text:
            self._record(Commented(job=facts.job, slot=facts.slot, text=comment.text))

    def _delete(self, delete: Delete) -> None:
        self._catch_up(delete.at)
        facts = self._remember(delete.facts, (delete.job, delete.slot))
        if facts is None or facts.picture is None:
            return
        running = self._phase if self._current() is facts else None
        if isinstance(running, Running):
            self._leave(running, losing=True)
        self._record(Deleted(job=facts.job, slot=facts.slot, at=self._until, attempt=facts.attempts))
        self.effects.append(ErasePicture(facts.job, facts.slot, facts.picture.picture.id))
        if isinstance(running, Running):
            self._enter(running)
        self.effects.append(Announce(Notice.DELETED))

    def _remember(self, told: Facts | None, key: Key) -> Facts | None:
        """Return what is known of a segment; what the caller told about an old one is known for this turn."""
        if told is not None and told.key == key:
            self._facts.setdefault(key, told)
        return self._facts.get(key)

    # After a start

    def _recover(self, event: Recovered) -> None:
        self._memos.update(event.memos)
        self._facts.update({facts.key: facts for facts in event.facts})
        for taken in event.pictures:
            self._picture_taken(taken)
        for facts in event.facts:
            self._close_cut(facts)
        ends = [span.end for facts in event.facts for span in facts.counted if span.end - event.at <= AHEAD_S]
        self._until = max([self._until, *ends])
        cut = next((facts for facts in event.facts if facts.stay is not None), None)
        if cut is not None and cut.stay is not None:
            end = cut.stay.until
            self._phase = Paused(cut.job, cut.stay.work_view, Cause.CRASHED, end, end)
            self.effects.append(Announce(Notice.RECOVERED, Cause.CRASHED))
            self._ask(event.at)

    def _close_cut(self, before: Facts) -> None:
        if before.stay is not None:
            self._record(closing(before, before.stay.until))
            self._record(Flagged(job=before.job, slot=before.slot, flag=Flag.CRASH_RECOVERED))
        facts = self._facts[before.key]
        if facts.awaits is not None:
            self._record(Unpictured(job=facts.job, slot=facts.slot, attempt=facts.awaits, reason=NoPicture.CRASHED))
        if before.stay is None or facts.picture is None:
            return
        if lost_everything(facts):
            self._erase(facts, facts.reason)
        elif is_ahead(facts.picture, before.stay.until + self._hole_s):
            # A crash may lose its last ticks and no picture; one that came after a hole shows what nobody recorded.
            self._erase(facts, NoPicture.CRASHED)

    def _flag(self, flag: Flag) -> None:
        facts = self._current()
        if facts is not None and flag not in facts.flags:
            self._record(Flagged(job=facts.job, slot=facts.slot, flag=flag))


def _may_come(facts: Facts, *, is_drawn: bool) -> bool:
    """Tell whether a picture taken on leaving, of an earlier attempt, may be on its way and would be taken."""
    old = facts.picture
    last = facts.attempts - 1 if is_drawn else facts.attempts
    return (old is None or old.leaving) and last > max(facts.void, old.attempt if old is not None else 0)


def _is_wanted(facts: Facts, taken: PictureTaken) -> bool:
    """Tell whether the segment takes this picture: one taken at its moment for good, else the newest on leaving."""
    old = facts.picture
    if taken.attempt <= facts.void or (old is not None and not old.leaving):
        return False
    if taken.leaving:
        return old is None or old.attempt <= taken.attempt
    # A sleep or a hole can turn out afterwards to have begun before the moment: nothing was recorded then.
    return facts.awaits == taken.attempt or saw(facts, taken.picture.taken_at)
