"""The copy that a move of the data folder did not finish: the next start takes it back, and the folder is free again.

``moving-to`` in the data folder names the new folder before anything is copied there, and the note in the new one
(``old_copy``) names the data folder. Nothing can be lost by it: only what the data folder has as well is erased, and
where anything else lies, all of it stays.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sync.files import write_whole
from tracker_app.data_files import files_of, hash_of, hash_of_start, links_of
from tracker_app.instance import take
from tracker_app.old_copy import ALONE, are_apart, erase, is_note_of, note
from tracker_app.places import MOVED_FROM, MOVING_TO
from worktime.errors import FairhourError

log = logging.getLogger(__name__)


def begin(home: Path, target: Path) -> None:
    """Say durably that ``home`` is about to be copied into ``target``, an empty folder. Raises OSError."""
    note(home, target, {})
    write_whole(home / MOVING_TO, os.fsencode(target.resolve()))


def take_back(home: Path, pointer: Path) -> None:
    """Erase what an unfinished move of ``home`` has left in the new folder, if that is proved; else tell the log.

    Before anything is recorded: what was copied is compared with what is here. Who calls it holds the lock of ``home``.
    What can't be done now is tried again at the next start.
    """
    try:
        with ALONE:
            target = Path(os.fsdecode((home / MOVING_TO).read_bytes()))
            if not _counts(target, pointer) and target.is_dir() and not _taken_back(home, target):
                return
            (home / MOVING_TO).unlink()
    except (OSError, ValueError, FairhourError) as error:
        log.warning("the copy of an unfinished move is not erased yet: %s", error)


def _counts(target: Path, pointer: Path) -> bool:
    """Tell whether the move came so far that the new folder is the one that counts. Raises OSError."""
    return pointer.exists() and pointer.read_bytes() == os.fsencode(target)


def _taken_back(home: Path, target: Path) -> bool:
    """Erase it, or tell why not; False: not now. Raises OSError and FairhourError."""
    if not are_apart(target, home) or not is_note_of(target, home):
        log.warning("the copy of an unfinished move stays: it is not where it was made")
        return True
    lock = take(target)
    if lock is None:
        return False
    try:
        files = [*files_of(target)]
        if next(links_of(target), None) or not all(_is_begun(path, home / path.relative_to(target)) for path in files):
            log.warning("the copy of an unfinished move stays: something else is in it")
            return True
        if not erase(target, files, [path.relative_to(home).as_posix() for path in files_of(home)]):
            return False
        (target / MOVED_FROM).unlink()
        log.info("the copy of an unfinished move was erased: %d files", len(files))
        return True
    finally:
        lock.close()


def _is_begun(copy: Path, original: Path) -> bool:
    """Tell whether a file is a copy of another one, whole or cut. Raises OSError."""
    size = copy.stat().st_size
    return original.is_file() and size <= original.stat().st_size and hash_of(copy) == hash_of_start(original, size)
