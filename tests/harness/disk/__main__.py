"""The disk harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.harness.disk.driver import PLANTS

ROOT = Path(__file__).parents[3]
SEGMENT_S = 720
TOLD_WITHIN_S = 5
SMALL = """
mount -t tmpfs -o size=1m,mode=700 tmpfs "$1" && shift && exec "$@"
"""
READ_ONLY = """
folder=$1; shift
mount -t tmpfs -o size=8m,mode=700 tmpfs "$folder" && mkdir "$folder/home" && mount -o remount,ro "$folder" && exec "$@"
"""


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.disk")
    parser.add_argument("--ticks", type=int, default=86_400, help="seconds of recording on the full disk")
    parser.add_argument("--faulty-ticks", type=int, default=2_000, help="seconds of recording on each failing disk")
    parser.add_argument("--plant", choices=PLANTS, help="bring a wrong design back, and see it found")
    options = parser.parse_args(arguments)
    if not can_mount():
        print(json.dumps({"skipped": "a tmpfs needs root or a user namespace (unshare -rm), and neither works here"}))
        return 0
    found = {
        "full": mounted(SMALL, "full", options.ticks, options.plant),
        "read_only": mounted(READ_ONLY, "read-only", 0, options.plant),
        **{name: failing(calls, options.faulty_ticks, options.plant) for name, calls in FAULTS.items()},
    }
    wrong = [name for name, one in found.items() if not good(one)]
    print(json.dumps({"plant": options.plant, "wrong": wrong, **found}))
    return 1 if wrong else 0


FAULTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # Counted are the calls on these files alone; the ticks are written once a second.
    "writes_fail": (("pwrite64:error=EIO:when=60..90",), ("journal.sqlite3", "journal.sqlite3-wal")),
    "syncs_fail": (("fdatasync:error=EIO:when=20..45",), ("journal.sqlite3", "journal.sqlite3-wal", "tick")),
    "remounted_read_only": (
        ("write:error=EROFS:when=300..400", "pwrite64:error=EROFS:when=80..140"),
        ("journal.sqlite3", "journal.sqlite3-wal", "tick"),
    ),
    "quota": (
        ("pwrite64:error=EDQUOT:when=60..120", "write:error=EDQUOT:when=1..1000"),
        ("journal.sqlite3", "journal.sqlite3-wal", "probe"),
    ),
}


def good(one: dict[str, Any]) -> bool:
    """Whether a disk's promises were kept."""
    told = one["told_s"] is not None and one["told_s"] <= TOLD_WITHIN_S
    return told and one.get("equal", True) and not (one.get("owed") or one.get("seconds_lost"))


def can_mount() -> bool:
    """Whether a file system can be mounted for a child alone."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", folder]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0


def mounted(script: str, what: str, ticks: int, plant: str | None) -> dict[str, Any]:
    """Run the driver on a file system of its own, which goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["unshare", "-rm", "sh", "-euc", script, "sh", folder]
        return _said([*command, *_driver(Path(folder) / "home", what, ticks, plant)])


def failing(fault: tuple[tuple[str, ...], tuple[str, ...]], ticks: int, plant: str | None) -> dict[str, Any]:
    """Run the driver while strace lets some calls on some files fail."""
    calls, files = fault
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null"]
        for call in calls:
            command += ["-e", f"inject={call}"]
        for name in files:
            command += ["-P", str(home / name)]
        return _said([*command, *_driver(home, "failing", ticks, plant)])


def _driver(home: Path, what: str, ticks: int, plant: str | None) -> list[str]:
    return [sys.executable, "-m", "tests.harness.disk.driver", str(home), what, str(ticks), plant or "none"]


def _said(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        # The record could not even be opened, or the driver failed: nothing was kept as promised.
        return {"told_s": None, "told": [], "failed": done.stderr.strip().splitlines()[-1:]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
