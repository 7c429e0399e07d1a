"""What the user can do with what was refused: try again, take a copy, give it up."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.journal import Journal
from tests.sync.journals import JOB, T0, Scribe, open_journal, picture_receipt_for, receipt_for
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_of
from worktime.tracking_values import Start, Stop
from worktime.wire import NoPicture, Segment

SLOT = slot_of(T0)
NOW = T0 + 5000
PROBLEM = Problem("why", "Title", "Message.", "Action.")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal with a segment of 300 s in quarantine, and a picture of the next slot beside it."""
    made = open_journal(tmp_path / "home")
    scribe = Scribe(made)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 300)
    scribe.do(Stop(T0 + 300), Start(JOB, T0 + 720))
    scribe.work(T0 + 720, 100)
    scribe.take(SLOT + 1, 1, T0 + 750)
    scribe.do(Stop(T0 + 820))
    first, second = made.outbox.pending_segments(NOW, 10)
    made.outbox.quarantine_segment(first, PROBLEM)
    made.outbox.segment_receipt(receipt_for(second))
    (picture,) = made.outbox.pending_pictures(NOW, 10)
    made.outbox.quarantine_picture(picture, PROBLEM)
    yield made
    made.close()


def ids(journal: Journal) -> tuple[str, str]:
    segment, picture = journal.quarantine.items()
    return segment.id, picture.id


def send(journal: Journal) -> tuple[Segment, ...]:
    pending = journal.outbox.pending_segments(NOW, 10)
    for each in pending:
        journal.outbox.segment_receipt(receipt_for(each))
    return pending


def test_what_was_refused_is_listed_oldest_first(journal: Journal) -> None:
    segment, picture = journal.quarantine.items()
    assert (segment.job, segment.at, segment.tracked_s, segment.problem) == (JOB, T0, 300, PROBLEM)
    assert (picture.at, picture.tracked_s, picture.thumbnail is not None) == (T0 + 750, 0, True)


def test_a_segment_that_is_tried_again_is_offered_as_it_was(journal: Journal) -> None:
    send(journal)
    journal.quarantine.try_again({ids(journal)[0]})
    assert [(each.slot, each.revision) for each in send(journal)] == [(SLOT, 1)]
    assert [item.picture is not None for item in journal.quarantine.items()] == [True]


def test_a_picture_that_is_tried_again_is_named_again_first(journal: Journal) -> None:
    assert [(each.slot, each.no_picture) for each in send(journal)] == [(SLOT + 1, NoPicture.FAILED)]
    journal.quarantine.try_again({ids(journal)[1]})
    assert journal.outbox.pending_pictures(NOW, 10) == ()
    (named,) = send(journal)
    assert named.picture is not None
    (picture,) = journal.outbox.pending_pictures(NOW, 10)
    journal.outbox.picture_receipt(picture_receipt_for(named.picture))
    assert (picture.id, len(journal.quarantine.items())) == (named.picture.id, 1)


def test_what_is_discarded_is_gone_and_never_sent(journal: Journal) -> None:
    send(journal)
    thumbnail = journal.quarantine.items()[1].thumbnail
    assert thumbnail is not None
    journal.quarantine.discard(set(ids(journal)))
    assert journal.quarantine.items() == ()
    assert (send(journal), journal.outbox.counts().quarantined, thumbnail.exists()) == ((), 0, False)


def test_a_copy_is_the_owners_alone_and_replaces_none(journal: Journal, tmp_path: Path) -> None:
    first = journal.quarantine.export(ids(journal), tmp_path)
    second = journal.quarantine.export(ids(journal)[:1], tmp_path)
    entries = json.loads(first.read_text())
    assert entries[0]["segment"]["slot"] == SLOT
    assert (tmp_path / entries[1]["screenshot"]).read_bytes() == b"picture 1"
    assert (first.name, second.name) == ("fairhour-refused.json", "fairhour-refused-2.json")
    assert first.stat().st_mode & 0o777 == 0o600
    assert len(journal.quarantine.items()) == 2, "a copy changes nothing"


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_a_copy_goes_into_new_files_only(journal: Journal, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "fairhour-refused.json").symlink_to(elsewhere)
    screenshot = folder / json.loads(journal.quarantine.export(ids(journal), tmp_path).read_text())[1]["screenshot"]
    screenshot.touch(mode=0o644)
    assert journal.quarantine.export(ids(journal), folder).name == "fairhour-refused-2.json"
    assert not elsewhere.exists(), "a link that somebody laid there is not followed"
    assert (screenshot.read_bytes(), screenshot.stat().st_mode & 0o777) == (b"picture 1", 0o600)
    assert {path.name for path in folder.iterdir()} == {
        "fairhour-refused.json",
        "fairhour-refused-2.json",
        screenshot.name,
    }


def test_a_folder_that_takes_no_copy_is_told(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(FairhourError) as caught:
        journal.quarantine.export(ids(journal), tmp_path / "nowhere")
    assert caught.value.problem.code == "export_failed"
