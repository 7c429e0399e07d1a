"""Who is signed out stays so, whatever the tracker was doing at that instant; on both engines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from allauth.idp.oidc.models import Token
from django.db import connection, transaction

from marketplace.accounts import devices
from marketplace.accounts.models import Device, User
from marketplace.accounts.provider import issue_refresh_token
from marketplace.accounts.tokens import forget_tokens
from tests.marketplace.accounts.test_devices import refreshed
from tests.marketplace.conftest import People

pytestmark = pytest.mark.django_db(transaction=True)
TIMEOUT_S = 30.0


def in_the_middle_of_a_refresh(token: str, act: Callable[[], None]) -> None:
    """Let a refresh be granted, ``act`` begin meanwhile on another connection, and only then the refresh be stored."""
    about_to = threading.Event()

    def run() -> None:
        try:
            about_to.set()
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        refreshed(token)
        thread.start()
        assert about_to.wait(TIMEOUT_S)
        waits()
    thread.join(TIMEOUT_S)
    assert not thread.is_alive()


def waits() -> None:
    """Return when somebody waits for a lock (PostgreSQL; SQLite has one writer at a time, whoever begins first)."""
    end = time.monotonic() + TIMEOUT_S
    while connection.vendor == "postgresql" and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
    assert connection.vendor != "postgresql", "nobody waited for the refresh"


def sign_out(device: Device) -> None:
    with transaction.atomic():
        devices.end(device.pk)


def test_a_sign_out_ends_the_tokens_of_a_refresh_that_is_under_way(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    device = Device.objects.get()
    in_the_middle_of_a_refresh(token, lambda: sign_out(device))
    assert not Token.objects.exists()
    assert not Device.objects.exists()


def test_a_new_password_ends_the_tokens_of_a_refresh_that_is_under_way(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    in_the_middle_of_a_refresh(token, lambda: forget_tokens(User, user=people.freelancer))
    assert not Token.objects.exists()
    assert not Device.objects.exists()
