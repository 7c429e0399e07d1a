"""The part of the tracking machine that counts seconds and goes in and out of slots; ``tracking`` decides when.

Pure, used by ``tracking`` alone. Effects are collected in the order in which they must be carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from uuid import UUID

from msgspec.structs import replace

from worktime.derive import Facts, Key, extend, fold, lost_everything
from worktime.observations import Commented, Entered, Erased, Left, Observation, Pictured, Unpictured
from worktime.slots import slot_end, slot_of
from worktime.tracking_values import (
    IDLE_S,
    Alarm,
    Announce,
    CancelAlarm,
    Effect,
    ErasePicture,
    Grab,
    Notice,
    Paused,
    Record,
    Running,
    State,
    Tick,
)
from worktime.wire import NoPicture

Draw = Callable[[int, int], int]
"""draw(entry, end): a whole second in [entry, end), at random (worktime.moments)."""


class SlotTurn:
    """One event's work: the state as it changes, and the effects so far."""

    def __init__(self, state: State, draw: Draw) -> None:
        self.effects: list[Effect] = []
        self._draw = draw
        self._hole_s = state.hole_s
        self._phase: Running | Paused | None = state.phase
        self._until = state.until
        self._noted = False
        self._facts: dict[Key, Facts] = dict(state.facts)
        self._memos: dict[UUID, str] = dict(state.memos)

    def finish(self) -> State:
        """Return the new state, without the segments that can't change by themselves any more."""
        kept = {key: facts for key, facts in self._facts.items() if may_change(facts, self._until)}
        return State(
            phase=self._phase,
            until=self._until,
            facts=MappingProxyType(kept),
            memos=MappingProxyType(self._memos),
            hole_s=self._hole_s,
        )

    def _current(self) -> Facts | None:
        running = self._phase
        return self._facts.get((running.job, running.slot)) if isinstance(running, Running) else None

    def _record(self, seen: Observation) -> None:
        key: Key = (seen.job, seen.slot)
        self._facts[key] = fold(self._facts[key], seen)
        self.effects.append(Record(seen))

    def _count_to(self, running: Running, to: int, *, active: bool, tick: Tick | None) -> Running:
        """Count the seconds up to ``to``, slot by slot; the tick's counts go to the first. Return what runs then."""
        keys, clicks = (tick.keys, tick.clicks) if tick else (None, None)
        while self._until < to:
            running = self._cross(running)
            stop = min(to, slot_end(running.slot))
            self._extend(running, stop, stop - self._until if active else 0, keys, clicks)
            keys = clicks = None
            self._until = stop
        if keys or clicks:
            # The second had been counted already, by a command that came in it; its input is no less real.
            self._extend(running, self._until, 0, keys, clicks)
            self._noted = True
        return running

    def _extend(self, running: Running, until: int, active_s: int, keys: int | None, clicks: int | None) -> None:
        key = (running.job, running.slot)
        self._facts[key] = extend(self._facts[key], until, active_s, keys, clicks)

    def _cross(self, running: Running) -> Running:
        """Go over to the next slot when this one is over."""
        if self._until < slot_end(running.slot):
            return running
        self._leave(running)
        return self._enter(running)

    def _enter(self, running: Running) -> Running:
        """Enter the slot of ``until``; draw the moment, unless a picture taken at its moment is there already."""
        job, slot = running.job, slot_of(self._until)
        facts = self._facts.setdefault((job, slot), Facts(job, slot))
        drawn = running.work_view and (facts.picture is None or facts.picture.leaving)
        attempt = facts.attempts + 1
        self._record(
            Entered(job=job, slot=slot, at=self._until, work_view=running.work_view, attempt=attempt, drawn=drawn)
        )
        memo = self._memos.get(job, "")
        if attempt == 1 and memo:
            self._record(Commented(job=job, slot=slot, text=memo))
        moment = self._draw(self._until, slot_end(slot)) if drawn else None
        entered = self._phase = replace(running, slot=slot, moment=moment)
        if moment is not None:
            self.effects.append(Alarm(job, slot, attempt, moment))
        return entered

    def _leave(self, running: Running, cut: NoPicture | None = None, *, losing: bool = False) -> None:
        """Leave the slot at ``until``. If its moment has not come, take the picture now; ``cut`` is why it can't be.

        ``losing``: the caller takes the segment's time away next, so no picture is wanted of it.
        """
        before = self._facts[running.job, running.slot]
        self._record(closing(before, self._until))
        waiting = running.moment is not None and running.moment >= self._until
        if waiting:
            self.effects.append(CancelAlarm())
        facts = self._facts[before.key]
        if losing:
            return
        if lost_everything(facts):
            if facts.picture is not None:
                self._erase(facts, facts.reason)
        elif cut is not None and facts.picture is not None and is_ahead(facts.picture, self._until):
            self._erase(facts, cut)
            self.effects.append(Announce(Notice.NO_PICTURE))
        elif waiting and cut is not None:
            self._record(Unpictured(job=facts.job, slot=facts.slot, attempt=facts.attempts, reason=cut))
            self.effects.append(Announce(Notice.NO_PICTURE))
        elif waiting:
            self.effects.append(Grab(facts.job, facts.slot, facts.attempts))

    def _erase(self, facts: Facts, reason: NoPicture | None) -> None:
        """The segment's picture, taken or on its way, is not wanted any more: what it shows is not recorded."""
        self._record(Erased(job=facts.job, slot=facts.slot, attempt=facts.attempts, reason=reason))
        if facts.picture is not None:
            self.effects.append(ErasePicture(facts.job, facts.slot, facts.picture.picture.id))


def may_change(facts: Facts, until: int) -> bool:
    """Tell whether a segment may still change by itself, counted up to ``until``: the machine remembers it then."""
    return slot_end(facts.slot) > until - IDLE_S or facts.awaits is not None or facts.stay is not None


def closing(facts: Facts, at: int) -> Left:
    """Return the observation that closes the open stay at ``at``, with its counts."""
    stay = facts.stay
    return Left(
        job=facts.job,
        slot=facts.slot,
        at=at,
        active_s=stay.active_s if stay else 0,
        keys=stay.keys if stay else None,
        clicks=stay.clicks if stay else None,
    )


def is_ahead(picture: Pictured, until: int) -> bool:
    """Tell whether a picture came in before it turned out that recording had ended before its moment."""
    return not picture.leaving and picture.picture.taken_at > until
