"""Checks a page as it is shown in a browser: contrast, clipped text, overflow, names, landmarks.

Used by the tests of the pages and by everything that takes screenshots. Its own test plants each fault.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Return a sentence for each fault of the page as it is shown now; empty when there is none."""
    found: list[str] = page.evaluate(f"({SCRIPT})()")
    return found


def assert_sound(page: Page, where: str) -> None:
    """Raise AssertionError with every fault of the page; ``where`` names it."""
    found = faults(page)
    assert not found, f"{where}:\n" + "\n".join(found)
