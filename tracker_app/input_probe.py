"""From the age of the last input, in real milliseconds, to a second of the business clock.

Opening the source may import and connect, so it is done on a thread of its own; until then nothing is known. A source
that fails for a moment is not a user who went away: its last word stands for a while.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Protocol

from tracker_app.ports import Clock, Input
from worktime.errors import FairhourError, Problem

log = logging.getLogger(__name__)

PATIENCE_S = 30
"""Real seconds for which the last word of a source that fails is believed."""


class IdleSource(Protocol):
    """``idle.IdleSource``."""

    def idle_ms(self) -> int: ...
    def close(self) -> None: ...


class Tally(Protocol):
    """What ``idle.InputCounts.take()`` returns."""

    @property
    def keys(self) -> int: ...
    @property
    def clicks(self) -> int: ...


class CountSource(Protocol):
    """``idle.InputCounts``."""

    @property
    def problem(self) -> Problem | None: ...
    def take(self) -> Tally: ...
    def close(self) -> None: ...


class Probe:
    """Looks at the last input; counts keys and clicks while ``count(on=True)`` stands.

    ``open_source`` and ``open_counts`` are called on other threads; the latter only when counting is switched on.
    Call ``close()`` at the end.
    """

    def __init__(
        self,
        clock: Clock,
        open_source: Callable[[], IdleSource],
        open_counts: Callable[[], CountSource] | None = None,
    ) -> None:
        self._clock = clock
        self._open_source = open_source
        self._open_counts = open_counts
        self._source: IdleSource | None = None
        self._counts: CountSource | None = None
        self._counting = False
        self._turning = threading.Lock()
        self._opening = threading.Lock()
        self._closed = False
        self._last: int | None = None
        self._good_at: int | None = None
        self.age_ms: int | None = None
        """Real milliseconds since the last input, as they were when it was asked; None: not known."""
        self.problem: Problem | None = None

    def open_soon(self) -> threading.Thread:
        """Open the source on a thread of its own."""
        thread = threading.Thread(target=self._open, name="input", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Give back what is open, or is just being opened; nothing is known any more."""
        self.count(on=False)
        with self._opening:
            self._closed = True
            source, self._source = self._source, None
        if source is not None:
            with contextlib.suppress(OSError):  # the record is still to be closed
                source.close()

    @property
    def counting(self) -> bool:
        """Whether keys and clicks are counted now."""
        return self._counts is not None and self._counts.problem is None

    @property
    def counting_problem(self) -> Problem | None:
        """Why nothing is counted although it is switched on."""
        counts = self._counts
        return counts.problem if counts is not None else None

    def count(self, *, on: bool) -> threading.Thread | None:
        """Begin or end counting keys and clicks; returns the thread that does it, None when it stands so already."""
        if on == self._counting:
            return None
        self._counting = on
        thread = threading.Thread(target=self._turn, name="counts", daemon=True)
        thread.start()
        return thread

    def _turn(self) -> None:
        """Make it so; of two that follow each other closely, the second finds what the first has done."""
        with self._turning:
            try:
                if self._counting and self._counts is None and self._open_counts is not None:
                    self._counts = self._open_counts()
                elif not self._counting and self._counts is not None:
                    counts, self._counts = self._counts, None
                    counts.close()
            except Exception:  # top of the thread: counts are a convenience, time goes on without them
                log.exception("counting could not be switched")

    @property
    def last(self) -> int | None:
        """The business second of the last input, as it was seen last."""
        return self._last

    def look(self) -> Input:
        """Return what is known now. The last input is rounded down to the grid of ticks, and never moves back."""
        source, counts = self._source, self._counts
        if source is None:
            return Input(None)
        # The clock is read first: what the reading of the age takes can only make the input look older.
        now_us = self._clock.now_us()
        try:
            self.heard(now_us, source.idle_ms())
        except FairhourError as error:
            if self.problem is None:
                log.info("the last input is not known: %s", error)
            self.problem = error.problem
            self.age_ms = None
            patience_us = PATIENCE_S * 1_000_000 * self._clock.rate
            if self._good_at is None or now_us - self._good_at > patience_us:
                self._last = None
        tally = counts.take() if counts is not None and counts.problem is None else None
        return Input(self._last, tally.keys if tally else None, tally.clicks if tally else None)

    @property
    def age(self) -> Callable[[], int] | None:
        """What tells the age of the last input, in real milliseconds, and nothing else has to be asked of. Raises
        FairhourError. None where that does not do: nothing is known, or keys and clicks are counted."""
        if self._source is None or self.problem is not None or self._counts is not None:
            return None
        return self._source.idle_ms

    def heard(self, now_us: int, age_ms: int) -> int:
        """Note the last input's age at a time, as ``look`` would have; returns the last input."""
        self._good_at, self.age_ms = now_us, age_ms
        self.problem = None
        seen = self._clock.on_grid((now_us - age_ms * 1000 * self._clock.rate) // 1_000_000)
        self._last = seen if self._last is None else max(self._last, seen)
        return self._last

    def _open(self) -> None:
        try:
            source = self._open_source()
        except Exception:  # top of the thread: without input nobody is idle, and the log says why
            log.exception("the input source could not be opened")
            return
        try:
            # What a source needs at its first reading is loaded here, not on the Qt thread.
            source.idle_ms()
        except FairhourError as error:
            self.problem = error.problem
        with self._opening:
            if not self._closed:
                self._source = source
                return
        source.close()
