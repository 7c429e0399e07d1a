"""The journal: what is kept comes back, segments are derived from it, and a start recovers what was cut."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from sync import reserve
from sync.journal import Journal
from sync.reserve import RESERVE_BYTES, Reserve
from tests.sync.journals import (
    DEVICE,
    JOB,
    OTHER_JOB,
    T0,
    FakeMonotonic,
    Scribe,
    open_journal,
    picture,
    picture_receipt_for,
)
from worktime.derive import content
from worktime.errors import FairhourError
from worktime.observations import Flagged
from worktime.slots import slot_of
from worktime.tracking_values import Comment, Delete, Recovered, Start, Stop, Tick
from worktime.wire import Flag, NoPicture

SLOT = slot_of(T0)


def test_segments_come_back_after_a_restart(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0), Comment("Import"))
    scribe.work(T0, 400)
    scribe.take(SLOT, 1, T0 + 360)
    scribe.do(Stop(T0 + 400))
    before = journal.facts(JOB, SLOT)
    journal.close()
    journal = open_journal(tmp_path)
    assert journal.facts(JOB, SLOT) == before
    segment = content(before, 1)
    assert segment is not None
    assert (segment.tracked_s, segment.comment, segment.active_s) == (400, "Import", 400)
    assert journal.keys(SLOT, SLOT + 1) == ((JOB, SLOT),)
    assert journal.keys(SLOT + 1, SLOT + 9) == ()
    journal.close()


def test_the_device_keeps_its_id_and_a_new_journal_gets_a_new_one(tmp_path: Path) -> None:
    open_journal(tmp_path / "a").close()
    journal = open_journal(tmp_path / "a", device=UUID(int=1))
    assert journal.outbox.device == DEVICE
    assert journal.outbox.device_name == "test computer"
    journal.close()
    other = open_journal(tmp_path / "b", device=UUID(int=1))
    assert other.outbox.device == UUID(int=1)
    other.close()


def test_observations_can_be_neither_changed_nor_removed(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    Scribe(journal).do(Start(JOB, T0))
    journal.close()
    with sqlite3.connect(tmp_path / "journal.sqlite3") as connection:
        for statement in ("UPDATE observation SET slot = 1", "DELETE FROM observation"):
            with pytest.raises(sqlite3.IntegrityError, match="observations are never"):
                connection.execute(statement)
    connection.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_everything_is_readable_by_the_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    old = os.umask(0)
    try:
        journal = open_journal(home)
        scribe = Scribe(journal)
        scribe.do(Start(JOB, T0), Tick(T0 + 1, T0))
        scribe.take(SLOT, 1, T0)
    finally:
        os.umask(old)
    for path in [home, *home.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    journal.close()


def test_an_open_interval_is_closed_at_its_last_durable_tick(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0), Comment("Import"))
    scribe.work(T0, 100)
    journal.close()
    journal = open_journal(tmp_path)
    after = Scribe(journal)
    recovered = journal.recover(T0 + 9000)
    assert recovered.memos == ((JOB, "Import"),)
    after.do(recovered)
    segment = content(journal.facts(JOB, SLOT), 1)
    assert segment is not None
    assert [(span.start, span.end) for span in segment.spans] == [(T0, T0 + 100)]
    assert (segment.flags, segment.no_picture) == ((Flag.CRASH_RECOVERED,), NoPicture.CRASHED)
    assert journal.recover(T0 + 9001).facts[0].stay is None
    journal.close()


def test_a_picture_in_the_spool_that_the_machine_was_not_told_of_is_adopted(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 100)
    taken = scribe.take(SLOT, 1, T0 + 99, tell=False)
    journal.close()
    journal = open_journal(tmp_path)
    Scribe(journal).do(journal.recover(T0 + 200))
    segment = content(journal.facts(JOB, SLOT), 1)
    assert segment is not None
    assert segment.picture == taken.picture
    assert journal.recover(T0 + 200).pictures == ()
    journal.close()


def test_a_file_without_a_row_is_removed_and_a_row_without_its_file_is_not_adopted(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 10)
    stray, data = picture(SLOT, 1, T0, number=77)
    journal.spool.store(stray.picture.sha256, data, b"small")
    lost = scribe.take(SLOT, 1, T0 + 5, tell=False)
    journal.spool.picture(lost.picture.sha256).unlink()
    journal.close()
    journal = open_journal(tmp_path)
    recovered = journal.recover(T0 + 20)
    assert recovered.pictures == ()
    assert list((tmp_path / "pictures").iterdir()) == []
    assert journal.whereabouts(lost.picture.id) is None
    journal.close()


def test_a_deleted_picture_s_bytes_and_thumbnail_are_erased(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 500)
    taken = scribe.take(SLOT, 1, T0 + 360)
    where = journal.whereabouts(taken.picture.id)
    assert where is not None
    assert where.picture is not None
    assert where.thumbnail is not None
    scribe.do(Delete(JOB, SLOT, T0 + 500))
    assert not where.picture.exists()
    assert not where.thumbnail.exists()
    assert journal.whereabouts(taken.picture.id) is None
    journal.close()


def test_two_pictures_of_an_unchanged_screen_share_a_file_until_neither_needs_it(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 730)
    first, data = picture(SLOT, 1, T0 + 360, number=1)
    second, _ = picture(SLOT + 1, 1, T0 + 725, number=1)
    second = msgspec.structs.replace(second, picture=msgspec.structs.replace(second.picture, id=UUID(int=2)))
    for taken in (first, second):
        journal.spooled(taken, data, b"small")
        scribe.do(taken)
    path = journal.spool.picture(first.picture.sha256)
    journal.erase(first.picture.id)
    assert path.exists()
    journal.outbox.picture_receipt(picture_receipt_for(second.picture))
    assert not path.exists()
    assert journal.spool.thumbnail(first.picture.sha256).exists(), "the window still shows the second one"
    journal.erase(UUID(int=55))
    journal.close()


def test_the_newest_slots_are_recovered_for_every_job(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 720 * 5)
    scribe.do(Start(OTHER_JOB, T0 + 3600), Comment("Other"))
    scribe.work(T0 + 3600, 10)
    scribe.do(Stop(T0 + 3610))
    recovered = journal.recover(T0 + 4000)
    assert {facts.slot - SLOT for facts in recovered.facts} >= {3, 4, 5}
    assert recovered.memos == ((OTHER_JOB, "Other"),)
    journal.close()


# What can be wrong with the file


def test_a_damaged_journal_is_put_aside_and_told(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / "journal.sqlite3").write_bytes(b"this is no database " * 500)
        journal = open_journal(tmp_path, device=UUID(int=number))
        assert journal.problem is not None
        assert journal.problem.code == "journal_damaged"
        assert f"journal-damaged-{number}.sqlite3" in journal.problem.message
        assert (tmp_path / f"journal-damaged-{number}.sqlite3").read_bytes().startswith(b"this is no database")
        assert journal.outbox.device == UUID(int=number), "a new record is a new device: no segment is overwritten"
        journal.close()


def test_a_page_that_was_overwritten_is_found_at_the_start(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 30)
    journal.close()
    path = tmp_path / "journal.sqlite3"
    raw = bytearray(path.read_bytes())
    raw[4096 * 2 : 4096 * 4] = b"\xaa" * 8192
    path.write_bytes(raw)
    journal = open_journal(tmp_path)
    assert journal.problem is not None
    journal.close()


def test_a_journal_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    open_journal(tmp_path).close()
    with sqlite3.connect(tmp_path / "journal.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FairhourError) as caught:
        open_journal(tmp_path)
    assert caught.value.problem.code == "journal_newer"


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    with pytest.raises(FairhourError) as caught:
        open_journal(tmp_path)
    assert caught.value.problem.code == "journal_unusable"
    journal.close()


def test_a_full_disk_is_told_and_the_reserve_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    reserve = tmp_path / "reserve"
    assert reserve.stat().st_size == RESERVE_BYTES
    with journal._db.read() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    long = [Flagged(job=JOB, slot=SLOT + number, flag=Flag.CLOCK_JUMP) for number in range(2000)]
    with pytest.raises(FairhourError) as caught:
        journal.append(long)
    assert caught.value.problem.code == "disk_full"
    assert not reserve.exists()
    assert journal.keys(SLOT + 1, SLOT + 9) == (), "a transaction is whole or not there"
    with journal._db.read() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    journal.append(long)
    assert len(journal.keys(SLOT + 1, SLOT + 9)) == 8
    journal.close()


def test_without_room_for_a_reserve_the_journal_works_and_says_so(tmp_path: Path) -> None:
    clock, free = FakeMonotonic(), [100_000]
    kept = Reserve(tmp_path, monotonic=clock, room=lambda _folder: free[0])

    def told() -> tuple[str, str] | None:
        problem = kept.problem
        return None if problem is None else (problem.code, problem.values["room"])

    assert not (tmp_path / "reserve").exists()
    assert told() == ("disk_nearly_full", "97")
    free[0] = 10**9
    assert told() == ("disk_nearly_full", "97"), "it was just looked at"
    clock.now += reserve.LOOK_S
    assert told() is None
    assert (tmp_path / "reserve").stat().st_size == RESERVE_BYTES
    free[0] = RESERVE_BYTES - 1
    clock.now += reserve.LOOK_S
    assert told() == ("disk_nearly_full", "383"), "told before anything is lost"
    assert (tmp_path / "reserve").exists()


def test_a_disk_that_tells_nothing_or_takes_no_reserve_is_taken_for_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> int:
        raise OSError(5, "Input/output error")

    assert Reserve(tmp_path, room=broken).problem is not None

    def no_room(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", no_room)
    assert Reserve(tmp_path, room=lambda _folder: 10**9).problem is not None


def test_a_quota_that_does_not_show_in_what_is_free_is_told_apart_from_a_broken_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Reserve(tmp_path)
    assert not kept.is_out_of_room()
    assert [path.name for path in tmp_path.iterdir()] == ["reserve"]
    number = errno.EDQUOT

    def refused(_self: Path, _data: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refused)
    assert kept.is_out_of_room()
    number = errno.EIO
    assert not kept.is_out_of_room()


def test_a_folder_that_can_t_be_written_is_told_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system", str(tmp_path / "journal.sqlite3"))

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(FairhourError) as caught:
        open_journal(tmp_path)
    assert caught.value.problem.code == "journal_unusable"
    assert "Read-only" in caught.value.problem.message


def test_a_tick_that_the_disk_does_not_take_is_told(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))

    def broken(progress: object) -> None:
        raise OSError(5, "Input/output error")

    journal._tick.write = broken  # type: ignore[method-assign]
    with pytest.raises(FairhourError) as caught:
        scribe.do(Tick(T0 + 1, T0))
    assert caught.value.problem.code == "tick_failed"
    journal.close()


def test_an_empty_journal_recovers_nothing(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    assert journal.recover(T0) == Recovered(T0)
    assert journal.problem is None
    journal.close()


def test_a_write_that_fails_for_another_reason_is_told(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    with journal._db.write() as cursor:
        cursor.execute("DROP TABLE segment")
    with pytest.raises(FairhourError) as caught:
        Scribe(journal).do(Start(JOB, T0))
    assert caught.value.problem.code == "journal_failed"
    with pytest.raises(FairhourError):
        journal.keys(0, 1)
    journal.close()


def test_a_hold_beyond_ten_minutes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0 to 600"):
        Journal(tmp_path, new_device=lambda: DEVICE, hold_s=601)
