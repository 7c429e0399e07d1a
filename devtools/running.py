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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from devtools import environment, processes
from devtools.alone import alone
from devtools.console import ROOT, UserError, say
from devtools.desktop import has_display, virtual_desktop
from devtools.following import START_TIMEOUT_S, Program, follow, wait_for_answer
from worktime.business_clock import ClockOrigin

DATA = ROOT / ".fairhour"
HOST = "127.0.0.1"
FAST_RATE = 60
# worktime.tracking_values has it too, which needs more than the standard library; a test holds the two together.
IDLE_S = 1440
# Room for some working days' pictures.
FREE_MB = 200
# Of the sample accounts only, and printed.
PASSWORD = "fairhour-sample"  # noqa: S105
ACCOUNTS = ("freelancer", "client", "staff")


def run(*, port: int, fast: bool) -> int:
    """Start marketplace and tracker and follow them until Ctrl-C or until one ends; returns the exit status."""
    _require_space()
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
            if not tracker.ended():
                _introduce(port, data, fast=fast, own_display="" if has_display() else env["DISPLAY"])
            return follow(market, tracker, lambda: healthy(env["FAIRHOUR_SERVER"]))
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
    """Make the pictures of README and docs anew (tests/e2e/screenshots.py), and the gallery (tests/ui/gallery.py)."""
    return _module_on_own_desktop(["tests.e2e.screenshots"]) or _module_on_own_desktop(["tests.ui.gallery"], scale=2)


def _module_on_own_desktop(arguments: list[str], scale: int = 1) -> int:
    environment.ensure(("python", "windows", "desktop", "tests"))
    with contextlib.ExitStack() as stack:
        env = _own_desktop(stack, own_bus=True, scale=scale) if os.name == "posix" else {}
        process = processes.start([str(environment.python()), "-m", *arguments], env=env, output=None, cwd=ROOT)
        stack.callback(processes.stop, process)
        return process.wait()


def _own_desktop(stack: contextlib.ExitStack, *, own_bus: bool = False, scale: int = 1) -> dict[str, str]:
    desktop = stack.enter_context(virtual_desktop(own_bus=own_bus, scale=scale))
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
        "FAIRHOUR_PUBLIC_URL": f"http://{HOST}:{port}",
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
    prepare = _start(stack, data, "sample", sample, env)
    if prepare.process.wait() != 0:
        raise UserError(f"The sample accounts could not be made:\n{prepare.last_lines()}")
    market = _start(stack, data, "marketplace", ["marketplace", "serve", "--host", HOST, "--port", str(port)], env)
    wait_for_answer(market, lambda: healthy(env["FAIRHOUR_SERVER"]))
    tracker = _start(stack, data, "tracker", ["tracker_app"], env)
    # It has deleted the file once it is signed in.
    processes.wait_until(lambda: tracker.ended() or not handover.exists(), START_TIMEOUT_S)
    return market, tracker


def _start(stack: contextlib.ExitStack, data: Path, name: str, module: list[str], env: dict[str, str]) -> Program:
    command = [str(environment.python()), "-m", *module]
    program = Program(name, command, env, cwd=ROOT, log=data / "logs" / f"{name}.log")
    stack.callback(program.stop)
    return program


def healthy(server: str) -> bool:
    """Whether the marketplace at `server` answers."""
    try:
        with urllib.request.urlopen(f"{server}/api/v1/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _introduce(port: int, data: Path, *, fast: bool, own_display: str) -> None:
    say(f"\nFairhour is running: http://{HOST}:{port}/")
    for role in ACCOUNTS:
        say(f"  {role:<12}{role}@example.test   password {PASSWORD}")
    say("The tracker is in the tray, signed in as the sample freelancer.")
    if fast:
        say(f"Fast clock: {FAST_RATE} times faster, a slot passes in 12 s. The data is fresh at each start.")
    where = data.relative_to(ROOT)
    after = f"{IDLE_S // 60} business minutes ({IDLE_S // FAST_RATE} s)" if fast else f"{IDLE_S // 60} minutes"
    # Nobody's hand is on the mouse of a virtual desktop.
    move = f"DISPLAY={own_display} xdotool mousemove 300 300" if own_display else "move the mouse now and then"
    say(f"Without input the tracker pauses after {after}: {move}")
    say(f"Its state, from another terminal here: {status_command(where / 'tracker', windows=os.name == 'nt')}")
    say(f"Mails: {where / 'marketplace' / 'mail'}{os.sep}")
    say(f"Data and logs: {where}.  Ctrl-C stops everything.")


def status_command(home: Path, *, windows: bool) -> str:
    """What to type at the root to ask the tracker whose data is in `home`; `windows` means PowerShell."""
    if windows:
        return rf"$env:FAIRHOUR_HOME='{home}'; .venv\Scripts\fairhour status"
    return f"FAIRHOUR_HOME={home} .venv/bin/fairhour status"


def _require_space() -> None:
    """Both programs write from the first second on: a full disk is better told before."""
    DATA.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(DATA).free // 1_000_000
    if free < FREE_MB:
        raise UserError(
            f"The disk is full: Fairhour needs {FREE_MB} MB in {DATA}, {free} MB are free. "
            "Free some space and start again."
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
