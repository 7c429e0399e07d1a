"""Where pictures live: Django's storage named "pictures", never served by a public path.

A folder by default (files 0600, folders 0700), any storage of Django by configuration (S3 through django-storages).
"""

from __future__ import annotations

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


def pictures() -> Storage:
    """Return the configured storage."""
    return storages["pictures"]


def save(data: bytes, suffix: str) -> str:
    """Store ``data`` under a name that nobody can guess and return the name. Raises OSError."""
    token = secrets.token_hex(24)
    return pictures().save(f"{token[:2]}/{token}{suffix}", ContentFile(data))


def read(name: str) -> bytes:
    """Return the bytes stored under ``name``. Raises OSError (FileNotFoundError when they are gone)."""
    with pictures().open(name, "rb") as file:
        content: bytes = file.read()
    return content


def erase(name: str) -> None:
    """Remove what is stored under ``name``; what is not there is erased already. Raises OSError."""
    if name:
        pictures().delete(name)
