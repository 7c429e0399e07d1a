"""The C library takes what it is told about memory, and large blocks go back to the system when they are freed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tracker_app import heap

PROGRAM = """
import threading
from tracker_app import heap
assert heap.keep_small()

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

def work():
    # As large as a screenshot, several times, on a thread of its own.
    for _ in range(8):
        blocks = [bytearray(1 << 20) for _ in range(24)]

before = resident()
thread = threading.Thread(target=work)
thread.start()
thread.join()
assert resident() - before < 4 << 20, resident() - before
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's")
def test_what_a_thread_needed_for_a_moment_goes_back() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=30)


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not heap.keep_small()
