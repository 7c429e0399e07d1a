"""The watcher: ``python -m tests.harness.idle.watcher THRESHOLD_S POLL_S``. Prints ``{"source": ...}`` once it records,

then ``{"paused_ns": ..., "cause": ...}`` when it has paused; ends with its input. Instants are of the monotonic clock.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from unittest.mock import patch

import idle
from tests.tracker_app.fakes import JOB, FakeCamera, FakeListener, FakeRecord
from tracker_app.clock import TrackerClock
from tracker_app.input_probe import Probe
from tracker_app.recorder import Recorder

LONGEST_S = 120.0


@contextlib.contextmanager
def threshold(seconds: int) -> Iterator[None]:
    """Let the state machine find idle after ``seconds`` instead of 24 minutes."""
    with contextlib.ExitStack() as stack:
        for module in ("tracking", "tracking_slots", "tracking_quiet"):
            stack.enter_context(patch(f"worktime.{module}.IDLE_S", seconds))
        yield


def watch(threshold_s: int, poll_s: float) -> dict[str, object]:
    """Record until the recorder pauses by itself; returns when it did and why."""
    clock = TrackerClock()
    source = idle.open_source()
    probe = Probe(clock, lambda: source)
    probe.open_soon().join()
    record = FakeRecord()
    recorder = Recorder(clock=clock, record=record, probe=probe, camera=FakeCamera(), listener=FakeListener(record))
    recorder.start(JOB, work_view=True)
    said = probe.problem.message if probe.problem else None
    print(json.dumps({"source": source.name, "problem": said}), flush=True)
    give_up = time.monotonic() + LONGEST_S
    next_s = 0.0
    with threshold(threshold_s):
        while recorder.paused is None and time.monotonic() < give_up:
            # As tracker_app.tracker does with its timer; a poll of more than a second is the planted bug.
            time.sleep(max(0.0, clock.real_s_until(clock.tick_second() + clock.tick_s), next_s - time.monotonic()))
            recorder.tick()
            next_s = time.monotonic() + (poll_s if poll_s > 1 else 0)
    paused_ns = time.monotonic_ns()
    source.close()
    return {"paused_ns": paused_ns, "cause": str(recorder.paused.cause) if recorder.paused else None}


if __name__ == "__main__":
    print(json.dumps(watch(int(sys.argv[1]), float(sys.argv[2]))), flush=True)
