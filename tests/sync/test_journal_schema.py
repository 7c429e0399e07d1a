"""Migrations: a journal of an older program is brought up to date, whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from sync import journal_schema
from sync.journal_schema import MIGRATIONS, migrate
from tests.sync.journals import JOB, OTHER_JOB, T0, FakeMonotonic, Scribe, open_journal, receipt_for
from worktime.slots import slot_of
from worktime.tracking_values import Stop

OLD = Path(__file__).parent / "data" / "journal-v1.sqlite3"
"""Written by version 1: two slots of one job, closed, their first revisions sent; one of another job, open."""
SLOT = slot_of(T0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copy(OLD, tmp_path / "journal.sqlite3")
    return tmp_path


def version(home: Path) -> int:
    connection = sqlite3.connect(home / "journal.sqlite3")
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return int(done)


def test_a_journal_of_version_1_is_brought_up_to_date_and_goes_on(home: Path) -> None:
    assert version(home) == 1
    monotonic = FakeMonotonic()
    journal = open_journal(home, monotonic=monotonic)
    assert journal.problem is None
    recovered = journal.recover(T0 + 1700)
    assert [(facts.job, facts.slot - SLOT) for facts in recovered.facts] == [(JOB, 0), (JOB, 1), (OTHER_JOB, 2)]
    assert [facts.counted_s for facts in recovered.facts][:2] == [720, 80]
    scribe = Scribe(journal)
    scribe.do(recovered)
    waiting = journal.outbox.pending_segments(T0 + 1700, 10)
    assert [(segment.slot - SLOT, segment.revision) for segment in waiting if segment.job == JOB] == [(1, 2)]
    for segment in waiting:
        journal.outbox.segment_receipt(receipt_for(segment))
    scribe.do(Stop(T0 + 1700))
    journal.close()
    assert version(home) == len(MIGRATIONS)


def test_every_migration_is_whole_or_not_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ("CREATE TABLE half (done INTEGER) STRICT", "CREATE TABLE half (done INTEGER) STRICT")
    monkeypatch.setattr(journal_schema, "MIGRATIONS", (*MIGRATIONS, broken))
    connection = sqlite3.connect(home / "journal.sqlite3", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection)
    assert not connection.in_transaction
    connection.close()
    assert version(home) == len(MIGRATIONS)
    monkeypatch.undo()
    journal = open_journal(home)
    assert len(journal.keys(SLOT, SLOT + 9)) == 3
    journal.close()


def test_a_migrated_journal_has_the_tables_of_a_new_one(home: Path, tmp_path: Path) -> None:
    open_journal(home).close()
    open_journal(tmp_path / "new").close()

    def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(path / "journal.sqlite3")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: connection.execute(f"PRAGMA table_info({name})").fetchall() for name in names}
        connection.close()
        return found

    assert columns(home) == columns(tmp_path / "new")
