"""Whose records these are: another person's are kept, and offered to nobody but them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.journal import Journal
from sync.owners import Owners, admit
from tests.sync.journals import JOB, OTHER_JOB, T0, Scribe, open_journal
from worktime.tracking_values import Start, Stop

NOW = T0 + 100_000


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = open_journal(tmp_path / "home")
    yield made
    made.close()


def recorded(journal: Journal) -> None:
    """A slot for each of two jobs, a picture in each."""
    scribe = Scribe(journal)
    for number, job in enumerate((JOB, OTHER_JOB)):
        start = T0 + 720 * number
        scribe.do(Start(job, start))
        scribe.work(start, 10)
        scribe.do(Stop(start + 20))


def jobs_offered(journal: Journal) -> set[object]:
    return {segment.job for segment in journal.outbox.pending_segments(NOW, 10)}


def test_nothing_is_offered_until_it_is_known_whose_token_is_in_use(journal: Journal, tmp_path: Path) -> None:
    recorded(journal)
    journal.outbox.hold_back_all()
    assert jobs_offered(journal) == set()
    assert journal.outbox.pending_pictures(NOW, 10) == ()
    admit("a", journal.outbox, Owners(tmp_path / "people.json"))
    assert jobs_offered(journal) == {JOB, OTHER_JOB}


def test_another_persons_records_stay_and_go_when_that_person_is_back(journal: Journal, tmp_path: Path) -> None:
    owners = Owners(tmp_path / "people.json")
    owners.add("a", [JOB], "Sample freelancer")
    owners.add("b", [OTHER_JOB], "Sample other freelancer")
    recorded(journal)
    admit("b", journal.outbox, Owners(tmp_path / "people.json"))
    assert jobs_offered(journal) == {OTHER_JOB}
    assert journal.outbox.counts().segments == 1
    assert journal.outbox.held_back() == {JOB}
    assert owners.name_of(JOB) == "Sample freelancer"
    admit("a", journal.outbox, owners)
    assert jobs_offered(journal) == {JOB}
    assert journal.outbox.held_back() == {OTHER_JOB}


def test_what_was_recorded_before_names_were_known_is_the_first_persons(journal: Journal, tmp_path: Path) -> None:
    recorded(journal)
    owners = Owners(tmp_path / "people.json")
    admit("a", journal.outbox, owners)
    admit("b", journal.outbox, owners)
    assert jobs_offered(journal) == set()
    admit("a", journal.outbox, owners)
    assert jobs_offered(journal) == {JOB, OTHER_JOB}


def test_the_file_is_written_only_when_something_is_new(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    owners = Owners(path)
    assert not owners.known
    owners.add("a", [JOB], "Sample freelancer")
    path.unlink()
    owners.add("a", [JOB])
    assert not path.exists()
    assert owners.name_of(OTHER_JOB) == ""


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff"])
def test_a_file_of_no_use_is_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.json"
    path.write_bytes(content)
    assert not Owners(path).known
