"""`dev.py run`, `run --check` and `screenshots`: which programs run, where their data lies, how they stop.

What the check and the pictures do is in tests/e2e; accounts and jobs are made by the marketplace's `sample` command.
"""

import contextlib
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from devtools import environment, processes
from devtools.alone import alone
from devtools.console import ROOT, UserError, say
from devtools.desktop import has_display, virtual_desktop
from worktime.business_clock import ClockOrigin

DATA = ROOT / ".fairhour"
HOST = "127.0.0.1"
FAST_RATE = 60
START_TIMEOUT_S = 60.0
FOLLOW_EVERY_S = 0.2
LAST_LINES = 15
# Of the sample accounts only, and printed.
PASSWORD = "fairhour-sample"  # noqa: S105
ACCOUNTS = ("freelancer", "client", "staff")


@dataclass
class Program:
    """One of the two programs that `run` follows."""

    name: str
    log: Path
    process: processes.Process

    def last_lines(self) -> str:
        """What it said at the end, indented."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"


def run(*, port: int, fast: bool) -> int:
    """Start marketplace and tracker and follow them until Ctrl-C or until one ends; returns the exit status."""
    with contextlib.ExitStack() as stack:
        # Before anything is touched that a run which is under way works with; beside the folder that --fast empties.
        stack.enter_context(alone(DATA / ("fast.lock" if fast else "run.lock"), f"http://{HOST}:{port}/"))
        environment.ensure(("python", "windows") if has_display() else ("python", "windows", "desktop"))
        _require_free(port)
        data = _fresh(DATA / "fast") if fast else DATA
        env = _environment(data, port, fast=fast)
        if not has_display():
            env.update(_own_desktop(stack))
        try:
            market, tracker = _start_both(stack, data, port, env)
            if tracker.process.poll() is None:
                _introduce(port, data, fast=fast)
            return _follow(market, tracker)
        except KeyboardInterrupt:
            say("\nStopping the tracker, then the marketplace ...")
            return 0
        finally:
            # A second Ctrl-C must not cut the clean stop short.
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def check(plant: str | None) -> int:
    """The whole loop by itself (tests/e2e/check.py), always on a desktop of its own: it types and clicks."""
    arguments = ["tests.e2e.check", "--fast", *(["--plant", plant] if plant else [])]
    return _module_on_own_desktop(arguments)


def screenshots() -> int:
    """Make the pictures of README and docs anew from the running product (tests/e2e/screenshots.py)."""
    return _module_on_own_desktop(["tests.e2e.screenshots"])


def _module_on_own_desktop(arguments: list[str]) -> int:
    environment.ensure(("python", "windows", "desktop", "tests"))
    with contextlib.ExitStack() as stack:
        env = _own_desktop(stack, own_bus=True) if os.name == "posix" else {}
        process = processes.start([str(environment.python()), "-m", *arguments], env=env, output=None, cwd=ROOT)
        stack.callback(processes.stop, process)
        return process.wait()


def _own_desktop(stack: contextlib.ExitStack, *, own_bus: bool = False) -> dict[str, str]:
    desktop = stack.enter_context(virtual_desktop(own_bus=own_bus))
    say(f"Virtual desktop {desktop.display} is up, {desktop.width} x {desktop.height}, with openbox and trayer.")
    say(f"  To look at it: x11vnc -localhost -display {desktop.display}, then any VNC viewer on port 5900.")
    return dict(desktop.env)


def _fresh(folder: Path) -> Path:
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)
    return folder


def _environment(data: Path, port: int, *, fast: bool) -> dict[str, str]:
    """The variables that both programs share; folders are private to the user."""
    for name in ("marketplace", "tracker", "logs"):
        (data / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    env = {
        "FAIRHOUR_SAMPLE": "1",
        "FAIRHOUR_HOME": str(data / "tracker"),
        "FAIRHOUR_MARKETPLACE_HOME": str(data / "marketplace"),
        "FAIRHOUR_SERVER": f"http://{HOST}:{port}",
        "FAIRHOUR_TOKEN_FILE": str(data / "tracker" / "handover.json"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    if fast:
        env["FAIRHOUR_CLOCK"] = fast_clock(datetime.now(UTC), time.monotonic_ns()).encode()
    return env


def fast_clock(now: datetime, mono_ns: int) -> ClockOrigin:
    """A clock 60 times faster that begins on the latest Wednesday, 15:00 UTC: mid-week and day time in New York."""
    begin = now.replace(hour=15, minute=0, second=0, microsecond=0) - timedelta(days=(now.weekday() - 2) % 7)
    if begin > now:
        begin -= timedelta(days=7)
    return ClockOrigin(utc_us=int(begin.timestamp()) * 1_000_000, mono_ns=mono_ns, rate=FAST_RATE)


def _start_both(stack: contextlib.ExitStack, data: Path, port: int, env: dict[str, str]) -> tuple[Program, Program]:
    """Marketplace first; the stack stops them in the opposite order."""
    say("Preparing the marketplace's database and sample accounts ...")
    # Made anew for each start: the tracker reads it once and deletes it.
    handover = Path(env["FAIRHOUR_TOKEN_FILE"])
    handover.unlink(missing_ok=True)
    sample = ["marketplace", "sample", "--token-file", str(handover), "--server", env["FAIRHOUR_SERVER"]]
    prepare = _start(data, "sample", sample, env)
    stack.callback(processes.stop, prepare.process)
    if prepare.process.wait() != 0:
        raise UserError(f"The sample accounts could not be made:\n{prepare.last_lines()}")
    market = _start(data, "marketplace", ["marketplace", "serve", "--host", HOST, "--port", str(port)], env)
    stack.callback(processes.stop, market.process)
    answered = processes.wait_until(
        lambda: market.process.poll() is not None or healthy(env["FAIRHOUR_SERVER"]), START_TIMEOUT_S
    )
    if not answered or market.process.poll() is not None:
        raise UserError(f"The marketplace did not start:\n{market.last_lines()}")
    tracker = _start(data, "tracker", ["tracker_app"], env)
    stack.callback(processes.stop, tracker.process)
    # It has deleted the file once it is signed in.
    processes.wait_until(lambda: tracker.process.poll() is not None or not handover.exists(), START_TIMEOUT_S)
    return market, tracker


def _start(data: Path, name: str, module: list[str], env: dict[str, str]) -> Program:
    log = data / "logs" / f"{name}.log"
    with log.open("wb") as output:
        process = processes.start([str(environment.python()), "-m", *module], env=env, output=output, cwd=ROOT)
    return Program(name, log, process)


def healthy(server: str) -> bool:
    """Whether the marketplace at `server` answers."""
    try:
        with urllib.request.urlopen(f"{server}/api/v1/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _introduce(port: int, data: Path, *, fast: bool) -> None:
    say(f"\nFairhour is running: http://{HOST}:{port}/")
    for role in ACCOUNTS:
        say(f"  {role:<12}{role}@example.test   password {PASSWORD}")
    say("The tracker is in the tray, signed in as the sample freelancer.")
    if fast:
        say(f"Fast clock: {FAST_RATE} times faster, a slot passes in 12 s. The data is fresh at each start.")
    say(f"Data and logs: {data.relative_to(ROOT)}.  Ctrl-C stops everything.")


def _follow(market: Program, tracker: Program) -> int:
    """Wait until one of the two ends by itself."""
    while market.process.poll() is None and tracker.process.poll() is None:
        time.sleep(FOLLOW_EVERY_S)
    if market.process.poll() is None and tracker.process.returncode == 0:
        say("The tracker was quit; stopping the marketplace.")
        return 0
    dead = tracker if tracker.process.poll() is not None else market
    raise UserError(
        f"The {dead.name} ended with status {dead.process.returncode}. Its last lines:\n{dead.last_lines()}"
    )


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        if os.name == "posix":
            # As servers do: a connection that is still closing doesn't count as in use.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UserError(
                f"Port {port} is in use: stop the program that has it, or choose one with --port."
            ) from error
