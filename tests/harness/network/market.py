"""The real marketplace of a harness: ``python -m marketplace serve`` in a folder, trackers' tokens, its clock ahead."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.signin import Handover, take_handover
from tests.e2e.stack import ROOT, Stack
from worktime.business_clock import ClockOrigin

BEGAN = int(datetime(2026, 3, 2, 14, 0, tzinfo=UTC).timestamp())
"""A Monday morning in New York; the first second of a slot."""
DAYS = 30
NOW = BEGAN + (DAYS + 1) * 86_400
"""What the marketplace's clock shows when the harness begins to send."""

LATER = NOW + 6 * 3600
"""When its timesheets are asked: after everything has arrived, in the same work week."""


@dataclass
class Market:
    """Prepare it once; start, kill and stop it as often as wanted."""

    home: Path
    extra_env: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clock = ClockOrigin(BEGAN * 1_000_000, time.monotonic_ns())
        quiet = {"FAIRHOUR_LOG_LEVEL": "WARNING", "FAIRHOUR_PICTURE_MB_A_DAY": "100000"}
        self.stack = Stack(self.home, clock, extra_env={**quiet, **self.extra_env})
        self.handovers: list[Handover] = []
        self.last: dict[str, Any] = {}

    def prepare(self, trackers: int = 2) -> None:
        """Make accounts and jobs, and a refresh token for each of the freelancer's trackers."""
        self.stack.prepare()
        self.handovers.append(take_handover(self.home / "token.json"))
        for number in range(1, trackers):
            path = self.home / f"token-{number}.json"
            self._run("marketplace", "sample", "--server", self.stack.address, "--token-file", str(path))
            self.handovers.append(take_handover(path))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.stack.address.rpartition(":")[2])

    def start(self) -> None:
        """Start it, and let its clock show ``NOW`` or later."""
        self.stack.start_marketplace()
        if self.stack.now() < NOW:
            self.stack.step_clock(NOW)

    def kill(self) -> None:
        """End it at once, as a power switch does to a process."""
        process = self.stack.marketplace
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End it orderly."""
        self.stack.stop()

    def serve_with(self, module: str) -> None:
        """Start it through another module from now on: one that plants a wrong design."""
        self.stack._command = lambda _module, *arguments: [sys.executable, "-m", module, *arguments]  # type: ignore[method-assign]

    def holdings(self, *, sweep: bool = False) -> dict[str, Any]:
        """What it holds, read by its own code from its own database and storage (``holdings``), while it is stopped.

        ``sweep``: after its start-up sweep of a day later.
        """
        arguments = [str(LATER), *(["--sweep"] if sweep else [])]
        self.last = json.loads(self._run("tests.harness.network.holdings", *arguments).splitlines()[-1])
        return self.last

    def _run(self, module: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **self.stack.env},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{module} failed: {done.stderr[-2000:]}")
        return done.stdout
