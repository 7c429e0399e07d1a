"""Signing in as a person does it: a real marketplace, a real tracker, a real browser between them."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sync.sealing import SECRET
from sync.secrets import SERVICE
from tests.e2e.file_keyring import VARIABLE, kept
from tests.e2e.stack import FREELANCER, PASSWORD, Stack
from tests.support.browser import open_page
from worktime.business_clock import ClockOrigin

pytestmark = pytest.mark.e2e


def to_consent(stack: Stack, page: Page) -> None:
    """Have the tracker ask for a sign-in, and go where it sends the browser."""
    stack.control(do="sign_in", text=stack.address)
    stack.wait(lambda: bool(stack.status()["sign_in"]["address"]), "the tracker has an address for the browser")
    page.goto(stack.status()["sign_in"]["address"])


def account(stack: Stack) -> str:
    return str(stack.status()["sign_in"]["account"])


def test_from_the_first_start_to_a_revoked_device_and_back(chromium: Browser, tmp_path: Path) -> None:
    ring = tmp_path / "keyring.json"
    clock = ClockOrigin(int(time.time()) * 1_000_000, time.monotonic_ns(), rate=2)
    backend = {"PYTHON_KEYRING_BACKEND": "tests.e2e.file_keyring.FileKeyring", VARIABLE: str(ring), "BROWSER": "true"}
    stack = Stack(tmp_path, clock, extra_env=backend)
    try:
        stack.prepare()
        (tmp_path / "token.json").unlink()
        stack.start_marketplace()
        stack.tracker = stack._start("tracker", "tracker_app")
        stack.wait(lambda: bool(stack.status()), "the tracker answers")
        assert account(stack) == "signed_out"
        with open_page(chromium) as page:
            allowed(stack, page)
            assert sign_ins(ring) == [f"Fairhour/fairhour-tracker at {stack.address}"]
            signed_out_on_the_web(stack, page)
            assert sign_ins(ring) == []
            denied(stack, page)
            to_consent(stack, page)
            page.get_by_role("button", name="Allow", exact=True).click()
            stack.wait(lambda: account(stack) == "signed_in", "the tracker is signed in again")
            stack.control(do="stop")
            stack.wait(lambda: stack.status()["unsent"]["segments"] == 0, "what was recorded meanwhile is sent")
    finally:
        stack.stop()


def sign_ins(ring: Path) -> list[str]:
    """Return whose tokens the keyring holds; the key of the screenshots lies there too, and stays."""
    return [name for name in kept(ring) if name != f"{SERVICE}/{SECRET}"]


def allowed(stack: Stack, page: Page) -> None:
    """Sign in, allow it, and see that the address works once."""
    to_consent(stack, page)
    page.get_by_label("E-mail", exact=True).fill(FREELANCER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text(re.compile("^Allow Fairhour on "))
    page.get_by_role("button", name="Allow", exact=True).click()
    expect(page.locator("h1")).to_have_text("You are signed in")
    stack.wait(lambda: account(stack) == "signed_in" and bool(stack.status()["jobs"]), "the tracker has its jobs")
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(page.url, timeout=5)


def signed_out_on_the_web(stack: Stack, page: Page) -> None:
    """Record, end the sign-in in the list of devices, and see that recording goes on."""
    stack.control(do="start", job=stack.status()["jobs"][0]["id"])
    page.goto(stack.address + "/devices/")
    # The one that was used last; the other is the sample's, which nobody uses here.
    page.get_by_role("link", name=re.compile("^Sign out ")).first.click()
    page.get_by_role("button", name="Sign this device out").click()
    expect(page.locator(".notices")).to_contain_text("is signed out")
    stack.wait(lambda: account(stack) == "signed_out", "the tracker has seen that it was signed out")
    assert stack.status()["state"] == "recording"


def denied(stack: Stack, page: Page) -> None:
    """Say no in the browser."""
    to_consent(stack, page)
    page.get_by_role("button", name=re.compile("^Don.t allow$")).click()
    expect(page.locator("h1")).to_have_text("Nothing was allowed")
    stack.wait(lambda: stack.status()["sign_in"]["problem"] is not None, "the tracker says so")
    assert stack.status()["sign_in"]["problem"]["code"] == "sign_in_denied"
    assert stack.status()["state"] == "recording"
