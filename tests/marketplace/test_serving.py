"""The embedded marketplace as a process: one at a time, clear lines, a clean stop; the sample and its token."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from marketplace import preflight, serving
from marketplace.__main__ import main
from tests.support.postgres import throwaway_cluster
from worktime.errors import FairhourError

WAIT_S = 60


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "marketplace", *arguments],
        env=environment_of(home, **environment),
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )


def environment_of(home: Path, **more: str) -> dict[str, str]:
    # On SQLite whatever the tests run on: this is about the embedded marketplace.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRHOUR_", "DJANGO_"))}
    return {**kept, "FAIRHOUR_MARKETPLACE_HOME": str(home), **more}


class Server:
    """A marketplace that serves in a process of its own."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "marketplace", "serve", "--port", "0"],
            env=environment_of(home, **environment),
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for(lambda: (home / "address").exists() or self.process.poll() is not None)
        assert self.process.poll() is None, self.process.communicate()
        self.address = (home / "address").read_text()

    def request(self, path: str, data: Any = None, **headers: str) -> tuple[int, Any]:
        """Return status and JSON; ``data`` is sent as a form, or as it is when it is bytes."""
        body = urllib.parse.urlencode(data).encode() if isinstance(data, dict) else data
        asked = urllib.request.Request(self.address + path, body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; return the exit status and what was logged."""
        self.process.send_signal(number)
        _, logged = self.process.communicate(timeout=WAIT_S)
        return self.process.returncode, logged


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample in it."""
    folder = tmp_path_factory.mktemp("marketplace")
    done = run(folder, "sample", FAIRHOUR_SAMPLE="1")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    started = Server(home, FAIRHOUR_SAMPLE="1")
    yield started
    if started.process.poll() is None:
        started.stop()


def test_serves_and_stops_cleanly(server: Server) -> None:
    assert server.request("/api/v1/health") == (200, {"ok": True, "v": 1})
    status, logged = server.stop()
    assert status == 0
    assert "Traceback" not in logged
    assert "has stopped" in logged
    assert not (server.home / "address").exists()


def test_stops_on_ctrl_c(server: Server) -> None:
    status, logged = server.stop(signal.SIGINT)
    assert (status, "Traceback" in logged) == (0, False)


@pytest.mark.parametrize("command", ["serve", "sample", "migrate"])
def test_a_second_process_is_refused_in_one_line(server: Server, command: str) -> None:
    done = run(server.home, command, FAIRHOUR_SAMPLE="1")
    assert done.returncode == 1
    assert done.stderr.startswith("Already running: ")
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_one_line(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(home, "serve", "--port", str(port), FAIRHOUR_SAMPLE="1")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"Address not free: Cannot listen on 127.0.0.1 port {port}")
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file" / "below", "migrate")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_the_samples_token_is_an_ordinary_one(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "token.json"
    arguments = ("sample", "--token-file", str(file), "--server", "http://127.0.0.1:1")
    assert run(home, *arguments, FAIRHOUR_SAMPLE="1").returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    handed = json.loads(file.read_text())
    assert (handed["server"], handed["client_id"]) == ("http://127.0.0.1:1", "fairhour-tracker")
    server = Server(home, FAIRHOUR_SAMPLE="1")
    form = {"grant_type": "refresh_token", "refresh_token": handed["refresh_token"], "client_id": "fairhour-tracker"}
    status, token = server.request("/identity/o/api/token", form)
    assert status == 200
    status, jobs = server.request("/api/v1/jobs", Authorization=f"Bearer {token['access_token']}")
    assert (status, jobs["person"]) == (200, "Sample freelancer")
    assert {(job["title"], job["rate_minor"], job["authorized_s"], job["ready"]) for job in jobs["jobs"]} == {
        ("Website redesign", 3000, 108_000, True),
        ("Data import", 4500, 36_000, True),
    }
    # It was replaced, and its successor has arrived: whoever shows it now has a copy, and the sign-in ends.
    assert server.request("/identity/o/api/token", form)[0] == 400
    assert server.request("/api/v1/jobs", Authorization=f"Bearer {token['access_token']}")[0] == 401
    assert server.stop()[0] == 0


def test_a_token_file_that_is_there_is_kept(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "token.json"
    file.write_text("kept")
    done = run(home, "sample", "--token-file", str(file), FAIRHOUR_SAMPLE="1")
    assert (done.returncode, file.read_text()) == (1, "kept")
    assert done.stderr.startswith("Token file exists: ")


def test_no_sample_accounts_outside_of_the_sample_mode(tmp_path: Path) -> None:
    done = run(tmp_path / "refused", "sample")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Not in the sample mode: ")
    assert not (tmp_path / "refused").exists()


def test_sample_accounts_are_served_in_the_sample_mode_only(home: Path) -> None:
    done = run(home, "serve", "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Sample accounts in the database: ")
    assert "staff@example.test" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "fairhour.example.test"])
def test_the_sample_mode_is_served_to_this_machine_alone(tmp_path: Path, host: str) -> None:
    done = run(tmp_path, "serve", "--host", host, "--port", "0", FAIRHOUR_SAMPLE="1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Sample mode stays on this machine: ")


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("", False), ("::", False)]
)
def test_which_hosts_are_this_machine(host: str, loopback: bool) -> None:
    assert preflight.is_loopback(host) is loopback


def test_another_clock_in_earnest_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--port", "0", FAIRHOUR_CLOCK="1:2:60")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Clock refused: ")


def test_the_control_route_steps_a_real_server(server: Server) -> None:
    key = (server.home / "control.key").read_text()
    to = int(time.time()) + 10 * 86_400
    headers = {"Content-Type": "application/json"}
    assert server.request("/api/v1/control/clock", json.dumps({"to": to}).encode(), **headers)[0] == 404
    headers["X-Control-Key"] = key
    status, answer = server.request("/api/v1/control/clock", json.dumps({"to": to}).encode(), **headers)
    assert (status, to <= answer["now"] < to + WAIT_S) == (200, True)


def test_files_of_the_home_are_the_owners_alone(home: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert {name for name, mode in modes.items() if mode & 0o077} == set()


def test_a_clock_worker_stops_cleanly_on_postgresql_and_is_refused_without(home: Path, tmp_path: Path) -> None:
    done = run(home, "clock")
    assert (done.returncode, done.stderr.startswith("Nothing to run: ")) == (1, True)
    with throwaway_cluster() as dsn:
        assert run(tmp_path, "migrate", FAIRHOUR_DATABASE_URL=dsn).returncode == 0
        worker = subprocess.Popen(
            [sys.executable, "-m", "marketplace", "clock"],
            env=environment_of(tmp_path, FAIRHOUR_DATABASE_URL=dsn, PYTHONUNBUFFERED="1"),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert worker.stderr is not None
        assert "clock runs" in worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        _, logged = worker.communicate(timeout=WAIT_S)
    assert (worker.returncode, "Traceback" in logged, "has stopped" in logged) == (0, False, True)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_sqlite_versions_with_the_wal_reset_bug(version: tuple[int, ...], affected: bool) -> None:
    assert serving.has_wal_reset_bug(version) is affected


def test_the_lock_is_free_again_after_its_owner(tmp_path: Path) -> None:
    with serving.alone(tmp_path), pytest.raises(FairhourError, match="already_running"), serving.alone(tmp_path):
        pass
    with serving.alone(tmp_path):
        pass


def test_wrong_arguments_exit_with_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "usage" in capsys.readouterr().err
