"""The session's events reach the recorder."""

from __future__ import annotations

import pytest

from idle import SessionEvent
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
