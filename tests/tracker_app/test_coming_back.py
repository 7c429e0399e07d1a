"""Coming back: the question of the machine as the window asks it, and the time away as Other hours."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from tests.tracker_app.fakes import JOB, T0
from tests.tracker_app.samples import WEEK
from tests.tracker_app.test_tracker import act, tracker
from tracker_app.tracker import Tracker
from ui.coming_back import ReturnQuestion
from ui.models import Pause
from worktime import weeks
from worktime.tracking_values import AskReturn, Cause

__all__ = ["tracker"]
NEXT_WEEK = weeks.week_end(WEEK)


def asked() -> ReturnQuestion:
    """The question that is open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReturnQuestion) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_night_over_the_end_of_a_work_week_becomes_an_entry_in_each(tracker: Tracker) -> None:
    tracker.asked(AskReturn(JOB, Cause.SUSPENDED, NEXT_WEEK - 7200, NEXT_WEEK + 3600))
    question = asked()
    question.more.click()
    question.note.setText("Release at night")
    question.add.click()
    entered = [tracker.hours.entries(JOB, week) for week in (WEEK, NEXT_WEEK)]
    assert [[(each.entry.seconds, each.entry.note) for each in week] for week in entered] == [
        [(7200, "Release at night")],
        [(3600, "Release at night")],
    ]
    assert tracker.recorder.running is None, "adding resumes nothing"


def test_what_can_not_be_entered_is_said_in_the_question(tracker: Tracker) -> None:
    """A week that has not begun by the clock: nothing is entered."""
    later = weeks.week_end(weeks.week_of(tracker.hours.now())) + 60
    tracker.asked(AskReturn(JOB, Cause.CRASHED, later, later + 10))
    question = asked()
    question.more.click()
    question.note.setText("Call")
    question.add.click()
    assert "has not begun yet" in question.said.text()
    assert tracker.hours.entries(JOB, weeks.week_of(later)) == ()


@pytest.mark.parametrize(
    ("cause", "pause"),
    [
        (Cause.IDLE, Pause.IDLE),
        (Cause.LOCKED, Pause.LOCKED),
        (Cause.SUSPENDED, Pause.SUSPENDED),
        (Cause.HOLE, Pause.HELD_UP),
        (Cause.SESSION_END, Pause.SESSION_END),
        (Cause.CRASHED, Pause.RESTARTED),
        (Cause.PRIVATE, Pause.PRIVATE),
    ],
)
def test_each_cause_has_words_of_its_own_and_a_private_pause_is_not_offered(
    tracker: Tracker, cause: Cause, pause: Pause
) -> None:
    act(tracker, "choose", JOB)
    tracker.asked(AskReturn(UUID(int=JOB.int), cause, T0, T0 + 60))
    question = asked()
    assert question._back.pause is pause
    assert question.more.isVisible() == (cause is not Cause.PRIVATE)
