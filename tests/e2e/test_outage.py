"""The marketplace goes away while the tracker records, and comes back: nothing is lost, nothing is there twice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID

from devtools import processes
from tests.e2e.check import clock_in_mid_week, next_slot
from tests.e2e.stack import running
from tests.support.pointer import Pointer
from worktime.slots import SLOT_S
from worktime.weeks import week_of
from worktime.wire import TileState


def test_what_is_recorded_while_the_marketplace_is_away_arrives_when_it_is_back(tmp_path: Path) -> None:
    with running(tmp_path, clock_in_mid_week()) as stack, Pointer() as pointer, closing(stack.client_api()) as api:
        job = next(job["id"] for job in stack.status()["jobs"] if job["rate_minor"] == 3000)
        start = next_slot(stack, 2.0)
        stop = start + 2 * SLOT_S
        stack.control(do="start", job=job, at=start)
        stack.control(do="comment", text="Written while the marketplace was away")
        stack.sleep_until(start + 60)
        pointer.nudge()
        assert stack.marketplace is not None
        processes.stop(stack.marketplace)
        stack.marketplace = None
        stack.control(do="stop", at=stop)
        stack.sleep_until(start + SLOT_S)
        pointer.nudge()
        stack.wait(lambda: stack.status().get("state") == "stopped", "the tracker has stopped", 60)
        unsent = stack.status()["unsent"]
        assert unsent["segments"] > 0
        stack.start_marketplace()

        def settled() -> bool:
            waiting = stack.status().get("unsent", {})
            return bool(waiting) and not waiting["segments"] and not waiting["pictures"]

        stack.wait(settled, "everything has arrived", 60)
        week = api.week(UUID(job), week_of(start))
        assert week.tracked_s == stop - start
        assert [tile.state for tile in week.tiles] == [TileState.PICTURE, TileState.PICTURE]
        assert [tile.tracked_s for tile in week.tiles] == [SLOT_S, SLOT_S]
        assert week.tiles[1].comment == "Written while the marketplace was away"
