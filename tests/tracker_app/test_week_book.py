"""What the book of the week keeps is what one counts that keeps nothing, whatever happened in between."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker_app.fakes import JOB, OTHER_JOB, SLOT, T0, FakeRecord
from tests.tracker_app.samples import DEVICE, OTHER_DEVICE, WEEK, tile, week
from tracker_app.week_book import WeekBook
from worktime import weeks
from worktime.derive import Facts
from worktime.intervals import intersect, total
from worktime.slots import slot_start
from worktime.wire import Span, WeekView

SLOTS = range(SLOT - 40, SLOT + 3)
"""From the day before T0's (in New York) to just after it."""
JOBS = (JOB, OTHER_JOB)

acts = st.lists(
    st.one_of(
        st.tuples(st.just("touch"), st.sampled_from(JOBS), st.sampled_from(SLOTS), st.integers(0, 720)),
        st.tuples(st.just("run"), st.sampled_from(JOBS), st.sampled_from(SLOTS), st.integers(1, 720)),
        st.tuples(st.just("stop"), st.sampled_from(JOBS), st.just(SLOT), st.just(0)),
        st.tuples(st.just("reject"), st.just(JOB), st.sampled_from(SLOTS), st.just(0)),
        st.tuples(st.just("elsewhere"), st.just(JOB), st.sampled_from(SLOTS), st.integers(1, 720)),
    ),
    max_size=12,
)


def facts(job: UUID, slot: int, seconds: int) -> Facts:
    """A segment of so many seconds from the slot's start; none of it is left where there are none."""
    start = slot_start(slot)
    return Facts(job, slot, spans=(Span(start, start + seconds, True),) if seconds else ())


def counted(known: dict[tuple[UUID, int], int], heard: WeekView, job: UUID, start: int, end: int) -> int:
    """Tracked seconds of the job in ``[start, end)``, from nothing that was kept."""
    of_job = heard.tiles if heard.job == job else ()
    rejected = {one.slot for one in of_job if one.rejected and one.device == DEVICE}
    own = [(slot, seconds) for (of, slot), seconds in known.items() if of == job and slot not in rejected]
    others = [(one.slot, one.tracked_s) for one in of_job if one.device != DEVICE]
    parts = [(slot_start(slot), slot_start(slot) + seconds) for slot, seconds in (*own, *others) if seconds]
    return total(intersect(parts, [(start, end)]))


@settings(max_examples=60)
@given(acts)
def test_its_sums_are_those_of_everything_that_was_told(done: list[tuple[str, UUID, int, int]]) -> None:
    running: list[Facts | None] = [None]
    book = WeekBook(FakeRecord(), DEVICE, "America/New_York", lambda: running[0])
    book.turn(T0)
    known: dict[tuple[UUID, int], int] = {}
    heard = week()
    for act, job, slot, seconds in done:
        match act:
            case "touch":
                book.touch(facts(job, slot, seconds))
                known[job, slot] = seconds
            case "run":
                running[0] = facts(job, slot, seconds)
                known[job, slot] = seconds
            case "stop":
                running[0] = None
            case "reject":
                heard = week(*heard.tiles, tile(slot, rejected=True))
                book.heard(heard)
            case "elsewhere":
                heard = week(*heard.tiles, tile(slot, device=OTHER_DEVICE, tracked_s=seconds))
                book.heard(heard)
        if act == "touch" and running[0] is not None and running[0].key == (job, slot):
            # What the recorder tells of the running segment is what it runs at.
            running[0] = facts(job, slot, seconds)
        for each in JOBS:
            day = book.day_bounds(T0)
            assert book.today_s(each, T0) == counted(known, heard, each, *day)
            assert book.week_s(each) == counted(known, heard, each, WEEK, weeks.week_end(WEEK))
            for at in (slot, SLOT):
                there = {of for of in JOBS if known.get((of, at))}
                assert {one.job for one in book.any_in(at)} == there
