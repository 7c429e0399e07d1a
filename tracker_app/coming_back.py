"""From the machine's question on coming back to the window that asks it, and the time away to Other hours."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tracker_app.views import idle_return
from ui.shell import Shell
from worktime.errors import FairhourError, Problem
from worktime.tracking_values import AskReturn, Cause
from worktime.wire import JobView

AddHours = Callable[[UUID, int, int, str], object]
"""``tracker_app.other_hours.HoursDesk.add_other_hours``."""


def ask_return(shell: Shell, question: AskReturn, jobs: tuple[JobView, ...], zone: str, add_hours: AddHours) -> None:
    """Ask whether to resume. The time away can be added as Other hours, but not a private pause: that was no work."""

    def add(note: str) -> Problem | None:
        try:
            add_hours(question.job, question.start, question.end, note)
        except FairhourError as error:
            return error.problem
        return None

    shell.ask_return(idle_return(question, jobs, zone), None if question.cause is Cause.PRIVATE else add)
