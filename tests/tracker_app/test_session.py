"""The session's events reach the recorder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from devtools.bus import private_bus
from idle import SessionEvent
from tests.support.bus import fake
from tests.tracker_app.fakes import JOB
from tests.tracker_app.test_recorder import Room
from tracker_app.session import tell, watch_session
from worktime.tracking_values import Cause


@pytest.mark.parametrize(
    ("event", "cause"),
    [
        (SessionEvent.LOCK, Cause.LOCKED),
        (SessionEvent.SUSPEND, Cause.SUSPENDED),
        (SessionEvent.SESSION_END, Cause.SESSION_END),
    ],
)
@pytest.mark.parametrize("back", [SessionEvent.UNLOCK, SessionEvent.WAKE])
def test_going_away_pauses_and_coming_back_asks(event: SessionEvent, cause: Cause, back: SessionEvent) -> None:
    room = Room()
    room.recorder.start(JOB, work_view=True)
    room.run(10)
    tell(room.recorder, event)
    assert room.recorder.paused is not None
    assert room.recorder.paused.cause is cause
    tell(room.recorder, back)
    assert [question.cause for question in room.listener.asked_for] == [cause]


def test_a_watch_can_be_opened_and_closed(qapp: object) -> None:
    watch = watch_session(lambda _event: None)
    assert watch.name
    watch.close()


AT_ONCE_MS = 1000


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus() as bus:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        monkeypatch.setenv("XDG_SESSION_ID", "7")
        yield bus


@pytest.mark.parametrize(
    ("order", "cause"),
    [
        ("lock", Cause.LOCKED),
        ("hint 1", Cause.LOCKED),
        ("active 0", Cause.LOCKED),
        ("sleep 1", Cause.SUSPENDED),
        ("shutdown 1", Cause.SESSION_END),
    ],
)
def test_what_logind_tells_pauses_at_once_and_to_the_second(
    order: str, cause: Cause, qtbot: QtBot, system: str
) -> None:
    room = Room()
    with fake("tests.idle.fake_logind", system) as logind:
        watch = watch_session(lambda event: tell(room.recorder, event))
        logind.expect("inhibited sleep:shutdown delay")
        room.recorder.start(JOB, work_view=True)
        room.run(10)
        logind.tell(order)
        qtbot.waitUntil(lambda: room.recorder.paused is not None, timeout=AT_ONCE_MS)
        assert room.recorder.paused is not None
        assert (room.recorder.paused.cause, room.recorder.paused.since) == (cause, room.clock.second())
        if cause is not Cause.LOCKED:
            logind.expect("released")
            assert room.record.barriers == 1, "on the disk before the machine may go"
        watch.close()
