"""Growth that is made of the growth before it is what the observations say."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from sync.growth import counted_on
from sync.uploader import Uploader
from tests.sync.journals import JOB, OTHER_JOB, T0, FakeMonotonic, Scribe, open_journal
from tests.sync.test_uploader import FakeMarketplace, Told
from tracker_app.link import PERIOD_S, POLL_S
from worktime import wire
from worktime.derive import Facts, Stay, content, ticked
from worktime.intervals import union
from worktime.observations import Progress
from worktime.slots import slot_of
from worktime.tracking_values import Start
from worktime.wire import MAX_SPANS, Flag, Span

SLOT = slot_of(T0)


class SlowMarketplace(FakeMarketplace):
    """Takes a moment to answer, and notes when it is sent something."""

    def __init__(self, clock: FakeMonotonic) -> None:
        super().__init__()
        self.clock = clock
        self.sent_at: list[float] = []

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        self.sent_at.append(self.clock.now)
        self.clock.now += 0.02
        return super().post_segments(batch)


COUNTS = st.none() | st.integers(0, 9)


@st.composite
def known(draw: st.DrawFn) -> Facts:
    """What was observed of a segment, in which a stay is open."""
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=8)))
    spans, idle, gone = [], [], []
    for start, end in itertools.pairwise(edges):
        match draw(st.integers(0, 4)):
            case 0 | 1:
                spans.append(Span(T0 + start, T0 + end, draw(st.booleans())))
            case 2:
                idle.append((T0 + start, T0 + end))
            case 3:
                gone.append((T0 + start, T0 + end))
    start = T0 + draw(st.integers(0, 70))
    stay = Stay(start, start, draw(st.booleans()), draw(st.integers(0, 3)), draw(COUNTS), draw(COUNTS))
    return Facts(
        JOB,
        SLOT,
        spans=tuple(spans),
        stay=stay,
        idle=union(idle),
        gone=union(gone),
        deleted=bool(gone),
        attempts=2,
        awaits=draw(st.sampled_from([None, 2])),
        comment=draw(st.sampled_from(["", "words"])),
        active_s=draw(st.integers(0, 5)),
        keys=draw(COUNTS),
        clicks=draw(COUNTS),
        flags=draw(st.sampled_from([(), (Flag.CLOCK_JUMP,)])),
    )


@st.composite
def tick_of(draw: st.DrawFn, facts: Facts) -> Progress:
    """A tick record, as a rule that of the open stay."""
    assert facts.stay is not None
    start = facts.stay.start + draw(st.sampled_from([0] * 9 + [1]))
    return Progress(
        job=draw(st.sampled_from([JOB] * 9 + [OTHER_JOB])),
        slot=SLOT,
        start=start,
        until=start + draw(st.integers(0, 60)),
        attempt=draw(st.sampled_from([2] * 8 + [0, 1])),
        active_s=draw(st.integers(0, 60)),
        keys=draw(COUNTS),
        clicks=draw(COUNTS),
    )


@given(st.data())
def test_what_has_counted_on_is_what_would_be_derived(data: st.DataObject) -> None:
    facts = data.draw(known())
    before = content(ticked(facts, data.draw(tick_of(facts))), 5)
    assume(before is not None)
    assert before is not None
    tick = data.draw(tick_of(facts))
    grown = counted_on(before, facts, tick)
    assert grown in (None, content(ticked(facts, tick), 6))


def test_growth_is_sent_in_each_round_those_with_a_poll_too(tmp_path: Path) -> None:
    clock, told = FakeMonotonic(), Told()
    journal, marketplace = open_journal(tmp_path, monotonic=clock), SlowMarketplace(clock)
    scribe, begun = Scribe(journal), clock.now
    scribe.do(Start(JOB, T0))
    sender = Uploader(
        journal.outbox,
        marketplace,
        told.listeners(),
        now=lambda: T0 + int(clock.now - begun),
        period_s=PERIOD_S,
        poll_s=POLL_S,
        monotonic=clock,
    )
    counted = 0
    while clock.now < begun + 300:
        scribe.work(T0 + counted, int(clock.now - begun) - counted)
        counted = int(clock.now - begun)
        wait_s = sender.run_once()
        clock.now += 0.01 + wait_s
    journal.close()
    assert len(told.jobs) >= 7
    assert max(later - at for at, later in itertools.pairwise(marketplace.sent_at)) < PERIOD_S + 0.5


def test_the_usual_growth_is_made_so() -> None:
    facts = Facts(JOB, SLOT, stay=Stay(T0, T0, work_view=True), attempts=1, awaits=1)
    first, second = (
        Progress(job=JOB, slot=SLOT, start=T0, until=T0 + until, attempt=1, active_s=3) for until in (10, 20)
    )
    before = content(ticked(facts, first), 1)
    assert before is not None
    assert counted_on(before, facts, second) == content(ticked(facts, second), 2)
    assert counted_on(before, facts, first) is not None
    split = tuple(Span(T0 + at, T0 + at + 1, work_view=False) for at in range(0, 2 * MAX_SPANS, 2))
    many = Facts(JOB, SLOT, spans=split, stay=Stay(T0 + 300, T0 + 300, work_view=True), attempts=1)
    for until in (301, 320):
        earlier, later = (
            Progress(job=JOB, slot=SLOT, start=T0 + 300, until=T0 + end, attempt=1) for end in (until, until + 20)
        )
        cut = content(ticked(many, earlier), 1)
        assert cut is not None
        assert counted_on(cut, many, later) == (None if until == 301 else content(ticked(many, later), 2))
