"""What the tracker does not load: before its icon shows, and until it is wanted. Each module here costs time or memory.

Whoever needs one of them at the start moves the import to where it is used first (docs/performance.md).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tracker_app.samples import job_list
from tracker_app.jobs_file import save_jobs

ROOT = Path(__file__).parents[2]
NOT_BEFORE_THE_ICON = frozenset(
    {"msgspec", "sqlite3", "PySide6.QtNetwork", "PySide6.QtDBus", "sync.journal", "tracker_app.tracker"}
    | {"ui.models", "ui.words", "ui.tray", "worktime"}
)
NOT_BEFORE_IT_IS_WANTED = frozenset(
    {"httpx", "anyio", "asyncio", "http.client", "http.server", "email", "html", "urllib.request"}
    | {"keyring", "cryptography", "numpy", "pynput", "platformdirs", "unittest", "doctest", "tracker_app.cli"}
    | {"PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSvg", "PySide6.QtTest", "PIL", "mss", "Xlib"}
    | {"ui.window", "ui.timeline", "ui.head", "ui.dialogs", "ui.hidden", "ui.quarantine", "ui.signin", "ui.parts"}
    | {
        "typing_extensions",
        "hashlib",
        "logging.handlers",
        "msgspec.inspect",
        "msgspec._json_schema",
        "worktime.book",
        "worktime.timesheet",
        "ui.notice",
        "ui.problem_table",
    }
    | {"ui.browser_page", "sync.browser_signin", "sync.loopback", "sync.journal_salvage", "capture.portal"}
    | {"ui.viewer", "tracker_app.far_pictures", "tracker_app.viewer_days", "tracker_app.hours_requests"}
)
"""When the icon stands and the record is open; what looks at the system comes after that, on threads of its own."""
PROGRAM = """
import json, sys
from tracker_app import main as start
from tracker_app.places import data_folder
import os
{part}
loaded = set(sys.modules)
import linecache
print(json.dumps([sorted(loaded), [name for name in linecache.cache if "/tracker_app/" in name or "/ui/" in name]]))
sys.stdout.flush()
os._exit(0)
"""
ICON = "start._show_icon()"
TRACKER = """
app, first = start._show_icon()
from tracker_app import lean
lean.load()
from tracker_app.tracker import Tracker
from tracker_app.settings import read_settings
tracker = Tracker(app, read_settings(os.environ), first)
tracker._start_the_rest = lambda: None
tracker.start(hidden=True)
"""


def loaded_by(part: str, home: Path) -> set[str]:
    """Return the modules that were loaded; none of ours may lie in memory with its source."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(part=part)],
        env={**env, "FAIRHOUR_HOME": str(home)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    modules, sources = json.loads(said.stdout)
    assert sources == []
    # A package stands for what is in it.
    return {".".join(parts[:end]) for name in modules for parts in [name.split(".")] for end in (1, 2)} & set(modules)


@pytest.mark.parametrize(
    ("part", "denied"), [(ICON, NOT_BEFORE_THE_ICON), (TRACKER, NOT_BEFORE_IT_IS_WANTED)], ids=["icon", "tracker"]
)
def test_nothing_is_loaded_before_it_is_wanted(
    part: str, denied: frozenset[str], desktop: object, tmp_path: Path
) -> None:
    save_jobs(tmp_path / "jobs.json", job_list())
    modules = loaded_by(part, tmp_path)
    assert "ui.first_icon" in modules
    assert ("tracker_app.tracker" in modules) == (part is TRACKER)
    assert sorted(modules & denied) == []
    assert [name for name in modules if name.startswith("_sysconfigdata")] == [], "zones are looked for without it"


LEAN = """
import json, os, sys
from tracker_app import lean
{before}
lean.load()
import msgspec, msgspec.inspect, zoneinfo
ok = msgspec.json.decode(b"[1]", type=list[int]) == [1] and bool(msgspec.inspect.type_info(int))
zone = zoneinfo.ZoneInfo("America/New_York").key
print(json.dumps([ok, zone, "PYTHONTZPATH" in os.environ, "{more}" in sys.modules]))
"""


@pytest.mark.parametrize(
    ("before", "more", "whole"),
    [
        ("", "msgspec._json_schema", False),
        ("import msgspec", "msgspec._json_schema", True),
        (
            "lean.vars = lambda one: {} if one.__name__.startswith('msgspec') else one.__dict__",
            "msgspec._json_schema",
            True,
        ),
        ("lean._ZONES = ('/nowhere',)", "tzdata", True),
    ],
    ids=["lean", "loaded already", "another msgspec", "no zones on this system"],
)
def test_what_is_away_while_they_are_loaded_is_there_for_whoever_wants_it(before: str, more: str, whole: bool) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LEAN.format(before=before, more=more)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    assert json.loads(said.stdout) == [True, "America/New_York", False, whole]
