"""The second in which nothing happens but that it is counted: 719 of a slot's 720.

``step`` does the same in ten times the work. Each event of the machine's tests is given to both.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from worktime.derive import extend, progress
from worktime.observations import Progress
from worktime.slots import slot_end
from worktime.tracking_slots import may_change
from worktime.tracking_values import IDLE_S, Running, State, Tick


def count_quietly(state: State, tick: Tick) -> tuple[State, Progress] | None:
    """Return the state after ``tick`` and the count to keep, where that is all there is to do; else None."""
    running, until, at, seen = state.phase, state.until, tick.at, tick.last_input
    if not isinstance(running, Running) or not until < at < slot_end(running.slot) or at - until > state.hole_s:
        return None
    last = max(running.last_input, at if seen is None else min(seen, at))
    current = state.current
    if at >= max(last, running.since) + IDLE_S or current is None:
        return None
    active_s = at - until if seen is not None and seen >= until else 0
    grown = extend(current, at, active_s, tick.keys, tick.clicks)
    kept = progress(grown)
    if kept is None:
        return None
    facts = {key: known for key, known in state.facts.items() if may_change(known, at)}
    facts[grown.key] = grown
    if last != running.last_input:
        running = replace(running, last_input=last)
    return State(running, at, MappingProxyType(facts), state.memos, state.hole_s), kept
