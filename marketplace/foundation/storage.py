"""Where pictures live: Django's storage named "pictures", never served by a public path.

A folder by default (files 0600, folders 0700), any storage of Django by configuration (S3 through django-storages).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages


def pictures() -> Storage:
    """Return the configured storage."""
    return storages["pictures"]


def save(data: bytes, suffix: str) -> str:
    """Store ``data`` under a name that nobody can guess and return the name. Raises OSError, and then keeps nothing.

    Durable on return: the tracker erases its own copy once it has the receipt.
    """
    store, token = pictures(), secrets.token_hex(24)
    name = store.save(f"{token[:2]}/{token}{suffix}", ContentFile(data))
    if isinstance(store, FileSystemStorage):
        try:
            _force_to_disk(Path(store.path(name)))
        except OSError:
            store.delete(name)
            raise
    return name


def _force_to_disk(file: Path) -> None:
    """Make the file and the names that lead to it survive a power cut."""
    # Windows syncs only what was opened for writing, and no folders.
    with file.open("rb+") as stored:
        os.fsync(stored.fileno())
    for folder in file.parents[:2] if os.name == "posix" else ():
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(name: str) -> bytes:
    """Return the bytes stored under ``name``. Raises OSError (FileNotFoundError when they are gone)."""
    with pictures().open(name, "rb") as file:
        content: bytes = file.read()
    return content


def erase(name: str) -> None:
    """Remove what is stored under ``name``; what is not there is erased already. Raises OSError."""
    if name:
        pictures().delete(name)
