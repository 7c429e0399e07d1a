"""The spool: whole files or none, named by their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sync.reserve import RESERVE_BYTES
from sync.spool import Spool
from worktime.errors import FairhourError

DATA = b"a picture"
SHA = hashlib.sha256(DATA).hexdigest()


def test_a_picture_and_its_thumbnail_are_kept_and_erased(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "pictures")
    spool.store(SHA, DATA, b"small")
    assert spool.picture(SHA).read_bytes() == DATA
    assert spool.thumbnail(SHA).read_bytes() == b"small"
    spool.erase_picture(SHA)
    assert not spool.picture(SHA).exists()
    assert spool.thumbnail(SHA).exists()
    spool.erase(SHA)
    spool.erase(SHA)
    assert list((tmp_path / "pictures").iterdir()) == []


def test_a_wrong_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the picture's"):
        Spool(tmp_path).store("0" * 64, DATA, b"")


def test_the_sweep_removes_what_nobody_knows_and_what_was_half_written(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.store(SHA, DATA, b"small")
    other = hashlib.sha256(b"other").hexdigest()
    spool.store(other, b"other", b"small")
    (tmp_path / f"{other}.webp.part").write_bytes(b"half")
    (tmp_path / "note.txt").write_bytes(b"not ours")
    assert spool.sweep([SHA], [SHA, other]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [f"{SHA}.webp", f"{SHA}.jpg", f"{other}.jpg", "note.txt"]
    )


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "pictures")
    (tmp_path / "pictures").rmdir()
    with pytest.raises(FairhourError) as caught:
        spool.store(SHA, DATA, b"small")
    assert caught.value.problem.code == "spool_failed"


def test_the_room_that_is_left_is_for_the_record(tmp_path: Path) -> None:
    free = RESERVE_BYTES + len(DATA) + 4
    spool = Spool(tmp_path / "pictures", room=lambda: free)
    with pytest.raises(FairhourError) as caught:
        spool.store(SHA, DATA, b"small")
    assert caught.value.problem.code == "spool_failed"
    assert list((tmp_path / "pictures").iterdir()) == []
    free += 1
    spool.store(SHA, DATA, b"small")
    assert spool.picture(SHA).exists()
