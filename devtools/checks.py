"""`dev.py test`: lint, types, import contracts, security lint, tests, and the marketplace's tests on PostgreSQL.

The tests run in four lanes beside each other: one core would be idle otherwise, and the whole loop waits for its clock
more than it works.
"""

import contextlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from devtools import environment, processes
from devtools.console import ROOT, UserError, say
from devtools.desktop import virtual_desktop

PACKAGES = ("worktime", "tracker_app", "capture", "idle", "sync", "ui", "marketplace", "devtools")


WINDOW_ROOMS = tuple(f"tests/{room}" for room in ("e2e", "tracker_app", "ui", "capture", "idle", "sync"))
"""What needs real windows, input or processes, and the whole loop: the first lane. The second has all the others, the
third the marketplace's on PostgreSQL, the fourth the rules'."""

RULES = "tests/worktime"
EVERY_BRANCH = ("--cov=worktime", "--cov-branch", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")
"""The rules' tests run once, and with this: a branch of ``worktime`` that none of them takes fails the build."""


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
    # `-m wayland` asks for the tests on real Wayland desktops, and so for those.
    desktops = ("wayland",) if "wayland" in arguments else ()
    environment.ensure(("python", "windows", "desktop", "tests", *desktops))
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        env = {"PYTHONUTF8": "1"}
        if sys.platform.startswith("linux"):
            env.update(stack.enter_context(virtual_desktop()).env)
        lanes = not arguments and os.name == "posix"
        *quick, (title, tests) = steps(WINDOW_ROOMS if lanes else arguments)
        for step in quick:
            _step(*step, env)
        with _lanes_beside(env) if lanes else contextlib.nullcontext():
            _step(title, tests, env)
    say(f"All passed in {time.monotonic() - began:.0f} s.")
    return 0


@contextlib.contextmanager
def _lanes_beside(env: dict[str, str]) -> Iterator[None]:
    """Run the other rooms' tests, and the marketplace's on PostgreSQL, while the block runs; they are heard after it.

    The marketplace's once more and whole: what holds on SQLite alone would not be seen.
    """
    # Imported here: the other verbs do without the tests' tree.
    from tests.support.postgres import throwaway_cluster

    pytest = [str(environment.python()), "-m", "pytest", "-q", "--durations=10"]
    others = [*pytest, "tests", *(f"--ignore={room}" for room in (*WINDOW_ROOMS, RULES))]
    with contextlib.ExitStack() as stack:
        own = {**env, **(stack.enter_context(virtual_desktop()).env if sys.platform.startswith("linux") else {})}
        database = {"FAIRHOUR_DATABASE_URL": stack.enter_context(throwaway_cluster())}
        lanes = (
            stack.enter_context(_Lane("tests of the rules, every branch", [*pytest, RULES, *EVERY_BRANCH], own)),
            stack.enter_context(_Lane("tests of the other rooms", others, own)),
            stack.enter_context(
                _Lane("marketplace tests on PostgreSQL", [*pytest, "tests/marketplace"], {**own, **database})
            ),
        )
        yield
        for lane in lanes:
            lane.conclude()


class _Lane:
    """A step that runs beside others while the context lasts; what it prints comes when it is concluded."""

    def __init__(self, title: str, command: list[str], env: Mapping[str, str]) -> None:
        self._title, self._command, self._env = title, command, env
        self._began = time.monotonic()
        self._seconds = 0.0

    def __enter__(self) -> Self:
        self._output = tempfile.TemporaryFile()
        self._process = processes.start(self._command, env=self._env, output=self._output, cwd=ROOT)
        # Waited for from the start: it may end long before it is concluded.
        self._waiting = threading.Thread(target=self._wait, name=self._title, daemon=True)
        self._waiting.start()
        return self

    def __exit__(self, *_: object) -> None:
        processes.stop(self._process)
        self._waiting.join()
        self._output.close()

    def _wait(self) -> None:
        self._process.wait()
        self._seconds = time.monotonic() - self._began

    def conclude(self) -> None:
        """Wait for the end and print; raises UserError when it failed."""
        self._waiting.join()
        self._output.seek(0)
        say(f"\n== {self._title}\n{self._output.read().decode(errors='replace')}")
        _conclude(self._title, self._command, self._process.wait(), self._seconds)


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
