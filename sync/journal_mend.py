"""Observations that were lost, made again from what is left: the segment that was sent, and the tick record.

Pure. What they add up to is what the freelancer was shown: no second is invented, and none that was taken back or
deleted comes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sync.growth import only_grown
from worktime.derive import Facts, Key, content, fold, replay
from worktime.intervals import Interval, intersect, subtract, union
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    Erased,
    Flagged,
    IdleTaken,
    Left,
    Observation,
    Pictured,
    Progress,
    Unpictured,
)
from worktime.wire import PictureRef, Segment, Span


def mend(
    key: Key, seen: Sequence[Observation], stored: Segment | None, tick: Progress | None, *, settled: bool
) -> list[Observation]:
    """Return what has to be appended to what was ``seen`` of a segment.

    ``stored``: the last revision that was made of it. ``settled``: nothing was observed after that revision, so where
    they differ, something was lost; else only what is in the revision and was not taken back in what was seen.
    """
    facts = replay(*key, seen, tick)
    made: list[Observation] = []
    if stored is not None:
        worded = any(isinstance(each, Commented) for each in seen)
        made += _Remains(facts, stored, settled=settled, worded=worded).missing()
    for each in made:
        facts = fold(facts, each)
    if tick is not None and (tick.job, tick.slot) == key and facts.stay is None:
        known = [*_intervals(facts.spans), *facts.idle, *facts.gone]
        if subtract([(tick.start, tick.until)], known):
            # The stay that was running: its begin is lost, and how far it came is not. The start closes it.
            made.append(_entered(facts, tick.start, work_view=True))
    return made


@dataclass(frozen=True)
class _Remains:
    """What is left of a segment. ``worded``: there is a word of its comment in what was seen."""

    facts: Facts
    stored: Segment
    settled: bool
    worded: bool

    def missing(self) -> Iterator[Observation]:
        """Yield what brings the facts to the stored revision: time first, then picture and words."""
        current = content(self.facts, self.stored.revision)
        if current == self.stored:
            return
        if not self.settled:
            if subtract([*self.stored.intervals, *self.stored.idle, *self.stored.deleted], self.known):
                yield from self._time()
            yield from self._later()
        elif current is None or not only_grown(self.stored, current):
            yield from self._time()
            yield from self._picture_and_words()

    @property
    def known(self) -> tuple[Interval, ...]:
        """The seconds of which anything is known."""
        return union([*_intervals(self.facts.counted), *self.facts.idle, *self.facts.gone])

    @property
    def attempt(self) -> int:
        """The number of the picture's draw, as far as it is known."""
        return max(1, self.facts.attempts)

    def _time(self) -> Iterator[Observation]:
        facts, stored, stay = self.facts, self.stored, self.facts.stay
        job, slot = facts.key
        if stay is not None:
            yield Left(job=job, slot=slot, at=stay.until, active_s=stay.active_s, keys=stay.keys, clicks=stay.clicks)
        known, counted = self.known, _intervals(facts.counted)
        deleted = self.settled and stored.deleted and stored.deleted != facts.gone
        if deleted and not intersect(counted, stored.intervals):
            for start, end in subtract(stored.deleted, known):
                yield _entered(facts, start, work_view=True)
                yield Left(job=job, slot=slot, at=end)
            yield Deleted(job=job, slot=slot, at=stored.deleted[-1][1], attempt=self.attempt)
            known, counted = union([*known, *stored.deleted]), ()
        active_s = max(0, stored.active_s - facts.active_s - (stay.active_s if stay else 0))
        spans = [*stored.spans, *(Span(start, end, work_view=True) for start, end in stored.idle)]
        for span in sorted(spans, key=lambda one: one.start):
            for start, end in subtract([(span.start, span.end)], known):
                yield _entered(facts, start, work_view=span.work_view)
                yield Left(job=job, slot=slot, at=end, active_s=active_s)
                active_s = 0
        beyond = subtract(counted, stored.intervals) if self.settled else ()
        for start, end in union([*stored.idle, *beyond]):
            yield IdleTaken(job=job, slot=slot, start=start, end=end)

    def _later(self) -> Iterator[Observation]:
        """Comment and picture of which nothing is left: neither themselves nor what became of them."""
        facts, stored = self.facts, self.stored
        if stored.comment and not self.worded:
            yield Commented(job=facts.job, slot=facts.slot, text=stored.comment)
        if stored.picture is not None and facts.picture is None and facts.reason is None and facts.void == 0:
            yield self._pictured(stored.picture)

    def _picture_and_words(self) -> Iterator[Observation]:
        facts, stored = self.facts, self.stored
        job, slot = facts.key
        there = facts.picture.picture if facts.picture else None
        if stored.picture is not None and stored.picture != there:
            yield self._pictured(stored.picture)
        elif stored.picture is None and there is not None:
            yield Erased(job=job, slot=slot, attempt=self.attempt, reason=stored.no_picture)
        elif stored.no_picture is not None and facts.reason != stored.no_picture:
            yield Unpictured(job=job, slot=slot, attempt=self.attempt, reason=stored.no_picture)
        if stored.comment != facts.comment:
            yield Commented(job=job, slot=slot, text=stored.comment)
        for flag in stored.flags:
            if flag not in facts.flags:
                yield Flagged(job=job, slot=slot, flag=flag)

    def _pictured(self, picture: PictureRef) -> Pictured:
        job, slot = self.facts.key
        return Pictured(job=job, slot=slot, attempt=self.attempt, leaving=False, flat=False, picture=picture)


def _entered(facts: Facts, at: int, *, work_view: bool) -> Entered:
    return Entered(
        job=facts.job, slot=facts.slot, at=at, work_view=work_view, attempt=max(1, facts.attempts), drawn=False
    )


def _intervals(spans: Sequence[Span]) -> tuple[Interval, ...]:
    return tuple((span.start, span.end) for span in spans)
