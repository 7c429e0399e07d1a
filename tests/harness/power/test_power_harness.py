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
    ("plant", "images", "figure", "least"),
    [
        ("normal", 60, "acknowledged_lost", 1),
        ("row-first", 60, "dangling", 1),
        ("certain-page", 400, "tick_loss_s_max", 11),
    ],
)
def test_a_wrong_design_loses(
    capsys: pytest.CaptureFixture[str], plant: str, images: int, figure: str, least: int
) -> None:
    assert main(["--images", str(images), "--seed", "4", "--plant", plant]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])[figure] >= least


def play(disk: Disk, *calls: Call) -> None:
    """Carry out calls."""
    for call in calls:
        disk.play(call)


def found_of(disk: Disk, folder: Path, share: float, seed: int = 0) -> dict[str, bytes]:
    """What a cut leaves. ``share``: of what is not certain."""
    disk.image(folder, "/disk", random.Random(seed), share)
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


def test_a_page_of_the_tick_record_may_be_lost_with_what_was_certain_in_it_and_no_other(tmp_path: Path) -> None:
    disk = Disk(certain={"/disk": None})
    whole = b"a" * 4096 + b"b" * 4096
    for name in ("tick", "other"):
        path = f"/disk/{name}"
        play(disk, Make(path), Write(path, 0, whole), Sync(path), Sync("/disk"), Write(path, 5000, b"new"))
    found = [found_of(disk, tmp_path / str(seed), 0.0, seed) for seed in range(20)]
    assert {each["other"] for each in found} == {whole}
    assert {each["tick"] for each in found} == {whole, b"a" * 4096 + bytes(4096)}


def test_a_file_in_a_folder_whose_name_is_lost_is_lost(tmp_path: Path) -> None:
    disk = Disk(certain={"/disk": None})
    play(disk, Make("/disk/d", folder=True), Make("/disk/d/a"), Sync("/disk/d"))
    assert found_of(disk, tmp_path / "1", 0.0) == {}
    disk.play(Sync("/disk"))
    assert found_of(disk, tmp_path / "2", 0.0) == {"d/a": b""}
