"""The virtual environment .venv at the root: made from the lock, keyed by the lock's hash."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools import diagnosis, packages
from devtools.console import ROOT, Progress, UserError, say
from devtools.installer import Installer

VENV = ROOT / ".venv"
STAMP = VENV / "fairhour.json"
LOCK = ROOT / "locks" / "dev.txt"
PROJECT = ROOT / "pyproject.toml"
LOG = ROOT / ".fairhour" / "setup.log"
FREE_GB = 2.5
# What pip says once for each line of the lock.
PER_PACKAGE = ("Collecting ", "Processing ", "Ignoring ")


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(needed_packages: tuple[str, ...] = ("python", "windows")) -> None:
    """Set everything up; takes a blink when nothing changed since the last time. Raises UserError."""
    packages.ensure(needed_packages)
    wanted = _keys()
    present = _stamp()
    if present == wanted and python().exists():
        return
    if present is None or any(present.get(key) != wanted[key] for key in ("lock", "python", "place")):
        _require_space()
        _make(wanted)
    say("Installing Fairhour itself")
    _pip(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], Progress("Fairhour", 1))
    STAMP.write_text(json.dumps(wanted, indent=1))


def _keys() -> dict[str, str]:
    """What the environment depends on: lock, our own metadata, Python, and place (an environment can't move)."""
    return {
        "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "project": hashlib.sha256(PROJECT.read_bytes()).hexdigest(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "place": str(VENV),
    }


def _stamp() -> dict[str, str] | None:
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _require_space() -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < FREE_GB:
        raise UserError(f"Set-up needs {FREE_GB} GB of disk space, {free:.1f} GB are free: free some and start again.")


def _make(wanted: dict[str, str]) -> None:
    say(f"Making the virtual environment .venv with Python {wanted['python']}")
    # Started from .venv's own Python we must not pull it away under our feet.
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if made.returncode != 0:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(made.stdout)
        raise UserError(diagnosis.explain(made.stdout, what="making the virtual environment", log=str(LOG)))
    count = sum(1 for line in LOCK.read_text().splitlines() if "==" in line and line[:1].isalpha())
    # --no-deps: the lock leaves out evdev, which pynput names and Fairhour never imports (docs/decisions/0001).
    _pip(["--no-deps", "--require-hashes", "-r", str(LOCK)], Progress("Python packages", count))


def _pip(arguments: list[str], progress: Progress) -> None:
    pip = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", "--no-input"]
    installer = Installer("installing Python packages", LOG, counted=PER_PACKAGE, env={"PYTHONUTF8": "1"})
    installer.run([*pip, "--retries", "2", *arguments], progress)
