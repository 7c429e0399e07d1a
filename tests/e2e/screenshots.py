"""The pictures of README and docs, from the running product: ``python3 dev.py screenshots``.

Real marketplace, real tracker in a real tray, real Chromium, and somebody at work on the display (tests/support/
workplace.py). A clock that runs fast lets two work days pass in two minutes. Every page that is shown is checked first
(tests/marketplace/web/page_checks.py); pictures are replaced only when all of them were made.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from devtools import processes
from tests.e2e import work_view
from tests.e2e.stack import CLIENT, FREELANCER, ROOT, Stack, StackError
from tests.marketplace.web.page_checks import assert_sound
from tests.support.browser import open_browser, open_page
from tests.support.pointer import Pointer
from tests.support.screen import Screen
from tests.support.window_frames import window_frames
from ui.tokens import DARK, LIGHT
from worktime.business_clock import ClockOrigin
from worktime.slots import SLOT_S, slot_end, slot_of, slot_start

FOLDER = ROOT / "docs" / "pictures"
LIMIT_BYTES = 300_000
THEMES = ("light", "dark")
ZONE = "Europe/Berlin"
MINUTE = 60
TUESDAY = 1_772_539_200  # Tuesday 2026-03-03 13:00 in Berlin
WEDNESDAY = 1_772_611_200  # Wednesday 2026-03-04 09:00 in Berlin
THURSDAY = WEDNESDAY + 86_400
START_S = 14
"""Real seconds in which marketplace and tracker start, also on a busy machine."""
TUESDAY_RATE, WEDNESDAY_RATE = 240, 120
MARGIN_PX = 16
DESKTOP: Mapping[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
REASON = "This is the table of the other job"

NAMES = (
    *(
        f"{what}-{theme}"
        for what in ("tray-menu", "window", "work-view-desktop", "work-view-phone")
        for theme in THEMES
    ),
    "reject-light",
    "freelancer-light",
)


class Work(threading.Thread):
    """Somebody at the computer: moves the mouse and turns to another document, until ``end()``, unless they rest.

    In each slot from ``first`` on they have the next of ``documents`` before them, in the end the last one.
    """

    INPUT_EVERY_S = 12
    """Business seconds."""

    def __init__(self, stack: Stack, place: Workplace, first: int, documents: Sequence[str]) -> None:
        super().__init__(name="work", daemon=True)
        self._stack, self._place = stack, place
        self._first, self._documents = first, documents
        self._ended, self._working = threading.Event(), threading.Event()
        self._between = threading.Lock()
        self._working.set()
        self._trouble: Exception | None = None

    def run(self) -> None:
        try:
            with Pointer() as pointer:
                while not self._ended.wait(self._until_next() / self._stack.clock.rate):
                    with self._between:
                        if not self._working.is_set():
                            continue
                        pointer.nudge()
                        now = int(self._stack.now())
                        turned = min(max(0, slot_of(now) - self._first), len(self._documents) - 1)
                        self._place.show(self._documents[turned], now)
        except Exception as error:  # noqa: BLE001 - top of a thread; end() raises it again
            self._trouble = error

    def _until_next(self) -> float:
        """Business seconds until the next touch: a slot begins with its document, whenever its picture is taken."""
        now = self._stack.now()
        return min(self.INPUT_EVERY_S, slot_end(slot_of(int(now))) - now)

    @contextlib.contextmanager
    def resting(self) -> Iterator[None]:
        """Touch nothing while the context lasts."""
        with self._between:
            self._working.clear()
        yield
        self._working.set()

    def end(self) -> None:
        """Go home; raises what went wrong."""
        self._ended.set()
        self.join()
        if self._trouble is not None:
            raise self._trouble


class Workplace:
    """The documents on the display, in a process of their own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.workplace"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear("ready")

    def show(self, document: str, second: int) -> None:
        """Turn to a document, at that business second."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{document} {datetime.fromtimestamp(second, ZoneInfo(ZONE)):%H:%M}\n")
        self._process.stdin.flush()
        self._hear(document)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def _hear(self, word: str) -> None:
        assert self._process.stdout is not None
        heard = self._process.stdout.readline().strip()
        if heard != word:
            raise StackError(f"the workplace said {heard!r}, not {word!r}")


@dataclass
class Album:
    """Where everything is while pictures are taken. ``ready`` holds the pictures that were made."""

    stack: Stack
    place: Workplace
    screen: Screen
    browser: Browser
    ready: dict[str, Image.Image] = field(default_factory=dict)

    @contextlib.contextmanager
    def day(self, theme: str, first: int, documents: Sequence[str], rate: int) -> Iterator[Work]:
        """A part of a working day: everything is started shortly before ``first``, and stopped in the end."""
        stack = self.stack
        stack.extra_env = {"FAIRHOUR_THEME": theme, "TZ": ZONE}
        stack.clock = clock_before(first, rate)
        stack.prepare()
        with window_frames(DARK if theme == "dark" else LIGHT):
            work = Work(stack, self.place, slot_of(first), documents)
            try:
                stack.clock = clock_before(first, rate)
                stack.start_marketplace()
                stack.start_tracker("--hidden")
                if stack.now() > first - 6 * MINUTE:
                    raise StackError("this machine is too busy: marketplace and tracker took too long to start")
                work.start()
                yield work
                work.end()
                stack.control(do="quit")
            finally:
                stack.stop()

    def job(self, title: str) -> str:
        """The id of one of the sample's jobs."""
        return str(next(job["id"] for job in self.stack.status()["jobs"] if job["title"] == title))

    def start(self, title: str, comment: str, at: int) -> None:
        """Record a job from that second on, with a comment."""
        self.stack.sleep_until(at - 4 * MINUTE)
        self.stack.control(do="start", job=self.job(title), at=at)
        self.stack.sleep_until(at + MINUTE)
        self.stack.control(do="comment", text=comment)

    def comment(self, text: str, at: int) -> None:
        """Write what is worked on, from about that second on."""
        self.stack.sleep_until(at + MINUTE)
        self.stack.control(do="comment", text=text)


def clock_before(second: int, rate: int) -> ClockOrigin:
    """A clock that comes to that second as soon as everything can have been started."""
    return ClockOrigin((second - START_S * rate) * 1_000_000, time.monotonic_ns(), rate)


def work_on_tuesday(album: Album) -> None:
    """An hour."""
    with album.day("light", TUESDAY, ("rules", "terminal", "styles", "page", "colours"), TUESDAY_RATE):
        album.start("Website redesign", "Read the rules, plan the page", TUESDAY)
        album.comment("Home page: grid and type", TUESDAY + 24 * MINUTE)
        album.stack.control(do="stop", at=TUESDAY + 60 * MINUTE)
        wait_until_sent(album.stack)


def work_on_wednesday(album: Album) -> None:
    """A morning with 24 minutes away and a slot of the other job; then the pictures, while it records."""
    before = ("styles", "page", "weeks", "styles")
    after = ("page", "page", "terminal", "weeks", "page", "terminal", "colours", "code", "page", "rules")
    with album.day("light", WEDNESDAY, (*before, *after), WEDNESDAY_RATE) as work:
        start = WEDNESDAY
        album.start("Website redesign", "Home page: first paragraph", start)
        album.comment("Home page: three points", start + 24 * MINUTE)
        album.stack.sleep_until(start + 48 * MINUTE)
        with work.resting():
            album.stack.sleep_until(start + 74 * MINUTE)
        album.start("Data import", "Table of work weeks", start + 84 * MINUTE)
        album.start("Website redesign", "Home page on a narrow screen", start + 96 * MINUTE)
        album.comment("Colours of the dark theme", start + 120 * MINUTE)
        album.stack.sleep_until(start + 128 * MINUTE)
        judge(album)
        photograph_tracker(album, work, "light")
        photograph_pages(album)
        album.stack.control(do="stop")
        wait_until_sent(album.stack)


def work_on_thursday(album: Album) -> None:
    """Another morning, with dark windows."""
    with album.day("dark", THURSDAY, ("weeks", "rules", "page", "styles", "colours", "page"), WEDNESDAY_RATE) as work:
        album.start("Data import", "Table of work weeks", THURSDAY)
        album.start("Website redesign", "Words of the rules page", THURSDAY + SLOT_S)
        album.comment("Dark theme: contrast of the greys", THURSDAY + 3 * SLOT_S)
        album.stack.sleep_until(THURSDAY + 5 * SLOT_S + 3 * MINUTE)
        photograph_tracker(album, work, "dark")


def wait_until_sent(stack: Stack) -> None:
    """Wait until nothing is recorded any more and all of it has arrived."""

    def sent() -> bool:
        status = stack.status()
        waiting = status.get("unsent", {"segments": 1})
        return status.get("state") == "stopped" and not waiting["segments"] and not waiting["pictures"]

    stack.wait(sent, "everything has arrived", 60)


def judge(album: Album) -> None:
    """The client rejects one tile, with a picture of the dialog, and the freelancer's page shows it."""
    job = album.job("Website redesign")
    with open_page(album.browser, **DESKTOP, timezone_id=ZONE) as page:
        work_view.sign_in(page, album.stack.address, CLIENT)
        work_view.open_work_view(page, album.stack.address, job)
        wait_for_pictures(page)
        tile = next(tile for tile in work_view.tiles(page) if slot_start(tile.slot) == WEDNESDAY + 2 * SLOT_S)
        place = page.locator(f'article.tile[data-segment="{tile.segment}"]')
        place.hover()
        place.get_by_role("button", name="Reject").click()
        page.locator("#reject-dialog textarea[name=reason]").fill(REASON)
        keep_page(album, page, "reject-light")
        last = int(album.stack.status()["today_s"])
        page.locator("#reject-dialog button[type=submit]").click()
        expect(page.locator(f'article.tile[data-segment="{tile.segment}"][data-rejected=true]')).to_be_visible()

    def heard() -> bool:
        """Whether the tracker counts less than before: it goes on counting up meanwhile."""
        nonlocal last
        before, last = last, int(album.stack.status()["today_s"])
        return last < before

    if not processes.wait_until(heard, 20):
        raise StackError("the tracker has not heard of the rejection")


def photograph_tracker(album: Album, work: Work, theme: str) -> None:
    """The menu of the tray icon and the main window, as they stand on the screen."""
    screen = album.screen
    with work.resting():
        icon = screen.tray_icon()
        # At its upper edge: the menu opens upwards from the pointer, and leaves the icon to be seen.
        screen.click((icon.centre[0], icon.top), 3)
        menu = screen.menu()
        box = menu.joined(icon).grown(MARGIN_PX, screen.box)
        album.ready[f"tray-menu-{theme}"] = screen.grab_still(box)
        screen.press("Escape")
        screen.waited(lambda: screen.open_menu() is None, "the menu is closed")
        album.stack.control(do="show")
        frame = screen.frame("Fairhour")
        album.ready[f"window-{theme}"] = screen.grab_still(frame)


def photograph_pages(album: Album) -> None:
    """The client's page at both widths and in both schemes, and the freelancer's."""
    job = album.job("Website redesign")
    for size, options in (("desktop", DESKTOP), ("phone", PHONE)):
        with open_page(album.browser, **options, timezone_id=ZONE) as page:
            work_view.sign_in(page, album.stack.address, CLIENT)
            work_view.open_work_view(page, album.stack.address, job)
            for theme in THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                keep_page(album, page, f"work-view-{size}-{theme}")
    with open_page(album.browser, **DESKTOP, timezone_id=ZONE) as page:
        work_view.sign_in(page, album.stack.address, FREELANCER)
        work_view.open_work_view(page, album.stack.address, job)
        tile = page.locator("article.tile[data-rejected=true]")
        expect(tile).to_contain_text(REASON)
        keep_page(album, page, "freelancer-light")


def keep_page(album: Album, page: Page, name: str) -> None:
    """Check the page as it is shown, and take its picture."""
    wait_for_pictures(page)
    assert_sound(page, name)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name)
        album.ready[name] = Image.open(file.name).convert("RGB")


def wait_for_pictures(page: Page) -> None:
    """Wait until every picture in view is there; the browser loads them as they come near."""
    page.wait_for_function(
        """() => [...document.images].every((image) => {
            const box = image.getBoundingClientRect();
            return box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth
                || (image.complete && image.naturalWidth > 0);
        })"""
    )


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as a small PNG of 256 colours, chosen so that the look's own colours stay what they are."""
    small = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    if path.stat().st_size > LIMIT_BYTES:
        raise StackError(f"{path.name} has {path.stat().st_size} bytes; at most {LIMIT_BYTES} are allowed")


def main() -> int:
    """Make all pictures; returns the exit status."""
    began = time.monotonic()
    with contextlib.ExitStack() as doors:
        home = Path(doors.enter_context(tempfile.TemporaryDirectory(prefix="fairhour-pictures-")))
        place = Workplace()
        doors.callback(place.close)
        screen, browser = doors.enter_context(Screen()), doors.enter_context(open_browser())
        album = Album(Stack(home, ClockOrigin(0, 0)), place, screen, browser)
        try:
            work_on_tuesday(album)
            work_on_wednesday(album)
            work_on_thursday(album)
            if missing := set(NAMES) ^ set(album.ready):
                raise StackError(f"pictures that are not as listed: {sorted(missing)}")
            made = home / "made"
            made.mkdir()
            for name, picture in album.ready.items():
                save(picture, made / f"{name}.png")
        except (StackError, AssertionError) as error:
            print(f"WRONG: {error}", flush=True)
            return 1
        FOLDER.mkdir(exist_ok=True)
        for path in sorted(made.iterdir()):
            (FOLDER / path.name).write_bytes(path.read_bytes())
            print(f"{path.name}  {path.stat().st_size // 1000} kB")
    print(f"wall time {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
