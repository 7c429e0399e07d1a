"""The idle harness, shortened: on X11, with seconds instead of half a minute, and with a bug that it must find."""

from __future__ import annotations

import pytest

from tests.harness.idle import __main__ as harness
from tests.support import wayland


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "WORK_S", 1.0)


def test_idle_is_found_within_two_seconds_of_the_threshold() -> None:
    figures = harness.run("x11", 4)
    assert figures["ok"], figures
    assert figures["source"] == "x11"


def test_a_threshold_that_comes_too_early_is_found() -> None:
    assert not harness.run("x11", 4, "touchy")["ok"]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(wayland.PROGRAMS, "sway", ("no-such-program",))
    assert harness.main(["--on", "sway"]) == 2
    assert "no-such-program" in capsys.readouterr().err
