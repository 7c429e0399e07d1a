"""The benchmark of the footprint sees what it says it sees; a slot of seconds, and without a word about the product."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.footprint import __main__ as footprint
from benchmarks.footprint.meter import Meter, Watch, cpu_s, family
from devtools.processes import wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")

GREEDY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "kept = bytearray(40 << 20); print(flush=True); input()"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
print(flush=True)
input()
with open(sys.argv[1], "wb") as file:
    file.write(bytes(1 << 20))
    os.fsync(file.fileno())
ends = time.process_time() + 0.3
while time.process_time() < ends:
    pass
for _ in range(50):
    time.sleep(0.001)
print(flush=True)
input()
"""
GOOD = {**footprint.TARGETS, "pictures_idle": 1, "pictures_busy": 1}


@pytest.fixture
def greedy() -> Iterator[subprocess.Popen[str]]:
    path = Path.cwd() / "build" / "greedy"
    path.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-c", GREEDY, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()
    path.unlink(missing_ok=True)


def test_memory_time_bytes_and_wake_ups_are_those_of_the_program_and_its_children(
    greedy: subprocess.Popen[str],
) -> None:
    assert greedy.stdin is not None
    assert greedy.stdout is not None
    greedy.stdout.readline()
    watch = Watch({"greedy": Meter(greedy.pid)}, every_s=0.1)
    watch.begin()
    greedy.stdin.write("go\n")
    greedy.stdin.flush()
    greedy.stdout.readline()
    cost = watch.end()["greedy"]
    assert len(family(greedy.pid)) == 2
    assert cost.pss_mb > 40, "the child has that alone"
    assert cost.peak_mb >= cost.pss_mb
    assert 0.29 < cost.cpu_s < 1.0
    assert cost.written >= 1 << 20
    assert cost.wakes >= 50
    assert cost.cpu_pct == pytest.approx(100 * cost.cpu_s / cost.seconds)


def test_the_time_of_children_that_ended_counts() -> None:
    works = "import time\nwhile time.process_time() < 0.5: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {works!r}]); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        assert wait_until(lambda: cpu_s(process.pid) > 0.25, 20)
        process.kill()


def test_two_short_slots_have_a_picture_each_and_a_figure_for_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # So little time is given that the programs stand only after the slot has begun: the next one is taken then.
    figures = footprint.run(tmp_path, rate=90, starts=1, settle_s=0.1)
    table = capsys.readouterr().out
    assert (figures["pictures_idle"], figures["pictures_busy"]) == (1, 1)
    assert figures["segments_sent"] >= 2
    assert set(footprint.TARGETS) < set(figures)
    assert all(figures[name] > 0 for name in footprint.TARGETS)
    assert figures["cpu_idle_pulses"] == pytest.approx(figures["cpu_idle_pct"] / figures["cpu_pulse_pct"], rel=0.05)
    assert [name in table for name in ("tracker", "bare", "chromium")] == [True] * 3


@pytest.mark.parametrize("worse", [{}, *({name: most + 0.01} for name, most in footprint.TARGETS.items())])
def test_what_is_over_its_target_is_named_and_fails(
    worse: dict[str, float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(footprint, "run", lambda *_: GOOD | worse)
    assert footprint.main([]) == (1 if worse else 0)
    *said, figures = capsys.readouterr().out.splitlines()
    assert all(name in said[-1] for name in worse)
    assert json.loads(figures) == GOOD | worse


def test_a_slot_without_its_picture_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ({"pictures_idle": 0}, {"pictures_busy": 2}):
        monkeypatch.setattr(footprint, "run", lambda *_, wrong=wrong: GOOD | wrong)
        assert footprint.main([]) == 1
