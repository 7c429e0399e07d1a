"""Pictures on sway: by its portal, and by grim where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.support.wayland import Wayland, python

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
