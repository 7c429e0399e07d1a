"""Files of the pictures' storage that no row names: a kill between a picture's file and its row leaves one.

On any storage and database, by hand (``python -m marketplace sweep``), and for good. The embedded marketplace puts its
own aside when it starts (``erasure.sweep_orphans``).

After a restore of an older database the files of all screenshots that came since have no row either, and can be the
only copies: their trackers have erased their own. What a kill left was never receipted, so its tracker has sent it
again, and the database knows the same bytes. Only such files go by themselves, and thumbnails, which can be made again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from marketplace.foundation import storage
from marketplace.workview.models import Picture
from worktime.errors import FairhourError, failure

STRAY_AGE = timedelta(days=1)
"""A younger file may be one whose row is being written."""

_PICTURE = ".webp"
"""The screenshot itself; the other files are thumbnails."""
_FOLDER = re.compile(r"[0-9a-f]{2}")
_FILE = re.compile(r"[0-9a-f]{48}\w*\.(webp|jpg)")


@dataclass(frozen=True)
class Strays:
    """Names of files without a row. ``copies``: nothing is lost with them. ``unknown``: perhaps the only copies."""

    copies: tuple[str, ...]
    unknown: tuple[str, ...]


def find_strays(*, now: datetime) -> Strays:
    """Return the files that no row names and that are older than a day at ``now`` (real time).

    Raises FairhourError where the database seems not to be the storage's own: it knows no picture at all, or none as
    new as one of the files.
    """
    newest = Picture.objects.aggregate(at=Max("received_at"))["at"]
    known_until = datetime.fromtimestamp(newest, UTC) if newest is not None else None
    found = []
    for name, stored_at in _nameless():
        if stored_at > now - STRAY_AGE:
            continue
        if known_until is None or stored_at > known_until:
            raise _another_database()
        found.append((name, stored_at))
    unknown = tuple(name for name, stored_at in found if name.endswith(_PICTURE) and not _is_copy(name, stored_at))
    return Strays(copies=tuple(name for name, _at in found if name not in set(unknown)), unknown=unknown)


def remove_strays(*, now: datetime, unknown: bool = False) -> Strays:
    """Remove the copies, and with ``unknown`` the others too; return what there was, ``unknown``: what is left of it.

    Raises FairhourError as ``find_strays`` does, before any is removed.
    """
    found = find_strays(now=now)
    gone = found.copies + (found.unknown if unknown else ())
    for name in gone:
        storage.erase(name)
    return Strays(copies=gone, unknown=() if unknown else found.unknown)


def _is_copy(name: str, stored_at: datetime) -> bool:
    """Tell whether the same bytes are stored for a screenshot, or came again after the file and were erased on purpose.

    A file that is newer than what was erased is of another screenshot that showed the same.
    """
    try:
        sha256 = hashlib.sha256(storage.read(name)).hexdigest()
    except FileNotFoundError:
        return True
    rows = Picture.objects.filter(sha256=sha256).values_list("erased_at", "received_at", "file")
    return any(
        storage.pictures().exists(file) if erased_at is None else received_at >= int(stored_at.timestamp())
        for erased_at, received_at, file in rows
    )


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
