"""A move of the data folder that is killed anywhere: one whole copy counts, the other goes, and nothing else does."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tracker_app import half_copy, moving, old_copy
from tracker_app.data_files import files_of
from tracker_app.instance import take
from tracker_app.log_file import FILE, FOLDER
from tracker_app.places import MOVED_FROM, MOVING_TO, POINTER, data_folder, usual_folder


class Killed(BaseException):
    """The process is gone: no handler of errors runs any more."""


class Kill:
    """Ends the process at its ``at``-th act on the disk, and lets none be done after that."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int) -> None:
        self.left = at
        for name in ("fsync", "unlink", "rmdir", "mkdir", "replace", "open"):
            patch.setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left <= 0:
                raise Killed
            return act(*arguments, **named)

        return counted


def fill(home: Path) -> Path:
    """Lay data into a folder."""
    for name in ("pictures/ab/a.webp", "journal.sqlite3", f"{FOLDER}/{FILE}"):
        (home / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / name).write_bytes(name.encode() * 50)
    (home / "lock").write_text("4711")
    return home


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in files_of(folder)}


def everything(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, but for the locks and the notes that the program keeps for itself."""
    found = (path for path in folder.rglob("*") if path.name not in ("lock", MOVED_FROM, MOVING_TO))
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in found}


def killed_at(at: int, act: Callable[[], object]) -> bool:
    """Do it, and kill it at a step; tells whether it came so far."""
    with pytest.MonkeyPatch.context() as patch:
        Kill(patch, at)
        try:
            act()
        except Killed:
            return True
    return False


def move(old: Path, new: Path) -> None:
    moving.move(old, new, usual_folder() / POINTER)


def start() -> Path:
    """Do what a start does about it; returns the folder that counts."""
    home = data_folder({})
    lock = take(home)
    assert lock is not None
    try:
        if (home / MOVING_TO).exists():
            half_copy.take_back(home, usual_folder() / POINTER)
        if (home / MOVED_FROM).exists():
            old_copy.confirm(home)
            old_copy.finish(home, usual_folder() / POINTER)
    finally:
        lock.close()
    return home


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where all folders of a test lie, something of somebody else's among them."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("FAIRHOUR_HOME", raising=False)
    (tmp_path / "bystander").write_text("of somebody")
    return tmp_path


@pytest.fixture
def moved(place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The old folder and the new one after a kill between the pointer and the erasing."""
    old, new = fill(usual_folder()), place / "new"

    def killed(*_all: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(moving, "erase", killed)
        with pytest.raises(Killed):
            move(old, new)
    assert content(old) == content(new) != {}
    return old, new


def test_a_kill_at_any_step_of_a_move_leaves_one_copy_after_the_next_start(place: Path) -> None:
    seen = set()
    for at in count(1):
        shutil.rmtree(place / "share", ignore_errors=True)
        shutil.rmtree(place / "new", ignore_errors=True)
        old, new = fill(usual_folder()), place / "new"
        before = content(old)
        if not killed_at(at, lambda old=old, new=new: move(old, new)):  # type: ignore[misc]
            break
        home = start()
        assert content(home) == before, at
        if home == new:
            assert sorted(path.name for path in old.iterdir()) == ["lock", POINTER], at
            assert not (new / MOVED_FROM).exists()
        else:
            assert content(new) == {}, at
            move(old, new)
            assert content(new) == before, "it can be tried again"
        seen.add(home)
    assert seen == {old, new}, "killed on both sides of the pointer"
    assert (content(old), content(new)) == ({}, before)
    assert (place / "bystander").read_text() == "of somebody"


def test_an_erasing_that_is_killed_is_finished_by_a_later_start(moved: tuple[Path, Path]) -> None:
    old, new = moved
    before, steps = content(new), 0
    saved = shutil.copytree(new.parent, new.parent.with_name(f"{new.parent.name}-saved"))
    for steps in count(1):
        shutil.rmtree(new.parent)
        shutil.copytree(saved, new.parent)
        if not killed_at(steps, start):
            break
        assert content(new) == before
        assert start() == new
        assert (content(old), content(new)) == ({}, before)
        assert not (new / MOVED_FROM).exists()
    assert steps > 10


@pytest.mark.parametrize("lost", ["cut", "gone", "other"])
def test_the_old_copy_stays_where_the_new_one_is_not_whole(moved: tuple[Path, Path], lost: str) -> None:
    old, new = moved
    before, journal = content(old), new / "journal.sqlite3"
    if lost == "gone":
        journal.unlink()
    else:
        journal.write_bytes(journal.read_bytes()[:-1] + (b"" if lost == "cut" else b"?"))
    for _ in range(2):
        assert start() == new
        assert content(old) == before


def test_the_log_may_have_grown_since_and_a_disk_that_refuses_is_asked_again(
    moved: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = moved
    with (old / FOLDER / FILE).open("a") as log:
        log.write("the last words")

    def refuse(_self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    def fail(_folder: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        start()
    assert content(old) != {}
    with monkeypatch.context() as patch:
        patch.setattr(old_copy, "sync_folder", fail)
        start()
    assert (new / MOVED_FROM).exists(), "not gone for certain"
    start()
    assert content(old) == {}
    assert not (new / MOVED_FROM).exists()


def test_the_next_move_finishes_the_one_before_it(moved: tuple[Path, Path], place: Path) -> None:
    old, new = moved
    before = content(new)
    old_copy.confirm(new)  # as the start has done that the move was wished in
    move(new, place / "third")
    assert (content(old), content(new), content(place / "third")) == ({}, {}, before)


@pytest.fixture
def begun(place: Path) -> tuple[Path, Path]:
    """The data folder and the new one after a kill in the middle of a file."""
    old, new = fill(usual_folder()), place / "new"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "hash_of", lambda _path: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            move(old, new)
    (copied,) = files_of(new)
    os.truncate(copied, 7)
    return old, new


def test_a_copying_that_was_killed_is_taken_back_and_one_that_is_killed_then_later(begun: tuple[Path, Path]) -> None:
    old, new = begun
    before = content(old)
    with (old / FOLDER / FILE).open("a") as log:
        log.write("the next start")
    saved = shutil.copytree(new.parent, new.parent.with_name(f"{new.parent.name}-saved"))
    for steps in count(1):
        shutil.rmtree(new.parent)
        shutil.copytree(saved, new.parent)
        killed = killed_at(steps, start)
        assert start() == old
        assert content(old) == before | {f"{FOLDER}/{FILE}": before[f"{FOLDER}/{FILE}"] + b"the next start"}
        assert (content(new), (old / MOVING_TO).exists()) == ({}, False)
        if not killed:
            break
    assert steps > 5


def renamed(_old: Path, new: Path) -> None:
    (new / "journal.sqlite3").rename(new / "mine.sqlite3")


def counting(old: Path, new: Path) -> None:
    (old / POINTER).write_bytes(os.fsencode(new))


def led_elsewhere(old: Path, new: Path) -> None:
    (old / MOVING_TO).write_bytes(os.fsencode(old / "pictures"))
    (new / MOVED_FROM).rename(old / "pictures" / MOVED_FROM)


@pytest.mark.parametrize(
    "change",
    [
        renamed,
        counting,
        led_elsewhere,
        lambda _old, new: (new / "journal.sqlite3").write_bytes(b"of somebody"),
        lambda old, new: (new / "journal.sqlite3").write_bytes((old / "journal.sqlite3").read_bytes() + b"more"),
        lambda _old, new: (new / "mine.txt").write_text("of somebody"),
        lambda _old, new: (new / "mine").symlink_to(new.parent / "bystander"),
        lambda _old, new: (new / MOVED_FROM).unlink(),
        lambda old, _new: (old / MOVING_TO).write_bytes(b"a\0b"),
    ],
)
def test_what_is_not_provably_an_unfinished_copy_stays(
    begun: tuple[Path, Path], place: Path, change: Callable[[Path, Path], object]
) -> None:
    change(*begun)
    before = everything(place)
    half_copy.take_back(begun[0], usual_folder() / POINTER)
    assert everything(place) == before


def test_an_unfinished_copy_that_somebody_works_in_is_left_for_a_later_start(begun: tuple[Path, Path]) -> None:
    _old, new = begun
    lock = take(new)
    assert lock is not None
    start()
    assert content(new) != {}
    lock.close()
    start()
    assert content(new) == {}


def used(old: Path, _new: Path) -> None:
    (old / "journal.sqlite3").write_bytes(b"another day")


def longer(old: Path, _new: Path) -> None:
    with (old / "pictures" / "ab" / "a.webp").open("ab") as file:
        file.write(b"more")


def of_somebody(old: Path, _new: Path) -> None:
    (old / "pictures" / "mine.txt").write_text("of somebody")


def linked(old: Path, _new: Path) -> None:
    shutil.rmtree(old / "pictures")
    (old.parent.parent / "album" / "ab").mkdir(parents=True)
    (old.parent.parent / "album" / "ab" / "a.webp").write_bytes(b"pictures/ab/a.webp" * 50)
    (old / "pictures").symlink_to(old.parent.parent / "album", target_is_directory=True)


def elsewhere(old: Path, new: Path) -> None:
    (old / POINTER).write_bytes(os.fsencode(new.parent / "third"))
    shutil.copytree(new, new.parent / "third")


def told(change: Callable[[dict[str, Any]], object]) -> Callable[[Path, Path], None]:
    def act(_old: Path, new: Path) -> None:
        note = json.loads((new / MOVED_FROM).read_bytes())
        change(note)
        (new / MOVED_FROM).write_text(json.dumps(note))

    return act


@pytest.mark.parametrize(
    "change",
    [
        used,
        longer,
        of_somebody,
        linked,
        elsewhere,
        lambda _old, new: (new / MOVED_FROM).write_bytes(b"\xff garbage"),
        told(lambda note: note.update(files=[])),
        told(lambda note: note.pop("old")),
        told(lambda note: note["files"].clear()),
        told(lambda note: note.update(new=note["old"])),
        told(lambda note: note.update(old=note["new"])),
        told(lambda note: note.update(old=str(Path(note["new"]).parent))),
        told(lambda note: note.update(old="share/Fairhour")),
        told(lambda note: note.update(old=note["old"] + "/pictures/..")),
        told(lambda note: note.update(old=note["old"] + "/../../nowhere")),
    ],
)
def test_what_is_not_provably_the_old_copy_stays(
    moved: tuple[Path, Path], place: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, Path], None]
) -> None:
    monkeypatch.chdir(place)
    change(*moved)
    before = everything(place)
    start()
    assert everything(place) == before


def test_a_folder_that_somebody_works_in_or_that_is_away_is_left_for_a_later_start(moved: tuple[Path, Path]) -> None:
    old, _new = moved
    lock = take(old)
    assert lock is not None
    before = content(old)
    start()
    assert content(old) == before
    lock.close()
    aside = old.rename(old.parent / "aside")
    old.mkdir()
    shutil.copy(aside / POINTER, old / POINTER)
    (old / "pictures").mkdir()
    (old / "pictures" / "new").mkdir()
    (old / "kept").mkdir()
    start()
    assert content(aside) == before
    assert (old / "pictures" / "new").is_dir(), "a folder that was not copied stays"
    assert (old / "kept").is_dir()


def test_a_folder_on_a_disk_that_is_away_is_erased_when_it_is_back(place: Path) -> None:
    fill(usual_folder())
    disk, new = place / "disk", place / "new"
    move(usual_folder(), disk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "erase", lambda *_all: False)
        move(disk, new)
    away = disk.rename(place / "away")
    assert start() == new
    away.rename(disk)
    assert content(disk) == content(new)
    assert start() == new
    assert content(disk) == {}
