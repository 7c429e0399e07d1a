"""The age of the last input on a real X server, with injected input; errors instead of death when it goes."""

import contextlib
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import idle
from devtools.processes import wait_until
from idle.x11 import Line, X11Idle
from tests.support.xserver import XServer, said_round_the_end, x_server
from worktime.errors import FairhourError

ASK_ROUND_THE_END_OF_THE_SERVER = """
import sys
import idle
from worktime.errors import FairhourError

source = idle.open_source()
print(source.idle_ms() >= 0, flush=True)
sys.stdin.readline()
for _ in range(2):
    try:
        source.idle_ms()
    except FairhourError as error:
        print(error.problem.code, flush=True)
"""


@pytest.fixture
def server() -> Iterator[XServer]:
    with x_server() as made:
        yield made


@pytest.mark.parametrize(
    "act",
    [("mousemove_relative", "3", "2"), ("key", "a"), ("click", "1")],
    ids=["pointer", "key", "button"],
)
def test_the_age_grows_until_input_comes(server: XServer, act: tuple[str, ...]) -> None:
    source = X11Idle(server.display)
    assert wait_until(lambda: source.idle_ms() > 400, 10)
    older = source.idle_ms()
    assert wait_until(lambda: source.idle_ms() > older + 50, 10)
    server.run("xdotool", *act)
    assert source.idle_ms() < 350
    source.close()


def test_the_end_of_the_x_server_is_an_error_and_not_the_end_of_the_tracker(server: XServer) -> None:
    assert said_round_the_end(server, ASK_ROUND_THE_END_OF_THE_SERVER) == ["True", "idle_failed", "idle_failed"]


def test_it_connects_anew_after_a_lost_connection(server: XServer) -> None:
    source = X11Idle(server.display)
    source.idle_ms()
    assert source._connection is not None
    source._connection.socket.close()
    with pytest.raises(FairhourError) as caught:
        source.idle_ms()
    assert caught.value.problem.retryable
    assert source.idle_ms() >= 0
    source.close()


def test_what_the_server_tells_everybody_is_no_answer(server: XServer) -> None:
    source = X11Idle(server.display)
    source.idle_ms()
    server.run("xmodmap", "-e", "keycode 250 = F20")
    assert wait_until(lambda: source.idle_ms() > 200, 10), "a new keyboard layout is not a time of zero"
    source.close()


def test_an_error_of_the_server_is_one_of_ours(server: XServer) -> None:
    source = X11Idle(server.display)
    source.idle_ms()
    assert source._connection is not None
    source._connection._question = struct.pack("=BBHI", source._connection._question[0], 1, 2, 0xDEAD)
    with pytest.raises(FairhourError, match="X error 9"):
        source.idle_ms()
    assert source.idle_ms() >= 0
    source.close()


def test_a_server_that_hangs_holds_nobody_up_for_long(server: XServer) -> None:
    source = X11Idle(server.display)
    source.idle_ms()
    server.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        for _ in range(3):
            # The first loses its connection, the others get none.
            with pytest.raises(FairhourError) as caught:
                source.idle_ms()
        assert time.monotonic() - began < 5
    finally:
        server.process.send_signal(signal.SIGCONT)
    assert caught.value.problem.code == "idle_failed"
    assert wait_until(lambda: answers(source), 10)
    source.close()
    assert wait_until(lambda: not [each for each in threading.enumerate() if each.name == "x11"], 10)


def answers(source: X11Idle) -> bool:
    with contextlib.suppress(FairhourError):
        return source.idle_ms() >= 0
    return False


def test_one_connection_serves_many_threads(server: XServer) -> None:
    source = X11Idle(server.display)
    ages: list[int] = []
    threads = [threading.Thread(target=lambda: ages.extend(source.idle_ms() for _ in range(50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ages) == 200
    assert max(ages) - min(ages) < 10_000
    source.close()


def test_a_server_without_the_counter_says_so() -> None:
    with x_server(extra=("-extension", "MIT-SCREEN-SAVER")) as bare:
        source = idle.open_source(env=bare.env, system="linux")
        with pytest.raises(FairhourError, match="MIT-SCREEN-SAVER") as caught:
            source.idle_ms()
    assert caught.value.problem.code == "idle_unavailable"


def entry(number: str, key: bytes) -> bytes:
    """A line of ~/.Xauthority for this machine (family 256): X's own format."""
    fields = (socket.gethostname().encode(), number.encode(), b"MIT-MAGIC-COOKIE-1", key)
    return struct.pack(">H", 256) + b"".join(struct.pack(">H", len(each)) + each for each in fields)


def test_a_server_that_asks_for_a_key_is_given_the_user_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    servers, users = tmp_path / "server", tmp_path / "user"
    servers.write_bytes(entry("0", b"0123456789abcdef"))
    with x_server(extra=("-auth", str(servers))) as server:
        monkeypatch.setenv("XAUTHORITY", str(users))
        users.write_bytes(entry(server.display[1:], b"not the right one"[:16]))
        source = X11Idle(server.display)
        with pytest.raises(FairhourError, match="it lets nobody in"):
            source.idle_ms()
        users.write_bytes(entry(server.display[1:], b"0123456789abcdef"))
        assert source.idle_ms() >= 0
        source.close()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "closed"),
        (b"\x01\x00\x0b\x00\x00\x00\x00\x00", "closed"),
        (b"\x00\x03" + bytes(30), "X error 3"),
        (b"\x01\x00\x00\x00\xff\xff\xff\xff" + bytes(24), "an answer of 17179869180 bytes"),
    ],
    ids=["nothing", "cut", "an error", "an answer of 16 GB"],
)
def test_what_does_not_talk_like_an_x_server_is_told(said: bytes, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(said)
    theirs.shutdown(socket.SHUT_WR)
    let_go: list[bool] = []
    monkeypatch.setattr("idle.x11._connect", lambda _: Line(ours, 7, 9, lambda: let_go.append(True)))
    with theirs, pytest.raises(FairhourError) as caught:
        X11Idle(":0").idle_ms()
    assert caught.value.problem.code == "idle_failed"
    assert why in str(caught.value)
    assert let_go == [True]


@pytest.mark.parametrize("name", ["nonsense", ":99999", "nohost:0"])
def test_a_display_that_there_is_not_is_told(name: str) -> None:
    with pytest.raises(FairhourError) as caught:
        X11Idle(name).idle_ms()
    assert caught.value.problem.code == "idle_failed"
