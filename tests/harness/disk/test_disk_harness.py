"""The disk harness, short: an hour and more on a full disk, each failing disk, and the wrong designs found."""

from __future__ import annotations

import json
import sys

import pytest

from tests.harness.disk import __main__ as harness
from tests.harness.disk.__main__ import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and strace are Linux's")


@pytest.fixture(autouse=True)
def _mounts() -> None:
    if not harness.can_mount():
        pytest.skip("a tmpfs needs root or a user namespace (unshare -rm), and neither works here")


def test_no_second_and_no_word_is_lost_on_a_bad_disk(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ticks", "5000", "--faulty-ticks", "900"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    full = found["full"]
    assert (full["equal"], full["seconds_lost"], full["owed"], full["pictures"]) == (True, 0, 0, 0)
    assert (full["segments"], full["commented"]) == (7, 7)
    assert full["told_s"] <= 5
    assert found["read_only"]["told"] == ["journal_unusable"]
    assert found["quota"]["told"] == ["disk_full", "disk_nearly_full"]
    for name in harness.FAULTS:
        assert found[name]["told"], name


@pytest.mark.parametrize("plant", ["no-reserve", "big-log"])
def test_a_wrong_design_loses(capsys: pytest.CaptureFixture[str], plant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "FAULTS", {})
    assert main(["--ticks", "5000", "--plant", plant]) == 1
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["wrong"] == ["full"]
    assert found["full"]["owed"] > 0


def test_where_nothing_can_be_mounted_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness, "can_mount", lambda: False)
    assert main([]) == 0
    assert "neither works here" in json.loads(capsys.readouterr().out)["skipped"]
