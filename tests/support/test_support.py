"""The shared helpers do what other tests rely on."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from devtools.console import UserError
from tests.support import postgres
from tests.support.unprivileged import as_ordinary_user, is_root


def test_a_cluster_answers_and_goes() -> None:
    with postgres.throwaway_cluster() as url, psycopg.connect(url) as connection:
        assert connection.execute("show fsync").fetchone() == ("off",)
        assert connection.execute("select current_database()").fetchone() == ("fairhour",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_missing_postgresql_fails_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda *_: [])
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UserError, match="Debian: postgresql"):
        postgres.program("initdb")


def test_an_ordinary_user_is_not_root() -> None:
    said = subprocess.run(as_ordinary_user(["id", "-u"]), capture_output=True, text=True, check=True).stdout
    assert int(said) != 0
    assert is_root() or int(said) == os.geteuid()


def test_the_browser_shows_a_page(chromium_page: Page) -> None:
    chromium_page.set_content("<title>Fair</title><p id=a>hour</p>")
    assert chromium_page.title() == "Fair"
    assert chromium_page.locator("#a").inner_text() == "hour"
