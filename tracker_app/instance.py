"""One tracker for each data folder: a lock that the system takes back however the program ends.

A lock of the kernel's (flock; on Windows a locked byte), not a file that is there or not: kill -9 leaves nothing behind
that would have to be judged. What a second start does is the business of ``main``.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
from pathlib import Path

from sync.files import make_folder

log = logging.getLogger(__name__)

_NAME = "lock"


class Instance:
    """The lock, held until ``close()`` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def close(self) -> None:
        """Let the next one in. The file stays: removing it could take it from under somebody who waits for it."""
        os.close(self._descriptor)


def take(home: Path) -> Instance | None:
    """Lock the data folder, which is made where there is none; None when another tracker holds it.

    Raises FairhourError for a folder that is somebody else's or can't be used; its class is loaded then, because this
    comes before the icon.
    """
    try:
        make_folder(home)
        _check_owner(home)
        _close(home)
        descriptor = os.open(home / _NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        from worktime.errors import failure

        raise failure(
            "home_unusable",
            "Data folder not usable",
            "Fairhour can't keep its record in {folder} ({detail}).",
            "Make the folder writable, or set FAIRHOUR_HOME to another one, and start Fairhour again.",
            folder=home,
            detail=error.strerror or error,
        ) from error
    if not _lock(descriptor):
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return Instance(descriptor)


def holder(home: Path) -> int | None:
    """The process id that the holder of the lock wrote into it, for people to look at; None when there is none."""
    try:
        return int((home / _NAME).read_text())
    except (OSError, ValueError):
        return None


def _check_owner(home: Path) -> None:
    """Nobody's record may mix with another's, and root would leave files that their owner can't open any more."""
    if sys.platform != "win32" and home.stat().st_uid != os.geteuid():
        from worktime.errors import failure

        raise failure(
            "home_foreign",
            "Data folder belongs to somebody else",
            "The folder {folder} is not yours: what you record there would mix with another person's work.",
            "Start Fairhour as the folder's owner, or set FAIRHOUR_HOME to a folder of your own.",
            folder=home,
        )


def _close(home: Path) -> None:
    """Let nobody else lay files there, or take ours away: who can, reads and sends what he likes as this person."""
    mode = stat.S_IMODE(home.stat().st_mode)
    if sys.platform != "win32" and mode & 0o022:
        log.info("the data folder could be written by others; it is closed to them")
        home.chmod(mode & ~0o022)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        log.debug("the data folder is locked: %s", error)
        return False
    return True
