"""Pictures on sway: by its portal, and by grim where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import wayland
from tests.support.wayland import Wayland, python
from tests.wayland.conftest import needs

LOOK = """
import json, sys
from pathlib import Path
import capture

source = capture.open_source(count_monitors=lambda: 2)
left = set(Path("/tmp").glob("*.png"))
raw = capture.grab(source)
shot = capture.encode(raw)
half = raw.width // 2
at = lambda x, y: list(raw.pixels[(y * raw.width + x) * 3 :][:3])
print(json.dumps({
    "way": capture.examine()[0], "size": [raw.width, raw.height], "flat": shot.flat, "bytes": len(shot.data),
    "colours": [at(10, 10), at(half + 10, 10)], "left": [str(path) for path in set(Path("/tmp").glob("*.png")) - left],
}))
"""
SHARES = """
import collections, json
import capture

raw = capture.grab(capture.open_source(count_monitors=lambda: 2))
pixels = collections.Counter(raw.pixels[at : at + 3].hex() for at in range(0, len(raw.pixels), 3 * 997))
total = sum(pixels.values())
shares = {colour: count / total for colour, count in pixels.items()}
print(json.dumps({"size": [raw.width, raw.height], "shares": shares}))
"""
TEAL, VIOLET = [0x1F, 0x6F, 0x78], [0x6D, 0x28, 0xD9]


def look(desktop: Wayland, **changes: str) -> dict[str, Any]:
    interpreter = python()
    assert interpreter is not None
    found: dict[str, Any] = json.loads(desktop.run(interpreter, "-c", LOOK, changes=changes))
    return found


def test_the_portal_gives_both_outputs_and_leaves_nothing_behind(sway: Wayland) -> None:
    seen = look(sway)
    assert (seen["way"], seen["size"], seen["flat"]) == ("portal", [3840, 1080], False)
    assert sorted(seen["colours"]) == sorted([TEAL, VIOLET])
    assert seen["left"] == [], "the portal's file is world-readable"


def test_grim_stands_in_where_there_is_no_portal(sway: Wayland, tmp_path: Path) -> None:
    seen = look(sway, DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path}/none")
    assert (seen["way"], seen["size"], seen["flat"]) == ("grim", [3840, 1080], False)
    assert sorted(seen["colours"]) == sorted([TEAL, VIOLET])


def test_monitors_turned_scaled_apart_and_plugged_in_are_all_in_the_next_picture() -> None:
    """The sharpest monitor's scale is the picture's: nothing becomes unreadable. What no monitor shows is black."""
    needs("sway")
    interpreter = python()
    assert interpreter is not None
    with wayland.desktop("sway") as desktop:
        desktop.run(interpreter, "-c", wayland.WARM_UP, timeout_s=90)

        def picture_after(*command: str) -> dict[str, Any]:
            desktop.run("swaymsg", *command)
            found: dict[str, Any] = json.loads(desktop.run(interpreter, "-c", SHARES))
            return found

        turned = picture_after("output", "HEADLESS-2", "transform", "90")
        assert turned["size"] == [1920 + 1080, 1920]
        assert shares_of(turned) == pytest.approx([0.36, 0.36], abs=0.02)
        scaled = picture_after("output", "HEADLESS-1", "scale", "2")
        assert scaled["size"] == [1920 + 2 * 1080, 2 * 1920]
        assert shares_of(scaled) == pytest.approx([0.132, 0.529], abs=0.02)
        plugged = picture_after("create_output")
        assert plugged["size"] == [1920 + 2 * 1080 + 2 * 1920, 2 * 1920]
        assert shares_of(plugged) == pytest.approx([0.068, 0.273], abs=0.02)


def shares_of(seen: dict[str, Any]) -> list[float]:
    """What part of the picture is teal, and what part violet."""
    return [seen["shares"].get(bytes(colour).hex(), 0.0) for colour in (TEAL, VIOLET)]


def test_on_mutter_alone_the_reason_is_told(mutter: Wayland) -> None:
    """Its portal back end belongs to GNOME's shell, which is not there; grim does not serve it."""
    interpreter = python()
    assert interpreter is not None
    name, code = json.loads(
        mutter.run(
            interpreter,
            "-c",
            "import capture, json\nname, problem = capture.examine()\nprint(json.dumps([name, problem.code]))",
        )
    )
    assert (name, code) in {("grim", "capture_failed"), ("none", "capture_unavailable")}
