"""The thread that counts: at each second while it is on, never after it was told to end, and it asks for Qt's when more
is to be done."""

from __future__ import annotations

import select
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tracker_app.heartbeat import Heartbeat, rester

PATIENCE_S = 10


class Soon:
    """A clock whose next second is always about to come."""

    def real_s_to_tick(self) -> float:
        return 0.001


class Heart:
    """A heartbeat that notes its beats; ``last``: the beat that asks for more."""

    def __init__(self, last: int = 1_000_000) -> None:
        self.last = last
        self.error: Exception | None = None
        self.beats = 0
        self.threads: set[str] = set()
        self.enough, self.wanted = threading.Event(), threading.Event()
        self.heartbeat = Heartbeat(Soon(), self._beat, self.wanted.set)

    def _beat(self) -> bool:
        self.beats += 1
        self.threads.add(threading.current_thread().name)
        if self.beats % 3 == 0:
            self.enough.set()
        if self.error is not None:
            raise self.error
        return self.beats < self.last

    def wait_for_more(self) -> bool:
        self.enough.clear()
        return self.enough.wait(PATIENCE_S)


def is_on(heart: Heart) -> bool:
    return heart.heartbeat.on


@pytest.fixture
def heart() -> Iterator[Heart]:
    one = Heart()
    yield one
    one.heartbeat.close()


def test_it_beats_on_a_thread_of_its_own_from_when_it_takes_over(heart: Heart) -> None:
    assert not is_on(heart)
    heart.heartbeat.take_over()
    assert is_on(heart)
    assert heart.wait_for_more()
    assert heart.threads == {"heartbeat"}
    assert not heart.wanted.is_set()


def test_none_comes_after_it_was_handed_back_until_it_takes_over_again(heart: Heart) -> None:
    heart.heartbeat.take_over()
    assert heart.wait_for_more()
    heart.heartbeat.hand_back()
    beats = heart.beats
    assert not heart.heartbeat.on
    assert not heart.enough.wait(0.05) or heart.beats == beats
    heart.heartbeat.take_over()
    assert heart.wait_for_more()
    assert heart.beats > beats


def test_a_beat_that_needs_more_is_the_last_and_says_so(heart: Heart) -> None:
    heart.last = 4
    heart.heartbeat.take_over()
    assert heart.wanted.wait(PATIENCE_S)
    assert not heart.heartbeat.on
    assert heart.beats == 4
    heart.last = 1_000_000
    heart.wanted.clear()
    heart.heartbeat.take_over()
    assert heart.wait_for_more()


def test_a_beat_that_fails_is_logged_and_the_windows_thread_goes_on(
    heart: Heart, caplog: pytest.LogCaptureFixture
) -> None:
    heart.error = ValueError("bad luck")
    heart.heartbeat.take_over()
    assert heart.wanted.wait(PATIENCE_S)
    assert not heart.heartbeat.on
    assert caplog.messages == ["a beat failed"]


def test_who_hands_back_may_hold_what_the_beat_waits_for() -> None:
    """As a recorder does, which tells what it did while a beat stands at its door."""
    recorder, reached = threading.Lock(), threading.Event()

    def beat() -> bool:
        reached.set()
        with recorder:
            return True

    heartbeat = Heartbeat(Soon(), beat, lambda: None)
    with recorder:
        heartbeat.take_over()
        assert reached.wait(PATIENCE_S)
        telling = threading.Thread(target=heartbeat.hand_back, daemon=True)
        telling.start()
        telling.join(PATIENCE_S)
        assert not telling.is_alive()
    heartbeat.close()


def test_without_a_thread_it_says_so(heart: Heart, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as poor:
        poor.setattr(threading.Thread, "start", none_left)
        assert not heart.heartbeat.take_over()
        assert not is_on(heart)
    assert heart.heartbeat.take_over()
    assert heart.wait_for_more()


def test_a_thread_that_ended_is_not_on_and_another_one_takes_over(
    heart: Heart, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """Who is to be told may be gone."""
    heart.last = 2

    def gone() -> None:
        raise RuntimeError("Signal source has been deleted")

    monkeypatch.setattr(threading, "excepthook", lambda _what: None)
    monkeypatch.setattr(heart.heartbeat, "_wanted", gone)
    heart.heartbeat.take_over()
    thread = heart.heartbeat._thread
    assert thread is not None
    thread.join(PATIENCE_S)
    assert not is_on(heart)
    heart.last = 1_000_000
    assert heart.heartbeat.take_over()
    assert heart.wait_for_more()


def test_a_clock_that_fails_leaves_the_seconds_to_the_windows_thread(
    heart: Heart, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> float:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(heart.heartbeat._clock, "real_s_to_tick", broken)
    heart.heartbeat.take_over()
    assert heart.wanted.wait(PATIENCE_S)
    assert not is_on(heart)
    assert caplog.messages == ["a beat failed"]


def test_its_end_waits_for_the_beat_under_way() -> None:
    reached, go_on = threading.Event(), threading.Event()
    made: list[str] = []

    def beat() -> bool:
        reached.set()
        assert go_on.wait(PATIENCE_S)
        made.append("beat")
        return True

    def close() -> None:
        heartbeat.close()
        made.append("closed")

    heartbeat = Heartbeat(Soon(), beat, lambda: None)
    heartbeat.take_over()
    assert reached.wait(PATIENCE_S)
    thread = next(each for each in threading.enumerate() if each.name == "heartbeat")
    closing = threading.Thread(target=close)
    closing.start()
    assert not made
    go_on.set()
    closing.join(PATIENCE_S)
    assert made == ["beat", "closed"]
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


class FewSeconds:
    """Seconds that need no beat, each a thousandth of one."""

    now_ns = staticmethod(time.monotonic_ns)

    def __init__(self, seconds: int) -> None:
        self.due_ns = time.monotonic_ns()
        self.left = seconds
        self.early = 0
        self.passed, self.some = 0, threading.Event()

    def second(self) -> bool:
        self.early += time.monotonic_ns() < self.due_ns
        if self.left == 0:
            return False
        self.due_ns += 1_000_000
        self.left -= 1
        self.passed += 1
        if self.passed == 3:
            self.some.set()
        return True


def test_seconds_ahead_need_no_beat_and_the_one_after_them_does() -> None:
    made: list[int] = []
    some = FewSeconds(5)
    enough = threading.Event()

    def beat() -> bool:
        made.append(some.passed)
        if len(made) == 4:
            enough.set()
        return True

    heartbeat = Heartbeat(Soon(), beat, lambda: None, ahead=lambda: some if len(made) == 1 else None)
    heartbeat.take_over()
    assert enough.wait(PATIENCE_S)
    heartbeat.close()
    assert made[:4] == [0, 5, 5, 5]
    assert some.early == 0


def test_what_stirs_in_a_second_ahead_asks_for_the_windows_thread() -> None:
    some, wanted, beats = FewSeconds(1_000_000), threading.Event(), [0]

    def beat() -> bool:
        beats[0] += 1
        return True

    heartbeat = Heartbeat(Soon(), beat, wanted.set, ahead=lambda: some, stirs=lambda: some.passed == 3)
    heartbeat.take_over()
    assert wanted.wait(PATIENCE_S)
    assert not heartbeat.on
    assert (some.passed, beats[0]) == (3, 0)
    heartbeat.close()


def test_no_second_ahead_passes_after_it_was_handed_back() -> None:
    some = FewSeconds(1_000_000)
    heartbeat = Heartbeat(Soon(), lambda: True, lambda: None, ahead=lambda: some)
    heartbeat.take_over()
    assert some.some.wait(PATIENCE_S)
    with heartbeat._beating:  # between two seconds
        heartbeat.hand_back()
        passed = some.passed
    heartbeat.close()
    thread = heartbeat._thread
    assert thread is not None
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert some.passed == passed


def test_its_end_waits_for_the_second_ahead_under_way() -> None:
    """What it marks may be closed next."""
    reached, go_on = threading.Event(), threading.Event()
    made: list[str] = []

    class Slow(FewSeconds):
        def second(self) -> bool:
            reached.set()
            assert go_on.wait(PATIENCE_S)
            made.append("second")
            return super().second()

    slow = Slow(1_000_000)
    heartbeat = Heartbeat(Soon(), lambda: True, lambda: None, ahead=lambda: slow)
    heartbeat.take_over()
    assert reached.wait(PATIENCE_S)

    def close() -> None:
        heartbeat.close()
        made.append("closed")

    closing = threading.Thread(target=close)
    closing.start()
    closing.join(0.05)
    assert not made
    go_on.set()
    closing.join(PATIENCE_S)
    thread = heartbeat._thread
    assert thread is not None
    thread.join(PATIENCE_S)
    assert made == ["second", "closed"]


def test_seconds_ahead_that_fail_leave_the_rest_to_the_windows_thread(caplog: pytest.LogCaptureFixture) -> None:
    wanted = threading.Event()

    class Broken(FewSeconds):
        def second(self) -> bool:
            raise ValueError("bad luck")

    heartbeat = Heartbeat(Soon(), lambda: True, wanted.set, ahead=lambda: Broken(1))
    heartbeat.take_over()
    assert wanted.wait(PATIENCE_S)
    assert not heartbeat.on
    assert caplog.messages == ["a beat failed"]
    heartbeat.close()


@pytest.mark.parametrize("system", [sys.platform, "elsewhere"])
def test_it_rests_as_long_as_it_is_told_and_not_shorter(system: str) -> None:
    rest = rester(system)
    for real_s in (0.0, 0.0004, 0.0207):
        before_ns = time.monotonic_ns()
        rest(real_s)
        assert time.monotonic_ns() - before_ns >= real_s * 1e9


@pytest.mark.skipif(not hasattr(select, "poll"), reason="Windows has no poll(2)")
def test_on_linux_the_kernel_may_choose_when_to_wake_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    class Noting:
        def poll(self, timeout_ms: float) -> None:
            asked.append(timeout_ms)

    monkeypatch.setattr(select, "poll", Noting)
    for system in ("linux", "win32", "darwin"):
        rester(system)(0.002)
    assert asked == [2.0], "elsewhere by the system's own way"
