"""What the freelancer wants hidden, kept in a file of the data folder: readable by the owner alone, since it says what
is private. A file that can't be read hides everything (capture/redaction.py) until it is written anew."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from capture.hidden import Hidden
from sync.files import write_whole
from worktime.errors import Problem, failure, make_problem

log = logging.getLogger(__name__)

FILE = "hidden.json"


class HiddenFile:
    """The rules of one data folder. ``now()`` can be called on any thread, the rest on one."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._now: Hidden | Problem = _load(self._path)

    def now(self) -> Hidden | Problem:
        """Return what is to be hidden, or why that can't be known."""
        return self._now

    @property
    def rules(self) -> Hidden:
        """What is to be hidden; nothing where it can't be known, for whoever writes it anew."""
        return self._now if isinstance(self._now, Hidden) else Hidden()

    @property
    def problem(self) -> Problem | None:
        """Why the rules can't be known."""
        return self._now if isinstance(self._now, Problem) else None

    def keep(self, hidden: Hidden) -> None:
        """Keep the rules, whole or not at all, durable on return. They hold even when the disk does not take them.

        Raises FairhourError then: after the next start they would be the old ones.
        """
        self._now = hidden
        try:
            write_whole(self._path, msgspec.json.encode(hidden))
        except OSError as error:
            raise failure(
                "hiding_unsaved",
                "What to hide could not be kept",
                "{file} can't be written ({detail}). It holds until Fairhour ends.",
                "Make room on the disk, then change something under “What is hidden”.",
                retryable=True,
                file=self._path,
                detail=error.strerror,
            ) from error


def _load(path: Path) -> Hidden | Problem:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Hidden)
    except FileNotFoundError:
        return Hidden()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The text of a decoding error can repeat what is to be hidden.
        log.warning("%s can't be read: %s", path, type(error).__name__)
        return make_problem(
            "hiding_rules",
            "What to hide can't be read",
            "{file} is damaged. Whole screenshots are hidden, so that nothing private is shown.",
            "Choose anew under “What is hidden”.",
            file=path,
        )
