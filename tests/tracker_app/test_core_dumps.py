"""A process that dies leaves nothing of its memory on the disk, and can still be looked at by its owner's programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.foundation import core_dumps as of_server
from tracker_app import core_dumps

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limit of Linux")
PROGRAM = """
import os, resource, signal, sys
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
from {room} import core_dumps
if "plain" not in sys.argv:
    assert core_dumps.keep_none()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], os.stat("/proc/self/io").st_uid, flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""


def died(room: str, *words: str, cwd: Path) -> list[int]:
    """Let a process die; the limit that it had, and whose its /proc is."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    program = [sys.executable, "-c", PROGRAM.format(room=room), *words]
    ended = subprocess.run(program, cwd=cwd, env=env, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == -signal.SIGSEGV, ended.stderr
    return [int(word) for word in ended.stdout.split()]


def dumps(folder: Path) -> list[Path]:
    return [*folder.glob("core*")]


@pytest.mark.parametrize("room", ["tracker_app", "marketplace.foundation"])
def test_a_process_that_dies_leaves_no_dump(room: str, tmp_path: Path) -> None:
    limit, owner = died(room, cwd=tmp_path)
    assert limit in (0, 1), "1: not even a program that takes dumps is asked"
    assert owner == os.geteuid(), "portals and meters of the same user can look at it"
    assert dumps(tmp_path) == []
    if Path("/proc/sys/kernel/core_pattern").read_text().strip() == "core" and died(room, "plain", cwd=tmp_path)[0]:
        assert dumps(tmp_path), "this test could fail"


@pytest.mark.parametrize("module", [core_dumps, of_server])
def test_systems_without_such_limits_are_left_alone(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not module.keep_none()  # type: ignore[attr-defined]
