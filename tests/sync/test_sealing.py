"""The spool's files are encrypted where a keyring keeps the key, and plain, and said to be, where none does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from sync.journal import THUMBNAIL_DAYS
from sync.sealing import SECRET, Seal, State, is_sealed, load_key
from sync.secrets import SERVICE, SecretStore
from sync.spool import Spool
from tests.sync.journals import JOB, T0, Scribe, open_journal, picture, picture_receipt_for, receipt_for
from tests.sync.keyrings import MemoryKeyring
from tests.sync.test_uploader import NOW
from worktime.errors import FairhourError
from worktime.slots import slot_of
from worktime.tracking_values import Start

KEY = bytes(range(32))
DATA = b"RIFF a picture"
SHA = hashlib.sha256(DATA).hexdigest()
SLOT = slot_of(T0)
DAY_S = 86_400


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_files_are_sealed_and_come_back_plain(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.seal.use(KEY)
    spool.store(SHA, DATA, b"small")
    for path, plain in ((spool.picture(SHA), DATA), (spool.thumbnail(SHA), b"small")):
        raw = path.read_bytes()
        assert is_sealed(raw)
        assert plain not in raw
        assert spool.read(path) == plain
    assert spool.is_whole(SHA)
    assert spool.seal.state is State.ENCRYPTED


def test_a_sealed_file_that_was_changed_or_renamed_is_not_opened(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.seal.use(KEY)
    spool.store(SHA, DATA, b"small")
    path = spool.picture(SHA)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(OSError, match="changed"):
        spool.read(path)
    assert (spool.look(path), spool.is_whole(SHA)) == (b"", False)
    path.write_bytes(spool.thumbnail(SHA).read_bytes())
    with pytest.raises(OSError, match="changed"):
        spool.read(path)


def test_plain_files_of_before_are_still_read_and_sealed_ones_wait_for_their_key(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.store(SHA, DATA, b"small")
    assert spool.picture(SHA).read_bytes() == DATA
    spool.seal.use(KEY)
    assert spool.read(spool.picture(SHA)) == DATA
    spool.store(SHA, DATA, b"small")
    locked = Spool(tmp_path)
    with pytest.raises(FairhourError) as caught:
        locked.read(locked.picture(SHA))
    assert caught.value.problem.code == "spool_locked"
    assert locked.look(locked.picture(SHA)) == b""
    assert locked.is_whole(SHA), "nobody throws away what he can't open yet"


def test_the_key_is_made_once_and_kept_in_the_keyring(ring: MemoryKeyring) -> None:
    key = load_key(SecretStore())
    assert key is not None
    assert len(key) == 32
    assert ring.kept == {(SERVICE, SECRET): key.hex()}
    assert load_key(SecretStore()) == key


def test_without_a_keyring_or_with_a_locked_one_there_is_no_key(ring: MemoryKeyring) -> None:
    ring.locked = True
    store = SecretStore()
    assert load_key(store) is None
    assert store.locked
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    store = SecretStore()
    assert load_key(store) is None
    assert not store.locked


def test_the_thread_says_what_became_of_it(ring: MemoryKeyring) -> None:
    seal = Seal()
    seal._unlock(SecretStore())
    assert seal.state is State.ENCRYPTED
    ring.locked = True
    waiting = Seal()
    waiting._stopping.wait = lambda timeout=None: waiting.stop() or True  # type: ignore[func-returns-value, method-assign]
    waiting._unlock(SecretStore())
    assert waiting.state is State.LOCKED
    assert waiting.seal("name", b"data") == b"data"


def test_a_sealed_picture_is_offered_in_the_plain(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.spool.seal.use(KEY)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 400)
    scribe.take(SLOT, 1, T0 + 360)
    for segment in journal.outbox.pending_segments(NOW, 10):
        journal.outbox.segment_receipt(receipt_for(segment))
    (pending,) = journal.outbox.pending_pictures(T0 + 5000, 10)
    assert pending.path.read_bytes() != pending.read() == b"picture 1"
    journal.close()


@pytest.mark.parametrize("days", [0, 10])
def test_what_was_sent_goes_when_its_days_are_over(tmp_path: Path, days: int) -> None:
    journal = open_journal(tmp_path, keep_days=days)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 400)
    sent = scribe.take(SLOT, 1, T0 + 360).picture
    journal.outbox.picture_receipt(picture_receipt_for(sent))
    full, small = journal.spool.picture(sent.sha256), journal.spool.thumbnail(sent.sha256)
    assert (full.exists(), small.exists()) == (days > 0, True)
    journal.recover(T0 + 400)
    for day in range(1, 12):
        # A tracker that runs for days sweeps with its pictures.
        later, data = picture(SLOT + day * 120, 1, T0 + 400 + day * DAY_S, number=100 + day)
        journal.spooled(later, data, b"small")
        assert full.exists() == (day < days)
        assert small.exists() == (day < max(days, THUMBNAIL_DAYS))
        assert journal.spool.picture(later.picture.sha256).exists(), "what was not sent stays"
    journal.close()


def test_fewer_days_hold_from_the_next_screenshot_on(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, keep_days=30)
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 400)
    sent = scribe.take(SLOT, 1, T0 + 360).picture
    journal.outbox.picture_receipt(picture_receipt_for(sent))
    journal.recover(T0 + 400)
    for days, stays in ((30, True), (0, False)):
        journal.keep_pictures(hold_s=0, keep_days=days)
        later, data = picture(SLOT + 5 - days // 10, 1, T0 + 3600, number=100 + days)
        journal.spooled(later, data, b"small")
        assert journal.spool.picture(sent.sha256).exists() == stays
        assert journal.spool.picture(later.picture.sha256).exists()
    assert journal.outbox.hold_s == 0
    journal.close()


def test_days_that_can_t_be_meant_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0 to 90"):
        open_journal(tmp_path, keep_days=91)


def test_nothing_is_sealed_with_a_key_that_the_keyring_does_not_keep(ring: MemoryKeyring) -> None:
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
    assert load_key(SecretStore()) is None
