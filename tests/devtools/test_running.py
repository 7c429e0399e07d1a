"""`dev.py run` follows two programs and stops them in order. They are small stand-ins, but real processes."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devtools import processes, running
from devtools.console import ROOT, UserError
from devtools.following import Program
from worktime import tracking_values

MARKETPLACE = """
import http.server, os, signal, sys
from pathlib import Path
if sys.argv[1] == "sample":
    Path(sys.argv[sys.argv.index("--token-file") + 1]).write_text("{}")
    sys.exit(int(os.environ.get("SAMPLE_STATUS", "0")))
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/api/v1/health" else 404); self.end_headers()
    def log_message(self, *args): pass
def end(*_):
    with open(os.environ["STORY"], "a") as story: story.write("marketplace\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
if os.environ.get("MARKET_DIES") or os.path.exists(os.environ["STORY"] + ".broken"):
    print("the database is locked"); sys.exit(3)
print("serving", flush=True)
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Health)
with open(os.environ["STORY"] + ".pid", "w") as out: out.write(str(os.getpid()))
server.serve_forever()
"""
TRACKER = """
import json, os, signal, sys, time
def end(*_):
    with open(os.environ["STORY"], "a") as story: story.write("tracker\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
with open(os.environ["STORY"] + ".starts", "a") as starts: starts.write("tracker\\n")
with open(os.environ["STORY"] + ".env", "w") as out: json.dump(dict(os.environ), out)
if "TRACKER_STATUS" in os.environ:
    print("first\\nlast words"); sys.exit(int(os.environ["TRACKER_STATUS"]))
os.unlink(os.environ["FAIRHOUR_TOKEN_FILE"])
while True: signal.pause()
"""
# The same entry as dev.py's, on the stand-ins.
DRIVER = """
import os, sys
from pathlib import Path
from devtools import environment, following, running, verbs
here = Path(sys.argv[1])
following.RESTART_PAUSE_S = 0.1
following.WITHIN_S = float(os.environ.get("WITHIN_S", following.WITHIN_S))
running.ROOT, running.DATA = here, here / ".fairhour"
environment.ensure = lambda *_: None
environment.python = lambda: Path(sys.executable)
sys.exit(verbs.main(["run", *sys.argv[2:]]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """A `dev.py run` of the stand-ins in its own folder."""

    def __init__(self, folder: Path, name: str = "first") -> None:
        self.folder = folder
        self.port = free_port()
        self.story = folder / f"{name}-story"
        self.output = folder / f"{name}-output"
        self.process: processes.Process | None = None

    def start(self, *options: str, **env: str) -> None:
        command = [sys.executable, "-c", DRIVER, str(self.folder), "--port", str(self.port), *options]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, "DISPLAY": ":0", "PYTHONPATH": str(ROOT), "STORY": str(self.story), **env},
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, words: str) -> None:
        assert processes.wait_until(lambda: words in self.said(), 20), self.said()

    def wait(self) -> int:
        assert self.process is not None
        return self.process.wait(20)

    def market_pid(self) -> int:
        return int(self.beside_story("pid").read_text())

    def kill_market(self) -> None:
        os.kill(self.market_pid(), signal.SIGKILL)

    def wait_until_back(self, times: int) -> None:
        assert processes.wait_until(lambda: self.said().count("The marketplace is back") == times, 20), self.said()

    def beside_story(self, suffix: str) -> Path:
        return self.story.with_name(f"{self.story.name}.{suffix}")

    def tracker_env(self) -> dict[str, str]:
        path = self.beside_story("env")
        assert processes.wait_until(lambda: path.exists() and path.read_text().endswith("}"), 20)
        return dict(json.loads(path.read_text()))


@pytest.fixture
def stand_ins(tmp_path: Path) -> Iterator[Run]:
    for name, text in (("marketplace", MARKETPLACE), ("tracker_app", TRACKER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "__main__.py").write_text(text)
    made = Run(tmp_path)
    yield made
    if made.process is not None:
        processes.stop(made.process)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_the_tracker_before_the_marketplace(stand_ins: Run, ending: signal.Signals) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    stand_ins.tracker_env()
    assert stand_ins.process is not None
    stand_ins.process.send_signal(ending)
    assert stand_ins.wait() == 0
    assert stand_ins.story.read_text().split() == ["tracker", "marketplace"]


def test_it_says_where_and_who(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    said = stand_ins.said()
    assert f"http://127.0.0.1:{stand_ins.port}/" in said
    for role in ("freelancer", "client", "staff"):
        assert f"{role}@example.test   password fairhour-sample" in said


def test_it_says_how_to_stay_awake_where_mails_are_and_how_to_ask_the_tracker(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    said = stand_ins.said()
    assert "Without input the tracker pauses after 24 minutes: move the mouse" in said
    assert "FAIRHOUR_HOME=.fairhour/tracker .venv/bin/fairhour status\n" in said
    assert "Mails: .fairhour/marketplace/mail/\n" in said


def test_on_a_desktop_of_its_own_it_says_how_to_move_the_mouse_there(stand_ins: Run) -> None:
    stand_ins.start("--fast", DISPLAY="", WAYLAND_DISPLAY="")
    stand_ins.wait_for("Ctrl-C stops everything")
    display = stand_ins.tracker_env()["DISPLAY"]
    wanted = f"pauses after 24 business minutes (24 s): DISPLAY={display} xdotool mousemove 300 300\n"
    assert wanted in stand_ins.said()
    assert "Mails: .fairhour/fast/marketplace/mail/\n" in stand_ins.said()


def test_the_pause_is_that_of_the_tracker() -> None:
    assert running.IDLE_S == tracking_values.IDLE_S


def test_the_status_command_is_that_of_the_system() -> None:
    home = Path("data", "tracker")
    assert running.status_command(home, windows=False) == f"FAIRHOUR_HOME={home} .venv/bin/fairhour status"
    assert running.status_command(home, windows=True).startswith(f"$env:FAIRHOUR_HOME='{home}'; .venv\\Scripts")


def test_the_tracker_is_told_its_home_server_and_token(stand_ins: Run) -> None:
    stand_ins.start()
    env = stand_ins.tracker_env()
    home = stand_ins.folder / ".fairhour" / "tracker"
    assert env["FAIRHOUR_HOME"] == str(home)
    assert env["FAIRHOUR_SERVER"] == f"http://127.0.0.1:{stand_ins.port}"
    assert Path(env["FAIRHOUR_TOKEN_FILE"]) == home / "handover.json"
    assert "FAIRHOUR_CLOCK" not in env
    assert home.stat().st_mode & 0o777 == 0o700


def test_fast_means_a_clock_for_both_and_fresh_data(stand_ins: Run) -> None:
    old = stand_ins.folder / ".fairhour" / "fast" / "tracker" / "old"
    old.parent.mkdir(parents=True)
    old.touch()
    stand_ins.start("--fast")
    stand_ins.wait_for("a slot passes in 12 s")
    env = stand_ins.tracker_env()
    assert env["FAIRHOUR_CLOCK"].endswith(":60")
    assert not old.exists()


def test_a_port_in_use_is_one_line(stand_ins: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", stand_ins.port))
        taken.listen()
        stand_ins.start()
        assert stand_ins.wait() == 1
    assert f"Port {stand_ins.port} is in use" in stand_ins.said()
    assert "Traceback" not in stand_ins.said()


@pytest.mark.parametrize("options", [[], ["--fast"]])
def test_a_second_run_on_the_same_data_is_refused_before_it_touches_them(stand_ins: Run, options: list[str]) -> None:
    stand_ins.start(*options)
    stand_ins.wait_for("Ctrl-C stops everything")
    kept = stand_ins.folder / ".fairhour" / Path(*(["fast"] if options else [])) / "tracker" / "kept"
    kept.touch()
    second = Run(stand_ins.folder, "second")
    second.start(*options, DISPLAY="", WAYLAND_DISPLAY="")
    assert second.wait() == 1
    assert stand_ins.process is not None
    holder = f"http://127.0.0.1:{stand_ins.port}/, process {stand_ins.process.pid}"
    assert second.said().strip() == f"Fairhour is already running here ({holder}): stop it first."
    assert kept.exists()


def test_a_run_that_was_killed_leaves_no_lock(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    assert stand_ins.process is not None
    stand_ins.process.kill()
    stand_ins.process.wait()
    stand_ins.port = free_port()
    stand_ins.start(TRACKER_STATUS="0")
    assert stand_ins.wait() == 0


def test_a_tracker_that_dies_is_named_with_its_last_words(stand_ins: Run) -> None:
    stand_ins.start(TRACKER_STATUS="4")
    assert stand_ins.wait() == 1
    assert "The tracker ended with status 4. Its last lines:\n    first\n    last words" in stand_ins.said()
    assert stand_ins.story.read_text().split() == ["marketplace"]


def test_a_killed_marketplace_is_started_again_while_the_tracker_goes_on(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    stand_ins.tracker_env()
    first = stand_ins.market_pid()
    stand_ins.kill_market()
    stand_ins.wait_until_back(1)
    assert "The marketplace ended with status -9. Its last lines:\n    serving\n" in stand_ins.said()
    assert "Starting the marketplace again, on the same port" in stand_ins.said()
    assert stand_ins.market_pid() != first
    assert running.healthy(f"http://127.0.0.1:{stand_ins.port}")
    assert stand_ins.process is not None
    stand_ins.process.send_signal(signal.SIGINT)
    assert stand_ins.wait() == 0
    assert stand_ins.beside_story("starts").read_text().split() == ["tracker"]
    assert stand_ins.story.read_text().split() == ["tracker", "marketplace"]


def test_a_marketplace_that_keeps_ending_is_given_up(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    stand_ins.tracker_env()
    for times in (1, 2):
        stand_ins.kill_market()
        stand_ins.wait_until_back(times)
    stand_ins.kill_market()
    assert stand_ins.wait() == 1
    assert "The marketplace ended 3 times within a minute. The marketplace ended with status -9." in stand_ins.said()
    assert stand_ins.story.read_text().split() == ["tracker"]


def test_ends_that_lie_far_apart_are_not_counted_together(stand_ins: Run) -> None:
    stand_ins.start(WITHIN_S="0")
    stand_ins.wait_for("Ctrl-C stops everything")
    for times in (1, 2, 3):
        stand_ins.kill_market()
        stand_ins.wait_until_back(times)


def test_a_marketplace_that_does_not_start_again_is_named_with_its_new_words(stand_ins: Run) -> None:
    stand_ins.start()
    stand_ins.wait_for("Ctrl-C stops everything")
    stand_ins.tracker_env()
    stand_ins.beside_story("broken").touch()
    stand_ins.kill_market()
    assert stand_ins.wait() == 1
    assert "The marketplace did not start again:\n    the database is locked" in stand_ins.said()
    assert stand_ins.story.read_text().split() == ["tracker"]


def test_quitting_the_tracker_ends_the_run_well(stand_ins: Run) -> None:
    stand_ins.start(TRACKER_STATUS="0")
    assert stand_ins.wait() == 0
    assert "The tracker was quit" in stand_ins.said()


def test_a_marketplace_that_does_not_start_is_named(stand_ins: Run) -> None:
    stand_ins.start(MARKET_DIES="1")
    assert stand_ins.wait() == 1
    assert "The marketplace did not start:\n    the database is locked" in stand_ins.said()


def test_failing_sample_accounts_are_named(stand_ins: Run) -> None:
    stand_ins.start(SAMPLE_STATUS="2")
    assert stand_ins.wait() == 1
    assert "The sample accounts could not be made:\n    (it said nothing; is the disk full?)" in stand_ins.said()


def test_a_program_that_was_killed_in_silence_is_no_sign_of_a_full_disk(tmp_path: Path) -> None:
    program = Program("marketplace", ["sleep", "60"], {}, cwd=tmp_path, log=tmp_path / "log")
    program.process.kill()
    program.process.wait()
    assert program.epitaph().endswith("status -9. Its last lines:\n    (it said nothing)")


def test_too_little_space_is_one_line_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "DATA", tmp_path / ".fairhour")
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 199_000_000}))
    with pytest.raises(UserError, match=r"^The disk is full: Fairhour needs 200 MB in .*fairhour, 199 MB are free\."):
        running.run(port=1, fast=True)
    assert list((tmp_path / ".fairhour").iterdir()) == []


def test_without_a_display_it_makes_one_and_says_so(stand_ins: Run) -> None:
    stand_ins.start(DISPLAY="", WAYLAND_DISPLAY="")
    stand_ins.wait_for("Ctrl-C stops everything")
    env = stand_ins.tracker_env()
    assert f"Virtual desktop {env['DISPLAY']} is up" in stand_ins.said()
    assert "To look at it" in stand_ins.said()


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 3, 6, 9, tzinfo=UTC), datetime(2026, 3, 4, 15, tzinfo=UTC)),
        (datetime(2026, 3, 4, 14, 59, tzinfo=UTC), datetime(2026, 2, 25, 15, tzinfo=UTC)),
        (datetime(2026, 3, 4, 15, tzinfo=UTC), datetime(2026, 3, 4, 15, tzinfo=UTC)),
        (datetime(2026, 3, 3, 23, tzinfo=UTC), datetime(2026, 2, 25, 15, tzinfo=UTC)),
    ],
)
def test_the_fast_clock_begins_in_the_middle_of_a_past_week(now: datetime, begins: datetime) -> None:
    clock = running.fast_clock(now, mono_ns=5_000)
    assert clock.datetime_at(5_000) == begins
    assert clock.datetime_at(5_000 + 1_000_000_000).timestamp() == begins.timestamp() + 60


def test_a_missing_program_of_the_check_desktop_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devtools.environment.ensure", lambda _: None)
    monkeypatch.setattr("devtools.desktop.NEEDED_PROGRAMS", ("no-such-program",))
    with pytest.raises(UserError, match="needs no-such-program"):
        running.check(None)


def test_the_check_passes_its_status_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devtools.environment.ensure", lambda _: None)
    # `/bin/sh -m tests.e2e.check ...` can't open that file: status 2 or 127, never 0.
    monkeypatch.setattr("devtools.environment.python", lambda: Path("/bin/false"))
    assert running.check("no-idle") == 1
