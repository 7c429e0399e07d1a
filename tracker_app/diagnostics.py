"""What support needs to find a fault, in one zip file: versions, parts, counts, the log and what broke.

No screenshots, secrets, comments or titles: only what is named here goes in, and the log has none of them
(``log_file``). Whoever sends it can look into it before.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from sync.journal_export import JournalExport
from sync.proxy import NONE, SYSTEM
from tracker_app import log_file
from tracker_app.bundle import Bundle, Step
from tracker_app.crashes import LAST, NEW, TOLD
from tracker_app.export import version
from tracker_app.preferences import Preferences

PACKAGES = (
    "PySide6-Essentials",
    "mss",
    "Pillow",
    "httpx",
    "keyring",
    "cryptography",
    "msgspec",
    "python-xlib",
    "pynput",
)
STATUS = ("state", "unsent", "oldest_unsent_s", "online", "signed_in", "counting", "spool", "rate", "problems", "now")
"""Of the tracker's state, what tells nothing of the work."""
DOCTOR_S = 60.0


def write_diagnostics(
    folder: Path,
    home: Path,
    journal: JournalExport,
    preferences: Preferences,
    status: Mapping[str, Any],
    now: datetime,
    step: Step,
) -> Path:
    """Write the file into ``folder``; returns where it lies. Raises FairhourError, or CancelledError."""
    with Bundle(folder, "Fairhour-diagnostics", now, step) as bundle:
        bundle.done(0)
        bundle.add_json("system.json", _system(now))
        bundle.add_json("status.json", {name: status.get(name) for name in STATUS} | {"jobs": len(status["jobs"])})
        bundle.add_json("preferences.json", _chosen(preferences))
        bundle.add_json("journal.json", {"rows": journal.counts(), "files": _sizes(home)})
        bundle.done(20)
        for path in log_file.files(home):
            bundle.add(f"log/{path.name}", path.read_bytes())
        for name in (NEW, LAST, TOLD):
            if (home / log_file.FOLDER / name).exists():
                bundle.add(f"log/{name}", (home / log_file.FOLDER / name).read_bytes())
        bundle.done(40)
        bundle.add_json("doctor.json", _doctor(home))
        bundle.done(100)
    return bundle.file


def _system(now: datetime) -> dict[str, object]:
    packages: dict[str, str | None] = {}
    for name in PACKAGES:
        try:
            packages[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            packages[name] = None
    return {
        "made_at": now.isoformat(timespec="seconds"),
        "fairhour": version(),
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "packages": packages,
    }


def _chosen(preferences: Preferences) -> dict[str, Any]:
    """What was chosen; a proxy's address and the jobs are nobody's business."""
    plain: dict[str, Any] = msgspec.to_builtins(preferences)
    plain["proxy"] = preferences.proxy if preferences.proxy in (SYSTEM, NONE) else "own"
    plain["work_view_off"] = len(preferences.work_view_off)
    return plain


def _sizes(home: Path) -> dict[str, int]:
    """Bytes of the data folder's own files; pictures are told by their number and sum alone."""
    sizes = {path.name: path.stat().st_size for path in sorted(home.iterdir()) if path.is_file()}
    pictures = [path.stat().st_size for path in (home / "pictures").glob("*")]
    return {**sizes, "pictures": len(pictures), "pictures_bytes": sum(pictures)}


def _doctor(home: Path) -> object:
    """What ``fairhour doctor`` says, from a process of its own: it opens displays and buses."""
    if getattr(sys, "frozen", False):
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tracker_app.cli", "doctor", "--json"],
            capture_output=True,
            text=True,
            timeout=DOCTOR_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        said = json.loads(log_file.blotted(done.stdout))
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        return {"failed": type(error).__name__}
    return said
