"""What the workflows run exists: their files parse, and their paths, modules and markers are those of this tree."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture import tree

WORKFLOWS = sorted((tree.ROOT / ".github" / "workflows").glob("*.yml"))
PATH = re.compile(r"(?:^|\s)((?:\.ci|tests|benchmarks|packaging)/[\w./-]+)")
MODULE = re.compile(r"python[\w.]* -m ([\w.]+)")
MARKED = re.compile(r"pytest\b.*\s-m ['\"]?(?:not )?(\w+)")
POSIX_ONLY = ("pwd", "grp", "fcntl", "resource", "termios", "tty", "pty", "syslog", "readline")
COLLECT = """
import sys
sys.modules.update(dict.fromkeys({modules!r}))
import pytest
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *{paths!r}]))
"""


def read(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def commands(path: Path) -> list[str]:
    """What the steps of a workflow run."""
    jobs = read(path)["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_names_is_there(path: Path) -> None:
    made = read(path)
    # YAML 1.1 reads the key "on" as true.
    globs = [glob for event in made[True].values() if event for glob in event.get("paths", ())]
    assert all(any(tree.ROOT.glob(glob)) for glob in globs), globs
    assert set(made) == {"name", True, "permissions", "jobs"}
    markers = {line.partition(":")[0] for line in tree.PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    for command in commands(path):
        missing = [name for name in PATH.findall(command) if not (tree.ROOT / name).exists()]
        assert not missing, command
        assert all(find_spec(module) for module in MODULE.findall(command)), command
        assert markers.issuperset(MARKED.findall(command)), command


def test_the_build_s_command_is_there_and_may_be_run() -> None:
    assert ".ci/run" in commands(tree.ROOT / ".github" / "workflows" / "ci.yml")
    assert (tree.ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_a_container_brings_its_own_python() -> None:
    """What actions/setup-python puts there is built for the runner's C library (runner-images issue 11666)."""
    for path in WORKFLOWS:
        for job in read(path)["jobs"].values():
            uses = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
            assert ("container" in job) == ("actions/setup-python" not in uses), path.name


def test_what_runs_on_windows_needs_nothing_that_only_posix_has() -> None:
    """Fixtures that every test loads too: importing one of these modules would end the run before its first test."""
    (windows,) = (
        command for command in commands(tree.ROOT / ".github" / "workflows" / "native.yml") if "\\" in command
    )
    code = COLLECT.format(modules=POSIX_ONLY, paths=PATH.findall(windows))
    done = subprocess.run([sys.executable, "-c", code], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
