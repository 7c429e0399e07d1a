"""A damaged journal is put aside and recovered as far as it goes, whatever page was hit, and the user is told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from sync import journal_pages
from sync.journal import Journal
from sync.journal_pages import read_rows
from sync.journal_salvage import BEYOND, UNCLAIMED
from tests.sync.journals import DEVICE, JOB, OTHER_JOB, T0, Scribe, open_journal, picture, receipt_for
from worktime.derive import content
from worktime.errors import FairhourError
from worktime.slots import SLOT_S, slot_of
from worktime.tracking_values import Comment, Delete, Start, Stop, Tick
from worktime.wire import Flag, Segment

SLOT = slot_of(T0)
PAGE = 4096
NEW_DEVICE = UUID(int=99)
Segments = dict[tuple[UUID, int], Segment]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with everything in it, all of it offered, closed."""
    home = tmp_path_factory.mktemp("whole") / "home"
    journal = open_journal(home)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0), Comment("Import"))
    for number in range(12):
        begin = T0 + number * SLOT_S
        for second in range(begin + 1, begin + SLOT_S + 1):
            # From the sixth slot on nobody is there: idle takes two slots back.
            scribe.do(Tick(second, min(second - 1, T0 + 6 * SLOT_S)))
            if second == begin + 400 and scribe.state.current is not None and number not in (6, 7):
                scribe.take(SLOT + number, scribe.state.current.attempts, second)
        if number == 2:
            scribe.do(Delete(JOB, SLOT + 1, begin + SLOT_S), Comment("x" * 900))
    end = T0 + 12 * SLOT_S
    scribe.do(Start(OTHER_JOB, end), Comment("The other one"))
    scribe.work(end, 900)
    scribe.do(Stop(end + 900))
    for segment in journal.outbox.pending_segments(end + 900, 100):
        if segment.slot % 2:
            journal.outbox.segment_receipt(receipt_for(segment))
    journal.close()
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "home")
    return tmp_path / "home"


def derived(journal: Journal) -> Segments:
    """What every segment adds up to, revisions apart."""
    made = {(job, slot): content(journal.facts(job, slot), 1) for job, slot in journal.keys(0, 10**9)}
    return {key: msgspec.structs.replace(one, running=False) for key, one in made.items() if one is not None}


def told(journal: Journal, name: str) -> int:
    assert journal.problem is not None
    return int(journal.problem.values[name])


def pages_of(path: Path) -> int:
    return path.stat().st_size // PAGE


def hit(path: Path, page: int, with_what: bytes) -> None:
    raw = bytearray(path.read_bytes())
    raw[page * PAGE : (page + 1) * PAGE] = (with_what * PAGE)[:PAGE]
    path.write_bytes(raw)


def test_the_rows_are_read_without_sqlite(whole: Path) -> None:
    connection = sqlite3.connect(whole / "journal.sqlite3")
    truth = set(connection.execute("SELECT seq, job, slot, body FROM observation").fetchall())
    truth |= {(None, *row) for row in connection.execute("SELECT * FROM picture")}
    truth |= {
        (None, *row)
        for row in connection.execute(
            """SELECT slot, job, open, dirty, revision, content, receipted, receipted_picture, refused, deferred_until,
            problem, issued FROM segment"""
        )
    }
    connection.close()
    found = {
        (row.rowid, *(row.values[1:] if row.rowid is not None else row.values))
        for row in read_rows(whole / "journal.sqlite3")
    }
    assert truth <= found
    assert len(truth) > 50


@pytest.mark.parametrize("damage", [b"\0", b"\xaa", b"\x0d\x00\x00\xff\xff", b"\x0a\x00\x00\x00\x09\x10\x01"])
def test_whatever_page_is_hit_no_recorded_second_picture_or_word_is_lost(
    whole: Path, tmp_path: Path, damage: bytes
) -> None:
    journal = open_journal(whole)
    truth = derived(journal)
    journal.close()
    assert len(truth) == 10
    unused = 0
    for page in range(pages_of(whole / "journal.sqlite3")):
        home = tmp_path / f"{page}"
        shutil.copytree(whole, home)
        path = home / "journal.sqlite3"
        hit(path, page, damage)
        ruined = path.read_bytes()
        journal = open_journal(home, device=NEW_DEVICE)
        aside = home / "journal-damaged-1.sqlite3"
        unused += journal.problem is None  # SQLite has no use for this page
        assert journal.problem is None or aside.read_bytes() == ruined, "the damaged file stays as it is"
        now = derived(journal)
        for key, segment in truth.items():
            assert now[key] == segment, (page, key)
        missing = [
            segment.picture.id
            for segment in truth.values()
            if segment.picture is not None and journal.whereabouts(segment.picture.id) is None
        ]
        assert missing == [], page
        assert not (home / UNCLAIMED).exists()
        journal.close()
    assert unused <= 4


def test_what_is_known_to_be_missing_is_counted(home: Path) -> None:
    path = home / "journal.sqlite3"
    connection = sqlite3.connect(path)
    entries = connection.execute("SELECT count(*) FROM observation").fetchone()[0]
    connection.close()
    pages = journal_pages._Pages(path)
    leaves = {number: len(list(journal_pages._rows(pages, pages[number], 0))) for number in pages.numbers()}
    last = max(number for number in leaves if pages[number][0] == 0x0D)
    hit(path, last - 1, b"\0")
    journal = open_journal(home)
    assert (told(journal, "kept"), told(journal, "lost")) == (entries - leaves[last], leaves[last])
    journal.close()


def test_a_comment_that_was_removed_stays_removed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal = open_journal(home)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0), Comment("Import"))
    scribe.work(T0, 400)
    scribe.take(SLOT, 1, T0 + 300)
    journal.outbox.pending_segments(T0 + 500, 10)
    scribe.do(Comment(""), Delete(JOB, SLOT, T0 + 400), Stop(T0 + 400))
    truth = derived(journal)
    journal.close()
    hit(home / "journal.sqlite3", 0, b"\0")
    journal = open_journal(home)
    assert derived(journal) == truth
    journal.close()


def test_revisions_go_on_beyond_those_that_a_lost_row_may_have_had(whole: Path, tmp_path: Path) -> None:
    beyond = 0
    for page in range(pages_of(whole / "journal.sqlite3")):
        home = tmp_path / f"{page}"
        shutil.copytree(whole, home)
        hit(home / "journal.sqlite3", page, b"\xaa")
        journal = open_journal(home, device=NEW_DEVICE)
        offered = journal.outbox.pending_segments(T0 + 10**6, 100)
        if journal.outbox.device == DEVICE:
            # A row that is left goes on by one; one that is lost begins beyond.
            assert all(segment.revision < 1000 or segment.revision > BEYOND for segment in offered)
            beyond += sum(segment.revision > BEYOND for segment in offered)
        journal.close()
    assert beyond >= 10


@pytest.mark.parametrize(
    "ruin",
    [
        lambda path: path.write_bytes(b"this is no database " * 500),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["garbage", "empty", "gone"],
)
def test_a_journal_that_is_gone_for_good_is_told_and_its_pictures_are_kept(
    home: Path, ruin: Callable[[Path], None]
) -> None:
    pictures = {path.name for path in (home / "pictures").iterdir()}
    ruin(home / "journal.sqlite3")
    journal = open_journal(home, device=NEW_DEVICE)
    assert told(journal, "kept") == 0
    assert told(journal, "unclaimed") == len(pictures) // 2 > 0
    assert journal.outbox.device == NEW_DEVICE
    Scribe(journal).do(journal.recover(T0 + 10**6))
    assert {path.name for path in (home / UNCLAIMED).iterdir()} == pictures
    journal.close()


def test_a_new_folder_is_no_damaged_journal(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").touch()
    journal = open_journal(tmp_path)
    assert journal.problem is None
    journal.close()


def test_the_user_is_told_until_the_damaged_file_is_taken_away(home: Path) -> None:
    hit(home / "journal.sqlite3", 0, b"\0")
    for _ in range(2):
        journal = open_journal(home)
        assert journal.problem is not None
        assert journal.problem.code == "journal_damaged"
        assert str(home / "journal-damaged-1.sqlite3") in journal.problem.message
        journal.close()
    (home / "journal-damaged-1.sqlite3").unlink()
    journal = open_journal(home)
    assert journal.problem is None
    journal.close()


def test_a_second_damage_puts_a_second_file_aside(home: Path) -> None:
    for number in (1, 2):
        hit(home / "journal.sqlite3", 0, b"\0")
        journal = open_journal(home)
        assert str(home / f"journal-damaged-{number}.sqlite3") in (journal.problem.message if journal.problem else "")
        assert told(journal, "lost") == 0
        journal.close()


def test_what_stands_in_the_log_alone_is_recovered(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal = open_journal(home)
    with journal._db.read() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0), Comment("Only in the log"))
    scribe.work(T0, 50)
    scribe.do(Stop(T0 + 50))
    truth = derived(journal)
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    journal.close()
    hit(copy / "journal.sqlite3", 0, b"\0")
    journal = open_journal(copy)
    assert derived(journal) == truth
    assert journal.outbox.device == DEVICE
    journal.close()


def test_a_log_is_believed_up_to_the_first_wrong_byte(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal = open_journal(home)
    with journal._db.read() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    scribe = Scribe(journal)
    for number in range(5):
        scribe.do(Start(JOB, T0 + 100 * number))
        scribe.work(T0 + 100 * number, 50)
        scribe.do(Stop(T0 + 100 * number + 50))
    log = bytearray((home / "journal.sqlite3-wal").read_bytes())
    whole = len(list(journal_pages._logged(bytes(log))))
    assert whole > 10
    log[len(log) // 2] ^= 1
    assert 0 < len(list(journal_pages._logged(bytes(log)))) <= whole // 2
    assert list(journal_pages._logged(b"\0" * 64)) == []
    journal.close()


def test_the_running_stay_is_found_again_by_the_tick_record(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 100)
    journal.close()
    # Every page but the schema's: neither the begin of the stay nor its segment is left.
    for page in range(1, pages_of(tmp_path / "journal.sqlite3")):
        hit(tmp_path / "journal.sqlite3", page, b"\0")
    journal = open_journal(tmp_path, device=NEW_DEVICE)
    Scribe(journal).do(journal.recover(T0 + 5000))
    segment = derived(journal)[JOB, SLOT]
    assert (segment.tracked_s, segment.flags) == (100, (Flag.CRASH_RECOVERED,))
    journal.close()


def test_a_picture_whose_row_and_segment_are_gone_is_kept_apart(home: Path) -> None:
    stray, data = picture(SLOT, 1, T0, number=77)
    journal = open_journal(home)
    journal.spool.store(stray.picture.sha256, data, b"small")
    journal.close()
    hit(home / "journal.sqlite3", 0, b"\0")
    journal = open_journal(home)
    assert told(journal, "unclaimed") == 1
    assert {path.stem for path in (home / UNCLAIMED).iterdir()} == {stray.picture.sha256}
    journal.close()


def test_a_recovery_that_is_cut_anywhere_is_done_again_or_ended(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(whole)
    truth = derived(journal)
    journal.close()
    for steps in range(5):
        home = tmp_path / f"{steps}"
        shutil.copytree(whole, home)
        hit(home / "journal.sqlite3", 0, b"\0")
        done = 0
        with monkeypatch.context() as patch:
            for name in ("rename", "replace", "touch"):
                act = getattr(Path, name)

                def cut(
                    self: Path, *rest: object, act: Callable[..., object] = act, last: int = steps, **named: object
                ) -> object:
                    nonlocal done
                    if done == last and "journal" in self.name:
                        raise KeyboardInterrupt
                    done += "journal" in self.name
                    return act(self, *rest, **named)

                patch.setattr(Path, name, cut)
            try:
                open_journal(home).close()
            except KeyboardInterrupt:
                pass
            else:
                assert steps == 4
        journal = open_journal(home)
        assert journal.problem is not None
        assert derived(journal) == truth
        assert told(journal, "kept") > 40
        journal.close()


def test_damage_that_shows_while_it_runs_is_told_with_what_to_do(home: Path) -> None:
    journal = open_journal(home)
    with journal._db.read() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'segment'")
        cursor.execute("PRAGMA writable_schema = RESET")
    with pytest.raises(FairhourError) as caught:
        Scribe(journal).do(Start(JOB, T0 + 10**6))
    assert caught.value.problem.code == "journal_damaged_now"
    journal.close()


def test_blocks_that_the_disk_does_not_give_are_taken_for_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "journal.sqlite3"
    size = path.stat().st_size

    class Bad:
        """A file whose second page can't be read."""

        def __init__(self) -> None:
            self.inner = Path.open(path, "rb", buffering=0)

        def __enter__(self) -> Bad:
            return self

        def __exit__(self, *_: object) -> None:
            self.inner.close()

        def seek(self, at: int) -> None:
            self.inner.seek(at)

        def read(self, count: int) -> bytes:
            if self.inner.tell() == PAGE:
                raise OSError(5, "Input/output error")
            return self.inner.read(count)

    bad = Bad()
    raw = path.read_bytes()
    monkeypatch.setattr(Path, "open", lambda *_, **__: bad)
    read = journal_pages._read(path)
    assert len(read) == size
    assert read[PAGE : 2 * PAGE] == bytes(PAGE)
    assert (read[:PAGE], read[2 * PAGE :]) == (raw[:PAGE], raw[2 * PAGE :])
