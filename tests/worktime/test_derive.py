"""From observations to segments, by example: what is folded, what is sent, and what of it the wire takes."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from tests.worktime.tracking_desk import reference
from worktime.derive import Facts, Stay, content, extend, fold, idle_parts, lost_everything, progress, replay, saw
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
from worktime.wire import MAX_SPANS, Flag, NoPicture, Segment, Span

JOB = UUID(int=1)
SLOT = 1000
LOW = SLOT * 720


def entered(at: int, attempt: int = 1, *, drawn: bool = True, work_view: bool = True) -> Entered:
    return Entered(job=JOB, slot=SLOT, at=LOW + at, work_view=work_view, attempt=attempt, drawn=drawn)


def left(at: int, active_s: int = 0, keys: int | None = None, clicks: int | None = None) -> Left:
    return Left(job=JOB, slot=SLOT, at=LOW + at, active_s=active_s, keys=keys, clicks=clicks)


def pictured(attempt: int, at: int, *, leaving: bool = False, flat: bool = False) -> Pictured:
    picture = reference(attempt, LOW + at)
    return Pictured(job=JOB, slot=SLOT, attempt=attempt, leaving=leaving, flat=flat, picture=picture)


def unpictured(attempt: int, reason: NoPicture = NoPicture.FAILED) -> Unpictured:
    return Unpictured(job=JOB, slot=SLOT, attempt=attempt, reason=reason)


def idle(start: int, end: int) -> IdleTaken:
    return IdleTaken(job=JOB, slot=SLOT, start=LOW + start, end=LOW + end)


def deleted(at: int, attempt: int) -> Deleted:
    return Deleted(job=JOB, slot=SLOT, at=LOW + at, attempt=attempt)


def facts(*seen: Observation) -> Facts:
    return replay(JOB, SLOT, seen)


def sent(*seen: Observation) -> Segment:
    segment = content(facts(*seen), 3)
    assert segment is not None
    return segment


def parts(intervals: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    return [(start - LOW, end - LOW) for start, end in intervals]


def test_a_segment_says_what_it_is_of() -> None:
    segment = sent(entered(5), left(65, 12, 3, 4), pictured(1, 60, leaving=True))
    assert (segment.job, segment.slot, segment.revision) == (JOB, SLOT, 3)
    assert (segment.active_s, segment.keys, segment.clicks) == (12, 3, 4)
    assert (segment.running, segment.no_picture, segment.flags) == (False, None, ())
    assert segment.picture == reference(1, LOW + 60)


def test_nothing_that_counted_is_nothing_to_send() -> None:
    assert content(facts(), 1) is None
    assert content(facts(entered(5), left(5)), 1) is None
    assert content(facts(entered(5)), 1) is None


def test_an_idle_or_deleted_segment_is_sent_without_time() -> None:
    segment = sent(entered(0), left(60), idle(0, 60))
    assert (segment.spans, parts(segment.idle), segment.no_picture) == ((), [(0, 60)], NoPicture.IDLE)
    segment = sent(entered(0), pictured(1, 3), left(60), deleted(60, 1))
    assert (segment.spans, parts(segment.deleted), segment.no_picture) == ((), [(0, 60)], NoPicture.DELETED)


def test_what_an_empty_segment_had_is_not_sent_as_its_picture() -> None:
    lost = replace(facts(entered(0), pictured(1, 3, flat=True), left(60), idle(0, 60)), deleted=True)
    segment = content(lost, 1)
    assert segment is not None
    assert (segment.picture, segment.flags, segment.no_picture) == (None, (), NoPicture.DELETED)


def test_an_open_stay_counts_up_to_its_tick() -> None:
    tick = Progress(job=JOB, slot=SLOT, start=LOW + 100, until=LOW + 130, active_s=4, keys=1, clicks=2)
    seen = (entered(0), left(60, 5, 10, None), entered(100, 2))
    segment = content(replay(JOB, SLOT, seen, tick), 1)
    assert segment is not None
    assert parts(segment.intervals) == [(0, 60), (100, 130)]
    assert (segment.active_s, segment.keys, segment.clicks, segment.running) == (9, 11, 2, True)


@pytest.mark.parametrize(
    "tick",
    [
        Progress(job=UUID(int=2), slot=SLOT, start=LOW + 100, until=LOW + 130),
        Progress(job=JOB, slot=SLOT + 1, start=LOW + 720, until=LOW + 730),
        Progress(job=JOB, slot=SLOT, start=LOW + 99, until=LOW + 130),
        Progress(job=JOB, slot=SLOT, start=LOW + 100, until=LOW + 130, attempt=2),
        None,
    ],
)
def test_a_tick_of_another_stay_counts_nothing(tick: Progress | None) -> None:
    assert parts(tuple((span.start, span.end) for span in replay(JOB, SLOT, (entered(100),), tick).counted)) == []


def test_a_tick_counts_for_the_very_stay_that_it_names() -> None:
    tick = Progress(job=JOB, slot=SLOT, start=LOW + 100, until=LOW + 130, attempt=2)
    assert replay(JOB, SLOT, (entered(100), left(100), entered(100, 2)), tick).counted_s == 30


def test_input_of_a_stay_left_within_its_first_second_counts_once() -> None:
    tick = Progress(job=JOB, slot=SLOT, start=LOW + 100, until=LOW + 100, attempt=1, keys=3)
    seen = (entered(0), left(100), entered(100), left(100, 0, 3), entered(100, 2))
    segment = content(replay(JOB, SLOT, seen, tick), 1)
    assert segment is not None
    assert segment.keys == 3


def test_a_tick_after_the_stay_was_left_counts_nothing() -> None:
    tick = Progress(job=JOB, slot=SLOT, start=LOW + 100, until=LOW + 130)
    assert replay(JOB, SLOT, (entered(100), left(110)), tick).counted_s == 10


def test_counting_never_goes_back() -> None:
    grown = extend(extend(facts(entered(10)), LOW + 30, 5, None, 1), LOW + 20, 2, 3, None)
    assert grown.stay == Stay(LOW + 10, LOW + 30, True, 7, 3, 1)
    assert grown.counted_s == 20
    assert extend(grown, LOW + 31, 0, 4, 5).stay == Stay(LOW + 10, LOW + 31, True, 7, 7, 6)


def test_the_counts_of_all_stays_add_up() -> None:
    segment = sent(entered(0), left(5, 1, 2, 3), entered(6, 2), left(9, 3, 4, 5))
    assert (segment.active_s, segment.keys, segment.clicks) == (4, 6, 8)


def test_what_is_not_open_is_not_extended_kept_or_left() -> None:
    closed = facts(entered(0), left(60))
    assert extend(closed, LOW + 90, 1, 1, 1) == closed
    assert progress(closed) is None
    assert fold(closed, left(80)) == closed


def test_the_tick_record_is_the_open_stay() -> None:
    open_stay = extend(facts(entered(10)), LOW + 30, 5, 6, 7)
    assert progress(open_stay) == Progress(
        job=JOB, slot=SLOT, start=LOW + 10, until=LOW + 30, attempt=1, active_s=5, keys=6, clicks=7
    )


def test_spans_that_touch_are_one_where_work_view_is_the_same() -> None:
    segment = sent(
        entered(0), left(10), entered(10, 2), left(20), entered(20, 3, drawn=False, work_view=False), left(30)
    )
    assert segment.spans == (Span(LOW, LOW + 20, True), Span(LOW + 20, LOW + 30, False))


def test_no_second_counts_twice_or_again_once_it_is_idle_or_deleted() -> None:
    assert parts(sent(entered(0), left(20), entered(10, 2), left(30)).intervals) == [(0, 30)]
    again = sent(entered(0), left(20), idle(5, 15), entered(0, 2), left(30))
    assert (parts(again.intervals), parts(again.idle)) == ([(0, 5), (15, 30)], [(5, 15)])
    again = sent(entered(0), pictured(1, 2), left(20), deleted(20, 1), entered(0, 2), left(30))
    assert (parts(again.intervals), parts(again.deleted)) == ([(20, 30)], [(0, 20)])


def test_idle_takes_only_what_was_counted() -> None:
    segment = sent(entered(10), left(20), entered(30, 2), left(40), idle(0, 15), idle(12, 35))
    assert (parts(segment.intervals), parts(segment.idle)) == ([(35, 40)], [(10, 20), (30, 35)])


def test_deletion_clears_what_was_recorded_and_goes_on_from_there() -> None:
    seen = (entered(0), pictured(1, 2), left(20, 9, 8, 7), deleted(20, 1))
    found = facts(*seen)
    assert (found.active_s, found.keys, found.clicks, found.void, found.awaits) == (0, None, None, 1, None)
    assert (found.picture, found.reason, found.deleted) == (None, NoPicture.DELETED, True)
    after = sent(*seen, entered(30, 2), left(40, 1), unpictured(2))
    assert (after.active_s, after.no_picture, parts(after.intervals)) == (1, NoPicture.FAILED, [(30, 40)])
    twice = facts(*seen, entered(30, 2), pictured(2, 31), left(40), deleted(40, 2))
    assert parts(twice.gone) == [(0, 20), (30, 40)]
    while_one_is_awaited = facts(
        entered(0), left(5), pictured(1, 4, leaving=True), entered(6, 2), left(9), deleted(9, 2)
    )
    assert (while_one_is_awaited.awaits, while_one_is_awaited.void) == (None, 2)


def test_a_drawn_attempt_is_waited_for_until_its_answer_comes() -> None:
    assert facts(entered(0)).awaits == 1
    assert facts(entered(0, drawn=False)).awaits is None
    assert facts(entered(0), left(5), entered(6, 2, drawn=False, work_view=False)).awaits == 1
    assert facts(entered(0), left(5), entered(6, 2)).awaits == 2
    assert facts(entered(0), left(5), entered(6, 2), unpictured(1)).awaits == 2
    assert facts(entered(0), left(5), entered(6, 2), pictured(1, 4, leaving=True)).awaits == 2
    assert facts(entered(0), left(5), entered(6, 2), pictured(1, 4)).awaits is None
    assert facts(entered(0), left(5), entered(6, 2), pictured(2, 7, leaving=True)).awaits is None
    assert facts(entered(0), unpictured(1)).awaits is None


def test_attempts_are_numbered_on_and_never_back() -> None:
    assert facts(entered(0, 4), left(5), entered(6, 2)).attempts == 4
    assert facts(entered(0, 1), left(5), entered(6, 2)).attempts == 2


def test_while_a_picture_may_come_there_is_no_reason_for_none() -> None:
    segment = sent(entered(0), left(60))
    assert (segment.running, segment.picture, segment.no_picture) == (True, None, None)
    segment = sent(entered(0), left(60), unpictured(1, NoPicture.LOCKED))
    assert (segment.running, segment.no_picture) == (False, NoPicture.LOCKED)
    segment = sent(entered(0, drawn=False, work_view=False), left(60))
    assert (segment.running, segment.no_picture) == (False, NoPicture.WORK_VIEW_OFF)


def test_a_picture_takes_the_reason_away() -> None:
    found = facts(entered(0), left(5), unpictured(1), entered(6, 2), left(9), pictured(2, 8, leaving=True))
    assert found.reason is None


def test_a_picture_that_fails_later_leaves_the_one_that_there_is() -> None:
    segment = sent(entered(0), left(5), pictured(1, 4, leaving=True), entered(6, 2), left(9), unpictured(2))
    assert (segment.picture, segment.no_picture) == (reference(1, LOW + 4), None)


def test_a_stay_that_counted_nothing_in_an_empty_segment_wants_no_picture() -> None:
    found = facts(entered(0), left(0))
    assert (found.awaits, found.void) == (None, 1)
    kept = facts(entered(0), left(5), entered(6, 2), left(6))
    assert (kept.awaits, kept.void) == (2, 0)


def test_erasing_voids_the_attempts_so_far_and_no_later_one() -> None:
    erased = Erased(job=JOB, slot=SLOT, attempt=1, reason=NoPicture.IDLE)
    found = facts(entered(0), pictured(1, 1), left(5), erased)
    assert (found.picture, found.reason, found.awaits, found.void) == (None, NoPicture.IDLE, None, 1)
    later = facts(entered(0), left(5), entered(6, 2), erased)
    assert (later.awaits, later.void) == (2, 1)
    assert facts(entered(0), left(5), erased).awaits is None
    older = fold(replace(found, void=3), erased)
    assert older.void == 3


def test_a_flag_is_kept_once_and_flags_are_sent_in_order() -> None:
    def flagged(flag: Flag) -> Flagged:
        return Flagged(job=JOB, slot=SLOT, flag=flag)

    segment = sent(
        entered(0),
        flagged(Flag.CRASH_RECOVERED),
        flagged(Flag.CLOCK_JUMP),
        flagged(Flag.CRASH_RECOVERED),
        pictured(1, 3, flat=True),
        left(5),
    )
    assert segment.flags == (Flag.CLOCK_JUMP, Flag.CRASH_RECOVERED, Flag.FLAT_PICTURE)


def test_the_last_comment_stands() -> None:
    first, second = (Commented(job=JOB, slot=SLOT, text=text) for text in ("one", "two"))
    assert sent(entered(0), first, second, left(5)).comment == "two"


def test_more_active_seconds_than_a_slot_has_are_not_sent() -> None:
    assert sent(entered(0), left(5, 721)).active_s == 720
    assert sent(entered(0), left(5, 720)).active_s == 720


@pytest.mark.parametrize("kind", ["spans", "idle", "gone"])
def test_of_more_parts_than_the_wire_takes_the_longest_are_sent(kind: str) -> None:
    cuts = tuple((LOW + 10 * at, LOW + 10 * at + (2 if at % 7 else 1)) for at in range(70))
    counted = facts(entered(719), left(720))
    many = {
        "spans": replace(counted, spans=tuple(Span(start, end, True) for start, end in cuts)),
        "idle": replace(counted, idle=cuts),
        "gone": replace(counted, gone=cuts),
    }[kind]
    segment = content(many, 1)
    assert segment is not None
    found = {"spans": segment.intervals, "idle": segment.idle, "gone": segment.deleted}[kind]
    # Ten are a second shorter: they go, and none of the others.
    assert found == tuple(cut for cut in cuts if cut[1] - cut[0] == 2)
    assert len(found) == MAX_SPANS


def test_of_equally_long_parts_the_first_are_sent() -> None:
    cuts = tuple(Span(LOW + 10 * at, LOW + 10 * at + 2, True) for at in range(61))
    segment = content(replace(facts(), spans=cuts), 1)
    assert segment is not None
    assert segment.spans == cuts[:60]


def test_the_parts_that_idle_would_take() -> None:
    found = facts(entered(10), left(20), entered(30, 2), left(40))
    assert parts(idle_parts(found, (LOW + 15, LOW + 35))) == [(15, 20), (30, 35)]
    assert idle_parts(found, (LOW + 20, LOW + 30)) == ()


@pytest.mark.parametrize(
    ("second", "is_seen"), [(9, False), (10, True), (20, True), (21, False), (29, False), (30, True), (700, True)]
)
def test_what_tracking_saw(second: int, is_seen: bool) -> None:
    open_again = facts(entered(10), left(20), entered(30, 2))
    assert saw(open_again, LOW + second) is is_seen
    taken = facts(entered(10), left(20), idle(10, 20), entered(30, 2))
    assert saw(taken, LOW + second) is is_seen


def test_a_segment_has_lost_everything_when_nothing_counts_and_nothing_runs() -> None:
    assert lost_everything(facts(entered(0), left(5), idle(0, 5)))
    assert not lost_everything(facts(entered(0), left(5), idle(0, 4)))
    assert not lost_everything(facts(entered(0), left(5), idle(0, 5), entered(6, 2)))
