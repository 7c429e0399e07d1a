"""An hour of work on sway, recorded by the real tracker with the portal: five segments, five pictures, none black.

The hour is the sample mode's, sixty times as fast; somebody presses Shift every second. What the end-to-end test does
on X11 with browser and marketplace is not repeated: here the desktop is what differs.
"""

from __future__ import annotations

import json
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from devtools.processes import wait_until
from tests.support.unprivileged import give_to_ordinary_user
from tests.support.wayland import Wayland, python
from tests.tracker_app import fakes
from tests.tracker_app.samples import job_list
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.control import request
from tracker_app.jobs_file import save_jobs
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError
from worktime.slots import SLOT_S
from worktime.wire import Segment

RATE = 60
START = fakes.T0 + SLOT_S
END = START + 5 * SLOT_S


def test_an_hour_has_five_pictures_and_none_is_black(sway: Wayland) -> None:
    home = sway.folder / "home"
    home.mkdir()
    with SmallMarketplace() as market:
        save_jobs(home / "jobs.json", job_list())
        token = home / "token.json"
        token.write_text(json.dumps({"server": market.address, "client_id": "fairhour-tracker", "refresh_token": "r"}))
        token.chmod(0o600)
        for path in (home, *home.iterdir()):
            give_to_ordinary_user(path)
        # The first second of the hour is 20 real ones away: the tracker has to start on a busy machine.
        clock = ClockOrigin((START - 20 * RATE) * 1_000_000, time.monotonic_ns(), RATE)
        tracker = start_tracker(sway, home, token, clock)
        try:
            record(sway, home, clock)
        finally:
            tracker.kill()
            tracker.wait()
        newest = newest_segments(market.segments)
    assert [segment.tracked_s for segment in newest] == [SLOT_S] * 5
    assert [segment.no_picture for segment in newest] == [None] * 5
    hashes = {segment.picture.sha256 for segment in newest if segment.picture is not None}
    assert len(hashes) == 5
    for sha256 in hashes:
        with Image.open(BytesIO(market.files[sha256])) as image:
            assert image.size == (3840, 1080)
            bands = [set(band.tobytes()) for band in image.convert("RGB").split()]
        # Two outputs of different colours: neither black nor one colour.
        assert all(len(levels) > 1 and max(levels) > 60 for levels in bands)


def start_tracker(sway: Wayland, home: Path, token: Path, clock: ClockOrigin) -> subprocess.Popen[bytes]:
    interpreter = python()
    assert interpreter is not None
    changes = {
        "FAIRHOUR_HOME": str(home),
        "FAIRHOUR_TOKEN_FILE": str(token),
        "FAIRHOUR_SAMPLE": "1",
        "FAIRHOUR_CLOCK": clock.encode(),
    }
    return sway.start(interpreter, "-m", "tracker_app", "--hidden", changes=changes)


def record(sway: Wayland, home: Path, clock: ClockOrigin) -> None:
    """Work through the hour, and wait until all of it was sent."""
    for message in ({"do": "start", "job": str(fakes.JOB), "at": START}, {"do": "stop", "at": END}):
        assert wait_until(lambda message=message: ask(home, message) is not None, 15)  # type: ignore[misc]
    while clock.second_at(time.monotonic_ns()) < END + 3 * RATE:
        sway.run("wtype", "-k", "Shift_L")
        time.sleep(0.5)
    assert wait_until(lambda: sent_all(home), 60)
    ask(home, {"do": "quit"})


def ask(home: Path, message: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return request(home, message)
    except FairhourError as error:
        if error.problem.code != "not_running":
            raise
        return None


def sent_all(home: Path) -> bool:
    status = ask(home, {"do": "status"})
    return status is not None and status["unsent"]["segments"] == status["unsent"]["pictures"] == 0


def newest_segments(segments: list[Segment]) -> list[Segment]:
    newest: dict[int, Segment] = {}
    for segment in segments:
        if segment.slot not in newest or segment.revision > newest[segment.slot].revision:
            newest[segment.slot] = segment
    return [newest[slot] for slot in sorted(newest)]
