"""One `dev.py run` for each data folder: a lock file that the operating system frees, however the process ends."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from devtools.console import UserError

# Windows lets nobody read locked bytes: the lock is on one far behind the text.
LOCKED_BYTE = 1 << 20


@contextlib.contextmanager
def alone(lock: Path, address: str) -> Iterator[None]:
    """Hold `lock` while the context lasts, with `address` in it for whoever comes second, who gets a UserError."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as file:
        try:
            _take(file)
        # The first is what POSIX answers, the second Windows.
        except (BlockingIOError, PermissionError) as error:
            holder = lock.read_text(encoding="utf-8", errors="replace").strip()
            raise UserError(f"Fairhour is already running here ({holder or lock.parent}): stop it first.") from error
        file.truncate(0)
        file.write(f"{address}, process {os.getpid()}".encode())
        file.flush()
        yield


def _take(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
