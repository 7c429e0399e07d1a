"""How often a running segment that has but grown is offered: less often while nothing is touched."""

from __future__ import annotations

from pathlib import Path

from sync.journal_outbox import GROWTH_S
from sync.pacing import QUIET_TIMES
from tests.sync.journals import JOB, OTHER_JOB, T0, FakeMonotonic, Scribe, open_journal, receipt_for
from worktime.tracking_values import Start


class Room:
    """A journal, who writes into it, and the time until which everything was sent."""

    def __init__(self, folder: Path) -> None:
        self.monotonic = FakeMonotonic()
        self.journal = open_journal(folder, monotonic=self.monotonic)
        self.scribe = Scribe(self.journal)

    def sent_after(self, seconds: float) -> list[int]:
        """Let real seconds pass, send what waits, and return how much time each segment tells."""
        self.monotonic.now += seconds
        pending = self.journal.outbox.pending_segments(T0 + 5000, 100)
        for segment in pending:
            self.journal.outbox.segment_receipt(receipt_for(segment))
        return [segment.tracked_s for segment in pending]


def test_seconds_in_which_nothing_is_touched_are_offered_less_often(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.scribe.do(Start(JOB, T0))
    room.scribe.work(T0, 5)
    assert room.sent_after(0) == [5]
    room.scribe.rest(T0 + 5, 5)
    for _ in range(QUIET_TIMES - 1):
        assert room.sent_after(GROWTH_S) == []
    assert room.sent_after(GROWTH_S) == [10]
    room.scribe.rest(T0 + 10, 5)
    assert room.sent_after(GROWTH_S) == []
    room.scribe.work(T0 + 15, 1)
    assert room.sent_after(0) == [16], "somebody is at work again"
    room.journal.close()


def test_what_is_new_is_offered_at_once_however_quiet_it_is(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.scribe.do(Start(JOB, T0))
    room.scribe.rest(T0, 5)
    assert room.sent_after(0) == [5]
    room.scribe.do(Start(OTHER_JOB, T0 + 5))
    room.scribe.rest(T0 + 5, 3)
    assert room.sent_after(0) == [3], "the other one awaits its screenshot, and has not changed"
    room.journal.close()
