"""dev.py itself: which Python it accepts, what it says without a verb, how it takes wrong words."""

import ast
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import pytest

from devtools import verbs
from devtools.console import ROOT

DEV = ROOT / "dev.py"


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *arguments], capture_output=True, text=True, check=False, timeout=30
    )


def test_an_old_python_can_read_it() -> None:
    ast.parse(DEV.read_text(), feature_version=(3, 7))


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 10, 9), (3, 14, 0)])
def test_a_wrong_python_is_told_in_one_line(
    version: tuple[int, ...], dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert dev.main(["run"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "needs Python 3.11, 3.12 or 3.13" in said
    assert f"this is {version[0]}.{version[1]} " in said


def test_the_supported_pythons_are_those_of_the_project(dev: ModuleType) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    for major, minor in dev.SUPPORTED:
        assert f"Python :: {major}.{minor}" in project


def test_without_a_verb_it_tells_the_verbs() -> None:
    done = run_dev()
    assert done.returncode == 2
    for verb in ("run", "run --fast", "test", "setup", "screenshots"):
        assert f"python3 dev.py {verb} " in done.stdout


@pytest.mark.parametrize("words", [["fly"], ["run", "--plant", "nonsense"], ["setup", "extra"], ["run", "--port", "x"]])
def test_wrong_words_are_refused(words: list[str]) -> None:
    done = run_dev(*words)
    assert done.returncode == 2
    assert "error:" in done.stderr


def test_what_follows_test_goes_to_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def run_all(rest: list[str]) -> int:
        given.append([*rest])
        return 0

    monkeypatch.setattr("devtools.checks.run_all", run_all)
    assert verbs.main(["test", "-k", "slots", "--port", "tests/worktime"]) == 0
    assert given == [["-k", "slots", "--port", "tests/worktime"]]


def test_ctrl_c_during_a_verb_is_status_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("devtools.environment.ensure", interrupted)
    assert verbs.main(["setup"]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


def test_a_full_disk_anywhere_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # /dev/full answers every write as a full disk does.
    monkeypatch.setattr("devtools.environment.ensure", lambda: Path("/dev/full").write_text("x"))
    assert verbs.main(["setup"]) == 1
    assert capsys.readouterr().err == "\nThe disk is full: free some space and start again.\n"


def test_a_full_disk_is_recognized_where_no_temporary_file_can_be_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: ["/proc"])
    monkeypatch.setattr("devtools.environment.ensure", tempfile.mkdtemp)
    assert verbs.main(["setup"]) == 1
    assert "No temporary file can be made; is the disk full?" in capsys.readouterr().err


def test_other_errors_of_the_system_are_not_taken_for_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devtools.environment.ensure", lambda: Path("/no/such/folder/file").write_text("x"))
    with pytest.raises(FileNotFoundError):
        verbs.main(["setup"])


def test_it_imports_the_standard_library_and_the_ground_only() -> None:
    allowed = {*sys.stdlib_module_names, "devtools", "worktime", "tests"}
    for path in [DEV, *Path(ROOT, "devtools").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= allowed, path


def test_it_loads_where_no_package_is_installed() -> None:
    # -S leaves site-packages out.
    done = subprocess.run([sys.executable, "-S", str(DEV)], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2, done.stderr
