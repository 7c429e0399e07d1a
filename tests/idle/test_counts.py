"""Keys and clicks by pynput on a real X server with injected input: counts, and nothing of what was typed."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

import idle
from devtools import processes
from idle import Counts
from tests.support.xserver import XServer, x_server

# In a process of its own: pynput connects to $DISPLAY while it is imported, once and for all.
COUNT = """
import sys, idle
counts = idle.open_counts()
print(counts.name, counts.problem is None, flush=True)
for line in sys.stdin:
    if line == "close\\n":
        counts.close()
        counts.close()
    taken = counts.take()
    known = {name: value for name, value in vars(counts).items() if name not in ("_lock", "_listeners")}
    print(taken.keys, taken.clicks, counts.problem.code if counts.problem else None, sorted(known.values()), flush=True)
"""


class Counter:
    """The counting process, asked line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, order: str = "take") -> list[str]:
        assert self.process.stdin is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.line().split(maxsplit=3)


@pytest.fixture
def server() -> Iterator[XServer]:
    with x_server() as made:
        yield made


def counting_on(env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", COUNT],
        env={**os.environ, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def wait_until_it_listens(counter: Counter, server: XServer) -> None:
    """Type and click until both arrive, then until none is left under way."""
    seen = [0, 0]

    def heard() -> bool:
        server.run("xdotool", "key", "a", "click", "1")
        keys, clicks, *_ = counter.ask()
        seen[0] += int(keys)
        seen[1] += int(clicks)
        return all(seen)

    assert processes.wait_until(heard, 20)
    assert processes.wait_until(lambda: counter.ask()[:2] == ["0", "0"], 20)


def test_presses_and_clicks_are_counted_and_nothing_else_is_known(server: XServer) -> None:
    with counting_on(server.env) as process:
        counter = Counter(process)
        assert counter.line() == "pynput True"
        wait_until_it_listens(counter, server)
        server.run("xdotool", "key", "s", "key", "e", "key", "c")
        server.run("xdotool", "click", "1", "mousemove_relative", "5", "5", "click", "3")
        total = [0, 0]

        def all_there() -> bool:
            keys, clicks, problem, known = counter.ask()
            total[0] += int(keys)
            total[1] += int(clicks)
            assert (problem, known) == ("None", "[0, 0]")
            return total == [3, 2]

        assert processes.wait_until(all_there, 10), total
        assert counter.ask("close")[:2] == ["0", "0"]
        server.run("xdotool", "key", "x", "click", "1")
        assert processes.wait_until(lambda: counter.ask()[2] == "counts_unavailable", 10)
        assert counter.ask()[:2] == ["0", "0"]
        process.stdin.close()  # type: ignore[union-attr]
        assert process.wait(20) == 0


def test_the_end_of_the_x_server_is_a_problem_and_not_the_end_of_the_tracker(server: XServer) -> None:
    with counting_on(server.env) as process:
        counter = Counter(process)
        counter.line()
        wait_until_it_listens(counter, server)
        server.process.kill()
        server.process.wait()
        assert processes.wait_until(lambda: counter.ask()[2] == "counts_unavailable", 20)
        counter.ask("close")
        process.stdin.close()  # type: ignore[union-attr]
        assert process.wait(20) == 0


def test_a_dead_display_is_a_problem() -> None:
    with counting_on({"DISPLAY": ":4000", "WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": "x11"}) as process:
        counter = Counter(process)
        assert counter.line() == "none False"
        assert counter.ask()[:3] == ["0", "0", "counts_unavailable"]
        process.stdin.close()  # type: ignore[union-attr]


def test_wayland_says_that_it_hides_input() -> None:
    counts = idle.open_counts(env={"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, system="linux")
    assert counts.name == "none"
    assert counts.problem is not None
    assert "Wayland" in counts.problem.message
    assert counts.take() == Counts(0, 0)
    counts.close()
