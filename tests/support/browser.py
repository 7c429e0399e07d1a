"""A real Chromium for tests of the web pages, driven by Playwright's synchronous API.

The browser is the system's (packaging/debian.txt), never a downloaded one. A missing browser fails the test.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.unprivileged import is_root

DESKTOP_SIZE = {"width": 1280, "height": 900}
PHONE_SIZE = {"width": 390, "height": 844}

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
)


def chromium_path() -> str:
    """The system's browser; AssertionError when there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium on PATH (Debian: chromium, see packaging/debian.txt)"
    return path


@contextlib.contextmanager
def open_browser(*, headless: bool = True) -> Iterator[Browser]:
    """A running Chromium; contexts (= separate sign-ins) are made from it."""
    flags = [*FLAGS, *(["--no-sandbox"] if is_root() else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=headless, args=flags)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def open_page(browser: Browser, **context_options: Any) -> Iterator[Page]:
    """A page in a context of its own; options as Playwright's `new_context` (viewport, color_scheme ...)."""
    context: BrowserContext = browser.new_context(**{"viewport": DESKTOP_SIZE, **context_options})
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session.

    Playwright's synchronous API keeps an event loop in this thread; Django's guard against that would refuse every
    query of the test itself.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with open_browser() as browser:
            yield browser
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Page]:
    """A fresh, signed-out page 1280 pixels wide."""
    with open_page(chromium) as page:
        yield page
