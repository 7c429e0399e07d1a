"""What the check's exit status says: right, wrong, or not found out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e import check, desks
from tests.e2e.check import EXPECTED, Arrivals
from worktime.slots import SLOT_S


def judged(monkeypatch: pytest.MonkeyPatch, figures: dict[str, Any], *, tile_s: float = 1.0) -> int:
    """Run the check with a loop that finds these figures."""

    def run_check(
        _home: Path, found: dict[str, Any], arrivals: Arrivals, _plant: str | None, _desk: desks.Desk
    ) -> None:
        found |= figures
        arrivals.tile_s[SLOT_S] = tile_s

    monkeypatch.setattr(check, "run_check", run_check)
    return check.main(["--fast"])


def test_it_is_right_only_if_every_figure_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(monkeypatch, EXPECTED) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == EXPECTED
    for name in EXPECTED:
        assert judged(monkeypatch, EXPECTED | {name: 7}) == 1
        assert f"WRONG: {name} is 7" in capsys.readouterr().out
    assert judged(monkeypatch, EXPECTED, tile_s=5.1) == 1
    assert "came after 5.1 s" in capsys.readouterr().out


def test_a_loop_that_breaks_has_found_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise TypeError("the plant does not fit any more")

    monkeypatch.setattr(check, "run_check", broken)
    assert check.main(["--fast", "--plant", "no-reject"]) == 2
    assert "the plant does not fit any more" in capsys.readouterr().err


def test_where_input_is_told_later_the_figures_must_fit_each_other() -> None:
    assert check.expected(desks.X11, EXPECTED) == EXPECTED
    assert check.expected(desks.X11, EXPECTED | {"tracked_s": 3599}) == EXPECTED
    assert check.expected(desks.SWAY, EXPECTED | {"tracked_s": 3600}) == EXPECTED
    assert check.expected(desks.SWAY, {}) == EXPECTED
    assert check.expected(desks.SWAY, {"tracked_s": 3594}) == EXPECTED | {
        "tracked_s": 3594,
        "idle_s_removed": 1434,
        "after_reject_s": 2874,
        "charged_cents": 2395,
    }


def test_black_pictures_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "marketplace" / "pictures" / "00"
    folder.mkdir(parents=True)
    for name, colours in {"black": (0, 9), "one-colour": (90, 90), "desktop": (0, 200)}.items():
        image = Image.new("RGB", (64, 64), (colours[0],) * 3)
        image.paste((colours[1],) * 3, (0, 0, 32, 64))
        image.save(folder / f"{name}.webp", lossless=True)
    assert desks.black_pictures(tmp_path) == 2
