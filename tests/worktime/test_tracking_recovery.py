"""The tracking machine: what the freelancer deletes, and what a start finds after a crash."""

from __future__ import annotations

from tests.worktime.tracking_desk import JOB_A, JOB_B, T0, Desk, reference, spans
from worktime.derive import replay
from worktime.observations import Progress
from worktime.slots import slot_of
from worktime.tracking_values import (
    AskReturn,
    Cause,
    Comment,
    Delete,
    PictureFailed,
    PictureTaken,
    Record,
    Recovered,
    Start,
    Stop,
    Tick,
)
from worktime.wire import Flag, NoPicture

# Deletion


def test_deleting_the_running_slots_picture_takes_its_time_and_draws_again() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(500)
    assert len(desk.spool) == 1
    desk.do(Delete(JOB_A, slot_of(T0), T0 + 500))
    assert desk.spool == set()
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture, segment.running) == (0, NoPicture.DELETED, True)
    desk.run(220)
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert spans(segment) == [(500, 720)]
    assert segment.picture is not None
    assert desk.drawn[1][:2] == (T0 + 500, T0 + 720)


def test_deleting_a_finished_segment_takes_all_of_it() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(800)
    desk.do(Delete(JOB_A, slot_of(T0), T0 + 800))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture, segment.active_s) == (0, NoPicture.DELETED, 0)
    assert spans(desk.segment(JOB_A, T0 + 720)) == [(720, 800)]


def test_a_picture_grabbed_before_the_deletion_does_not_come_in_after_it() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(400)
    desk.do(Delete(JOB_A, slot_of(T0), T0 + 400))
    desk.deliver(JOB_A, slot_of(T0), 1, leaving=False, at=T0 + 390)
    assert desk.spool == set()


def test_a_deletion_while_the_first_picture_is_on_its_way_waits_for_it() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Stop(T0 + 100))
    assert desk.do(Delete(JOB_A, slot_of(T0), T0 + 100)) == (), "there is no picture that could be deleted"
    desk.camera()
    desk.do(Delete(JOB_A, slot_of(T0), T0 + 101))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture, segment.running) == (0, NoPicture.DELETED, False)
    assert desk.spool == set()


def test_a_deletion_while_a_newer_picture_is_on_its_way_takes_that_one_too() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    desk.do(Stop(T0 + 100))
    desk.camera()
    desk.do(Start(JOB_A, T0 + 100))
    desk.run(50)
    desk.do(Stop(T0 + 150))
    desk.do(Delete(JOB_A, slot_of(T0), T0 + 150))
    desk.camera()
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.tracked_s, segment.no_picture, segment.running) == (0, NoPicture.DELETED, False)
    assert desk.spool == set()


def test_an_older_segment_is_deleted_and_commented_from_what_the_journal_knows() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(7200)
    old = desk.facts(JOB_A, slot_of(T0))
    assert desk.do(Delete(JOB_A, old.slot, T0 + 7200)) == ()
    assert desk.do(Comment("later", JOB_A, old.slot)) == ()
    desk.do(Comment("later", JOB_A, old.slot, facts=old))
    desk.do(Delete(JOB_A, old.slot, T0 + 7200, facts=desk.facts(JOB_A, old.slot)))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert (segment.no_picture, segment.comment) == (NoPicture.DELETED, "later")
    assert old.key not in desk.state.facts, "it is forgotten again"


def test_facts_of_another_segment_are_not_taken_for_this_one() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(7200)
    other = desk.facts(JOB_A, slot_of(T0) + 1)
    assert desk.do(Delete(JOB_A, slot_of(T0), T0 + 7200, facts=other)) == ()


def test_what_has_no_picture_is_not_deleted() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    desk.run(100)
    assert not any(isinstance(each, Record) for each in desk.do(Delete(JOB_A, slot_of(T0), T0 + 100)))


# Recovery


def test_after_a_crash_the_open_interval_ends_at_its_last_tick_and_its_picture_is_given_up() -> None:
    before = Desk()
    before.do(Start(JOB_A, T0))
    before.run(100)
    desk = Desk(seen=before.seen)
    desk.do(Recovered(T0 + 5000, (before.facts(JOB_A, slot_of(T0)),), memos=((JOB_A, "Import"),)))
    segment = desk.segment(JOB_A, T0)
    assert spans(segment) == [(0, 100)]
    assert segment is not None
    assert segment.flags == (Flag.CRASH_RECOVERED,)
    assert segment.no_picture is NoPicture.CRASHED
    assert not segment.running
    assert segment.active_s == 100
    assert desk.asked == [AskReturn(JOB_A, Cause.CRASHED, T0 + 100, T0 + 5000)]
    assert desk.state.memos[JOB_A] == "Import"


def test_a_picture_that_was_in_the_spool_is_adopted_on_recovery() -> None:
    before = Desk()
    before.do(Start(JOB_A, T0))
    before.run(300)
    desk = Desk(seen=before.seen)
    taken = PictureTaken(JOB_A, slot_of(T0), 1, False, False, reference(9, T0 + 299))
    desk.do(Recovered(T0 + 400, (before.facts(JOB_A, slot_of(T0)),), pictures=(taken,)))
    segment = desk.segment(JOB_A, T0)
    assert segment is not None
    assert segment.picture is not None
    assert segment.no_picture is None


def test_a_picture_of_a_stay_that_counted_nothing_before_the_crash_is_erased() -> None:
    desk = Desk(moment=lambda entry, _end: entry)
    desk.do(Start(JOB_A, T0))
    desk.deliver(JOB_A, slot_of(T0), 1, leaving=False, at=T0)
    assert len(desk.spool) == 1
    desk.now = T0 + 60
    desk.crash(())
    assert desk.spool == set()
    assert desk.segments() == {}
    assert desk.facts(JOB_A, slot_of(T0)).picture is None


def test_recovery_without_anything_open_is_silent() -> None:
    desk = Desk()
    assert desk.do(Recovered(T0)) == ()
    assert desk.state.phase is None


def test_a_clock_a_little_behind_the_record_counts_no_second_again() -> None:
    before = Desk()
    before.do(Start(JOB_A, T0))
    before.run(100)
    before.do(Stop(T0 + 100))
    before.camera()
    desk = Desk(seen=before.seen)
    desk.do(Recovered(T0 + 60, (before.facts(JOB_A, slot_of(T0)),)))
    desk.do(Start(JOB_A, T0 + 60))
    desk.do(Tick(T0 + 90, T0 + 90))
    desk.do(Tick(T0 + 105, T0 + 105))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 105)]


def test_a_record_far_ahead_of_the_clock_does_not_hold_up_counting() -> None:
    before = Desk()
    before.now = T0 + 86_400
    before.do(Start(JOB_A, before.now))
    before.run(100)
    desk = Desk()
    desk.do(Recovered(T0, (before.facts(JOB_A, slot_of(T0 + 86_400)),)))
    desk.do(Start(JOB_A, T0))
    desk.do(Tick(T0 + 5, T0 + 5))
    assert spans(desk.segment(JOB_A, T0)) == [(0, 5)]


def test_a_tick_record_of_another_stay_is_not_believed() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    stale = Progress(job=JOB_A, slot=slot_of(T0), start=T0 + 5, until=T0 + 300)
    assert replay(JOB_A, slot_of(T0), desk.seen, stale).counted_s == 0


def test_failures_that_nobody_waits_for_change_nothing() -> None:
    desk = Desk()
    desk.do(Start(JOB_A, T0))
    assert desk.do(PictureFailed(JOB_A, slot_of(T0), 7, NoPicture.FAILED)) == ()
    assert desk.do(PictureFailed(JOB_B, slot_of(T0), 1, NoPicture.FAILED)) == ()
