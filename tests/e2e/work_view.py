"""The Work View page as a client reads it, in a real browser."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.stack import PASSWORD

_TILES = """() => [...document.querySelectorAll('article.tile')].map(t => {
  const image = t.querySelector('img');
  return {
    segment: t.dataset.segment, slot: Number(t.dataset.slot), state: t.dataset.state,
    rejected: t.dataset.rejected === 'true', tracked_s: Number(t.dataset.trackedS),
    taken_at: t.dataset.takenAt ? Number(t.dataset.takenAt) : null,
    shown: Boolean(image && image.complete && image.naturalWidth > 1), text: t.innerText,
  };
})"""


@dataclass(frozen=True)
class Tile:
    """What a tile of the page says. Seconds are of the business clock."""

    segment: str
    slot: int
    state: str
    rejected: bool
    tracked_s: int
    taken_at: int | None
    shown: bool
    text: str


def sign_in(page: Page, address: str, email: str) -> None:
    """Sign in through the form, as a person does."""
    page.goto(f"{address}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def open_work_view(page: Page, address: str, job: str) -> None:
    """Open a job's Work View page at the current week."""
    page.goto(f"{address}/jobs/{job}/work/")
    expect(page.locator("#totals")).to_be_visible()


def tiles(page: Page) -> list[Tile]:
    """The tiles that the page shows now, without a reload."""
    return [Tile(**values) for values in page.evaluate(_TILES)]


def total(page: Page, name: str) -> int:
    """A figure of the page's totals, by its data attribute (``tracked-s``, ``rejected-s`` ...)."""
    value = page.locator("#totals").get_attribute(f"data-{name}")
    assert value is not None, f"the page's totals have no {name}"
    return int(value)


def state(page: Page) -> str:
    """The timesheet's state as the page has it."""
    return page.locator("#totals").get_attribute("data-timesheet-state") or ""


def reject(page: Page, tile: Tile, reason: str) -> None:
    """Reject a tile: hover, click its button, give the reason, confirm."""
    place = page.locator(f'article.tile[data-segment="{tile.segment}"]')
    place.hover()
    place.get_by_role("button", name="Reject").click()
    dialog = page.locator("#reject-dialog")
    dialog.locator("textarea[name=reason]").fill(reason)
    dialog.locator("button[type=submit]").click()
