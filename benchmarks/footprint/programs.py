"""The three programs: the tracker with a small marketplace, the bare tray icon, Chromium's app window; and who types.

Each has its own copy of what it maps (``private_libraries``): memory that processes share is billed to each in part, be
it two of these or another one that happens to run on the same installation.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import PySide6
from Xlib import X
from Xlib.display import Display
from Xlib.error import XError

from benchmarks.footprint.page import page
from devtools import processes
from tests.support.browser import FLAGS, chromium_path
from tests.support.unprivileged import is_root
from tests.tracker_app.fakes import JOB
from tests.tracker_app.samples import job_list
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.control import request
from tracker_app.jobs_file import save_jobs
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError

_MAPPED = ("PySide6", "shiboken6", "PIL", "pillow.libs", "msgspec")
_ROOMS = ("capture", "idle", "look", "sync", "tracker_app", "ui", "worktime")
ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare_tray.py")
START_S = 60.0
_UNUSED = (
    "qml",
    "scripts",
    "translations",
    "typesystems",
    "include",
    "glue",
    "metatypes",
    "*.pyi",
    "*Qml*",
    "*Quick*",
    "*Designer*",
)
_GESTURE = " ".join(["mousemove_relative -- 9 4 sleep 0.05 mousemove_relative -- -9 -4 sleep 0.05"] * 4 + ["key f"])
"""About what a second of work is: the mouse moves eight times, and a letter is typed."""


def private_libraries(folder: Path) -> dict[str, str]:
    """Copy what a program maps, as far as it may need it; returns the variables for one that shall use the copies.

    All is compiled beforehand, as it is where a program was installed: none compiles anything when it starts.
    """
    installed = Path(PySide6.__file__).parents[1]
    for package in _MAPPED:
        if (installed / package).exists():
            shutil.copytree(installed / package, folder / package, ignore=shutil.ignore_patterns(*_UNUSED))
    places = [
        *(folder / name for name in _MAPPED),
        *(installed / name for name in ("h11", "mss")),
        *(ROOT / room for room in _ROOMS),
    ]
    # Where that can't be written, somebody has compiled it before, or each start pays for it.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "-j", "0", *map(str, places)], check=False)
    return {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""}


class Home:
    """The tracker's data folder, signed in at ``market``."""

    def __init__(self, folder: Path, market: SmallMarketplace, clock: ClockOrigin) -> None:
        self.folder = folder / "home"
        self.folder.mkdir()
        self._token = folder / "token.json"
        self._market = market
        self._clock = clock
        save_jobs(self.folder / "jobs.json", job_list())

    def env(self) -> dict[str, str]:
        """The variables for the next start."""
        handover = {"server": self._market.address, "client_id": "fairhour-tracker", "refresh_token": "r1"}
        self._token.touch(mode=0o600)
        self._token.write_text(json.dumps(handover))
        return {
            "FAIRHOUR_HOME": str(self.folder),
            "FAIRHOUR_TOKEN_FILE": str(self._token),
            "FAIRHOUR_CLOCK": self._clock.encode(),
            "FAIRHOUR_SAMPLE": "1",
        }

    def ask(self, do: str, **more: Any) -> dict[str, Any]:
        """Ask the tracker, once it listens."""
        limit = time.monotonic() + START_S
        while True:
            try:
                return request(self.folder, {"do": do, **more})
            except FairhourError as error:
                if error.problem.code != "not_running" or time.monotonic() > limit:
                    raise
                time.sleep(0.1)

    def record(self, at: int) -> None:
        """Record the sample job from this business second on."""
        self.ask("start", job=str(JOB), at=at)


@contextlib.contextmanager
def running(command: list[str], env: Mapping[str, str], said: Path | None = None) -> Iterator[processes.Process]:
    """Run a program while the context lasts; what it says goes into a file."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(said.open("ab")) if said else subprocess.DEVNULL
        process = subprocess.Popen(command, env=plain | dict(env), cwd=ROOT, stdout=output, stderr=output)
        stack.callback(processes.stop, process)
        yield process


def tracker_command() -> list[str]:
    """The tracker as it starts with the desktop."""
    return [sys.executable, "-m", "tracker_app", "--hidden"]


def bare_command() -> list[str]:
    """The bare tray icon."""
    return [sys.executable, str(BARE)]


def pulse_command() -> list[str]:
    """The bare tray icon that looks for the last input each second."""
    return [*bare_command(), "--pulse"]


def chromium_command(folder: Path) -> list[str]:
    """Chromium as a window without bars, showing one page."""
    (folder / "page.html").write_text(page(), encoding="utf-8")
    sandbox = ["--no-sandbox"] if is_root() else []
    return [
        chromium_path(),
        *FLAGS,
        *sandbox,
        f"--user-data-dir={folder / 'chromium'}",
        "--window-position=0,0",
        "--window-size=1920,1054",
        f"--app=file://{folder / 'page.html'}",
    ]


def icon_after_s(command: list[str], env: Mapping[str, str], said: Path) -> float:
    """Start a program; returns the seconds until its icon stands in the tray. Then it is ended."""
    with contextlib.closing(Display(env["DISPLAY"])) as display:
        panel, pid_atom = _panel(display), display.intern_atom("_NET_WM_PID")
        began = time.monotonic()
        with running(command, env, said) as process:
            while not _stands_in(panel, pid_atom, process.pid):
                if process.poll() is not None or time.monotonic() - began > START_S:
                    raise SystemExit(f"No icon: {' '.join(command)}. What it said is in {said}.")
                time.sleep(0.004)
            return time.monotonic() - began


def start_times(programs: Mapping[str, tuple[list[str], dict[str, str]]], rounds: int, said: Path) -> dict[str, float]:
    """Start them by turns, so that what else the machine does meets all; returns the medians."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (command, env) in programs.items():
            found[name].append(icon_after_s(command, env, said))
    return {name: statistics.median(times) for name, times in found.items()}


def _panel(display: Any) -> Any:
    """The tray's window; it lies in a frame of the window manager's."""
    tops = display.screen().root.query_tree().children
    for window in [*tops, *(child for top in tops for child in top.query_tree().children)]:
        if "panel" in (window.get_wm_class() or ()):
            return window
    raise SystemExit("The desktop has no tray.")


def _stands_in(panel: Any, pid_atom: int, pid: int) -> bool:
    """Tell whether a window of the process is shown inside the tray."""
    try:
        waiting = panel.query_tree().children
        while waiting:
            window = waiting.pop()
            of = window.get_full_property(pid_atom, X.AnyPropertyType)
            if of is not None and of.value[0] == pid and window.get_attributes().map_state == X.IsViewable:
                return True
            waiting.extend(window.query_tree().children)
    except XError:
        return False  # a window went while it was looked at
    return False


@contextlib.contextmanager
def somebody_working(env: Mapping[str, str]) -> Iterator[None]:
    """Move the mouse and type, by xdotool, while the context lasts."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            subprocess.run(["xdotool", *_GESTURE.split()], env={**os.environ, **env}, check=True)
            stop.wait(0.5)

    thread = threading.Thread(target=work, name="somebody", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
