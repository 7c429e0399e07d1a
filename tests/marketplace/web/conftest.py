"""People in real browsers, in front of a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from marketplace.accounts.models import User
from marketplace.billing.models import Account, Move, Posting

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]


@pytest.fixture
def charged(transactional_db: None) -> Iterator[None]:
    """Let a test in front of the live server charge: SQLite's ledger, which refuses deletion, is emptied after it."""
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for ledger in (Move, Posting, Account):
            ledger.objects.all().delete()
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture
def complaints() -> list[str]:
    """What pages wrote to the browser's console; a test that expects some reads and clears it."""
    return []


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Open]:
    """Open the pages as a person: ``open_as(person, viewport=..., color_scheme=..., has_touch=...)``.

    A page that writes an error or a warning to the console, or asks for what is not there, fails the test.
    """
    contexts: list[BrowserContext] = []

    def opened(person: User | None, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, **{"viewport": DESKTOP, "timezone_id": "Europe/Berlin", **options}
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        context.add_cookies([{"name": "fairhour_zone", "value": "Europe/Berlin", "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{message.type}: {message.text}") if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints
