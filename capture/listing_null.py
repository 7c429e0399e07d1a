"""For a system that does not tell which windows are open: every question is answered with the reason."""

from __future__ import annotations

from typing import NoReturn

from worktime.errors import FairhourError, Problem


class NoWindows:
    """Lists nothing; ``problem`` is the reason that the user is told."""

    name = "none"

    def __init__(self, problem: Problem) -> None:
        self.problem: Problem | None = problem
        self._reason = problem

    def windows(self) -> NoReturn:
        """Raise FairhourError with the reason."""
        raise FairhourError(self._reason)
