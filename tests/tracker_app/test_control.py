"""The control socket, with a real socket on both ends."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tracker_app import control
from tracker_app.control import ControlServer, Request
from worktime.errors import FairhourError, failure

JOB = UUID(int=5)
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes have no folder, and no modes")


def refuse_start(request: Request) -> dict[str, Any]:
    if request.do == "start":
        raise failure("no_job", "No such job", "The job is not yours.", "Choose another.")
    return {"did": request.do, "text": request.text, "at": request.at}


def ask(qtbot: QtBot, home: Path, message: dict[str, Any]) -> dict[str, Any]:
    """Ask from another thread, while the event loop of the server's thread runs."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(control.request, home, message)
        qtbot.waitUntil(answer.done, timeout=5000)
        return answer.result()


def test_a_request_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    server = ControlServer(tmp_path, refuse_start)
    answer = ask(qtbot, tmp_path, {"do": "comment", "text": "Zeile\nzwei ü 時間", "at": 7})
    assert answer == {"ok": True, "did": "comment", "text": "Zeile\nzwei ü 時間", "at": 7}
    server.close()


def test_a_refusal_carries_its_problem(qtbot: QtBot, tmp_path: Path) -> None:
    server = ControlServer(tmp_path, refuse_start)
    with pytest.raises(FairhourError) as caught:
        ask(qtbot, tmp_path, {"do": "start", "job": str(JOB)})
    assert caught.value.problem.code == "no_job"
    server.close()


@pytest.mark.parametrize("message", [{"do": 5}, {"do": "stop", "force": True}, {"do": "start", "job": "x"}])
def test_what_is_not_understood_is_refused(qtbot: QtBot, tmp_path: Path, message: dict[str, Any]) -> None:
    server = ControlServer(tmp_path, refuse_start)
    with pytest.raises(FairhourError) as caught:
        ask(qtbot, tmp_path, message)
    assert caught.value.problem.code == "request"
    server.close()


def test_a_comment_that_is_too_long_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    server = ControlServer(tmp_path, refuse_start)
    with pytest.raises(FairhourError, match="501 characters"):
        ask(qtbot, tmp_path, {"do": "comment", "text": "x" * 501})
    server.close()


def test_no_tracker_says_so(tmp_path: Path) -> None:
    with pytest.raises(FairhourError) as caught:
        control.request(tmp_path, {"do": "status"})
    assert caught.value.problem.code == "not_running"


@posix
def test_the_socket_is_its_owners_alone_and_goes_with_the_server(qtbot: QtBot, tmp_path: Path) -> None:
    server = ControlServer(tmp_path, refuse_start)
    path = Path(control.address(tmp_path))
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    server.close()
    assert not path.exists()


def test_a_socket_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    Path(control.address(tmp_path)).touch()
    server = ControlServer(tmp_path, refuse_start)
    assert ask(qtbot, tmp_path, {"do": "show"})["did"] == "show"
    server.close()


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home that the system knows of this account; its path is short, as such homes' are."""
    import pwd

    facts = pwd.getpwuid(os.getuid())
    with TemporaryDirectory(prefix="home-") as home:
        known = pwd.struct_passwd((*facts[:5], home, facts[6]))
        monkeypatch.setattr(pwd, "getpwuid", lambda _uid: known)
        yield Path(home)


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """A data folder whose path is too long for a socket."""
    folder = tmp_path / ("deep" * 25)
    folder.mkdir()
    return folder


@posix
@pytest.mark.parametrize("kind", ["near", "far"])
def test_the_command_line_finds_the_tracker_whatever_its_terminal_says(
    qtbot: QtBot, tmp_path: Path, account: Path, far: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    home = far if kind == "far" else tmp_path
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    server = ControlServer(home, refuse_start)
    assert Path(control.address(home)).is_relative_to(account if kind == "far" else home)
    assert stat.S_IMODE(Path(control.address(home)).stat().st_mode) & 0o077 == 0
    for name, value in {"XDG_RUNTIME_DIR": None, "HOME": "/nonexistent", "TMPDIR": "/var/tmp"}.items():
        monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value)
        assert ask(qtbot, home, {"do": "show"})["did"] == "show"
    server.close()
    assert not Path(control.address(home)).exists()


@posix
def test_the_folder_of_a_long_path_is_its_owners_alone(account: Path, far: Path) -> None:
    folder = Path(control.address(far)).parent
    assert folder.is_relative_to(account)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    with pytest.raises(FairhourError, match="control_folder"):
        control.address(far)


@posix
def test_a_link_in_the_place_of_the_sockets_folder_is_refused(tmp_path: Path, account: Path, far: Path) -> None:
    folder = Path(control.address(far)).parent
    folder.rmdir()
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    folder.symlink_to(own)
    with pytest.raises(FairhourError, match="control_folder"):
        control.address(far)


@posix
def test_a_place_that_cannot_be_made_is_told(account: Path, far: Path) -> None:
    (account / ".local").touch()
    (account / "Library").touch()
    with pytest.raises(FairhourError, match="can't be made"):
        control.address(far)


def test_a_folder_that_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(FairhourError) as caught:
        ControlServer(tmp_path / "missing", refuse_start)
    assert caught.value.problem.code == "control_socket"


@pytest.fixture(params=["socket", "pipe"])
def door(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of listening; Windows' one works here, too."""
    if request.param == "pipe":
        from tracker_app import control_pipe

        monkeypatch.setattr(control, "_door", lambda: control_pipe.Door)
    return str(request.param)


@posix
def test_several_ask_at_once_and_one_asks_twice(qtbot: QtBot, tmp_path: Path, door: str) -> None:
    server = ControlServer(tmp_path, refuse_start)
    with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as other:
        for each in (one, other):
            each.connect(control.address(tmp_path))
            each.settimeout(5)
        one.sendall(b'{"do": "fir')
        other.sendall(b'{"do": "other"}\n')
        with ThreadPoolExecutor(1) as pool:

            def talk() -> list[bytes]:
                said = [other.recv(4096)]
                one.sendall(b'st"}\n')
                said.append(one.recv(4096))
                one.sendall(b'{"do": "again"}\n')
                return [*said, one.recv(4096)]

            answers = pool.submit(talk)
            qtbot.waitUntil(answers.done, timeout=5000)
    assert [json.loads(each)["did"] for each in answers.result()] == ["other", "first", "again"]
    server.close()


@posix
def test_who_never_ends_a_line_is_left(qtbot: QtBot, tmp_path: Path, door: str) -> None:
    server = ControlServer(tmp_path, refuse_start)
    with socket.socket(socket.AF_UNIX) as endless, ThreadPoolExecutor(1) as pool:
        endless.connect(control.address(tmp_path))
        endless.settimeout(5)

        def talk() -> bytes:
            with suppress(BrokenPipeError, ConnectionResetError):
                while True:
                    endless.sendall(bytes(control.MAX_LINE))
            return b"left"

        gone = pool.submit(talk)
        qtbot.waitUntil(gone.done, timeout=10_000)
        assert gone.result() == b"left"
    assert ask(qtbot, tmp_path, {"do": "show"})["did"] == "show"
    server.close()


@posix
def test_who_does_not_take_the_answer_is_left(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_app.control_socket.ANSWER_S", 0.05)
    server = ControlServer(tmp_path, lambda _: {"much": "x" * 5_000_000})
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.connect(control.address(tmp_path))
        deaf.sendall(b'{"do": "show"}\n')
        qtbot.waitUntil(lambda: not server._door._open, timeout=5000)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: True)
    server.close()


@posix
def test_a_place_that_can_not_be_listened_at_is_told(qtbot: QtBot, tmp_path: Path, door: str) -> None:
    Path(control.address(tmp_path)).mkdir()
    with pytest.raises(FairhourError) as caught:
        ControlServer(tmp_path, refuse_start)
    assert caught.value.problem.code == "control_socket"
