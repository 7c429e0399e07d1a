"""Room for the record on a disk that gets full: a file that is given up at the first write that finds none.

Looked at whenever somebody asks what is wrong, every ``LOOK_S`` seconds at most, so that the user is told before, not
by, the first loss: the reserve holds a day of the record (reliability.md, promise 2), and pictures leave as much alone.
Made again once there is room for it twice.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from worktime.errors import Problem, make_problem

RESERVE_BYTES = 384 * 1024
"""A segment with a comment, a pause and what is kept to send it takes 2.7 KB: 256 KiB held 20 hours of them."""
LOOK_S = 1.5
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Reserve:
    """The reserve of one folder. Not thread-safe, and none the worse for a look too many."""

    def __init__(
        self,
        folder: Path,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        room: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder
        self._path = folder / "reserve"
        self._name = str(self._path)
        self._monotonic = monotonic
        self._room = room
        self._looked_at = float("-inf")
        self._room_bytes = 0
        self._there = False
        self.look()

    def look(self) -> None:
        """See how much room there is, and make the reserve if it is not there. Costs nothing if it was just done."""
        if self._monotonic() - self._looked_at < LOOK_S:
            return
        self._looked_at = self._monotonic()
        self._room_bytes = self.room()
        self._there = os.path.exists(self._name)  # noqa: PTH110 - asked every few seconds, all day: a path's takes thrice as long
        if self._room_bytes >= 2 * RESERVE_BYTES and not self._there:
            self._make()

    def room(self) -> int:
        """Return the bytes that are free for this user, the reserve apart; 0 when the disk does not tell."""
        try:
            return self._room(self._folder)
        except OSError:
            return 0

    def give_up(self) -> None:
        """Make room now."""
        with contextlib.suppress(OSError):  # a disk that takes nothing may not give it back either
            self._path.unlink(missing_ok=True)
        self._looked_at = self._monotonic()
        self._room_bytes, self._there = 0, False

    def is_out_of_room(self) -> bool:
        """Tell whether a write fails for want of room: a quota does not show in what is free."""
        probe = self._folder / "probe"
        try:
            probe.write_bytes(bytes(4096))
        except OSError as error:
            return error.errno in _FULL
        finally:
            with contextlib.suppress(OSError):
                probe.unlink(missing_ok=True)
        return False

    @property
    def problem(self) -> Problem | None:
        """What the user must know about the room that is left."""
        self.look()
        if self._there and self._room_bytes >= RESERVE_BYTES:
            return None
        return make_problem(
            "disk_nearly_full",
            "The disk is almost full",
            "{room} KB are left. Time is recorded as before; screenshots are not kept while there is so little room.",
            "Free some space on the disk.",
            retryable=True,
            room=self._room_bytes // 1024,
        )

    def _make(self) -> None:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(RESERVE_BYTES))
            self._there = True
        except OSError:
            self.give_up()
