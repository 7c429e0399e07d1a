"""Files of the pictures' storage that no row names: a kill between a picture's file and its row leaves one.

On any storage and database, by hand (``python -m marketplace sweep``), and for good. The embedded marketplace puts its
own aside when it starts (``erasure.sweep_orphans``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from marketplace.foundation import storage
from marketplace.workview.models import Picture
from worktime.errors import FairhourError, failure

STRAY_AGE = timedelta(days=1)
"""A younger file may be one whose row is being written."""

_FOLDER = re.compile(r"[0-9a-f]{2}")
_FILE = re.compile(r"[0-9a-f]{48}\w*\.(webp|jpg)")


def find_strays(*, now: datetime) -> list[str]:
    """Return the names of the files that no row names and that are older than a day at ``now`` (real time).

    Raises FairhourError where the database seems not to be the storage's own: it knows no picture at all, or none as
    new as one of the files. After a backup was restored such files are pictures that someone was paid by.
    """
    newest = Picture.objects.aggregate(at=Max("received_at"))["at"]
    known_until = datetime.fromtimestamp(newest, UTC) if newest is not None else None
    found = []
    for name, stored_at in _nameless():
        if stored_at > now - STRAY_AGE:
            continue
        if known_until is None or stored_at > known_until:
            raise _another_database()
        found.append(name)
    return found


def remove_strays(*, now: datetime) -> int:
    """Remove those files and return how many. Raises FairhourError as ``find_strays`` does, before any is removed."""
    names = find_strays(now=now)
    for name in names:
        storage.erase(name)
    return len(names)


def _nameless() -> Iterator[tuple[str, datetime]]:
    """Yield each file without a row and when it was stored, one folder in memory at a time."""
    store = storage.pictures()
    for folder in sorted(filter(_FOLDER.fullmatch, _entries("")[0])):
        files = [f"{folder}/{file}" for file in _entries(folder)[1] if _FILE.fullmatch(file)]
        # Asked after the files: a row that has come meanwhile is seen.
        rows = Picture.objects.filter(Q(file__startswith=f"{folder}/") | Q(thumbnail__startswith=f"{folder}/"))
        named = {name for names in rows.values_list("file", "thumbnail") for name in names}
        for name in files:
            if name not in named:
                # Files are erased meanwhile, by the clock's own step: one that has gone is no stray.
                with suppress(FileNotFoundError):
                    yield name, store.get_modified_time(name)


def _entries(path: str) -> tuple[list[str], list[str]]:
    """Return the folders and the files of a folder; a storage that was never used has none."""
    try:
        return storage.pictures().listdir(path)
    except FileNotFoundError:
        return [], []


def _another_database() -> FairhourError:
    return failure(
        "another_database",
        _("Not the database of these screenshots"),
        _("There are screenshots that are newer than any that the database knows."),
        _("If it was restored from a backup, keep them. If not, run this again when the next screenshot was stored."),
    )
