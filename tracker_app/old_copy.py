"""The copy that a move of the data folder leaves behind: what it was is noted first, and a start finishes its erasing.

The note (``moved-from``) lies in the new folder, durable before the pointer leads there. It names both folders and each
file with its size and hash. Only what it proves is erased: a folder in which anything is new or otherwise was used by
somebody since, and stays whole, as does one that somebody has locked. The copying itself is in ``moving``.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sync.files import sync_folder, write_whole
from tracker_app.data_files import files_of, hash_of_start, links_of
from tracker_app.instance import take
from tracker_app.log_file import FOLDER
from tracker_app.places import MOVED_FROM, MOVING_TO
from worktime.errors import FairhourError

log = logging.getLogger(__name__)

ALONE = threading.Lock()
"""Held by who moves the data folder, and by who erases an old copy."""


@dataclass(frozen=True)
class Copied:
    """What a file was when it was copied: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class _Note:
    old: Path
    new: Path
    files: Mapping[str, Copied]
    whole: bool = False


def note(old: Path, new: Path, files: Mapping[Path, Copied]) -> None:
    """Write into ``new`` durably what was copied there from ``old``. Raises OSError."""
    what = {path.relative_to(old).as_posix(): copied for path, copied in files.items()}
    _write(new, _Note(old.resolve(), new.resolve(), what))


def confirm(home: Path) -> None:
    """Note that all that was copied is whole in ``home``, before anything is written there by who begins to use it.

    A power cut, or a stick that was pulled out, can undo a copy that was compared: then the old one is the only one.
    """
    found = _read(home)
    if found is None or found.whole:
        return
    try:
        if all(_is_copied(home, Path(name), found) for name in found.files):
            _write(home, replace(found, whole=True))
    except OSError as error:
        log.warning("what was moved here can't be read again: %s", error)


def erase_later(home: Path, pointer: Path) -> threading.Thread:
    """Finish on a thread of its own: there may be much to read, and nobody waits for it."""

    def run() -> None:
        with ALONE:
            finish(home, pointer)

    thread = threading.Thread(target=run, name="old-copy", daemon=True)
    thread.start()
    return thread


def finish(home: Path, pointer: Path) -> None:
    """Erase what is left of the folder from which the data came to ``home``, if that is proved; else tell the log.

    What can't be done now (a lock that is held, a disk that is away or refuses) is tried again at the next start. Who
    calls it holds the lock of ``home``, and ALONE.
    """
    found = _read(home)
    try:
        # Durable once more: a pointer that leads back after a power cut must not find an empty folder.
        if found is None or not _leads_here(found, home, pointer):
            (home / MOVED_FROM).unlink(missing_ok=True)
        elif found.old.is_dir():
            _finish(found, home)
    except (OSError, FairhourError) as error:
        log.warning("the old data folder is not erased yet: %s", error)


def are_apart(other: Path, home: Path) -> bool:
    """Tell whether another folder is where it says, by no link, and neither is in the other."""
    here = home.resolve()
    same = other == here or other in here.parents or here in other.parents
    return other.is_absolute() and other.resolve() == other and not same


def is_note_of(new: Path, old: Path) -> bool:
    """Tell whether the note in ``new`` is of a move from ``old`` to there."""
    found = _read(new)
    return found is not None and (found.old, found.new) == (old.resolve(), new)


def erase(old: Path, files: Iterable[Path], copied: Iterable[str]) -> bool:
    """Erase files of the old folder, and the folders of what was copied; tells whether all are gone, for good.

    ``copied``: the names of all that was there, with slashes. A folder with anything else in it stays.
    """
    paths, gone = [*files], True
    folders = {str(above) for name in copied for above in Path(name).parents} - {"."}
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            gone = False
            log.warning("a file of the old data folder stays: %s", error)
    for below, _folders, _names in os.walk(old, topdown=False):
        if str(Path(below).relative_to(old)) in folders:
            with suppress(OSError):
                Path(below).rmdir()
    try:
        for folder in {path.parent for path in paths} | {old}:
            if folder.is_dir():
                sync_folder(folder)
    except OSError as error:
        log.warning("the old data folder may be back after a power cut: %s", error)
        return False
    return gone


def _finish(found: _Note, home: Path) -> None:
    if not are_apart(found.old, home):
        log.warning("the old data folder stays: it is not where it was")
        (home / MOVED_FROM).unlink(missing_ok=True)
        return
    lock = take(found.old)
    if lock is None:
        log.info("the old data folder is in use, and is not erased now")
        return
    try:
        files = [*files_of(found.old)]
        names = [path.relative_to(found.old) for path in files]
        if not found.whole:
            log.warning("the old data folder stays: what was moved from it was not whole here at the start")
        elif next(links_of(found.old), None) or not all(_is_copied(found.old, name, found) for name in names):
            log.warning("the old data folder stays: it was changed since the move")
        elif not erase(found.old, files, found.files):
            return
        else:
            (found.old / MOVING_TO).unlink(missing_ok=True)
            log.info("the old data folder was erased: %d files", len(files))
        (home / MOVED_FROM).unlink(missing_ok=True)
    finally:
        lock.close()


def _read(home: Path) -> _Note | None:
    """Return the note; None where there is none that can be understood."""
    try:
        told = json.loads((home / MOVED_FROM).read_bytes())
        files = {str(name): Copied(int(size), str(sha)) for name, (size, sha) in told["files"].items()}
        return _Note(Path(told["old"]), Path(told["new"]), files, told.get("whole") is True)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        log.warning("what the old data folder was can't be read: %s", type(error).__name__)
        return None


def _write(new: Path, found: _Note) -> None:
    files = {name: [copied.size, copied.sha256] for name, copied in found.files.items()}
    told = {"old": str(found.old), "new": str(found.new), "whole": found.whole, "files": files}
    # ASCII alone: a name that is no text in the file system's spelling survives, too.
    write_whole(new / MOVED_FROM, json.dumps(told, ensure_ascii=True).encode())


def _leads_here(found: _Note, home: Path, pointer: Path) -> bool:
    """Tell whether the note is of this folder and the pointer leads to it, also after a power cut. Raises OSError."""
    here = os.fsencode(home.resolve())
    if os.fsencode(found.new) != here or not pointer.exists() or pointer.read_bytes() != here:
        log.warning("the old data folder stays: this is not where it was moved to")
        return False
    write_whole(pointer, here)
    return True


def _is_copied(folder: Path, name: Path, found: _Note) -> bool:
    """Tell whether a file is what was copied; the program's own log may have grown since. Raises OSError."""
    copied = found.files.get(name.as_posix())
    if copied is None:
        return False
    size = (folder / name).stat().st_size
    if size != copied.size and not (name.parts[0] == FOLDER and size > copied.size):
        return False
    return hash_of_start(folder / name, copied.size) == copied.sha256
