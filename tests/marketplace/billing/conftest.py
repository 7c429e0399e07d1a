"""A database that really commits, for tests with threads, although the ledger refuses to be emptied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'billing_%'"


@pytest.fixture
def _ledger_emptied(django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Install the triggers again after SQLite was emptied by DELETE; PostgreSQL truncates."""
    removed: list[str] = []
    yield removed
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for sql in removed:
            cursor.execute(sql)


@pytest.fixture
def committed(_ledger_emptied: list[str], transactional_db: None) -> Iterator[None]:
    """Commit for real in this test, and empty the database after it."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, sql in cursor.execute(_TRIGGERS).fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
                _ledger_emptied.append(sql)
