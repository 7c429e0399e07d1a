"""`dev.py test`: lint, types, import contracts, security lint, tests, and the marketplace's tests on PostgreSQL."""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

from devtools import environment, processes
from devtools.console import ROOT, UserError, say
from devtools.desktop import virtual_desktop

PACKAGES = ("worktime", "tracker_app", "capture", "idle", "sync", "ui", "marketplace", "devtools")


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
        *quick, (title, tests) = steps(arguments)
        for step in quick:
            _step(*step, env)
        with contextlib.nullcontext() if arguments or os.name != "posix" else _postgresql_beside(env):
            _step(title, tests, env)
    say(f"All passed in {time.monotonic() - began:.0f} s.")
    return 0


@contextlib.contextmanager
def _postgresql_beside(env: dict[str, str]) -> Iterator[None]:
    """Run the marketplace's tests on PostgreSQL while the block runs; what they say comes after it.

    Beside and not after: one run of pytest leaves the second core idle.
    """
    # Imported here: the other verbs do without the tests' tree.
    from tests.support.postgres import throwaway_cluster

    title = "marketplace tests on PostgreSQL"
    command = [str(environment.python()), "-m", "pytest", "-q", "tests/marketplace"]
    with throwaway_cluster() as url, tempfile.TemporaryFile() as output:
        began = time.monotonic()
        process = processes.start(command, env={**env, "FAIRHOUR_DATABASE_URL": url}, output=output, cwd=ROOT)
        try:
            yield
            status = process.wait()
        finally:
            processes.stop(process)
        output.seek(0)
        say(f"\n== {title}\n{output.read().decode(errors='replace')}")
        _conclude(title, command, status, began)


def _step(title: str, command: list[str], env: dict[str, str]) -> None:
    say(f"\n== {title}")
    began = time.monotonic()
    process = processes.start(command, env=env, output=None, cwd=ROOT)
    try:
        status = process.wait()
    finally:
        processes.stop(process)
    _conclude(title, command, status, began)


def _conclude(title: str, command: list[str], status: int, began: float) -> None:
    say(f"== {title}: {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - began:.1f} s")
    if status != 0:
        raise UserError(f"Failed at: {title} ({' '.join(_short(command))})")


def _short(command: list[str]) -> list[str]:
    """The command as one would type it at the root."""
    return [part.replace(str(ROOT) + os.sep, "") for part in command]


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
