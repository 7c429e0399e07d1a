"""`dev.py test`: its steps, their order, and that the first failure ends it."""

import contextlib
from pathlib import Path

import pytest

from devtools import checks
from devtools.console import ROOT, UserError


def test_the_steps_come_in_the_order_of_their_cost() -> None:
    titles = [title for title, _ in checks.steps(())]
    assert titles == ["lint", "format", "types", "import contracts", "security lint", "tests"]


def test_arguments_go_to_pytest_alone() -> None:
    commands = dict(checks.steps(["tests/ui", "-k", "ring"]))
    assert commands["tests"][-3:] == ["tests/ui", "-k", "ring"]
    assert "--durations=10" in commands["tests"]
    assert all("ring" not in command for title, command in commands.items() if title != "tests")


def test_the_first_failure_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran = tmp_path / "ran"
    monkeypatch.setattr("devtools.environment.ensure", lambda _: None)
    monkeypatch.setattr(
        checks,
        "steps",
        lambda _: (("good", ["touch", str(ran)]), ("bad", ["false"]), ("never", ["rm", str(ran)])),
    )
    with pytest.raises(UserError, match=r"^Failed at: bad \(false\)$"):
        checks.run_all(["one"])
    assert ran.exists()
    said = capfd.readouterr().out
    assert "== good: passed in" in said
    assert "== bad: FAILED in" in said
    assert "never" not in said


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The interpreter of the steps is a program of the test's own, and there is neither cluster nor desktop."""
    program = tmp_path / "python"
    address = "postgres://fairhour@127.0.0.1:1/fairhour"
    monkeypatch.setattr("tests.support.postgres.throwaway_cluster", lambda: contextlib.nullcontext(address))
    monkeypatch.setattr("devtools.workers.virtual_desktop", contextlib.nullcontext)
    program.with_name("lint-imports").symlink_to("/bin/true")
    monkeypatch.setattr("devtools.environment.ensure", lambda _: None)
    monkeypatch.setattr("devtools.environment.python", lambda: program)
    return program


def behaves(python: Path, *, fails_at: str) -> None:
    """Have every step say what it was asked, and those fail that were asked something like ``fails_at``."""
    python.write_text(f'#!/bin/sh\necho "$* on <$FAIRHOUR_DATABASE_URL>"\ncase "$*" in {fails_at}) exit 1;; esac\n')
    python.chmod(0o755)


def test_every_part_is_run_and_all_that_failed_is_told_at_the_end(
    python: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    behaves(python, fails_at="*tests/worktime*|*mypy*")
    with pytest.raises(UserError) as caught:
        checks.run_all([])
    failed = {"types", "tests of the rules, every branch", "tests of the other rooms"}
    assert {line.partition(" (")[0] for line in str(caught.value).splitlines()} == {
        f"Failed at: {each}" for each in failed
    }
    said = capfd.readouterr().out
    for title in (
        "lint",
        "format",
        "types",
        "import contracts",
        "security lint",
        *(part.title for part in checks.PARTS),
    ):
        assert f"== {title}: {'FAILED' if title in failed else 'passed'} in" in said
    assert "-m pytest -q --durations=10 tests/worktime --cov=worktime --cov-branch" in said
    assert said.count("tests/marketplace on <>") == 1
    assert said.count("tests/marketplace on <postgres://fairhour@127.0.0.1:") == 1


def test_lint_alone_is_the_end_at_once(python: Path, capfd: pytest.CaptureFixture[str]) -> None:
    behaves(python, fails_at="*ruff*")
    with pytest.raises(UserError, match=r"^Failed at: lint \("):
        checks.run_all([])
    assert "pytest" not in capfd.readouterr().out


def test_every_test_is_in_one_of_the_parts() -> None:
    for part in checks.PARTS:
        assert all(any((ROOT / room).rglob("test_*.py")) for room in part.rooms), part
    named = [room for part in checks.NAMED for room in part.rooms]
    assert len(set(named)) == len(named)
    (rest,) = (part for part in checks.PARTS if part.but)
    assert (rest.rooms, set(rest.but)) == (("tests",), set(named))
