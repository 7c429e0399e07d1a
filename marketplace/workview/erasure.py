"""Erases pictures: decided in a transaction, the files removed after it, and again by the clock if that failed."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction

from marketplace.foundation import storage
from marketplace.workview.models import Picture, Segment

log = logging.getLogger(__name__)

ORPHAN_AGE_S = 24 * 3600


def erase_others(segment: Segment, *, now: int) -> None:
    """Erase, once the caller's transaction is committed, the stored pictures that ``segment`` no longer refers to."""
    gone = Picture.objects.filter(segment=segment, erased_at__isnull=True)
    if segment.picture_id is not None:
        gone = gone.exclude(pk=segment.picture_id)
    if gone.update(erased_at=now):
        # robust: a storage that is away must not turn a committed batch into an error; the clock tries again.
        transaction.on_commit(partial(erase_due, segment=segment), robust=True)


def erase_due(*, segment: Segment | None = None) -> int:
    """Remove the files of erased pictures (of one segment, or all that are still there); return how many are gone."""
    due = Picture.objects.filter(erased_at__isnull=False).exclude(file="", thumbnail="")
    if segment is not None:
        due = due.filter(segment=segment)
    gone = 0
    for picture in due.order_by("erased_at")[:200]:
        try:
            storage.erase(picture.file)
            storage.erase(picture.thumbnail)
        except OSError:
            log.exception("picture %s is not erased yet", picture.pk)
            continue
        Picture.objects.filter(pk=picture.pk).update(file="", thumbnail="")
        gone += 1
    return gone


def sweep_orphans(*, now: float) -> int:
    """Move files that no picture refers to (a crash between file and row left them) aside; return how many.

    Only for the embedded marketplace before it serves: SQLite, pictures in a folder, nothing else that stores one
    meanwhile. Anywhere else nothing is done. Nothing is deleted, and nothing of the last 24 hours (``now``: Unix time
    of the files' clock) is touched: with a database that was restored from a backup, or another one than the
    folder's, files without a row are pictures that someone was paid by. Without any row nothing is moved at all.
    """
    store = storage.pictures()
    if connection.vendor != "sqlite" or not isinstance(store, FileSystemStorage):
        return 0
    root = Path(store.location)
    found = [path for path in root.glob("*/*") if path.is_file() and path.stat().st_mtime < now - ORPHAN_AGE_S]
    if found and not Picture.objects.exists():
        log.warning("%d files in %s and no picture in the database: is it the right one?", len(found), root)
        return 0
    kept = {name for names in Picture.objects.values_list("file", "thumbnail") for name in names}
    orphans = [path for path in found if path.relative_to(root).as_posix() not in kept]
    aside = root.with_name(f"{root.name}-aside")
    for path in orphans:
        target = aside / path.relative_to(root)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target)
    if orphans:
        log.warning("%d files that no picture refers to were moved to %s", len(orphans), aside)
    return len(orphans)
