"""The loop by itself: ``python3 dev.py run --fast --check`` (or ``python -m tests.e2e.check --fast`` on a display).

Records 60 business minutes with real input and 24 without, rejects a tile as the client, then steps the marketplace's
clock from due time to due time. Figures are read from the client's page and the API alone. The last line printed is
one JSON object; the exit status is 0 only when it is the expected one and every side condition holds.
``--on sway`` records a sway desktop through its portal instead of X11 (packaging/debian.txt, group wayland).
``--plant NAME`` runs the product with a planted bug (tests/e2e/plants.py), which must be found: exit status 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from devtools import processes
from tests.e2e import plants, work_view
from tests.e2e.desks import DESKS, X11, Desk, black_pictures
from tests.e2e.stack import CLIENT, FREELANCER, Stack, StackError
from tests.support.browser import open_browser, open_page
from worktime.business_clock import ClockOrigin
from worktime.slots import SLOT_S
from worktime.wire import TileState, WeekView

RATE = 60
HOLD_S = 120
HOUR_S = 3600
IDLE_S = 1440
RATE_MINOR = 3000
WEDNESDAY = 1_772_636_400  # Wednesday 2026-03-04 15:00 UTC; that work week ends with the change to summer time
REASON = "Not part of this job"
ARRIVAL_LIMIT_S = 5.0
GRACE_REAL_S = 20
TICK_REAL_S = 10
"""Within which the marketplace does what has become due."""
WATCH_MS = 150
"""Between two looks at the page: a figure is late by as much at most, and each look costs the browser some work."""
CALM_REAL_S = 5  # longer than two polls of the page

EXPECTED: dict[str, Any] = {
    "screenshots": 5,
    "slots": 5,
    "tracked_s": HOUR_S,
    "idle_s_removed": IDLE_S,
    "after_reject_s": HOUR_S - SLOT_S,
    "submitted": True,
    "charges": 1,
    "charged_cents": 2400,
}


@dataclass
class Arrivals:
    """Real seconds from the moment that a tile or picture was due to the moment that the open page showed it."""

    tile_s: dict[int, float] = field(default_factory=dict)
    picture_s: dict[int, float] = field(default_factory=dict)


def clock_in_mid_week() -> ClockOrigin:
    """A business clock, 60 times as fast, that stands in the middle of a work week now."""
    return ClockOrigin(WEDNESDAY * 1_000_000, time.monotonic_ns(), RATE)


def next_slot(stack: Stack, lead_real_s: float) -> int:
    """The first slot boundary that is at least ``lead_real_s`` real seconds ahead."""
    soonest = stack.now() + lead_real_s * RATE
    return (int(soonest) // SLOT_S + 1) * SLOT_S


def expected(desk: Desk, figures: dict[str, Any]) -> dict[str, Any]:
    """What is right on ``desk``: to the second, but where it tells later that input came, by what it counted itself."""
    tracked = int(figures.get("tracked_s", 0))
    if tracked not in desk.tracked_s(HOUR_S):
        return EXPECTED
    left = tracked - SLOT_S
    return EXPECTED | {
        "tracked_s": tracked,
        "idle_s_removed": IDLE_S - (HOUR_S - tracked),
        "after_reject_s": left,
        "charged_cents": round(Fraction(left * RATE_MINOR, HOUR_S)),
    }


def move_pointer(stack: Stack, start: int, desk: Desk) -> None:
    """Real input for an hour from ``start``; on X11 the last one within the tick that begins at ``start + 3600``.

    A tick is three business seconds at this rate; an event inside the first of them leaves 33 ms of real time for the
    driver to be late in. A driver that was later says so, because the figures would be wrong through its fault.
    """
    last = start + HOUR_S - desk.last_s
    with desk.hand(stack) as hand:
        for at in [*range(start - 120, last, 12), last]:
            stack.sleep_until(at + 0.5)
            hand.nudge()
        late = stack.now() - last
    if late >= stack.clock.tick_s:
        raise StackError(f"this machine is too busy: the last input came {late:.1f} business seconds late")


def watch(page: Page, stack: Stack, start: int, arrivals: Arrivals) -> None:
    """Note when the open page shows what, until the tracker has paused and everything has arrived."""
    end = start + HOUR_S + IDLE_S
    last: list[work_view.Tile] = []
    calm_since = time.monotonic()
    while True:
        seen = work_view.tiles(page)
        for tile in seen:
            now = stack.now()
            if tile.slot not in arrivals.tile_s:
                arrivals.tile_s[tile.slot] = (now - tile.slot * SLOT_S) / RATE
            if tile.shown and tile.taken_at is not None and tile.slot not in arrivals.picture_s:
                arrivals.picture_s[tile.slot] = (now - tile.taken_at - HOLD_S) / RATE
        if seen != last or not _settled(stack, seen):
            last, calm_since = seen, time.monotonic()
        if stack.now() > end and time.monotonic() - calm_since > CALM_REAL_S:
            return
        if stack.now() > end + GRACE_REAL_S * RATE:
            print(f"{GRACE_REAL_S} s after the idle minutes the page still shows {seen}")
            return
        page.wait_for_timeout(WATCH_MS)


def _settled(stack: Stack, seen: list[work_view.Tile]) -> bool:
    """Whether nothing more is to come, as far as tracker and page can tell at this moment."""
    status = stack.status()
    waiting = status.get("unsent", {})
    return (
        status.get("state") != "recording"
        and not waiting.get("segments")
        and not waiting.get("pictures")
        and all(tile.shown or tile.state == "idle" for tile in seen)
    )


def reject_one(page: Page, stack: Stack) -> int:
    """Reject the second tile with a picture as the client; returns the tracked seconds that the page shows then."""
    tile = [tile for tile in work_view.tiles(page) if tile.shown][1]
    before = work_view.total(page, "tracked-s")
    work_view.reject(page, tile, REASON)
    expect(page.locator(f'article.tile[data-segment="{tile.segment}"][data-rejected=true]')).to_be_visible()
    processes.wait_until(lambda: work_view.total(page, "tracked-s") != before, GRACE_REAL_S)
    return work_view.total(page, "tracked-s")


def freelancer_is_told(stack: Stack, page: Page, job: str) -> None:
    """The freelancer's page has the red frame, the workroom the message, the mail folder the e-mail."""
    work_view.sign_in(page, stack.address, FREELANCER)
    work_view.open_work_view(page, stack.address, job)
    tile = page.locator("article.tile[data-rejected=true]")
    expect(tile).to_have_count(1)
    expect(tile).to_contain_text(REASON)
    page.goto(f"{stack.address}/jobs/{job}/room/")
    expect(page.locator("main")).to_contain_text(REASON)
    mails = stack.home / "marketplace" / "mail"
    stack.wait(
        lambda: any(REASON in mail.read_text() for mail in mails.glob("*")),
        "the e-mail about the rejection is sent",
        20,
    )


def settle_money(page: Page, stack: Stack, week_now: Callable[[], WeekView]) -> dict[str, Any]:
    """Step from due time to due time; a week later nothing more may have been charged."""
    before = week_now()
    stack.step_clock(before.submits_at)
    submitted = week_now()
    stack.step_clock(before.review_ends_at)
    stack.step_clock(before.review_ends_at + 7 * 86_400)
    week = week_now()
    done = [charge for charge in week.charges if charge.state == "succeeded"]
    page.goto(f"{stack.address}/jobs/{week.job}/timesheets/")
    for charge in done:
        amount = f"{charge.amount_minor // 100}.{charge.amount_minor % 100:02d} {charge.currency} charged"
        expect(page.locator("main")).to_contain_text(amount)
    # The clock runs on between the step and the tick, 60 business seconds in each real one.
    at = submitted.submitted_at or 0
    return {
        "submitted": submitted.state == "submitted" and 0 <= at - before.submits_at <= TICK_REAL_S * RATE,
        "charges": len(done),
        "charged_cents": sum(charge.amount_minor for charge in done),
    }


def run_check(
    home: Path, figures: dict[str, Any], arrivals: Arrivals, planted: str | None = None, desk: Desk = X11
) -> None:
    """Do the loop in ``home``; fill in the figures and the arrival times. Raises StackError, AssertionError."""
    with (
        desk.running(home, clock_in_mid_week(), planted) as stack,
        closing(stack.client_api()) as api,
        open_browser() as browser,
        open_page(browser) as page,
    ):
        job = next(job["id"] for job in stack.status()["jobs"] if job["rate_minor"] == RATE_MINOR)
        work_view.sign_in(page, stack.address, CLIENT)
        work_view.open_work_view(page, stack.address, job)
        start = next_slot(stack, 4.0)
        hand = _Hand(stack, start, desk)
        stack.control(do="start", job=job, at=start)
        hand.start()
        watch(page, stack, start, arrivals)
        hand.finish()
        stack.control(do="quit")
        pictures = [tile for tile in work_view.tiles(page) if tile.shown]
        start_of_week = int(page.locator("[data-week-start]").first.get_attribute("data-week-start") or 0)
        week = api.week(UUID(job), start_of_week)
        figures |= {
            "screenshots": len(pictures),
            "slots": len({tile.taken_at // SLOT_S for tile in pictures if tile.taken_at is not None}),
            "tracked_s": work_view.total(page, "tracked-s"),
            "idle_s_removed": sum(tile.idle_s for tile in week.tiles if tile.state is TileState.IDLE),
        }
        trouble = _side_conditions(page, week, figures)
        if black := black_pictures(home):
            trouble.append(f"{black} pictures are black")
        figures["after_reject_s"] = reject_one(page, stack)
        with open_page(browser) as other:
            freelancer_is_told(stack, other, job)
        figures |= settle_money(page, stack, lambda: api.week(UUID(job), start_of_week))
        if trouble:
            raise StackError("; ".join(trouble))


def _side_conditions(page: Page, week: WeekView, figures: dict[str, Any]) -> list[str]:
    """Where the API and the page say different things."""
    idle_tiles = [tile for tile in work_view.tiles(page) if "Computer Idle. No time recorded" in tile.text]
    trouble = []
    if week.tracked_s != figures["tracked_s"]:
        trouble.append(f"the API counts {week.tracked_s} s and the page {figures['tracked_s']} s")
    if len(idle_tiles) != -(-figures["idle_s_removed"] // SLOT_S):
        trouble.append(f"{len(idle_tiles)} tiles of the page say that the computer was idle")
    return trouble


class _Hand(threading.Thread):
    """``move_pointer()`` beside the browser's thread; ``finish()`` raises what it raised."""

    def __init__(self, stack: Stack, start: int, desk: Desk) -> None:
        super().__init__(name="hand", daemon=True)
        self._stack, self._from, self._desk = stack, start, desk
        self._trouble: Exception | None = None

    def run(self) -> None:
        try:
            move_pointer(self._stack, self._from, self._desk)
        except Exception as error:  # noqa: BLE001 - top of a thread; finish() raises it again
            self._trouble = error

    def finish(self) -> None:
        self.join()
        if self._trouble is not None:
            raise self._trouble


def late_arrivals(arrivals: Arrivals) -> list[str]:
    """Sentences about what came later than promised."""
    return [
        f"the {what} of slot {slot} came after {seconds:.1f} s"
        for what, times in (("tile", arrivals.tile_s), ("picture", arrivals.picture_s))
        for slot, seconds in times.items()
        if seconds > ARRIVAL_LIMIT_S
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the check; returns the exit status: 0 all is right, 1 something is wrong, 2 it could not be found out.

    A planted bug is found by its figures alone: one that breaks the programs instead is a plant that has withered.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.check", description=__doc__)
    parser.add_argument("--fast", action="store_true", required=True, help="60 business seconds in each second")
    parser.add_argument("--plant", choices=sorted(plants.PLANTS), help="a planted bug that the check must find")
    parser.add_argument("--on", choices=sorted(DESKS), default="x11", help="the desktop that is recorded")
    options = parser.parse_args(arguments)
    desk = DESKS[options.on]
    began = time.monotonic()
    figures: dict[str, Any] = {}
    arrivals = Arrivals()
    with tempfile.TemporaryDirectory(prefix="fairhour-check-") as folder:
        try:
            run_check(Path(folder), figures, arrivals, options.plant, desk)
            trouble = late_arrivals(arrivals)
            slowest = [round(max(times.values(), default=0.0), 1) for times in (arrivals.tile_s, arrivals.picture_s)]
            print(f"tiles on the open page after at most {slowest[0]} s, pictures {slowest[1]} s after their hold")
        except (StackError, AssertionError) as error:
            trouble = [str(error).partition("\n\n")[0].strip()]
        except Exception:  # noqa: BLE001 - the top of the program
            traceback.print_exc()
            return 2
    right = expected(desk, figures)
    trouble += [
        f"{name} is {figures.get(name)}, not {value}" for name, value in right.items() if figures.get(name) != value
    ]
    for line in trouble:
        print(f"WRONG: {line}")
    print(f"wall time {time.monotonic() - began:.0f} s")
    print(json.dumps(figures), flush=True)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
