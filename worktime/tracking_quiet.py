"""Seconds in which nothing happens but that they are counted: 719 of a slot's 720.

``step`` counts each with a new state, which a processor that has done something else meanwhile takes a tenth of a
millisecond for. Here they are numbers until somebody asks for the state. The machine's tests give each tick to both.
"""

from __future__ import annotations

from types import MappingProxyType

from msgspec.structs import replace

from worktime.derive import Facts, Stay, extend, plus
from worktime.observations import Progress
from worktime.slots import slot_end
from worktime.tracking_slots import may_change
from worktime.tracking_values import IDLE_S, Running, State


class QuietCount:
    """Counts on from ``state`` while nothing else happens. Make one with ``begin``."""

    def __init__(self, state: State, running: Running, current: Facts, stay: Stay) -> None:
        self._state = state
        self._running = running
        self._current = current
        self._stay = stay
        self._slot_end = slot_end(running.slot)
        self._until = state.until
        self._last_input = running.last_input
        self._active_s = 0
        self._keys: int | None = None
        self._clicks: int | None = None

    @staticmethod
    def begin(state: State) -> QuietCount | None:
        """Return a count from here on; None where nothing runs."""
        running, current = state.phase, state.current
        if not isinstance(running, Running) or current is None or current.stay is None:
            return None
        return QuietCount(state, running, current, current.stay)

    def add(self, at: int, last_input: int | None, keys: int | None, clicks: int | None) -> Progress | None:
        """Count up to ``at`` and return what is to be kept; None, and nothing is counted, where ``step`` must look.

        The arguments are those of ``Tick``.
        """
        return self.kept if self.count(at, last_input, keys, clicks) else None

    def count(self, at: int, last_input: int | None, keys: int | None = None, clicks: int | None = None) -> bool:
        """Do what ``add`` does, where ``kept`` is not wanted for each second; tells whether it is counted."""
        since = self._until
        if not since < at < self._slot_end or at - since > self._state.hole_s:
            return False
        last = max(self._last_input, at if last_input is None else min(last_input, at))
        if at >= max(last, self._running.since) + IDLE_S:
            return False
        if last_input is not None and last_input >= since:
            self._active_s += at - since
        self._until, self._last_input = at, last
        if keys is not None or clicks is not None:
            self._keys, self._clicks = plus(self._keys, keys), plus(self._clicks, clicks)
        return True

    @property
    def kept(self) -> Progress:
        """What is to be kept of all that was counted."""
        stay = self._stay
        return Progress(
            job=self._running.job,
            slot=self._running.slot,
            start=stay.start,
            until=self._until,
            attempt=self._current.attempts,
            active_s=stay.active_s + self._active_s,
            keys=plus(stay.keys, self._keys),
            clicks=plus(stay.clicks, self._clicks),
        )

    @property
    def sure_s(self) -> int:
        """For how many seconds ``add`` counts each that comes, whatever the input."""
        idle_at = max(self._last_input, self._running.since) + IDLE_S
        return max(0, min(self._slot_end, idle_at) - 1 - self._until)

    @property
    def state(self) -> State:
        """What ``step`` has made of all this."""
        before, running, at = self._state, self._running, self._until
        if at == before.until:
            return before
        facts = {key: known for key, known in before.facts.items() if may_change(known, at)}
        facts[self._current.key] = extend(self._current, at, self._active_s, self._keys, self._clicks)
        if self._last_input != running.last_input:
            running = replace(running, last_input=self._last_input)
        return State(running, at, MappingProxyType(facts), before.memos, before.hole_s)
