"""Fixtures of the marketplace's tests: the clock stands still, five fixed people, one job, a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from pytest_django import Settings

from marketplace.accounts.models import User
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.workview import lineage
from tests.marketplace.support import WEDNESDAY, new_job
from tests.marketplace.thrift import cheap_repetitions

HERE = Path(__file__).parent
LOOKS = (HERE / "web" / "test_look.py", HERE / "web" / "test_page_checks.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another engine than SQLite leave out what has been seen on that: tests without a database, and looks."""
    if "sqlite" in django_settings.DATABASES["default"]["ENGINE"]:
        return
    kept: list[pytest.Item] = []
    seen: list[pytest.Item] = []
    for item in items:
        mine = item.path.is_relative_to(HERE)
        (seen if mine and (item.path in LOOKS or not _asks_the_database(item)) else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=seen)


def _asks_the_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put SQLite's test database into a file: one in memory has no WAL and one connection for all threads."""
    if "sqlite" in django_settings.DATABASES["default"]["ENGINE"]:
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connections["default"].settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session", autouse=True)
def _thrift() -> Iterator[None]:
    with cheap_repetitions():
        yield


@pytest.fixture(scope="session", autouse=True)
def _ledger_can_be_emptied() -> Iterator[None]:
    """Let tests that really commit empty SQLite after them: its triggers refuse the DELETE that Django uses."""
    with pytest.MonkeyPatch.context() as patch:
        # Through the wrapper: where another engine is in use, importing the operations by themselves goes in a circle.
        flush = SQLite.ops_class.execute_sql_flush

        def without_triggers(operations: Any, statements: list[str]) -> None:
            with operations.connection.cursor() as cursor:
                triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
                for name, _sql in triggers:
                    cursor.execute(f"DROP TRIGGER {name}")
                try:
                    flush(operations, statements)
                finally:
                    for _name, sql in triggers:
                        cursor.execute(sql)

        patch.setattr(SQLite.ops_class, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("FAIRHOUR_MARKETPLACE_HOME", str(home))
    settings.HOME = home
    settings.PAYMENT_GATEWAY = "sandbox"
    settings.EMAIL_FILE_PATH = str(home / "mail")
    stores = {name: dict(store) for name, store in settings.STORAGES.items()}
    stores["pictures"]["OPTIONS"] = {**stores["pictures"]["OPTIONS"], "location": str(home / "pictures")}
    settings.STORAGES = stores


@pytest.fixture(autouse=True)
def _fresh_limits(settings: Settings) -> Iterator[None]:
    # On PostgreSQL the cache is a table, which most tests may not touch.
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {name: {"BACKEND": backend, "LOCATION": name} for name in ("default", "throttle")}
    yield
    for name in ("default", "throttle"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def step(request: pytest.FixtureRequest) -> Iterator[Callable[[int], int]]:
    """Freeze the business clock at Wednesday 10:00 ET; the fixture's value steps it forward to a second."""
    clock.freeze(WEDNESDAY)
    yield clock.step_to
    clock.freeze(None)


@dataclass(frozen=True)
class People:
    """The fixed people of every test. ``other`` is another freelancer of the same client; a stranger sees nothing."""

    client: User
    freelancer: User
    other: User
    stranger: User
    staff: User


def _person(role: str, **fields: Any) -> User:
    return User.objects.create_user(f"{role.replace(' ', '-').lower()}@example.test", name=f"Sample {role}", **fields)


@pytest.fixture
def people(db: None) -> People:
    """The five people, without passwords: tests sign them in by force."""
    return People(
        client=_person("client", time_zone="Europe/Berlin"),
        freelancer=_person("freelancer", time_zone="Asia/Kolkata"),
        other=_person("other freelancer"),
        stranger=_person("stranger"),
        staff=_person("staff", is_staff=True),
    )


@pytest.fixture
def job(people: People) -> Job:
    """The client's job with the freelancer: 30.00 USD an hour, 30 hours a week, begun with the week."""
    return new_job(people.client, people.freelancer, "Website redesign")


@pytest.fixture
def other_job(people: People) -> Job:
    """The same client's job with the other freelancer: 45.00 USD an hour, 10 hours a week."""
    return new_job(people.client, people.other, "Data import", rate_minor=4500, authorized_s=10 * 3600)


@pytest.fixture
def any_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take in revisions that forget time, which no tracker sends: the rooms above hold to their rules all the same."""
    monkeypatch.setattr(lineage, "forgets", lambda row, segment: False)
