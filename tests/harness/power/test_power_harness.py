"""The power harness, short: nothing acknowledged is lost, and each wrong design is found. Its disk is tested, too."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from tests.harness.power.__main__ import main
from tests.harness.power.disk import Disk
from tests.harness.power.trace import Call, Make, Remove, Rename, Resize, Sync, Write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")


def test_a_power_cut_loses_nothing_that_was_acknowledged(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--images", "60"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (found["images"], found["acknowledged_lost"], found["damaged"], found["renumbered"]) == (60, 0, 0, 0)
    assert found["tick_loss_s_max"] <= 10
    assert found["calls"] > 1000


@pytest.mark.parametrize(
    ("plant", "figure", "least"), [("normal", "acknowledged_lost", 1), ("row-first", "dangling", 1)]
)
def test_a_wrong_design_loses(capsys: pytest.CaptureFixture[str], plant: str, figure: str, least: int) -> None:
    assert main(["--images", "60", "--plant", plant]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])[figure] >= least


def play(disk: Disk, *calls: Call) -> None:
    """Carry out calls."""
    for call in calls:
        disk.play(call)


def found_of(disk: Disk, folder: Path, share: float) -> dict[str, bytes]:
    """What a cut leaves. ``share``: of what is not certain."""
    disk.image(folder, "/disk", random.Random(0), share)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_disk_keeps_what_was_synced_and_no_more(tmp_path: Path) -> None:
    disk = Disk(certain={"/disk": None})
    play(disk, Make("/disk/a"), Write("/disk/a", 0, b"one"), Sync("/disk/a"))
    assert found_of(disk, tmp_path / "1", 0.0) == {}, "its name is not certain"
    disk.play(Sync("/disk"))
    assert found_of(disk, tmp_path / "2", 0.0) == {"a": b"one"}
    changed = Write("/disk/a", 2, b"x" * 600)
    play(disk, changed, Make("/disk/b"), Rename("/disk/b", "/disk/c"), Resize("/disk/a", 5))
    assert found_of(disk, tmp_path / "3", 0.0) == {"a": b"one"}
    assert found_of(disk, tmp_path / "4", 1.0) == {"a": b"onxxx", "c": b""}
    disk.play(Remove("/disk/c"))
    assert found_of(disk, tmp_path / "5", 1.0) == {"a": b"onxxx"}
    assert len(found_of(disk, tmp_path / "6", 0.5)["a"]) in {3, 5, 512, 602}, "sectors are whole"


def test_a_file_in_a_folder_whose_name_is_lost_is_lost(tmp_path: Path) -> None:
    disk = Disk(certain={"/disk": None})
    play(disk, Make("/disk/d", folder=True), Make("/disk/d/a"), Sync("/disk/d"))
    assert found_of(disk, tmp_path / "1", 0.0) == {}
    disk.play(Sync("/disk"))
    assert found_of(disk, tmp_path / "2", 0.0) == {"d/a": b""}
