"""Bare X servers (no window manager, no tray) for tests that paint known pixels, or that end the server on purpose."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from devtools import processes

START_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class XServer:
    """A running Xvfb; ``env`` makes programs appear on it."""

    display: str
    process: processes.Process

    @property
    def env(self) -> dict[str, str]:
        """Variables for programs that belong on this server."""
        return {"DISPLAY": self.display, "XDG_SESSION_TYPE": "x11", "WAYLAND_DISPLAY": ""}

    def run(self, *command: str) -> str:
        """Run a program on this server to its end and return what it printed."""
        return processes.output_of(command, self.env)

    def split(self, *widths: int, height: int) -> None:
        """Divide the screen into monitors side by side."""
        left = 0
        for index, width in enumerate(widths):
            area = f"{width}/300x{height}/200+{left}+0"
            self.run("xrandr", "--setmonitor", f"M{index}", area, "screen" if index == 0 else "none")
            left += width


@contextlib.contextmanager
def x_server(width: int = 640, height: int = 360, *, extra: tuple[str, ...] = ()) -> Iterator[XServer]:
    """Run an X server of that many pixels while the context lasts; ``extra`` are arguments for Xvfb."""
    reading, writing = os.pipe()
    # -noreset: otherwise the server forgets monitors and root colour whenever its last client leaves.
    screen = ["-screen", "0", f"{width}x{height}x24"]
    process = processes.start(
        ["Xvfb", "-displayfd", str(writing), "-noreset", "-nolisten", "tcp", *screen, *extra], pass_fds=[writing]
    )
    try:
        os.close(writing)
        number = processes.read_line(reading, START_TIMEOUT_S)
        assert number, "Xvfb did not start"
        yield XServer(f":{number}", process)
    finally:
        os.close(reading)
        processes.stop(process)


def said_round_the_end(server: XServer, program: str) -> list[str]:
    """Run a Python program on the server and return its lines; it waits for a line after its first one.

    In between the server is killed: a library may end the process with it. It must end by itself, with status 0.
    """
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, **server.env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        before = child.stdout.readline()
        server.process.kill()
        server.process.wait()
        after, _ = child.communicate("go\n", timeout=20)
        assert child.returncode == 0
    return [before.rstrip("\n"), *after.splitlines()]
