"""The source for a system on which no picture can be had: every grab says why."""

from __future__ import annotations

from typing import NoReturn

from worktime.errors import FairhourError, Problem


class NullSource:
    """Gives no picture; ``problem`` is the reason that the user is told."""

    name = "none"

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem
        self._reason = problem

    def grab(self) -> NoReturn:
        """Raise FairhourError with the reason."""
        raise FairhourError(self._reason)
