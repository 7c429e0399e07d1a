"""While nothing is touched the X server is not asked: it says itself when something is, and is not believed blindly."""

from __future__ import annotations

import signal
import struct
import time
from collections.abc import Callable, Iterator

import pytest

from devtools.processes import wait_until
from idle.x11 import ASK_S, QUIET_MS, X11Idle
from idle.x11_alarm import LOW_MS, Alarm, RefusedError
from tests.support.xserver import XServer, x_server
from worktime.errors import FairhourError

COUNTERS = struct.pack("=I8xH10sI8xH8s2x", 1, 10, b"SERVERTIME", 2, 8, b"IDLETIME")


@pytest.fixture
def server() -> Iterator[XServer]:
    with x_server() as made:
        yield made


class Questions:
    """Counts what a source asks its server."""

    def __init__(self, source: X11Idle, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        connection = source._connection
        assert connection is not None
        self._ask = connection.idle_ms
        monkeypatch.setattr(connection, "idle_ms", self._counted)

    def _counted(self, *, watch: bool = False) -> int:
        self.asked += 1
        return self._ask(watch=watch)


class Time:
    """The real monotonic clock, and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> int:
        return time.monotonic_ns() + round(self.ahead_s * 1e9)


def quiet(server: XServer, clock: Callable[[], int] | None = None) -> X11Idle:
    """Return a source that waits for the server's word."""
    source = X11Idle(server.display) if clock is None else X11Idle(server.display, monotonic_ns=clock)
    assert wait_until(lambda: source.idle_ms() > QUIET_MS, 20)
    return source


def test_the_age_grows_without_a_question_until_something_is_touched(
    server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = quiet(server)
    questions = Questions(source, monkeypatch)
    before = source.idle_ms()
    assert wait_until(lambda: source.idle_ms() >= before + 200, 10)
    assert questions.asked == 0
    for act in (("key", "a"), ("mousemove_relative", "3", "2"), ("click", "1")):
        server.run("xdotool", *act)
        assert source.idle_ms() < 350
        assert questions.asked > 0, "young ages are asked for"
        assert wait_until(lambda: source.idle_ms() > QUIET_MS, 20)
        questions.asked = 0
        assert source.idle_ms() > QUIET_MS
        assert questions.asked == 0, "and it waits again"
    source.close()


def test_it_asks_now_and_then_in_any_case_and_goes_on_waiting(
    server: XServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("idle.x11.ASK_S", 0.5)
    source = quiet(server)
    questions = Questions(source, monkeypatch)
    calls = 0

    def asked_thrice() -> bool:
        nonlocal calls
        calls += 1
        return source.idle_ms() > QUIET_MS and questions.asked == 3

    assert wait_until(asked_thrice, 20)
    assert calls > 6, "in between it does not ask"
    assert "did not tell" not in caplog.text
    source.close()


def test_input_in_the_moment_of_a_question_is_no_broken_word(
    server: XServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer may overtake the word, and the word may be read as what comes before the answer."""
    source = quiet(server)
    connection = source._connection
    assert connection is not None
    ask = connection.idle_ms

    def touched(*, watch: bool = False) -> int:
        server.run("xdotool", "key", "a")
        return ask(watch=watch)

    with monkeypatch.context() as moment:
        moment.setattr("idle.x11.ASK_S", 0.5)
        moment.setattr(connection, "idle_ms", touched)
        assert wait_until(lambda: source.idle_ms() < QUIET_MS, 10)
    assert "did not tell" not in caplog.text
    assert wait_until(lambda: source.idle_ms() > QUIET_MS, 20)
    questions = Questions(source, monkeypatch)
    assert source.idle_ms() > QUIET_MS
    assert questions.asked == 0, "it is believed still"
    server.run("xdotool", "key", "a")
    assert source.idle_ms() < 350
    source.close()


def test_input_while_the_process_is_held_up_behind_an_answer_is_not_missed(
    server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alarm goes with the question: set after the answer, it would find the counter above its low again."""
    source = quiet(server)
    connection = source._connection
    assert connection is not None
    ask, held_up = connection.idle_ms, 0
    other = X11Idle(server.display)

    def slow(*, watch: bool = False) -> int:
        nonlocal held_up
        age_ms = ask(watch=watch)
        if watch:
            held_up += 1
            server.run("xdotool", "key", "a")
            assert wait_until(lambda: other.idle_ms() > LOW_MS + 100, 20)
        return age_ms

    server.run("xdotool", "key", "a")
    assert wait_until(lambda: source.idle_ms() > QUIET_MS - 200, 20)
    with monkeypatch.context() as moment:
        moment.setattr(connection, "idle_ms", slow)
        moment.setattr("idle.x11._SLOW_NS", 60_000_000_000)
        assert wait_until(lambda: source.idle_ms() >= 0 and held_up == 1, 20)
    assert source.idle_ms() < QUIET_MS, "it was told"
    other.close()
    source.close()


def test_a_slow_answer_is_no_ground_to_wait_for_a_word(server: XServer, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Time()
    source = quiet(server, clock)
    connection = source._connection
    assert connection is not None
    ask = connection.idle_ms

    def slow(*, watch: bool = False) -> int:
        age_ms = ask(watch=watch)
        clock.ahead_s += 0.2
        return age_ms

    monkeypatch.setattr(connection, "idle_ms", slow)
    clock.ahead_s += ASK_S + 1
    source.idle_ms()
    assert not connection.watches
    source.close()


def test_a_server_that_kept_silent_about_input_is_asked_each_time(
    server: XServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Time()
    source = quiet(server, clock)
    connection = source._connection
    assert connection is not None
    monkeypatch.setattr(connection, "arrived", type("Deaf", (), {"poll": lambda _self, _ms: []})())
    server.run("xdotool", "key", "a")
    other = X11Idle(server.display)
    assert wait_until(lambda: other.idle_ms() > 1100, 20)
    assert source.idle_ms() > QUIET_MS, "it is believed"
    clock.ahead_s = ASK_S + 1
    assert source.idle_ms() < QUIET_MS
    assert "did not tell of input" in caplog.text
    other.close()
    assert wait_until(lambda: source.idle_ms() > QUIET_MS, 20)
    questions = Questions(source, monkeypatch)
    assert source.idle_ms() > QUIET_MS
    assert questions.asked == 1
    source.close()


def test_a_server_that_ended_in_silence_is_no_user_who_went_away(server: XServer) -> None:
    source = quiet(server)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    with pytest.raises(FairhourError) as caught:
        source.idle_ms()
    assert caught.value.problem.code == "idle_failed"


def test_what_the_server_tells_everybody_is_asked_about(server: XServer, monkeypatch: pytest.MonkeyPatch) -> None:
    source = quiet(server)
    questions = Questions(source, monkeypatch)
    server.run("xmodmap", "-e", "keycode 250 = F20")
    assert wait_until(lambda: source.idle_ms() > QUIET_MS and questions.asked > 0, 10)
    asked = questions.asked
    assert source.idle_ms() > QUIET_MS
    assert questions.asked == asked, "it waits again"
    source.close()


class Said:
    """A server's answers, one after the other; an error is raised in place of one."""

    def __init__(self, *answers: bytes | OSError | None) -> None:
        self._answers = iter(answers)
        self.sent: list[bytes] = []

    def present(self, extension: str) -> int | None:
        assert extension == "SYNC"
        return None if self.reply() == b"" else 134

    def reply(self) -> bytes:
        answer = next(self._answers)
        if isinstance(answer, OSError):
            raise answer
        assert answer is not None
        return answer

    def find(self) -> Alarm | None:
        return Alarm.find(self.present, self.sent.append, self.reply, 0x400000)

    @property
    def left(self) -> list[bytes | OSError | None]:
        return list(self._answers)


def counters(count: int, entries: bytes) -> bytes:
    return struct.pack("=8xi20x", count) + entries


REFUSED = RefusedError("X error 2")


@pytest.mark.parametrize(
    "answers",
    [
        (b"",),
        (b"yes", REFUSED),
        (b"yes", b"3.1", REFUSED),
        (b"yes", b"3.1", counters(1, COUNTERS)),
        (b"yes", b"3.1", counters(9, COUNTERS[:26])),
        (b"yes", b"3.1", counters(2, COUNTERS), REFUSED, b"yes"),
    ],
    ids=["no extension", "not this version", "no list", "no such counter", "a list that is cut", "no alarm"],
)
def test_a_server_that_can_not_tell_has_no_alarm(answers: tuple[bytes | OSError, ...]) -> None:
    said = Said(*answers)
    assert said.find() is None
    assert said.left == [], "what is answered later is not taken for the answer to something else"


@pytest.mark.parametrize("before", [(b"yes",), (b"yes", b"3.1"), (b"yes", b"3.1", counters(2, COUNTERS))])
def test_an_answer_that_is_late_costs_the_connection(before: tuple[bytes, ...]) -> None:
    """It would be taken for that to the next question, and each one after it, too."""
    with pytest.raises(BlockingIOError):
        Said(*before, BlockingIOError()).find()


def test_without_an_alarm_it_is_asked_each_time(server: XServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("idle.x11_alarm.COUNTER", b"NO SUCH ONE")
    source = quiet(server)
    questions = Questions(source, monkeypatch)
    for asked in (1, 2, 3):
        assert source.idle_ms() > QUIET_MS
        assert questions.asked == asked
    source.close()


def test_the_alarm_is_on_the_counter_of_idle_time() -> None:
    said = Said(b"yes", b"3.1", counters(2, COUNTERS), b"yes")
    alarm = said.find()
    assert alarm is not None
    made, changed = said.sent[-1], alarm.request
    assert (made[1], changed[1]) == (8, 9)
    assert made[4:] == changed[4:]
    assert struct.unpack_from("=III", made, 4) == (0x400000, 0b111111, 2)
    assert struct.unpack_from("=H", made, 2)[0] * 4 == len(made)


def test_a_real_server_has_one(server: XServer) -> None:
    source = X11Idle(server.display)
    source.idle_ms()
    assert source._connection is not None
    assert source._connection._alarm is not None
    assert LOW_MS < QUIET_MS, "else it goes off as soon as it is set"
    source.close()
