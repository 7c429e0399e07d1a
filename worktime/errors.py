"""The one error value that every room uses, and the exception that carries it.

Rooms convert foreign exceptions at their own edge; screens show ``title``, ``message`` and ``action`` as they stand.
"""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, why, and what the reader can do about it.

    The one message in which unknown fields are allowed: an old tracker can show the answer of a newer marketplace.
    ``code`` is stable and for programs; ``title``, ``message`` and ``action`` are sentences for people.
    ``retryable`` says whether the same request can succeed later without anyone changing it.
    """

    code: str
    title: str
    message: str
    action: str
    retryable: bool = False


class FairhourError(Exception):
    """An expected failure; ``problem`` is what the user is told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.message}")
        self.problem = problem


def failure(code: str, title: str, message: str, action: str, *, retryable: bool = False) -> FairhourError:
    """Return the exception for a new Problem, so that callers write ``raise failure(...)``."""
    return FairhourError(Problem(code, title, message, action, retryable))
