"""The benchmark of screenshots measures what it says; on a small screen, and without a word about speed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import capture
from benchmarks.scenes import SCENES

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an X server of its own is Linux's")


def test_each_scene_is_grabbed_encoded_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(capture.SIZES, "1080p", (640, 360, 0.5))
    costs, memory = capture.run_size("1080p", tmp_path)
    assert [cost.scene for cost in costs] == list(SCENES)
    pictures = {}
    for cost in costs:
        assert cost.encode_s > 0
        with (
            Image.open(tmp_path / f"1080p-{cost.scene}.webp") as kept,
            Image.open(tmp_path / f"1080p-{cost.scene}.png") as grabbed,
        ):
            assert kept.size == grabbed.size == (640, 360)
            pictures[cost.scene] = grabbed.convert("RGB").tobytes()
        assert (tmp_path / f"1080p-{cost.scene}.webp").stat().st_size == cost.webp_bytes
    assert len(set(pictures.values())) == len(SCENES), "four different desktops"
    assert memory.peak >= memory.before > 0


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert capture.main([]) == 2
    assert "apt install tesseract-ocr" in capsys.readouterr().err
