"""Other hours from this computer: checked here, durable at once, one entry a week, sent by whoever sends."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from sync.journal import Journal
from tests.sync.journals import JOB, open_journal
from tracker_app.other_hours import HoursDesk
from worktime.errors import FairhourError
from worktime.weeks import next_week, previous_week, submit_due
from worktime.wire import HoursState

WEEK = 1_793_595_600
NOW = WEEK + 200_000


@dataclass
class Bench:
    """A desk before a real journal, at ``NOW``."""

    journal: Journal
    nudges: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        ids = (UUID(int=number) for number in itertools.count(1))
        hours = self.journal.outbox.hours
        self.desk = HoursDesk(hours, lambda: NOW, lambda: next(ids), lambda: self.nudges.append(1))

    def stands(self, week: int = WEEK) -> list[tuple[int, str, str]]:
        """Return the week's entries: seconds, note, state."""
        found = self.desk.entries(JOB, week)
        return [(each.entry.seconds, each.entry.note, each.state.value) for each in found]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    journal = open_journal(tmp_path / "home")
    yield Bench(journal)
    journal.close()


def test_time_away_is_entered_in_the_weeks_in_which_it_was(bench: Bench) -> None:
    ids = bench.desk.add_other_hours(JOB, WEEK - 600, WEEK + 900, "  Call with the client\x07 ")
    assert len(set(ids)) == 2
    before = previous_week(WEEK)
    assert bench.stands(before) == [(600, "Call with the client", "additional")], "submitted by now"
    assert bench.stands() == [(900, "Call with the client", "open")]
    assert (len(bench.journal.outbox.hours.pending(NOW, 10)), bench.nudges) == (2, [1])


def test_an_entry_is_changed_and_removed(bench: Bench) -> None:
    entry = bench.desk.add(JOB, WEEK, 3600, "Call")
    bench.desk.change(entry, WEEK, 60, "A short call")
    assert bench.stands() == [(60, "A short call", "open")]
    bench.desk.remove(entry)
    assert (bench.stands(), bench.nudges) == ([], [1, 1, 1])


@pytest.mark.parametrize(
    ("start", "end", "note"),
    [(WEEK, WEEK, "Call"), (WEEK + 5, WEEK, "Call"), (WEEK, WEEK + 60, " \n"), (WEEK, WEEK + 60, "")],
)
def test_nothing_is_entered_without_a_second_or_a_note(bench: Bench, start: int, end: int, note: str) -> None:
    with pytest.raises(FairhourError, match="hours_bad"):
        bench.desk.add_other_hours(JOB, start, end, note)
    assert (bench.stands(), bench.nudges) == ([], [])


def test_an_entry_has_at_most_its_weeks_hours_and_its_week_has_begun(bench: Bench) -> None:
    entry = bench.desk.add(JOB, WEEK, 168 * 3600, "Everything")
    with pytest.raises(FairhourError, match="at most its week's 168 hours"):
        bench.desk.change(entry, WEEK, 168 * 3600 + 1, "More")
    with pytest.raises(FairhourError, match="hours_week"):
        bench.desk.add_other_hours(JOB, NOW, next_week(WEEK) + 1, "Both or none")
    assert len(bench.stands()) == 1
    assert not bench.desk.is_submitted(WEEK)
    assert bench.desk.is_submitted(previous_week(WEEK))
    assert submit_due(previous_week(WEEK)) < NOW
    assert HoursState(bench.stands()[0][2]) is HoursState.OPEN
