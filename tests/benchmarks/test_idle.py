"""The benchmark of the last input measures what it says; at a quick pace, and without a word about speed."""

from __future__ import annotations

import contextlib
import json
import sys

import pytest

from benchmarks import idle
from devtools.processes import wait_until
from idle.x11 import X11Idle
from tests.support.xserver import x_server

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an X server of its own is Linux's")


def test_it_prints_one_line_of_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert idle.main(["--ticks", "3", "--pace", "0.02"]) in (0, 1)
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(figures) == {
        *("poll_us", "empty_us", "server_us", "x_empty", "x_at_125_hz", "x_1000_to_125_hz"),
        *("day_cpu_s", "empty_day_cpu_s", "ticks"),
    }
    assert figures["ticks"] == 3
    assert all(figures[name] > 0 for name in figures if name != "server_us")


def test_more_than_the_limit_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    good = {"x_empty": 2.0, "x_at_125_hz": 1.4, "x_1000_to_125_hz": 1.1}
    for worse in ({}, {"x_empty": 2.1}, {"x_at_125_hz": 1.6}, {"x_1000_to_125_hz": 1.2}):
        monkeypatch.setattr(idle, "run", lambda *_, worse=worse: good | worse)
        assert idle.main([]) == (1 if worse else 0)


def test_the_pointer_moves_as_long_as_it_is_asked_to() -> None:
    with x_server() as server:
        source = X11Idle(server.display)
        assert wait_until(lambda: source.idle_ms() > 300, 10)
        with idle.moving(server, 125):
            assert wait_until(lambda: source.idle_ms() < 200, 10)
        assert wait_until(lambda: source.idle_ms() > 300, 10)
        source.close()


def test_a_source_that_does_not_answer_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    with pytest.raises(SystemExit, match="not known"):
        idle._poll()


def test_a_part_that_fails_ends_the_benchmark() -> None:
    with x_server() as server, contextlib.ExitStack() as stack:
        broken = idle._start(stack, "poll", server, -10, 0.01)
        broken.kill()
        with pytest.raises(SystemExit, match="ended early"):
            idle._result(broken)
