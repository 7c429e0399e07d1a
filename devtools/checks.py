"""`dev.py test`: lint, types, import contracts, security lint, tests, and the marketplace's tests on PostgreSQL.

The whole run is a queue of parts that three workers take from (devtools/workers.py): one core would be idle otherwise,
and the whole loop waits for its clock more than it works.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from devtools import environment, processes
from devtools.console import ROOT, UserError, say
from devtools.desktop import virtual_desktop
from devtools.workers import Task, Workers, nothing

PACKAGES = ("worktime", "tracker_app", "capture", "idle", "sync", "ui", "marketplace", "devtools")
WORKERS = 3
"""One more than the cores that the build has: the parts with windows wait for them a good part of their time."""


@dataclass(frozen=True)
class Part:
    """Some rooms' tests, which one pytest runs; `but`: rooms that are not part of it."""

    title: str
    rooms: tuple[str, ...]
    but: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    on_postgresql: bool = False


EVERY_BRANCH = ("--cov=worktime", "--cov-branch", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")
"""The rules' tests run once, and with this: a branch of ``worktime`` that none of them takes fails the build."""

NAMED = (
    Part("tests of the whole loop", ("tests/e2e",)),
    Part("tests of the marketplace", ("tests/marketplace",)),
    Part("tests of the windows", ("tests/ui",)),
    Part("tests of the tracker", ("tests/tracker_app",)),
    Part("tests of the harnesses", ("tests/harness",)),
    Part("tests of the rules, every branch", ("tests/worktime",), options=EVERY_BRANCH),
    Part("tests of screens, input and sending", ("tests/capture", "tests/idle", "tests/sync")),
)
PARTS = (
    *NAMED,
    # Whole and once more: what holds on SQLite alone would not be seen.
    Part("marketplace tests on PostgreSQL", ("tests/marketplace",), on_postgresql=True),
    Part("tests of the other rooms", ("tests",), but=tuple(room for part in NAMED for room in part.rooms)),
)
"""All tests, in the order in which they begin: first what takes longest, so that no worker is left alone at the end."""


def steps(arguments: Sequence[str]) -> tuple[tuple[str, list[str]], ...]:
    """Each step's title and its command in .venv; `arguments` go to pytest."""
    return (*_quick(), *_slow(), ("tests", _pytest("--durations=10", *arguments)))


def _quick() -> tuple[tuple[str, list[str]], ...]:
    python = str(environment.python())
    return (
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
    )


def _slow() -> tuple[tuple[str, list[str]], ...]:
    python = str(environment.python())
    return (
        ("types", [python, "-m", "mypy"]),
        ("import contracts", [str(environment.python().with_name(_program("lint-imports")))]),
        ("security lint", [python, "-m", "bandit", "-q", "-c", "pyproject.toml", "-r", *PACKAGES, "dev.py"]),
    )


def _pytest(*arguments: str) -> list[str]:
    return [str(environment.python()), "-m", "pytest", *arguments]


def run_all(arguments: Sequence[str]) -> int:
    """Everything that the build checks; returns the exit status, raises UserError for what failed.

    With `arguments` only those tests run after the other steps, in their order, and not a second time on PostgreSQL.
    """
    # `-m wayland` asks for the tests on real Wayland desktops, and so for those.
    desktops = ("wayland",) if "wayland" in arguments else ()
    environment.ensure(("python", "windows", "desktop", "tests", *desktops))
    began = time.monotonic()
    env = {"PYTHONUTF8": "1"}
    if arguments or os.name != "posix":
        with contextlib.ExitStack() as stack:
            if sys.platform.startswith("linux"):
                env.update(stack.enter_context(virtual_desktop()).env)
            for step in steps(arguments):
                _step(*step, env)
    else:
        for step in _quick():
            _step(*step, env)
        _run_beside_each_other(env)
    say(f"All passed in {time.monotonic() - began:.0f} s.")
    return 0


def _run_beside_each_other(env: Mapping[str, str]) -> None:
    workers = Workers([*(Task(*step) for step in _slow()), *map(_task, PARTS)], env, WORKERS)
    workers.run()
    if workers.failed:
        told = "\n".join(f"Failed at: {task.title} ({' '.join(_short(task.command))})" for task in workers.failed)
        raise UserError(told)


def _task(part: Part) -> Task:
    ignored = [f"--ignore={room}" for room in part.but]
    command = _pytest("-q", "--durations=10", *part.rooms, *ignored, *part.options)
    return Task(part.title, command, _on_postgresql if part.on_postgresql else nothing)


@contextlib.contextmanager
def _on_postgresql() -> Iterator[Mapping[str, str]]:
    # Imported here: the other verbs do without the tests' tree.
    from tests.support.postgres import throwaway_cluster

    with throwaway_cluster() as address:
        yield {"FAIRHOUR_DATABASE_URL": address}


def _step(title: str, command: list[str], env: Mapping[str, str]) -> None:
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


def _short(command: Sequence[str]) -> list[str]:
    """The command as one would type it at the root."""
    return [part.replace(str(ROOT) + os.sep, "") for part in command]


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
