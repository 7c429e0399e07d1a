"""The mutation harness finds what is noticed and what is not, on the smallest module that there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.harness.mutants import __main__ as command
from tests.harness.mutants.run import ROOT, MutmutError, prepare, run
from tests.harness.mutants.targets import TARGETS, Target

SMALL = Target(("slots",), ("test_slots.py",))


@pytest.fixture(autouse=True)
def _only_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "TARGETS", {"slots": SMALL})


def test_the_tests_notice_every_change_of_a_slot(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["slots"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["mutants"] == found["killed"] >= 5
    assert found["by_module"]["slots"]["killed_pct"] == 100


def test_the_planted_blindfold_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["slots", "--plant", "blind", "--show"]) == 1
    said = capsys.readouterr().out
    found = json.loads(said.splitlines()[-1])
    assert "-    return slot * SLOT_S\n+    return slot / SLOT_S\n" in said
    assert found["killed_pct"] < 50
    assert found["under_floor"] == ["slots"]


def test_a_run_without_a_result_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(SMALL, tmp_path)
    (tmp_path / "tests" / "worktime" / "test_slots.py").write_text("raise RuntimeError('broken')", encoding="utf-8")
    with pytest.raises(MutmutError, match="broken"):
        run(tmp_path, children=1)


def test_every_target_is_there_with_its_tests() -> None:
    for target in TARGETS.values():
        for module in target.modules:
            assert (ROOT / "worktime" / f"{module}.py").is_file()
        for name in target.tests:
            assert (ROOT / "tests" / "worktime" / name).is_file()
