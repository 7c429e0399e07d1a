"""What is kept of the journal's answers: the same, whatever happens, as asking it anew each time."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sync.journal import Journal
from sync.journal_db import Database
from sync.journal_memo import Memo
from sync.journal_outbox import GROWTH_S
from tests.support.search import examples
from tests.sync.journals import JOB, OTHER_JOB, T0, FakeMonotonic, Scribe, open_journal, receipt_for
from tests.tracker_app.samples import week
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_of, slot_start
from worktime.tracking_values import Comment, Delete, Start, Stop, WorkView
from worktime.wire import (
    HoursState,
    OtherHours,
    OtherHoursReceipt,
    OtherHoursView,
    Outcome,
    PictureReceipt,
    Segment,
    hours_digest,
)

PROBLEM = Problem("why", "Title", "Message.", "Action.")
HOLD_S = 30
NUMBERS = st.integers(0, 60)


class Forgetful(Database):
    """Keeps no answer: whoever asks it is told that a transaction is open."""

    changes = property(lambda self: None, lambda self, value: None)


class Twin:
    """A journal in use; ``forgetful``: it asks its rows each time, and goes the way of a change each time."""

    def __init__(self, folder: Path, *, forgetful: bool) -> None:
        self.folder, self.forgetful, self.monotonic, self.now = folder, forgetful, FakeMonotonic(), T0
        self.entries = itertools.count(1)
        self.pictures = 0
        self.journal = self.opened()
        self.scribe = Scribe(self.journal)

    def opened(self) -> Journal:
        made = open_journal(self.folder, monotonic=self.monotonic, hold_s=HOLD_S)
        if self.forgetful:
            made._db.__class__ = Forgetful
            made.outbox._known.segments_wait = lambda: True  # type: ignore[assignment]
            made.outbox._known.pictures_taken = lambda: (0, T0 * 2)  # type: ignore[assignment]
        return made

    def answers(self) -> tuple[object, ...]:
        outbox = self.journal.outbox
        pictures = [picture.id for picture in outbox.pending_pictures(self.now, 3)]
        hours = (outbox.hours.pending(self.now, 3), outbox.hours.counts(), outbox.hours.oldest_unsent())
        return outbox.counts(), outbox.oldest_unsent(), outbox.next_due(self.now), pictures, hours

    # What can happen, each with a number that says more; what it returns must be the same for both

    def work(self, seconds: int) -> None:
        self.scribe.work(self.now, seconds)
        self.now += seconds
        self.monotonic.now += seconds

    def work_on(self, seconds: int) -> None:
        """Some seconds, and a round of sending after each few."""
        for _ in range(seconds // 7):
            self.work(7)
            self.send(1)

    def start(self, number: int) -> None:
        self.scribe.do(Start((JOB, OTHER_JOB)[number % 2], self.now))

    def stop(self, number: int) -> None:
        self.scribe.do(Stop(self.now))

    def view(self, number: int) -> None:
        self.scribe.do(WorkView(on=bool(number % 2), at=self.now))

    def comment(self, number: int) -> None:
        self.scribe.do(Comment(f"words {number % 3}", JOB))

    def delete(self, number: int) -> None:
        self.scribe.do(Delete(JOB, slot_of(self.now), self.now))

    def take(self, number: int) -> None:
        facts = self.scribe.state.current
        if facts is not None and facts.awaits is not None:
            self.scribe.take(facts.slot, facts.awaits, self.now - 1, job=facts.job, tell=bool(number % 5))

    def slot(self, number: int) -> tuple[Segment, ...]:
        """The next slot is entered, and its picture comes."""
        self.stop(0)
        self.now = slot_start(slot_of(self.now) + 1)
        self.start(number)
        self.work(number // 2 + 1)
        self.take(1)
        return self.send(number)

    def offer(self, number: int) -> tuple[Segment, ...]:
        return self.journal.outbox.pending_segments(self.now, number % 3 + 1)

    def send(self, number: int) -> tuple[Segment, ...]:
        found = self.offer(number)
        for segment in found:
            self.journal.outbox.segment_receipt(receipt_for(segment))
        return found

    def refuse(self, number: int) -> tuple[Segment, ...]:
        found = self.offer(number)
        for segment in found:
            if number % 2:
                self.journal.outbox.defer_segment(segment, PROBLEM, self.now + number)
            else:
                self.journal.outbox.quarantine_segment(segment, PROBLEM)
        return found

    def unite(self, number: int) -> tuple[Segment, ...]:
        found = self.offer(0)
        for segment in found:
            other = structs.replace(segment, comment="of the other", revision=segment.revision + number)
            self.journal.outbox.superseded(segment, other)
        return found

    def upload(self, number: int) -> None:
        for picture in self.journal.outbox.pending_pictures(self.now, 2):
            match number % 4:
                case 0:
                    self.journal.outbox.defer_picture(picture, PROBLEM, self.now + number)
                case 1:
                    self.journal.outbox.quarantine_picture(picture, PROBLEM)
                case _:
                    receipt = PictureReceipt(id=picture.id, sha256=picture.sha256, size=picture.size)
                    self.journal.outbox.picture_receipt(receipt)

    def hold_back(self, number: int) -> None:
        if number % 7 == 0:
            self.journal.outbox.hold_back_all()
        else:
            self.journal.outbox.hold_back([OTHER_JOB] if number % 2 else [])

    def hours(self, number: int) -> None:
        entry = OtherHours(id=UUID(int=next(self.entries) << 80), job=JOB, week_start=T0, seconds=60, note="note")
        with contextlib.suppress(FairhourError):  # it is known from the marketplace
            self.journal.outbox.hours.add([(entry, HoursState.OPEN)])

    def hours_sent(self, number: int) -> None:
        hours = self.journal.outbox.hours
        for entry in hours.pending(self.now, 2):
            match number % 3:
                case 0:
                    hours.defer(entry, PROBLEM, self.now + number)
                case 1:
                    hours.quarantine(entry, PROBLEM)
                case _:
                    receipt = OtherHoursReceipt(
                        id=entry.id, revision=entry.revision, outcome=Outcome.STORED, digest=hours_digest(entry)
                    )
                    hours.received(receipt)

    def heard(self, number: int) -> bool:
        """The marketplace tells of the week, as a rule what it told before."""
        known = OtherHoursView(
            id=UUID(int=(number % 2 + 1) << 80), seconds=60, note="note", revision=1, state=HoursState.OPEN
        )
        said = structs.replace(week(), job=JOB, week_start=T0, other_hours=(known,) if number % 4 > 1 else ())
        return self.journal.outbox.hours.heard(said)

    def wait(self, number: int) -> None:
        """Time in which nothing is counted."""
        self.scribe.do(Stop(self.now))
        self.now += number
        self.monotonic.now += GROWTH_S

    def taken_back(self, number: int) -> object:
        """A transaction that does not come to its end, and what is answered in it."""
        inside: object = None
        with contextlib.suppress(ZeroDivisionError), self.journal._db.write() as cursor:
            cursor.execute("UPDATE segment SET dirty = 1 - dirty, receipted = receipted + 1")
            cursor.execute("DELETE FROM other_hours")
            inside = self.answers()
            raise ZeroDivisionError
        return inside

    def reopen(self, number: int) -> None:
        """A kill, but for what the scribe knows: it would be told at the next start."""
        self.journal.close()
        self.journal = self.scribe.journal = self.opened()


HAPPENS: tuple[Callable[[Twin, int], object], ...] = (
    *[Twin.slot, Twin.upload, Twin.send, Twin.work_on] * 3,
    Twin.work,
    Twin.start,
    Twin.stop,
    Twin.view,
    Twin.comment,
    Twin.delete,
    Twin.take,
    Twin.offer,
    Twin.refuse,
    Twin.unite,
    Twin.hold_back,
    Twin.hours,
    Twin.hours_sent,
    Twin.heard,
    Twin.heard,
    Twin.heard,
    Twin.wait,
    Twin.taken_back,
    Twin.reopen,
)


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(HAPPENS), NUMBERS), min_size=3, max_size=25))
def test_what_is_kept_is_what_would_be_asked(happens: list[tuple[Callable[[Twin, int], object], int]]) -> None:
    with TemporaryDirectory() as folder:
        twins = [Twin(Path(folder) / name, forgetful=name == "forgetful") for name in ("kept", "forgetful")]
        try:
            for event, number in [(Twin.start, 0), (Twin.work, 5), (Twin.send, 0), *happens]:
                kept, asked = ((event(twin, number), twin.answers()) for twin in twins)
                assert kept == asked, event.__name__
        finally:
            for twin in twins:
                twin.journal.close()


def test_a_round_in_which_nothing_happens_asks_no_row(tmp_path: Path) -> None:
    twin = Twin(tmp_path, forgetful=False)
    twin.start(0)
    for _ in range(3):
        twin.work(10)
        twin.send(1)
    twin.answers()
    twin.heard(0)
    asked: list[str] = []
    twin.journal._db._connection.set_trace_callback(asked.append)
    twin.work(10)
    assert [segment.tracked_s for segment in twin.send(1)] == [40], "it has grown"
    twin.answers()
    assert not twin.heard(0)
    assert asked == []
    twin.comment(1)
    assert asked
    assert [segment.comment for segment in twin.send(1)] == ["words 1"]
    twin.hours(0)
    twin.hours_sent(2)
    assert twin.heard(0), "it has a receipt, and was removed there"
    assert not twin.heard(0)
    twin.journal.close()


def test_an_answer_that_failed_is_asked_for_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    wrong = Problem("why", "Title", "Message.", "Action.")
    calls = itertools.count()

    def ask(of: str) -> int:
        if (call := next(calls)) == 0:
            raise FairhourError(wrong)
        return call

    memo = Memo(journal._db, ask)
    with pytest.raises(FairhourError):
        memo("a")
    assert (memo("a"), memo("a"), memo("b")) == (1, 1, 2)
    journal.close()
    assert journal._db.changes is None
