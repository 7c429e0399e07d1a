"""A whole desktop without a screen: D-Bus session, Xvfb, openbox and trayer (Linux only).

`virtual_desktop()` is the one implementation. dev.py uses it where there is no display, and the tests use it always,
so that they never type into a developer's own windows. What runs on the desktop is not decided here.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from devtools import processes
from devtools.bus import private_bus
from devtools.console import UserError

NEEDED_PROGRAMS = ("dbus-daemon", "Xvfb", "openbox", "trayer", "xprop", "xwininfo", "xrandr")
SCREEN_WIDTH, SCREEN_HEIGHT = 1920, 1080
START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 3.0
MARKER = "FAIRHOUR_VIRTUAL_DESKTOP"


class DesktopError(UserError):
    """The virtual desktop can't start; the text is one line for the user."""


@dataclass(frozen=True)
class Desktop:
    """A running desktop: `env` holds every variable that a program needs to appear on it; sizes in pixels."""

    display: str
    width: int
    height: int
    env: Mapping[str, str]


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether programs started from here can show windows."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def missing_programs() -> tuple[str, ...]:
    """Programs of the virtual desktop that are not on PATH."""
    return tuple(name for name in NEEDED_PROGRAMS if shutil.which(name) is None)


@contextlib.contextmanager
def virtual_desktop(*, monitors: int = 1, own_bus: bool = True, scale: int = 1) -> Iterator[Desktop]:
    """Run a desktop of `monitors` screens of 1920x1080 side by side while the context lasts.

    `scale=2` has twice as many pixels each way, as a screen has on which everything is shown at 200 %.
    `own_bus=False` keeps the D-Bus session that the environment names, if it names one; an own one starts
    no service. Raises DesktopError.
    """
    if missing := missing_programs():
        raise DesktopError(f"The virtual desktop needs {', '.join(missing)}: packaging/debian.txt lists the packages.")
    width, height = SCREEN_WIDTH * monitors * scale, SCREEN_HEIGHT * scale
    with contextlib.ExitStack() as stack:
        # XDG_RUNTIME_DIR must be private (0700): Qt and D-Bus put sockets there, and Qt warns without it.
        # What a program left mounted in it can't be removed: that must not hide why the desktop ends.
        runtime = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="fairhour-desktop-", ignore_cleanup_errors=True)
        )
        env = {
            MARKER: "1",
            "XDG_RUNTIME_DIR": runtime,
            "XDG_SESSION_TYPE": "x11",
            "WAYLAND_DISPLAY": "",
            "QT_QPA_PLATFORM": "xcb",
            "PYNPUT_BACKEND": "xorg",
            "NO_AT_BRIDGE": "1",
        }
        given_bus = "" if own_bus else os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        env["DBUS_SESSION_BUS_ADDRESS"] = given_bus or stack.enter_context(private_bus(env))
        env["DISPLAY"] = _start_xvfb(stack, env, width, height)
        if monitors > 1:
            _split_into_monitors(env, monitors)
        _start(stack, ["openbox", "--sm-disable"], env)
        _wait_for(
            "openbox", lambda: "window id" in processes.output_of(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env)
        )
        _start(
            stack, ["trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "26"], env
        )
        _wait_for("trayer", lambda: '("panel" "trayer")' in processes.output_of(["xwininfo", "-root", "-tree"], env))
        yield Desktop(display=env["DISPLAY"], width=width, height=height, env=env)


def _start_xvfb(stack: contextlib.ExitStack, env: Mapping[str, str], width: int, height: int) -> str:
    """Start the X server, wait until it tells its number, and return the display's name."""
    # Without -noreset the server forgets its monitors whenever the last client leaves.
    command = ["Xvfb", "-noreset", "-nolisten", "tcp", "-screen", "0", f"{width}x{height}x24", "-displayfd"]
    reading, writing = os.pipe()
    try:
        _start(stack, [*command, str(writing)], env, pass_fds=[writing])
        os.close(writing)
        number = processes.read_line(reading, START_TIMEOUT_S)
    finally:
        os.close(reading)
    if not number:
        raise DesktopError("Xvfb did not start; run it by hand to see why.")
    return f":{number}"


def _split_into_monitors(env: Mapping[str, str], monitors: int) -> None:
    for index in range(monitors):
        area = f"{SCREEN_WIDTH}/508x{SCREEN_HEIGHT}/286+{index * SCREEN_WIDTH}+0"
        # The first monitor takes the real output; the others have none.
        processes.output_of(["xrandr", "--setmonitor", f"M{index}", area, "screen" if index == 0 else "none"], env)


def _start(
    stack: contextlib.ExitStack, command: list[str], env: Mapping[str, str], pass_fds: Sequence[int] = ()
) -> None:
    process = processes.start(command, env=env, pass_fds=pass_fds)
    stack.callback(processes.stop, process, STOP_TIMEOUT_S)


def _wait_for(name: str, condition: Callable[[], bool]) -> None:
    if not processes.wait_until(condition, START_TIMEOUT_S):
        raise DesktopError(f"{name} did not start on the virtual display; run it by hand to see why.")
