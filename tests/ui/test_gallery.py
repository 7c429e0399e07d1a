"""The gallery shows what the scenes are: each in every look, nothing else, and small enough for a repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.ui import gallery
from tests.ui.gallery import FOLDER, LIMIT_BYTES, LOOKS, PAGE
from tests.ui.scenes import scenes

AGAIN = "Run python3 dev.py screenshots and look at the pictures."


def test_the_page_and_its_pictures_are_those_of_the_scenes() -> None:
    assert PAGE.read_text(encoding="utf-8") == gallery.page(), AGAIN
    wanted = {f"{scene.name}-{look.name}.webp" for scene in scenes() for look in LOOKS}
    assert {file.name for file in FOLDER.iterdir()} == wanted, AGAIN
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= LIMIT_BYTES


def test_a_window_at_200_percent_is_twice_as_wide() -> None:
    with (
        Image.open(FOLDER / "settings-general-light-100.webp") as once,
        Image.open(FOLDER / "settings-general-light-200.webp") as twice,
    ):
        assert twice.width == 2 * once.width


def test_pictures_that_are_too_large_together_replace_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "LIMIT_BYTES", 10)
    before = PAGE.stat().st_mtime_ns
    (tmp_path / "a.webp").write_bytes(bytes(11))
    with pytest.raises(SystemExit, match="more than 10"):
        gallery.replace_all(tmp_path)
    assert PAGE.stat().st_mtime_ns == before
    assert len(list(FOLDER.iterdir())) > 100
