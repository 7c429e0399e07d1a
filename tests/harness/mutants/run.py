"""One target's run of mutmut in a scratch copy, and what came of each mutant."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.harness.mutants.targets import Target

ROOT = Path(__file__).resolve().parents[3]
SURVIVED = {0, 5, 33, 34}
"""mutmut's exit codes for "all tests passed" and "no test comes by here"; every other one is a mutant found."""
LIMIT_S = 1800
PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "--import-mode=importlib")

CONFTEST = '''"""Think little, and the same each time: a mutant is noticed or not."""
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")
'''


class MutmutError(Exception):
    """mutmut gave no result; the text is what it said."""


def prepare(target: Target, scratch: Path, *, blind: bool = False) -> None:
    """Copy what is needed into ``scratch``. ``blind``: with tests that notice nothing (the planted bug)."""
    shutil.copytree(ROOT / "worktime", scratch / "worktime", ignore=shutil.ignore_patterns("__pycache__"))
    tests = scratch / "tests" / "worktime"
    shutil.copytree(ROOT / "tests" / "worktime", tests, ignore=shutil.ignore_patterns("__pycache__"))
    (scratch / "tests" / "__init__.py").touch()
    (tests / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    for module in target.modules:
        path = scratch / "worktime" / f"{module}.py"
        path.write_text(re.sub(r"(?m)^@lru_cache\(.*\)\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    chosen = [f"tests/worktime/{name}" for name in target.tests]
    left_out = [f"--deselect={path}::{name}" for path in chosen for name in target.without]
    if blind:
        (tests / "test_blind.py").write_text(blind_tests(target.modules), encoding="utf-8")
        chosen = ["tests/worktime/test_blind.py"]
    (scratch / "pyproject.toml").write_text(
        "\n".join(
            (
                "[tool.mutmut]",
                'source_paths = ["worktime"]',
                f"only_mutate = {json.dumps([f'worktime/{module}.py' for module in target.modules])}",
                f"pytest_add_cli_args_test_selection = {json.dumps(chosen)}",
                f"pytest_add_cli_args = {json.dumps([*PYTEST, *left_out])}",
                "use_git_change_detection = false",
                # A change that never ends is noticed by its time; the tests take seconds.
                "timeout_multiplier = 4.0",
                "timeout_constant = 5.0",
                "",
            )
        ),
        encoding="utf-8",
    )


def blind_tests(modules: Sequence[str]) -> str:
    """Return the tests of ``modules`` as they would be if nothing that they find wrong were heard."""
    imports = "\n".join(f"import worktime.{module}" for module in modules)
    return f"{imports}\nfrom tests.worktime.test_{modules[0]} import *  # noqa: F403\n{_BLINDFOLD}"


_BLINDFOLD = """
import functools

def _blind(test):
    @functools.wraps(test)
    def test_blind(*args, **named):
        try:
            test(*args, **named)
        except AssertionError:
            pass
    return test_blind

for _name, _test in list(globals().items()):
    if _name.startswith("test_"):
        globals()[_name] = _blind(_test)
"""


def run(scratch: Path, *, children: int) -> dict[str, int]:
    """Run mutmut in a prepared ``scratch``; returns each mutant's exit code. Raises MutmutError."""
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children)]
    done = subprocess.run(
        command, cwd=scratch, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT_S, check=False
    )
    codes: dict[str, int] = {}
    for path in sorted((scratch / "mutants" / "worktime").glob("*.meta")):
        found = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        codes.update({name: code for name, code in found.items() if code is not None})
    if done.returncode != 0 or not codes:
        raise MutmutError(done.stdout.decode(errors="replace")[-3000:])
    return codes


def show(scratch: Path, name: str) -> str:
    """Return the lines that a mutant changes, as a diff: what ``mutmut show`` prints, without a process for each."""
    _, module, changed = name.split(".")
    source = (scratch / "mutants" / "worktime" / f"{module}.py").read_text(encoding="utf-8")
    original = changed.rsplit("_", 1)[0] + "_orig"
    before, after = (_body(source, each) for each in (original, changed))
    diff = difflib.unified_diff(before, after, lineterm="", n=0)
    return "\n".join(line for line in diff if not line.startswith(("---", "+++", "@@")))


def _body(source: str, function: str) -> list[str]:
    found = re.search(rf"(?ms)^( *)def {re.escape(function)}\(.*?(?=^\1[^ \s)]|\Z)", source)
    return found.group(0).splitlines()[1:] if found else [f"{function} is not there"]
