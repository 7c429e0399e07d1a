"""Other hours in the journal: durable before anything is sent, gone only by a receipt or by the user's word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from sync.journal import Journal
from sync.journal_hours import HoursJournal
from tests.support.answers import week_view
from tests.sync.journals import JOB, OTHER_JOB, open_journal
from worktime import wire
from worktime.errors import FairhourError, Problem
from worktime.ids import uuid7
from worktime.wire import HoursState, OtherHours, OtherHoursReceipt, OtherHoursView, Outcome

WEEK = 1_793_595_600
NOW = WEEK + 100_000
BAD = Problem("submitted", "Title", "Message.", "Action.")


def entry(number: int = 1, **changes: Any) -> OtherHours:
    """Return an entry that was made ``number`` seconds into the week."""
    plain = {"job": JOB, "week_start": WEEK, "seconds": 3600, "note": f"Call {number}"}
    return OtherHours(id=uuid7((WEEK + number) * 1000, bytes(10)), **{**plain, **changes})


def view(of: OtherHours, state: HoursState = HoursState.OPEN, **changes: Any) -> OtherHoursView:
    """Return how the marketplace shows an entry."""
    plain = {"seconds": of.seconds, "note": of.note, "revision": of.revision, "state": state}
    return OtherHoursView(id=of.id, **{**plain, **changes})


def receipt(of: OtherHours, outcome: Outcome = Outcome.STORED) -> OtherHoursReceipt:
    """Return an honest receipt."""
    return OtherHoursReceipt(id=of.id, revision=of.revision, outcome=outcome, digest=wire.hours_digest(of))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = open_journal(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def hours(journal: Journal) -> HoursJournal:
    return journal.outbox.hours


def put(hours: HoursJournal, *entries: OtherHours) -> None:
    """Enter into an open week."""
    hours.add((each, HoursState.OPEN) for each in entries)


def stands(hours: HoursJournal) -> list[tuple[int, str, bool]]:
    """Return the week's entries: seconds, state, whether they wait."""
    return [(each.entry.seconds, str(each.state.value), each.waits) for each in hours.entries(JOB, WEEK)]


def test_an_entry_made_offline_is_kept_and_offered_until_its_receipt(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "home")
    put(journal.outbox.hours, entry(2), entry(1))
    journal.close()
    journal = open_journal(tmp_path / "home")
    hours = journal.outbox.hours
    first, second = hours.pending(NOW, 10)
    assert (first, second) == (entry(1), entry(2)), "in the order in which they were made"
    assert hours.pending(NOW, 1) == (first,)
    assert (journal.outbox.counts().hours, journal.outbox.oldest_unsent()) == (2, WEEK + 1)
    hours.received(receipt(first))
    hours.received(receipt(second, Outcome.KNOWN))
    hours.received(receipt(entry(3)))
    assert (hours.pending(NOW, 10), journal.outbox.counts().hours) == ((), 0)
    assert stands(hours) == [(3600, "open", False), (3600, "open", False)]
    journal.close()


def test_each_change_is_a_newer_revision(hours: HoursJournal) -> None:
    put(hours, entry())
    (offered,) = hours.pending(NOW, 10)
    hours.change(offered.id, 60, "Shorter")
    hours.received(receipt(offered))
    (again,) = hours.pending(NOW, 10)
    assert (again.revision, again.seconds, again.note) == (2, 60, "Shorter"), "the receipt was for the older one"
    hours.received(receipt(again))
    hours.remove(again.id)
    assert stands(hours) == []
    (gone,) = hours.pending(NOW, 10)
    assert (gone.revision, gone.removed) == (3, True)
    with pytest.raises(FairhourError, match="hours_gone"):
        hours.change(gone.id, 1, "x")
    with pytest.raises(FairhourError, match="hours_gone"):
        hours.remove(gone.id)
    hours.received(receipt(gone))
    assert (hours.pending(NOW, 10), hours.jobs()) == ((), frozenset())


def test_what_the_marketplace_holds_instead_is_taken(journal: Journal, hours: HoursJournal) -> None:
    put(hours, entry(1), entry(2))
    theirs = entry(1, revision=2, note="From the browser")
    hours.superseded(entry(1), theirs)
    assert not journal.outbox.problems(), "a first word that was sent twice overrules nobody"
    hours.change(theirs.id, 60, "Mine")
    hours.change(theirs.id, 61, "Mine")
    (mine, _) = hours.pending(NOW, 10)
    hours.superseded(mine, entry(1, revision=4, seconds=7, note="Theirs"))
    hours.superseded(entry(2), entry(2, revision=2, removed=True))
    assert stands(hours) == [(7, "open", False)]
    assert [(problem.code, problem.values["n"]) for problem in journal.outbox.problems()] == [("hours_overruled", "1")]
    assert hours.pending(NOW, 10) == ()


def test_what_is_refused_stands_in_quarantine_until_the_user_says(
    journal: Journal, hours: HoursJournal, tmp_path: Path
) -> None:
    put(hours, entry(1), entry(2))
    hours.defer(entry(2), BAD, NOW + 60)
    hours.quarantine(entry(1), BAD)
    assert hours.pending(NOW, 10) == ()
    assert hours.pending(NOW + 60, 10) == (entry(2),)
    (item,) = journal.quarantine.items()
    assert (item.job, item.at, item.tracked_s, item.note, item.problem) == (JOB, WEEK, 3600, "Call 1", BAD)
    assert (journal.outbox.counts().quarantined, journal.outbox.problems()) == (1, (BAD,))
    assert hours.entries(JOB, WEEK)[0].problem == BAD
    exported = msgspec.json.decode(journal.quarantine.export({item.id}, tmp_path).read_bytes())
    assert exported[0]["other_hours"]["note"] == "Call 1"
    journal.quarantine.try_again({item.id})
    assert hours.pending(NOW, 10) == (entry(1),)
    hours.quarantine(entry(1), BAD)
    journal.quarantine.discard({item.id})
    assert (journal.quarantine.items(), len(hours.entries(JOB, WEEK))) == ((), 1)
    hours.quarantine(entry(2), BAD)
    hours.remove(entry(2).id)
    assert hours.entries(JOB, WEEK) == (), "the marketplace never had it: there is nothing to tell it"
    assert hours.pending(NOW, 10) == ()


def test_what_the_marketplace_says_of_a_week_is_kept(hours: HoursJournal) -> None:
    put(hours, entry(1), entry(2))
    hours.received(receipt(entry(2)))
    changed = view(entry(2), seconds=60, revision=2)
    week = week_view(
        JOB, WEEK, other_hours=(view(entry(1), HoursState.ADDITIONAL, revision=9), changed, view(entry(3)))
    )
    assert hours.heard(week)
    assert stands(hours) == [(3600, "additional", True), (60, "open", False), (3600, "open", False)]
    assert not hours.heard(week), "nothing is written for what is known"
    assert hours.pending(NOW, 10) == (entry(1),), "the user's own word waits as it was"
    hours.change(entry(2).id, 61, "Mine")
    assert hours.pending(NOW, 10)[1].revision == 3
    assert hours.heard(week_view(JOB, WEEK, other_hours=()))
    assert stands(hours) == [(3600, "additional", True), (61, "open", True)], "what was deleted elsewhere is gone"
    assert not hours.heard(week_view(OTHER_JOB, WEEK))


def test_what_stands_on_a_submitted_timesheet_is_not_changed(hours: HoursJournal) -> None:
    hours.heard(week_view(JOB, WEEK, other_hours=(view(entry(), HoursState.SUBMITTED, sheet_week=WEEK),)))
    with pytest.raises(FairhourError, match="hours_submitted"):
        hours.change(entry().id, 1, "x")
    with pytest.raises(FairhourError, match="hours_submitted"):
        hours.remove(entry().id)


def test_another_persons_entries_are_held_back(journal: Journal, hours: HoursJournal) -> None:
    put(hours, entry(1), entry(2, job=OTHER_JOB))
    assert journal.outbox.jobs() == {JOB, OTHER_JOB}
    journal.outbox.hold_back_all()
    assert hours.pending(NOW, 10) == ()
    journal.outbox.hold_back([OTHER_JOB])
    assert hours.pending(NOW, 10) == (entry(1),)
    assert journal.outbox.held_back() == {OTHER_JOB}
    assert journal.outbox.counts().hours == 1


def test_none_is_lost_when_the_journal_is_damaged(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal = open_journal(home)
    put(journal.outbox.hours, *(entry(number) for number in range(1, 30)))
    journal.outbox.hours.received(receipt(entry(1)))
    journal.outbox.hours.quarantine(entry(2), BAD)
    truth = journal.outbox.hours.entries(JOB, WEEK)
    journal.close()
    path = home / "journal.sqlite3"
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'observation'").fetchone()
    connection.close()
    raw = bytearray(path.read_bytes())
    raw[: 100 + 4] = b"\xff" * 104
    raw[(root - 1) * 4096 : root * 4096] = b"\xaa" * 4096
    path.write_bytes(raw)
    journal = open_journal(home, device=UUID(int=4))
    assert journal.problem is not None
    assert journal.outbox.hours.entries(JOB, WEEK) == truth
    journal.close()
