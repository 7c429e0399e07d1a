"""Starting, watching and stopping programs, the same way for dev.py, the virtual desktop and the harnesses."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

POLL_S = 0.02
STOP_TIMEOUT_S = 10.0

Process = subprocess.Popen[bytes]


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
    cwd: Path | None = None,
) -> Process:
    """Start `command` with `env` laid over this process's environment, in a session of its own.

    A session of its own keeps the terminal's Ctrl-C from reaching it: the order of stopping is the caller's. On Linux
    the program is told to stop when this process dies without having stopped it.
    """
    full = [*command]
    if sys.platform.startswith("linux") and (setpriv := shutil.which("setpriv")):
        full = [setpriv, "--pdeathsig", "TERM", "--", *full]
    return subprocess.Popen(
        full,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        pass_fds=tuple(pass_fds),
        cwd=cwd,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def interrupt(process: Process) -> None:
    """Ask one program to end: SIGTERM, on Windows Ctrl-Break."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))


def stop(process: Process, timeout_s: float = STOP_TIMEOUT_S) -> bool:
    """End one program; after `timeout_s` by force. Returns whether it went by itself."""
    if process.poll() is not None:
        return True
    interrupt(process)
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def wait_until(condition: Callable[[], bool], timeout_s: float, every_s: float = POLL_S) -> bool:
    """Poll `condition` until it holds; False when `timeout_s` of real time went by first."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every_s)
    return True


def read_line(descriptor: int, timeout_s: float) -> str:
    """The first line that arrives on a pipe; empty when nothing came in time or the other end closed it."""
    deadline = time.monotonic() + timeout_s
    line = b""
    while not line.endswith(b"\n"):
        readable, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        block = os.read(descriptor, 1024) if readable else b""
        if not block:
            return ""
        line += block
    return line.decode().strip()


def output_of(command: Sequence[str], env: Mapping[str, str] | None = None, timeout_s: float = 10.0) -> str:
    """What a short command prints, whatever its exit status."""
    done = subprocess.run(
        command,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout_s,
        check=False,
    )
    return done.stdout.decode(errors="replace")
