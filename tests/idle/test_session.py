"""Lock, user switch, sleep and shutdown, signalled by a fake logind and screen saver on private buses."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from devtools.bus import private_bus
from idle import SessionEvent, SessionWatch, open_session_watch
from tests.support.bus import fake

LOCK, UNLOCK = SessionEvent.LOCK, SessionEvent.UNLOCK
LOGIND = "tests.idle.fake_logind"
SAVER = "tests.idle.fake_screensaver"


@pytest.fixture
def system() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def session() -> Iterator[str]:
    with private_bus() as address:
        yield address


class Watched:
    """A watch on both buses and what it told."""

    def __init__(self, qtbot: QtBot, system: str, session: str, session_id: str = "7") -> None:
        self.events: list[SessionEvent] = []
        self._qtbot = qtbot
        env = {"DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": session, "XDG_SESSION_ID": session_id}
        self.watch: SessionWatch = open_session_watch(self.events.append, env=env, system="linux")

    def expect(self, *events: SessionEvent) -> None:
        """Wait until exactly these were told since the last time."""
        self._qtbot.waitUntil(lambda: len(self.events) >= len(events), timeout=10_000)
        assert self.events == list(events)
        self.events.clear()


def test_lock_and_unlock_of_our_session_alone(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session)
        assert (watched.watch.name, watched.watch.problem) == ("logind", None)
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("stranger")
        logind.tell("lock")
        watched.expect(LOCK)
        logind.tell("unlock")
        watched.expect(UNLOCK)
        watched.watch.close()


def test_the_locked_hint_locks_and_ends_a_lock_signal(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session)
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("hint 1")
        watched.expect(LOCK)
        logind.tell("lock")
        watched.expect(LOCK)
        logind.tell("hint 0")
        watched.expect(UNLOCK)
        watched.watch.close()


def test_a_session_that_is_locked_already_tells_its_unlock_alone(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind:
        logind.tell("hint 1")
        watched = Watched(qtbot, system, session)
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("hint 0")
        watched.expect(UNLOCK)
        watched.watch.close()


def test_any_other_property_ends_no_lock_and_a_second_lock_is_told(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session)
        logind.expect("inhibited sleep:shutdown delay")
        for order in ("lock", "hint 0", "active 1", "lock"):
            logind.tell(order)
        watched.expect(LOCK, LOCK)
        watched.watch.close()


def test_a_user_switch_is_a_lock_until_the_session_is_back_and_unlocked(
    qtbot: QtBot, system: str, session: str
) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session)
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("active 0")
        watched.expect(LOCK)
        logind.tell("hint 1")
        logind.tell("active 1")
        logind.tell("hint 0")
        watched.expect(UNLOCK)
        watched.watch.close()


@pytest.mark.parametrize(("order", "event"), [("sleep", SessionEvent.SUSPEND), ("shutdown", SessionEvent.SESSION_END)])
def test_the_machine_waits_until_the_callback_is_done(
    order: str, event: SessionEvent, qtbot: QtBot, system: str, session: str
) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session)
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell(f"{order} 1")
        watched.expect(event)
        logind.expect("released")
        logind.tell(f"{order} 0")
        watched.expect(SessionEvent.WAKE)
        logind.expect("inhibited sleep:shutdown delay")
        watched.watch.close()
        logind.expect("released")


def test_a_callback_that_fails_does_not_hold_the_machine_back(qtbot: QtBot, system: str, session: str) -> None:
    def fail(_event: SessionEvent) -> None:
        raise OSError("disk full")

    env = {"DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": session}
    with fake(LOGIND, system) as logind, qtbot.captureExceptions() as raised:
        watch = open_session_watch(fail, env=env, system="linux")
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("sleep 1")
        qtbot.waitUntil(lambda: bool(raised), timeout=10_000)
        logind.expect("released")
        watch.close()
    assert [str(error) for _kind, error, _trace in raised] == ["disk full"]


def test_nothing_is_told_after_close(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind, fake(SAVER, session) as saver:
        closed, watching = Watched(qtbot, system, session), Watched(qtbot, system, session)
        closed.watch.close()
        closed.watch.close()
        for _ in range(2):
            logind.expect("inhibited sleep:shutdown delay")
        logind.expect("released")
        logind.tell("sleep 1")
        watching.expect(SessionEvent.SUSPEND)
        saver.tell("active 1")
        watching.expect(LOCK)
        assert closed.events == []
        watching.watch.close()


def test_a_screen_saver_serves_where_logind_is_missing(qtbot: QtBot, system: str, session: str) -> None:
    with fake(SAVER, session) as saver:
        watched = Watched(qtbot, system, session)
        assert watched.watch.name == "screensaver"
        assert watched.watch.problem is not None
        assert "sleep and shutdown go unseen" in watched.watch.problem.message
        saver.tell("active 1")
        saver.tell("active 0")
        watched.expect(LOCK, UNLOCK)
        watched.watch.close()


def test_a_program_outside_of_any_session_says_what_it_misses(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system, "no_session") as logind:
        watched = Watched(qtbot, system, session)
        assert watched.watch.problem is not None
        assert "a lock goes unseen" in watched.watch.problem.message
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("sleep 1")
        watched.expect(SessionEvent.SUSPEND)
        watched.watch.close()


def test_a_service_outside_the_login_finds_its_session_by_auto(qtbot: QtBot, system: str, session: str) -> None:
    with fake(LOGIND, system) as logind:
        watched = Watched(qtbot, system, session, session_id="")
        assert watched.watch.problem is None
        logind.expect("inhibited sleep:shutdown delay")
        logind.tell("lock")
        watched.expect(LOCK)
        watched.watch.close()


def test_without_the_right_to_delay_sleep_is_seen_all_the_same(
    qtbot: QtBot, system: str, session: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with fake(LOGIND, system, "no_inhibitor") as logind:
        watched = Watched(qtbot, system, session)
        assert "no delay before sleep" in caplog.text
        logind.tell("sleep 1")
        watched.expect(SessionEvent.SUSPEND)
        watched.watch.close()


def test_without_any_bus_it_says_so(qtbot: QtBot) -> None:
    watched = Watched(qtbot, "unix:path=/nowhere/system", "unix:path=/nowhere/session")
    assert watched.watch.name == "none"
    assert watched.watch.problem is not None
    assert watched.watch.problem.code == "session_unavailable"
    watched.watch.close()


def test_a_system_without_a_watch_says_so() -> None:
    watch = open_session_watch(lambda _event: None, env={}, system="freebsd14")
    assert watch.name == "none"
    assert watch.problem is not None
    watch.close()
