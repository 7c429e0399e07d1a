"""Erases pictures: decided in a transaction, the files removed after it, and again by the clock if that failed."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction

from marketplace.foundation import storage
from marketplace.workview.models import Picture, Segment

log = logging.getLogger(__name__)


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


def sweep_orphans() -> int:
    """Remove files that no picture refers to (a crash between file and row left them); return how many.

    Only for the embedded marketplace before it serves: nothing else stores a picture meanwhile.
    """
    kept = set(Picture.objects.values_list("file", flat=True)) | set(
        Picture.objects.values_list("thumbnail", flat=True)
    )
    store = storage.pictures()
    try:
        folders, _files = store.listdir("")
    except FileNotFoundError:
        return 0
    orphans = [f"{folder}/{name}" for folder in folders for name in store.listdir(folder)[1]]
    orphans = [name for name in orphans if name not in kept]
    for name in orphans:
        storage.erase(name)
    return len(orphans)
