"""The clock harness, short: nothing wrong in a dozen days, and each wrong design found in a few."""

from __future__ import annotations

import json

import pytest

from tests.harness.clock.__main__ import main
from tests.harness.clock.machine import PLANTS


def test_no_jump_and_no_sleep_moves_a_paid_second(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--scripts", "12", "--seed", "5000"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["pay_s"] == found["work_s"] > 10_000
    assert min(found[what] for what in ("jump", "sleep", "slew", "reboot", "summer_time")) > 0


@pytest.mark.parametrize("plant", sorted(PLANTS))
def test_a_wrong_design_is_found(plant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--scripts", "3", "--plant", plant]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["wrong_s_max"] > 0
