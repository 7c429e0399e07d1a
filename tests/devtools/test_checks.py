"""`dev.py test`: its steps, their order, and that the first failure ends it."""

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
def on_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The step beside the tests is a program of the test's own; the cluster is real."""
    program = tmp_path / "python"
    monkeypatch.setattr("devtools.environment.ensure", lambda _: None)
    monkeypatch.setattr("devtools.environment.python", lambda: program)
    monkeypatch.setattr(checks, "steps", lambda _: (("tests", ["true"]),))
    return program


@pytest.mark.parametrize("status", [0, 1])
def test_the_marketplace_is_tested_on_postgresql_too(
    status: int, on_postgresql: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    on_postgresql.write_text(
        f'#!/bin/sh\necho "$* on $FAIRHOUR_DATABASE_URL"\n[ -z "$FAIRHOUR_DATABASE_URL" ] || exit {status}\n'
    )
    on_postgresql.chmod(0o755)
    if status:
        with pytest.raises(UserError, match="Failed at: marketplace tests on PostgreSQL"):
            checks.run_all([])
    else:
        assert checks.run_all([]) == 0
    said = capfd.readouterr().out
    assert "-m pytest -q --durations=10 tests/marketplace on postgres://fairhour@127.0.0.1:" in said
    assert "== tests of the other rooms: passed" in said


def test_a_failure_of_the_other_rooms_is_the_end(on_postgresql: Path, capfd: pytest.CaptureFixture[str]) -> None:
    on_postgresql.write_text('#!/bin/sh\necho "$* said"\ncase "$*" in *--ignore*) exit 1;; esac\n')
    on_postgresql.chmod(0o755)
    with pytest.raises(UserError, match="Failed at: tests of the other rooms"):
        checks.run_all([])
    said = capfd.readouterr().out
    assert "--ignore=tests/e2e" in said
    assert "--ignore=tests/worktime" in said


def test_a_branch_of_the_rules_that_no_test_takes_is_the_end(
    on_postgresql: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    on_postgresql.write_text('#!/bin/sh\necho "$* said"\ncase "$*" in *--cov-fail-under=100*) exit 1;; esac\n')
    on_postgresql.chmod(0o755)
    with pytest.raises(UserError, match="Failed at: tests of the rules"):
        checks.run_all([])
    assert "-m pytest -q --durations=10 tests/worktime --cov=worktime --cov-branch" in capfd.readouterr().out


def test_every_room_is_in_one_of_the_lanes() -> None:
    for room in checks.WINDOW_ROOMS:
        assert any((ROOT / room).glob("test_*.py")), room


def test_a_failure_of_the_tests_stops_what_runs_beside(
    on_postgresql: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = f"trap 'touch {tmp_path}/stopped; exit 0' TERM; touch {tmp_path}/started; while :; do sleep 0.05; done"
    on_postgresql.write_text(f"#!/bin/sh\n{beside}\n")
    on_postgresql.chmod(0o755)
    failing = f"until [ -e {tmp_path}/started ]; do sleep 0.05; done; exit 1"
    monkeypatch.setattr(checks, "steps", lambda _: (("tests", ["sh", "-c", failing]),))
    with pytest.raises(UserError, match="Failed at: tests"):
        checks.run_all([])
    assert (tmp_path / "stopped").exists()
