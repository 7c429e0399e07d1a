"""The product's processes, started as a user's machine starts them, on one fast business clock.

Everything is read as a user or the API reads it: over HTTP, the browser, and the tracker's control socket.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devtools import processes
from sync.client import MarketplaceClient
from sync.secrets import Place, SecretStore
from sync.signin import SignIn, take_handover
from tracker_app.control import request as ask
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "fairhour-sample"
FREELANCER = "freelancer@example.test"
CLIENT = "client@example.test"
STAFF = "staff@example.test"
START_TIMEOUT_S = 90.0


class StackError(Exception):
    """A part of the product did not do what it had to; the text says which, and shows its last lines."""


@dataclass
class Stack:
    """Marketplace and tracker with their folders. ``planted`` runs them through a planted bug (tests/e2e/plants.py)."""

    home: Path
    clock: ClockOrigin
    planted: str | None = None
    extra_env: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    marketplace: processes.Process | None = None
    tracker: processes.Process | None = None

    @property
    def env(self) -> dict[str, str]:
        """What every process of the stack is told."""
        return {
            "FAIRHOUR_SAMPLE": "1",
            "FAIRHOUR_CLOCK": self.clock.encode(),
            "FAIRHOUR_HOME": str(self.home / "tracker"),
            "FAIRHOUR_MARKETPLACE_HOME": str(self.home / "marketplace"),
            "FAIRHOUR_SERVER": self.address,
            "FAIRHOUR_TOKEN_FILE": str(self.home / "token.json"),
            "PYTHONWARNINGS": "default",
            **self.extra_env,
        }

    def now(self) -> float:
        """Business seconds since the epoch, with fractions."""
        return self.clock.us_at(time.monotonic_ns()) / 1e6

    def sleep_until(self, second: float) -> None:
        """Wait for a moment of the business clock (a driver acts at given moments; it waits for no condition)."""
        while (left := second - self.now()) > 0:
            time.sleep(min(left / self.clock.rate, 0.5))

    def prepare(self) -> None:
        """Make the sample accounts that are missing, and new refresh tokens for tracker and client."""
        for name in ("token.json", "client.json"):
            (self.home / name).unlink(missing_ok=True)
        self.address = f"http://127.0.0.1:{_free_port()}"
        files = ["--token-file", str(self.home / "token.json"), "--client-token-file", str(self.home / "client.json")]
        command = self._command("marketplace", "sample", "--server", self.address, *files)
        log = self.home / "sample.log"
        with log.open("wb") as output:
            process = processes.start(command, env=self.env, output=output, cwd=ROOT)
            if process.wait(START_TIMEOUT_S) != 0:
                raise self._broken("the sample accounts were not made", log)

    def start_marketplace(self) -> None:
        """Start the marketplace and wait until it answers."""
        port = self.address.rpartition(":")[2]
        self.marketplace = self._start("marketplace", "marketplace", "serve", "--port", port)
        self.wait(lambda: _answers(self.address + "/api/v1/health"), "the marketplace answers")

    def start_tracker(self, *arguments: str) -> None:
        """Start the tracker, and wait until it is signed in and knows its jobs."""
        self.tracker = self._start("tracker", "tracker_app", *arguments)
        self.wait(lambda: bool(self.status().get("jobs")), "the tracker is signed in and has its jobs")

    def stop(self) -> None:
        """Stop what runs, the tracker first."""
        for process in (self.tracker, self.marketplace):
            if process is not None:
                processes.stop(process)
        self.tracker = self.marketplace = None

    def control(self, **request: object) -> dict[str, Any]:
        """Ask the running tracker through its control socket."""
        return ask(self.home / "tracker", dict(request))

    def status(self) -> dict[str, Any]:
        """The tracker's state; empty while it does not answer."""
        try:
            return self.control(do="status")
        except FairhourError:
            return {}

    def client_api(self) -> MarketplaceClient:
        """The API as the client's own access token opens it."""
        handover = take_handover(self.home / "client.json")
        store = SecretStore()
        store.place = Place.MEMORY
        signin = SignIn(self.address, handover.client_id, store)
        signin.adopt(handover.refresh_token)
        return MarketplaceClient(signin)

    def step_clock(self, to: int) -> None:
        """Move the marketplace's business clock forward to ``to``, as its sample mode allows."""
        key = (self.home / "marketplace" / "control.key").read_text().strip()
        request = urllib.request.Request(
            f"{self.address}/api/v1/control/clock",
            data=json.dumps({"to": to}).encode(),
            headers={"Content-Type": "application/json", "X-Control-Key": key},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()

    def wait(self, condition: Callable[[], bool], what: str, timeout_s: float = START_TIMEOUT_S) -> None:
        """Poll until ``condition`` holds; StackError when a process died or the time is over."""

        def settled() -> bool:
            return condition() or self._dead() is not None

        if not processes.wait_until(settled, timeout_s, 0.05) or not condition():
            name = self._dead() or "tracker"
            raise self._broken(f"waited in vain until {what}", self.home / f"{name}.log")

    def _dead(self) -> str | None:
        running = {"marketplace": self.marketplace, "tracker": self.tracker}
        return next((name for name, p in running.items() if p is not None and p.poll() is not None), None)

    def _start(self, name: str, *command: str) -> processes.Process:
        with (self.home / f"{name}.log").open("ab") as output:
            return processes.start(self._command(*command), env=self.env, output=output, cwd=ROOT)

    def _command(self, module: str, *arguments: str) -> list[str]:
        if self.planted is not None:
            return [sys.executable, "-m", "tests.e2e.plants", self.planted, module, *arguments]
        return [sys.executable, "-m", module, *arguments]

    def _broken(self, what: str, log: Path) -> StackError:
        lines = log.read_text(errors="replace").splitlines()[-25:] if log.exists() else []
        return StackError("\n".join([what, f"last lines of {log.name}:", *lines]))


@contextlib.contextmanager
def running(home: Path, clock: ClockOrigin, planted: str | None = None) -> Iterator[Stack]:
    """A whole stack, prepared and started, stopped at the end."""
    stack = Stack(home, clock, planted)
    try:
        stack.prepare()
        stack.start_marketplace()
        stack.start_tracker()
        yield stack
    finally:
        stack.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
