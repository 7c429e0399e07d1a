"""What lies in the data folder: its files, links that lead out of it, and a file's hash. Nothing is changed here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from tracker_app.places import MOVED_FROM, MOVING_TO, POINTER

_NOTES = (POINTER, MOVED_FROM, MOVING_TO)
LEFT = frozenset({"lock", "control.sock", *_NOTES, *(f"{name}.part" for name in _NOTES)})
"""What belongs to the place, not to the data."""


def files_of(home: Path) -> Iterator[Path]:
    """Every file of the data, in order."""
    for folder, folders, names in os.walk(home):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if not (path.parent == home and name in LEFT) and path.is_file():
                yield path


def links_of(home: Path) -> Iterator[Path]:
    """Every symbolic link in the data."""
    for folder, folders, names in os.walk(home):
        yield from (path for name in (*folders, *names) if (path := Path(folder, name)).is_symlink())


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_of_start(path: Path, size: int) -> str:
    """Return the SHA-256 of a file's first ``size`` bytes. Raises OSError."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while size and (part := file.read(min(size, 1 << 20))):
            sha.update(part)
            size -= len(part)
    return sha.hexdigest()
