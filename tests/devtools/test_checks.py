"""`dev.py test`: its steps, their order, and that the first failure ends it."""

from pathlib import Path

import pytest

from devtools import checks
from devtools.console import UserError


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
