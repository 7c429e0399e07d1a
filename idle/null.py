"""The source for a system that does not tell when the last input was: every call says why."""

from __future__ import annotations

from typing import NoReturn

from worktime.errors import FairhourError, Problem


class NullIdle:
    """Knows nothing; ``problem`` is the reason that the user is told."""

    name = "none"

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem
        self._reason = problem

    def idle_ms(self) -> NoReturn:
        """Raise FairhourError with the reason."""
        raise FairhourError(self._reason)

    def close(self) -> None:
        """Do nothing: nothing is held open."""
