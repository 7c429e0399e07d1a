"""Moving the data folder: copied, compared, then pointed to in one step; only after that the old copy goes.

It is done between two runs of the program, by whoever holds the old folder's lock: nothing is written meanwhile. A cut
before the pointer leaves the old folder as it was, and the next start takes back what was copied (``half_copy``); after
it the new one counts, and the next start erases what is left of the old one (``old_copy``).
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sync.files import make_folder, sync_folder, write_whole
from tracker_app import half_copy
from tracker_app.data_files import LEFT, files_of, hash_of, links_of
from tracker_app.old_copy import ALONE, Copied, erase, finish, note
from tracker_app.places import MOVED_FROM, MOVING_TO
from worktime.errors import FairhourError, failure

log = logging.getLogger(__name__)

_SPARE_BYTES = 100_000_000
_CHUNK = 1 << 20


def check(home: Path, target: Path) -> None:
    """Raises FairhourError when the data can't be moved into ``target``, which must be empty or not there."""
    here, there = home.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise _refused("{folder} and the data folder lie in each other.", folder=target)
    try:
        if there.exists() and (not there.is_dir() or {path.name for path in there.iterdir()} - LEFT):
            raise _refused("{folder} is not empty.", folder=target)
        parent = next(each for each in (there, *there.parents) if each.exists())
        if not os.access(parent, os.W_OK):
            raise _refused("{folder} can't be written.", folder=target)
        if linked := next(links_of(here), None):
            # What it leads to would be left behind, or taken from where it was put on purpose.
            raise _refused("{link} leads out of the data folder.", link=linked)
        size = sum(path.stat().st_size for path in files_of(here))
        if shutil.disk_usage(parent).free < size + _SPARE_BYTES:
            raise _refused("There is not enough room for it in {folder}.", folder=target)
    except OSError as error:
        raise _refused("{folder} can't be used ({detail}).", folder=target, detail=error.strerror or error) from error


def move(home: Path, target: Path, pointer: Path, step: Callable[[int], None] = lambda _share: None) -> None:
    """Move everything of ``home`` into ``target``, and have ``pointer`` (a file) lead there from now on.

    ``step`` is told the share that is done, in per cent. Raises FairhourError; the old folder counts then as before.
    """
    with ALONE:
        check(home, target)
        if (home / MOVED_FROM).exists():
            # The note stays behind, so what it tells of goes first.
            finish(home, pointer)
        _move(home, target, pointer, step)


def _move(home: Path, target: Path, pointer: Path, step: Callable[[int], None]) -> None:
    made: list[Path] = []
    before = pointer.read_bytes() if pointer.exists() else None
    try:
        files = list(files_of(home))
        make_folder(target)
        made.append(target / MOVED_FROM)
        half_copy.begin(home, target)
        copied = {}
        for number, path in enumerate(files, 1):
            copied[path] = _copy(path, target / path.relative_to(home), made)
            step(99 * number // len(files))
        note(home, target, copied)
        write_whole(pointer, os.fsencode(target.resolve()))
    except OSError as error:
        _undo(target, made, pointer, before)
        with suppress(OSError):
            (home / MOVING_TO).unlink(missing_ok=True)
        raise _refused("{folder} did not take it ({detail}).", folder=target, detail=error.strerror or error) from error
    if erase(home, files, [path.relative_to(home).as_posix() for path in files]):
        with suppress(OSError):
            (home / MOVING_TO).unlink()
            (target / MOVED_FROM).unlink()
    step(100)


def _undo(target: Path, made: list[Path], pointer: Path, before: bytes | None) -> None:
    """Let ``pointer`` lead where it led, then remove what was made: where it can't, both copies stay."""
    try:
        if before is None:
            pointer.unlink(missing_ok=True)
        elif pointer.read_bytes() != before:
            write_whole(pointer, before)
    except OSError as error:
        log.warning("where the data folder is could not be put back: %s", error)
        return
    for path in made:
        path.unlink(missing_ok=True)
    for folder in sorted({path.parent for path in made} - {target}, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _copy(path: Path, to: Path, made: list[Path]) -> Copied:
    """Copy one file durably, read it back, and return what it was. Raises OSError."""
    make_folder(to.parent)
    with path.open("rb") as source:
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        made.append(to)
        with os.fdopen(descriptor, "wb") as copy:
            shutil.copyfileobj(source, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
    shutil.copystat(path, to)
    sync_folder(to.parent)
    sha = hash_of(to)
    if hash_of(path) != sha:
        raise OSError(5, "what was written is not what was read back")
    return Copied(to.stat().st_size, sha)


def _refused(message: str, **values: object) -> FairhourError:
    return failure(
        "move_refused",
        "The data folder stays where it is",
        message,
        "Choose an empty folder on this computer's disk.",
        retryable=False,
        **values,
    )
