"""The marketplace's folder and the values that the environment gives. Reads only: nothing is created on import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import platformdirs


def home() -> Path:
    """Return the folder of database, pictures, mail and keys: FAIRHOUR_MARKETPLACE_HOME or the user's data folder."""
    given = os.environ.get("FAIRHOUR_MARKETPLACE_HOME", "")
    return Path(given) if given else Path(platformdirs.user_data_dir("fairhour-marketplace", appauthor=False))


def make_home() -> Path:
    """Create the folder where it is missing, make it readable by its owner alone, and return it. Raises OSError."""
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_home()
    return folder


def close_home() -> None:
    """Close the folder, where there is one, to everybody but its owner. Raises OSError."""
    folder = home()
    if folder.exists() and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def postgresql(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgres://user:password@host:port/name?host=/socket/folder``.

    Raises ValueError for another scheme or a missing database name.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ValueError("FAIRHOUR_DATABASE_URL must look like postgres://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A pool needs connections that end with the request (Django refuses anything else).
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's settings for the embedded database (docs/decisions/0001-stack.md: measured, with its traps)."""
    return {
        "ENGINE": "marketplace.foundation.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: the tracker forgets what was receipted, so a receipt must survive a power cut here.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


def database() -> dict[str, Any]:
    """Return the settings of the default database: PostgreSQL by FAIRHOUR_DATABASE_URL, else SQLite in the folder."""
    url = os.environ.get("FAIRHOUR_DATABASE_URL", "")
    return postgresql(url) if url else sqlite(home() / "db.sqlite3")


def flag(name: str) -> bool:
    """Return True when the environment variable ``name`` is 1."""
    return os.environ.get(name, "") == "1"


def names(name: str) -> list[str]:
    """Return the comma-separated values of an environment variable."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
