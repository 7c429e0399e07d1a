"""`dev.py test`: lint, types, import contracts, security lint, tests, and the marketplace's tests on PostgreSQL.

The tests run in two lanes beside each other, each on a desktop of its own: one core would be idle otherwise, and the
whole loop waits for its clock more than it works.
"""

import contextlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from devtools import environment, processes
from devtools.console import ROOT, UserError, say
from devtools.desktop import virtual_desktop

PACKAGES = ("worktime", "tracker_app", "capture", "idle", "sync", "ui", "marketplace", "devtools")


WINDOW_ROOMS = tuple(f"tests/{room}" for room in ("e2e", "tracker_app", "ui", "capture", "idle", "sync"))
"""What needs real windows, input or processes, and the whole loop: the first lane. The second has all the others."""

Step = tuple[str, list[str], Mapping[str, str]]


def steps(arguments: Sequence[str]) -> tuple[tuple[str, list[str]], ...]:
    """Each step's title and its command in .venv; `arguments` go to pytest."""
    python = str(environment.python())
    return (
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("import contracts", [str(environment.python().with_name(_program("lint-imports")))]),
        ("security lint", [python, "-m", "bandit", "-q", "-c", "pyproject.toml", "-r", *PACKAGES, "dev.py"]),
        ("tests", [python, "-m", "pytest", "--durations=10", *arguments]),
    )


def run_all(arguments: Sequence[str]) -> int:
    """All steps in order, the first failure ends it; returns the exit status.

    With `arguments` only those tests run, and not a second time on PostgreSQL.
    """
    environment.ensure(("python", "windows", "desktop", "tests"))
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        env = {"PYTHONUTF8": "1"}
        if sys.platform.startswith("linux"):
            env.update(stack.enter_context(virtual_desktop()).env)
        lanes = not arguments and os.name == "posix"
        *quick, (title, tests) = steps(WINDOW_ROOMS if lanes else arguments)
        for step in quick:
            _step(*step, env)
        with _second_lane(env) if lanes else contextlib.nullcontext():
            _step(title, tests, env)
    say(f"All passed in {time.monotonic() - began:.0f} s.")
    return 0


@contextlib.contextmanager
def _second_lane(env: dict[str, str]) -> Iterator[None]:
    """Run the other rooms' tests, then the marketplace's on PostgreSQL, while the block runs; they are heard after it.

    The marketplace's once more and whole: what holds on SQLite alone would not be seen.
    """
    # Imported here: the other verbs do without the tests' tree.
    from tests.support.postgres import throwaway_cluster

    pytest = [str(environment.python()), "-m", "pytest", "-q"]
    others = [*pytest, "--durations=10", "tests", *(f"--ignore={room}" for room in WINDOW_ROOMS)]
    with contextlib.ExitStack() as stack:
        own = {**env, **(stack.enter_context(virtual_desktop()).env if sys.platform.startswith("linux") else {})}
        url = stack.enter_context(throwaway_cluster())
        output = stack.enter_context(tempfile.TemporaryFile())
        lane = _Lane(
            (
                ("tests of the other rooms", others, own),
                (
                    "marketplace tests on PostgreSQL",
                    [*pytest, "tests/marketplace"],
                    {**own, "FAIRHOUR_DATABASE_URL": url},
                ),
            ),
            output,
        )
        lane.start()
        try:
            yield
            lane.join()
        finally:
            lane.stop()
        output.seek(0)
        say(f"\n{output.read().decode(errors='replace')}")
        for title, command, status, seconds in lane.done:
            _conclude(title, command, status, seconds)


class _Lane(threading.Thread):
    """Steps one after the other on a thread of their own, until one fails; what they print goes to ``output``."""

    def __init__(self, steps: Sequence[Step], output: IO[bytes]) -> None:
        super().__init__(name="second lane", daemon=True)
        self._steps = steps
        self._output = output
        self._lock = threading.Lock()
        self._running: processes.Process | None = None
        self._stopped = False
        self.done: list[tuple[str, list[str], int, float]] = []

    def run(self) -> None:
        """Called by ``start()``."""
        for title, command, env in self._steps:
            began = time.monotonic()
            with self._lock:
                if self._stopped:
                    return
                self._running = processes.start(command, env=env, output=self._output, cwd=ROOT)
            status = self._running.wait()
            self.done.append((title, command, status, time.monotonic() - began))
            if status:
                return

    def stop(self) -> None:
        """End the step that runs, if one does, and begin no other."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                processes.stop(self._running)
        self.join()


def _step(title: str, command: list[str], env: dict[str, str]) -> None:
    say(f"\n== {title}")
    began = time.monotonic()
    process = processes.start(command, env=env, output=None, cwd=ROOT)
    try:
        status = process.wait()
    finally:
        processes.stop(process)
    _conclude(title, command, status, time.monotonic() - began)


def _conclude(title: str, command: list[str], status: int, seconds: float) -> None:
    say(f"== {title}: {'passed' if status == 0 else 'FAILED'} in {seconds:.1f} s")
    if status != 0:
        raise UserError(f"Failed at: {title} ({' '.join(_short(command))})")


def _short(command: list[str]) -> list[str]:
    """The command as one would type it at the root."""
    return [part.replace(str(ROOT) + os.sep, "") for part in command]


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
