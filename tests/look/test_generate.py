"""The generated look: nothing drifts, text stays legible in both themes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from look import generate, mark
from tests.look.contrast import ratio

TEXT = ("ink", "muted", "recorded", "other", "idle", "attention", "rejected")


def test_committed_files_are_what_the_generator_makes() -> None:
    assert generate.drifted() == []


def test_drift_is_seen(tmp_path: Path) -> None:
    for path, text in generate.outputs(generate.load()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    shutil.copy(generate.ROOT / "look/tokens.json", tmp_path / "look/tokens.json")
    assert generate.drifted(tmp_path) == []
    (tmp_path / "ui/tokens.py").write_text("# changed by hand\n")
    (tmp_path / "look/svg/light/angry-16.svg").write_text("<svg/>")
    assert generate.drifted(tmp_path) == ["look/svg/light/angry-16.svg", "ui/tokens.py"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("text", TEXT)
def test_text_is_legible(theme: str, ground: str, text: str) -> None:
    colours = generate.load().theme(theme)
    assert ratio(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("fill", ["recorded", "rejected", "ink"])
def test_button_text_is_legible_on_its_fill(theme: str, fill: str) -> None:
    colours = generate.load().theme(theme)
    assert ratio(colours["paper"], colours[fill]) >= 4.5


def test_css_has_every_token_in_both_themes() -> None:
    css = generate.tokens_css(generate.load())
    for name, values in generate.load().color.items():
        assert css.count(f"--{name}: {values['light']};") == 2
        assert css.count(f"--{name}: {values['dark']};") == 2
    for name in ("--font-12", "--font-28", "--space", "--corner", "--motion"):
        assert f"{name}:" in css


def test_check_tells_and_writing_mends(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("size", mark.SIZES)
def test_every_shape_stays_inside_its_square(size: int) -> None:
    paths = [mark.sector(size, kind) for kind in mark.SECTOR_KINDS]
    paths += [mark.glyph(size, state) for state in mark.STATES]
    for path in paths:
        for command, values in path:
            if command != "C":
                assert all(-0.01 <= value <= size + 0.01 for value in values)


def test_states_differ_by_shape_alone() -> None:
    shapes = {generate.path_data(mark.glyph(16, state)) for state in mark.STATES}
    assert len(shapes) == len(mark.STATES)
