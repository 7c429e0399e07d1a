"""What is done at each second: the recorder's tick or beat, a look at what has come of it, and a fresh face where due.

Ticks are Qt's thread's; beats, on another one, are all that is left of them while nobody looks and nothing happens, and
while nothing is recorded besides, a tick now and then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QObject

from tracker_app.clock import TrackerClock
from tracker_app.garbage import collect_due
from tracker_app.pace import SEEN_S, Pace
from tracker_app.recorder import Recorder
from tracker_app.ticking import Rest, Ticking

AWAY_S = 4.0
"""Business seconds from tick to tick while nothing is recorded and nobody looks: a full disk is told within 5 s."""


class Rounds:
    """From ``begin()`` to ``stop()``.

    ``seen``: whether something that shows the state is open; ``age_ms``: of the last input, as it was seen last;
    ``look`` sees what time has done; ``news`` is what has to be shown as soon as it changes (asked on both threads, as
    is ``age_ms``); ``refresh`` brings the face up to date, and calls ``refreshed()``; ``quiet`` hears at each look
    whether nobody is there to wait for anything.
    """

    def __init__(
        self,
        parent: QObject,
        clock: TrackerClock,
        recorder: Recorder,
        *,
        seen: Callable[[], bool],
        age_ms: Callable[[], int | None],
        look: Callable[[], None],
        news: Callable[[], Hashable],
        refresh: Callable[[], None],
        quiet: Callable[[bool], None],
    ) -> None:
        self._recorder = recorder
        self._seen = seen
        self._look_around = look
        self._news = news
        self._refresh = refresh
        self._quiet = quiet
        self._seen_age_ms = age_ms
        self._pace = Pace(clock.rate, self._age_ms)
        self._away_s = max(SEEN_S, AWAY_S / clock.rate)
        self._ticking = Ticking(
            parent, clock, self._tick, self._beat, ahead=lambda: recorder.lease, stirs=partial(self._pace.stirs, news)
        )
        self.begin, self.stop, self.soon = self._ticking.begin, self._ticking.stop, self._ticking.soon
        self.refreshed = self._pace.refreshed

    def happened(self) -> None:
        """Something did: show it at the next second."""
        self._pace.want()
        self.soon()

    def _tick(self) -> Rest | None:
        """Let time pass; returns for how long it is enough to count, or to do nothing; None where it is not."""
        try:
            self._recorder.tick()
        finally:
            if self._pace.look(seen=self._seen()):
                try:
                    self._look()
                finally:
                    collect_due()
        if not (self._recorder.only_counts or self._recorder.rests):
            return None
        rest_s = self._pace.rest_s(seen=self._seen())
        if rest_s is None or self._recorder.only_counts:
            return None if rest_s is None else Rest(rest_s)
        return Rest(min(rest_s, self._away_s), counts=False)

    def _beat(self) -> bool:
        """Count on; tells whether that is all. Not on Qt's thread."""
        return self._recorder.beat() and not self._pace.stirs(self._news)

    def _look(self) -> None:
        # First: whoever can't look around for want of a disk must not keep anybody waiting for news as well.
        self._quiet(self._pace.quiet)
        self._look_around()
        if self._pace.due(seen=self._seen(), news=self._news()):
            self._refresh()

    def _age_ms(self) -> int | None:
        """The last input's age, as it was seen or, in a second of a lease, noted last."""
        lease = self._recorder.lease
        noted = lease.age_ms if lease is not None else None
        return self._seen_age_ms() if noted is None else noted
