"""The pictures of README and docs are those that `dev.py screenshots` makes, and each is shown somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.e2e import screenshots
from tests.e2e.stack import ROOT, StackError


def test_the_pictures_that_are_made_are_there_and_shown() -> None:
    made = {path.stem: path for path in screenshots.FOLDER.iterdir()}
    assert set(made) == set(screenshots.NAMES)
    shown = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "docs" / "look.md"))
    for path in made.values():
        assert f"pictures/{path.name}" in shown, path
        assert path.stat().st_size <= screenshots.LIMIT_BYTES


def test_a_small_picture_keeps_the_colours_of_the_look(tmp_path: Path) -> None:
    wide = Image.radial_gradient("L").resize((600, 600)).convert("RGB")
    wide.paste("#B45309", (0, 0, 3, 3))
    screenshots.save(wide, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as saved:
        kept = saved.convert("RGB").getpixel((1, 1))
    assert isinstance(kept, tuple)
    assert max(abs(one - other) for one, other in zip(kept, (0xB4, 0x53, 0x09), strict=True)) <= 2


def test_a_picture_that_is_too_large_is_refused(tmp_path: Path) -> None:
    noise = Image.effect_noise((1200, 1200), 100).convert("RGB")
    with pytest.raises(StackError, match=r"a\.png has \d+ bytes"):
        screenshots.save(noise, tmp_path / "a.png")
