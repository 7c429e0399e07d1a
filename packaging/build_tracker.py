"""Freeze the tracker and see its tray icon: `python packaging/build_tracker.py`.

Builds in an environment of its own (build/environment) that has the tracker's run-time dependencies and PyInstaller
only: PyInstaller takes in whatever it finds beside them. Then has the result encode a picture, starts it on a virtual
desktop, with no Python on its PATH, waits for its icon in the tray, and has it speak each of its languages. The last
line is JSON: size, bytes of the picture, seconds to the icon, languages.
"""

import argparse
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402

from capture import RawPicture, darkroom  # noqa: E402
from devtools import processes  # noqa: E402
from devtools.desktop import virtual_desktop  # noqa: E402
from tracker_app.addresses import server_address  # noqa: E402
from worktime.digest import sha256_of  # noqa: E402

BUILD = ROOT / "build"
ENVIRONMENT = BUILD / "environment"
SERVER = BUILD / "server.txt"
"""Where tracker.spec finds the address that this build is for, if there is one."""
RESULT = ROOT / "dist" / "fairhour-tracker"
NAME = "fairhour-tracker.exe" if os.name == "nt" else "fairhour-tracker"
BUILD_TOOLS = ("altgraph", "macholib", "packaging", "pefile", "pyinstaller", "pyinstaller-hooks-contrib", "setuptools")
ICON_TIMEOUT_S = 30.0


def locked(names: tuple[str, ...], lock: str) -> str:
    """The requirements `names` with their hashes, cut out of a lock file."""
    entries = re.findall(r"^\S+?==.*(?:\n[ ]{4}.*)*", lock, re.MULTILINE)
    return "\n".join(entry for entry in entries if entry.split("==")[0] in names) + "\n"


def make_environment() -> Path:
    """A fresh environment with what the tracker needs and PyInstaller; returns its Python."""
    venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=os.name == "posix")
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    tools = BUILD / "tools.txt"
    tools.write_text(locked(BUILD_TOOLS, (ROOT / "locks" / "dev.txt").read_text()))
    for lock in (ROOT / "locks" / "desktop.txt", tools):
        command = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", str(lock)]
        subprocess.run([*command, "--disable-pip-version-check"], check=True)
    return python


def freeze(python: Path) -> None:
    """Run PyInstaller on the recipe; CalledProcessError when it fails."""
    spec = ROOT / "packaging" / "tracker.spec"
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    places = ["--workpath", str(BUILD / "work"), "--distpath", str(RESULT.parent)]
    # PyInstaller looks into pynput by importing it; without a display that fails but for its empty back end. The real
    # one is among the recipe's hidden imports.
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYNPUT_BACKEND": "dummy"}
    subprocess.run([*command, *places, str(spec)], cwd=ROOT, check=True, env=env)


def tray_icons(env: dict[str, str]) -> int:
    """How many windows of the tracker have the size of an icon in trayer's panel."""
    tree = processes.output_of(["xwininfo", "-root", "-tree"], env)
    return len(re.findall(r'\("[^"]*" "fairhour[^"]*"\)\s+\d{2}x\d{2}\+', tree, re.IGNORECASE))


def show(program: Path) -> float:
    """Start the frozen program and wait for its tray icon; seconds until it stood there, else SystemExit."""
    with virtual_desktop() as desktop, tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile() as output:
        env = {**desktop.env, "PATH": "/nonexistent", "HOME": home, "FAIRHOUR_HOME": f"{home}/tracker"}
        began = time.monotonic()
        process = processes.start([str(program)], env=env, output=output)
        try:
            seen = processes.wait_until(
                lambda: process.poll() is not None or tray_icons(dict(desktop.env)) > 0, ICON_TIMEOUT_S
            )
            took = time.monotonic() - began
            alive = process.poll() is None
        finally:
            processes.stop(process)
        output.seek(0)
        if not (seen and alive):
            raise SystemExit(f"No tray icon. The program said:\n{output.read().decode(errors='replace')}")
        return took


def screenshot_bytes(program: Path) -> int:
    """Have the frozen program encode a tiny picture, and return its bytes; SystemExit where it gives another or none.

    The tracker would encode it itself then, and nobody would notice but by its memory.
    """
    raw = RawPicture(bytes(range(256)) * 6, 32, 16, "RGB", 1, 0)
    try:
        shot = darkroom.developed_by([str(program), darkroom.ARGUMENT], raw)
        sizes = [
            Image.open(io.BytesIO(data), formats=[form]).size
            for data, form in ((shot.data, "WEBP"), (shot.thumbnail, "JPEG"))
        ]
    except (OSError, EOFError) as error:  # among them what Pillow raises for no picture
        raise SystemExit(f"It encodes no screenshot: {error}") from error
    if sizes[0] != (raw.width, raw.height) or shot.sha256 != sha256_of(shot.data):
        raise SystemExit(f"It gave another screenshot: {sizes[0]}.")
    return len(shot.data)


def languages(program: Path) -> list[str]:
    """Have the frozen program speak each language that there is a catalogue of; SystemExit where it speaks English."""
    wanted = sorted(path.stem.removeprefix("fairhour_") for path in (ROOT / "ui" / "languages").glob("fairhour_*.qm"))
    # Empty counts as not set, and is stronger than what this process was started with.
    neutral = {"LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": "", "QT_QPA_PLATFORM": "offscreen"}

    def said(language: str) -> str:
        locale = f"{language}_{language.upper()}.UTF-8"
        return processes.output_of([str(program), "--help"], {**neutral, "LANG": locale})

    if silent := [language for language in wanted if said(language) == said("en")]:
        raise SystemExit(f"It speaks English instead of {', '.join(silent)}.")
    return wanted


def size_mb(folder: Path) -> float:
    """The size of all files below `folder` in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Freeze the tracker.")
    parser.add_argument("--server", default="", help="the marketplace's address that its sign-in begins with")
    server = parser.parse_args().server
    shutil.rmtree(RESULT, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    SERVER.unlink(missing_ok=True)
    if server:
        SERVER.write_text(server_address(server) + "\n")
    freeze(make_environment())
    figures: dict[str, object] = {"folder": str(RESULT.relative_to(ROOT)), "megabytes": round(size_mb(RESULT))}
    figures["screenshot_bytes"] = screenshot_bytes(RESULT / NAME)
    if sys.platform.startswith("linux"):
        figures["icon_s"] = round(show(RESULT / NAME), 2)
        figures["languages"] = languages(RESULT / NAME)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
