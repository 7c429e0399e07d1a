"""What the journal offers the uploader: revisions, growth, holds, receipts, deferral, quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from msgspec import structs

from sync import growth
from sync.journal import Journal
from sync.journal_outbox import GROWTH_S
from sync.outbox import Outbox, OutboxCounts
from tests.sync.journals import JOB, T0, FakeMonotonic, Scribe, open_journal, picture_receipt_for, receipt_for
from worktime.errors import Problem
from worktime.slots import slot_of
from worktime.tracking_values import Comment, Delete, Start, Stop, Tick
from worktime.wire import NoPicture, Segment, Span

SLOT = slot_of(T0)
PROBLEM = Problem("why", "Title", "Message.", "Action.")


@pytest.fixture
def monotonic() -> FakeMonotonic:
    return FakeMonotonic()


@pytest.fixture
def journal(tmp_path: Path, monotonic: FakeMonotonic) -> Iterator[Journal]:
    made = open_journal(tmp_path, monotonic=monotonic)
    yield made
    made.close()


@pytest.fixture
def scribe(journal: Journal) -> Scribe:
    return Scribe(journal)


def send(journal: Journal, now: int = T0 + 5000) -> tuple[Segment, ...]:
    """Send everything that waits, with receipts."""
    pending = journal.outbox.pending_segments(now, 100)
    for segment in pending:
        journal.outbox.segment_receipt(receipt_for(segment))
    return pending


def test_the_journal_is_an_outbox(journal: Journal) -> None:
    outbox: Outbox = journal.outbox
    assert outbox.counts() == OutboxCounts(0, 0, 0)
    assert outbox.oldest_unsent() is None


def test_a_segment_is_offered_with_the_same_bytes_until_its_receipt(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    assert journal.outbox.pending_segments(T0, 10) == (), "nothing has counted yet"
    assert journal.outbox.next_due(T0) == T0 + 1
    scribe.work(T0, 5)
    first = journal.outbox.pending_segments(T0 + 5, 10)
    assert journal.outbox.next_due(T0 + 5) is None
    scribe.work(T0 + 5, 5)
    assert journal.outbox.pending_segments(T0 + 10, 10) == first, "growing does not change what is on its way"
    assert [(segment.revision, segment.tracked_s, segment.running) for segment in first] == [(1, 5, True)]
    assert journal.outbox.oldest_unsent() == T0
    journal.outbox.segment_receipt(receipt_for(first[0]))
    assert journal.outbox.oldest_unsent() is None
    assert journal.outbox.counts().segments == 0


def test_a_slot_seen_before_its_first_second_is_offered_with_that_second(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 719)
    send(journal)
    scribe.work(T0 + 719, 1)
    assert [segment.slot for segment in send(journal)] == [SLOT], "the next slot is entered, nothing in it has counted"
    scribe.work(T0 + 720, 1)
    assert SLOT + 1 in [segment.slot for segment in send(journal)]


def test_growth_is_offered_at_intervals_and_any_other_change_at_once(
    journal: Journal, scribe: Scribe, monotonic: FakeMonotonic
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    send(journal)
    scribe.work(T0 + 5, 5)
    assert send(journal) == ()
    monotonic.now += GROWTH_S
    assert [(segment.revision, segment.tracked_s) for segment in send(journal)] == [(2, 10)]
    scribe.do(Comment("Import"))
    assert [(segment.revision, segment.comment) for segment in send(journal)] == [(3, "Import")]
    monotonic.now += GROWTH_S
    assert send(journal) == (), "nothing has changed"


def test_a_segment_without_counted_time_is_never_offered(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0), Stop(T0))
    assert send(journal) == ()
    assert journal.outbox.counts().segments == 0


def test_revisions_survive_a_restart(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    sent = journal.outbox.pending_segments(T0, 10)
    journal.close()
    journal = open_journal(tmp_path)
    assert journal.outbox.pending_segments(T0, 10) == sent
    journal.close()


def test_a_picture_is_offered_after_its_hold_and_its_segments_receipt(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 400)
    send(journal)
    taken = scribe.take(SLOT, 1, T0 + 360)
    assert journal.outbox.pending_pictures(T0 + 1000, 10) == (), "the receipt is for the revision without it"
    send(journal)
    assert journal.outbox.pending_pictures(T0 + 479, 10) == ()
    assert journal.outbox.next_due(T0 + 479) == T0 + 480
    assert journal.outbox.next_due(T0 + 480) is None
    (pending,) = journal.outbox.pending_pictures(T0 + 480, 10)
    assert (pending.id, pending.sha256, pending.job, pending.slot) == (
        taken.picture.id,
        taken.picture.sha256,
        JOB,
        SLOT,
    )
    assert pending.path.read_bytes() == b"picture 1"
    assert journal.outbox.counts() == OutboxCounts(0, 1, 0)
    assert journal.outbox.oldest_unsent() == T0
    journal.outbox.picture_receipt(picture_receipt_for(taken.picture))
    assert journal.outbox.pending_pictures(T0 + 480, 10) == ()
    assert not pending.path.exists()
    where = journal.whereabouts(taken.picture.id)
    assert where is not None
    assert where.receipted
    assert where.thumbnail is not None


def test_a_picture_deleted_during_its_hold_never_leaves(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 400)
    scribe.take(SLOT, 1, T0 + 360)
    send(journal)
    scribe.do(Delete(JOB, SLOT, T0 + 400))
    assert journal.outbox.pending_pictures(T0 + 2000, 10) == ()
    (segment,) = send(journal)
    assert (segment.revision, segment.no_picture) == (2, NoPicture.DELETED)
    assert journal.outbox.counts() == OutboxCounts(0, 0, 0)


def test_idle_found_later_is_a_higher_revision(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    for second in range(1, 1440):
        scribe.do(Tick(T0 + second, T0))
    sent = send(journal)
    assert [segment.tracked_s for segment in sent] == [720, 719]
    scribe.do(Tick(T0 + 1440, T0))
    again = send(journal)
    assert [(segment.revision, segment.no_picture) for segment in again] == [(2, NoPicture.IDLE)] * 2


def test_a_deferred_segment_waits_for_its_time_and_blocks_no_other(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 730)
    scribe.do(Stop(T0 + 730))
    first, second = journal.outbox.pending_segments(T0, 10)
    journal.outbox.defer_segment(first, PROBLEM, T0 + 60)
    assert journal.outbox.pending_segments(T0 + 59, 10) == (second,)
    assert journal.outbox.problems() == (PROBLEM,)
    assert journal.outbox.pending_segments(T0 + 60, 10) == (first, second)
    journal.outbox.segment_receipt(receipt_for(first))
    assert journal.outbox.problems() == ()


def test_slots_that_the_marketplace_lacks_are_told_and_the_refused_ones_among_them(
    journal: Journal, scribe: Scribe
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 730)
    scribe.do(Stop(T0 + 730))
    first, second = journal.outbox.pending_segments(T0, 10)
    assert journal.unsent(JOB, SLOT, SLOT + 5) == {SLOT: False, SLOT + 1: False}
    assert journal.unsent(JOB, SLOT + 1, SLOT + 5) == {SLOT + 1: False}
    journal.outbox.segment_receipt(receipt_for(first))
    journal.outbox.quarantine_segment(second, PROBLEM)
    assert journal.unsent(JOB, SLOT, SLOT + 5) == {SLOT + 1: True}
    assert journal.unsent(UUID(int=77), SLOT, SLOT + 5) == {}


def test_a_segment_in_quarantine_is_offered_again_when_it_has_changed(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 10)
    scribe.do(Stop(T0 + 10))
    (segment,) = journal.outbox.pending_segments(T0, 10)
    journal.outbox.quarantine_segment(segment, PROBLEM)
    assert journal.outbox.pending_segments(T0, 10) == ()
    assert journal.outbox.counts() == OutboxCounts(0, 0, 1)
    assert journal.outbox.problems() == (PROBLEM,)
    scribe.do(Comment("changed", job=JOB, slot=SLOT))
    assert [each.revision for each in send(journal)] == [2]
    assert journal.outbox.counts().quarantined == 0


def test_a_picture_can_be_deferred_quarantined_or_not_wanted(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 2160)
    for number in range(3):
        scribe.take(SLOT + number, 1, T0 + 720 * number + 1)
    scribe.do(Stop(T0 + 2160))
    send(journal)
    now = T0 + 5000
    first, second, third = journal.outbox.pending_pictures(now, 10)
    assert journal.outbox.pending_pictures(now, 1) == (first,)
    journal.outbox.defer_picture(first, PROBLEM, now + 60)
    journal.outbox.quarantine_picture(second, PROBLEM)
    journal.outbox.picture_not_wanted(third)
    assert journal.outbox.pending_pictures(now, 10) == ()
    assert journal.outbox.pending_pictures(now + 60, 10) == (first,)
    assert second.path.exists(), "what is in quarantine keeps its bytes"
    assert not third.path.exists()
    # The segment of the one in quarantine waits, with a new revision.
    assert journal.outbox.counts() == OutboxCounts(1, 1, 1)
    where = journal.whereabouts(second.id)
    assert where is not None
    assert where.refused


def test_a_picture_that_is_refused_for_good_makes_its_segment_say_that_there_is_none(
    journal: Journal, scribe: Scribe
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    taken = scribe.take(SLOT, 1, T0 + 1)
    send(journal)
    (pending,) = journal.outbox.pending_pictures(T0 + 300, 10)
    journal.outbox.quarantine_picture(pending, PROBLEM)
    (segment,) = send(journal)
    assert (segment.picture, segment.no_picture, segment.tracked_s) == (None, NoPicture.FAILED, 300)
    assert (pending.path.exists(), journal.outbox.pending_pictures(T0 + 9000, 10)) == (True, ())
    # The machine goes on in the slot, with the time as it was and no other word about the picture.
    scribe.work(T0 + 300, 100)
    scribe.do(Stop(T0 + 400))
    (segment,) = send(journal)
    assert (segment.tracked_s, segment.no_picture, segment.running) == (400, NoPicture.FAILED, False)
    assert journal.recover(T0 + 500).facts[0].picture is None
    assert taken.picture.id == pending.id


def test_a_refused_picture_that_was_replaced_leaves_the_segment_as_it_is(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 100)
    scribe.do(Stop(T0 + 100))
    scribe.take(SLOT, 1, T0 + 100, leaving=True)
    send(journal)
    (first,) = journal.outbox.pending_pictures(T0 + 300, 10)
    scribe.do(Start(JOB, T0 + 300))
    journal.outbox.quarantine_picture(first, PROBLEM)
    (segment,) = send(journal)
    # Another one was drawn, and is still to come.
    assert (segment.no_picture, segment.running) == (None, True)
    scribe.work(T0 + 300, 400)
    second = scribe.take(SLOT, 2, T0 + 600)
    (segment,) = send(journal)
    assert segment.picture == second.picture
    journal.outbox.quarantine_picture(first, PROBLEM)
    assert send(journal) == ()


def test_what_the_marketplace_holds_more_of_is_put_together_and_numbered_above_both(
    journal: Journal, scribe: Scribe
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    scribe.do(Comment("Import"), Stop(T0 + 300))
    (mine,) = journal.outbox.pending_segments(T0, 10)
    newer = structs.replace(mine, revision=40, spans=(Span(T0, T0 + 720, True),), comment="")
    journal.outbox.superseded(mine, newer)
    (both,) = send(journal)
    assert (both.revision, both.tracked_s, both.comment) == (41, 720, "Import")
    assert journal.outbox.counts() == OutboxCounts(0, 0, 0, united=1)
    scribe.do(Comment("Export", job=JOB, slot=SLOT))
    assert [segment.revision for segment in send(journal)] == [42]


def test_where_nothing_is_new_nothing_is_offered(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    scribe.do(Stop(T0 + 300))
    (mine,) = journal.outbox.pending_segments(T0, 10)
    journal.outbox.superseded(mine, structs.replace(mine, revision=7))
    assert send(journal) == ()
    assert journal.outbox.counts().segments == 0


def test_a_running_segment_goes_on_above_what_the_marketplace_holds(
    journal: Journal, scribe: Scribe, monotonic: FakeMonotonic
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    send(journal)
    scribe.work(T0 + 5, 5)
    monotonic.now += GROWTH_S
    (grown,) = journal.outbox.pending_segments(T0, 10)
    journal.outbox.superseded(grown, structs.replace(grown, revision=500, spans=(Span(T0, T0 + 8, True),)))
    assert [(each.revision, each.tracked_s) for each in send(journal)] == [(501, 10)]
    scribe.work(T0 + 10, 5)
    monotonic.now += GROWTH_S
    assert [(each.revision, each.tracked_s) for each in send(journal)] == [(502, 15)]


def test_what_is_superseded_twice_by_the_same_is_put_aside_instead_of_numbered_for_ever(
    journal: Journal, scribe: Scribe
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    scribe.do(Stop(T0 + 300))
    (mine,) = journal.outbox.pending_segments(T0, 10)
    held = structs.replace(mine, revision=9, spans=(Span(T0, T0 + 10, True),))
    journal.outbox.superseded(mine, held)
    (both,) = journal.outbox.pending_segments(T0, 10)
    journal.outbox.superseded(both, held)
    assert journal.outbox.pending_segments(T0, 10) == ()
    assert journal.outbox.counts().quarantined == 1
    assert [problem.code for problem in journal.outbox.problems()] == ["not_united"]


def test_a_picture_here_that_is_not_the_segments_any_more_is_erased(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    taken = scribe.take(SLOT, 1, T0 + 1)
    scribe.do(Stop(T0 + 300))
    (mine,) = journal.outbox.pending_segments(T0, 10)
    other = structs.replace(taken.picture, id=UUID(int=99), sha256="9" * 64)
    journal.outbox.superseded(mine, structs.replace(mine, revision=9, picture=other))
    assert send(journal) == ()
    assert journal.outbox.counts() == OutboxCounts(0, 0, 0, united=1)
    assert not journal.spool.picture(taken.picture.sha256).exists()


def test_retrying_never_makes_the_queue_grow(journal: Journal, scribe: Scribe, monotonic: FakeMonotonic) -> None:
    scribe.do(Start(JOB, T0))
    for second in range(1, 600):
        scribe.do(Tick(T0 + second, T0 + second - 1))
        monotonic.now += 1.0
        (pending,) = journal.outbox.pending_segments(T0 + second, 10)
        assert pending.revision == 1
    assert journal.outbox.counts().segments == 1


def wal(tmp_path: Path) -> bytes:
    return (tmp_path / "journal.sqlite3-wal").read_bytes()


def test_growth_writes_nothing_to_the_disk(
    tmp_path: Path, journal: Journal, scribe: Scribe, monotonic: FakeMonotonic
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    send(journal)
    before = wal(tmp_path)
    for number in range(60):
        monotonic.now += GROWTH_S
        scribe.work(T0 + 5 + 10 * number, 10)
        assert [segment.revision for segment in send(journal)] == [number + 2]
    assert wal(tmp_path) == before
    scribe.work(T0 + 605, 1)
    scribe.do(Stop(T0 + 606))
    assert [(segment.revision, segment.tracked_s) for segment in send(journal)] == [(62, 606)]
    assert wal(tmp_path) != before


def test_a_stay_after_a_deletion_is_no_growth_of_the_one_before_it(
    journal: Journal, scribe: Scribe, monotonic: FakeMonotonic
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 100)
    scribe.take(SLOT, 1, T0 + 90)
    scribe.do(Stop(T0 + 100), Start(JOB, T0 + 100))
    send(journal)
    scribe.do(Delete(JOB, SLOT, T0 + 100))
    scribe.work(T0 + 100, 50)
    monotonic.now += GROWTH_S
    assert [(segment.tracked_s, segment.deleted) for segment in send(journal)] == [(50, ((T0, T0 + 100),))]


def test_growth_that_has_no_receipt_waits_with_the_same_bytes(
    journal: Journal, scribe: Scribe, monotonic: FakeMonotonic
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    send(journal)
    monotonic.now += GROWTH_S
    scribe.work(T0 + 5, 10)
    grown = journal.outbox.pending_segments(T0 + 15, 10)
    assert (journal.outbox.counts().segments, journal.outbox.oldest_unsent()) == (1, T0)
    scribe.work(T0 + 15, 10)
    assert journal.outbox.pending_segments(T0 + 25, 10) == grown
    scribe.do(Comment("Import"))
    assert journal.outbox.counts().segments == 1
    changed = journal.outbox.pending_segments(T0 + 25, 10)
    assert [(segment.revision, segment.comment) for segment in changed] == [(3, "Import")]
    # The receipt of what was on its way when the comment came settles nothing.
    journal.outbox.segment_receipt(receipt_for(grown[0]))
    assert journal.outbox.pending_segments(T0 + 25, 10) == changed


@pytest.mark.parametrize("refused", [True, False])
def test_growth_that_is_refused_or_put_off_is_kept_with_the_reason(
    tmp_path: Path, refused: bool, monotonic: FakeMonotonic
) -> None:
    journal = open_journal(tmp_path, monotonic=monotonic)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 5)
    send(journal)
    monotonic.now += GROWTH_S
    scribe.work(T0 + 5, 10)
    (grown,) = journal.outbox.pending_segments(T0 + 15, 10)
    if refused:
        journal.outbox.quarantine_segment(grown, PROBLEM)
    else:
        journal.outbox.defer_segment(grown, PROBLEM, T0 + 60)
    assert journal.outbox.pending_segments(T0 + 16, 10) == ()
    journal.close()
    journal = open_journal(tmp_path, monotonic=monotonic)
    assert journal.outbox.problems() == (PROBLEM,)
    assert journal.outbox.counts() == (OutboxCounts(0, 0, 1) if refused else OutboxCounts(1, 0, 0))
    if not refused:
        assert journal.outbox.pending_segments(T0 + 60, 10) == (grown,)
    journal.close()


def test_no_revision_number_names_two_contents_whatever_a_crash_forgets(
    tmp_path: Path, monotonic: FakeMonotonic
) -> None:
    used: dict[int, Segment] = {}
    for number in range(4):
        journal = open_journal(tmp_path, monotonic=monotonic)
        scribe = Scribe(journal)
        scribe.do(journal.recover(T0 + 100 * number), Start(JOB, T0 + 100 * number))
        for second in range(1, 60, 10):
            scribe.work(T0 + 100 * number + second, 10)
            monotonic.now += GROWTH_S
            for segment in send(journal):
                assert used.setdefault(segment.revision, segment) == segment
                assert segment.revision >= max(used)
        # A crash: nothing is closed but the file.
        journal._tick.close()
        journal._db.close()
    assert len(used) > 20


def test_numbers_that_are_used_up_are_set_aside_anew(
    tmp_path: Path, journal: Journal, scribe: Scribe, monotonic: FakeMonotonic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "RESERVED", 3)
    scribe.do(Start(JOB, T0))
    revisions = []
    for number in range(10):
        scribe.work(T0 + 10 * number, 10)
        monotonic.now += GROWTH_S
        revisions += [segment.revision for segment in send(journal)]
    assert revisions == list(range(1, 11))


def test_the_limit_takes_the_oldest_first(journal: Journal, scribe: Scribe) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 2200)
    assert [segment.slot - SLOT for segment in journal.outbox.pending_segments(T0, 2)] == [0, 1]


def test_what_was_deferred_under_a_clock_that_was_ahead_does_not_wait_that_long(
    journal: Journal, scribe: Scribe
) -> None:
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 10)
    scribe.take(SLOT, 1, T0 + 1)
    scribe.do(Stop(T0 + 10))
    (segment,) = journal.outbox.pending_segments(T0, 10)
    journal.outbox.defer_segment(segment, PROBLEM, T0 + 365 * 86_400)
    assert journal.outbox.pending_segments(T0 + 60, 10) == (segment,)
    send(journal)
    (pending,) = journal.outbox.pending_pictures(T0 + 500, 10)
    journal.outbox.defer_picture(pending, PROBLEM, T0 + 365 * 86_400)
    assert journal.outbox.pending_pictures(T0 + 500, 10) == (pending,)
