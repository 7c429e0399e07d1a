"""The one error value that every room uses, and the exception that carries it.

Rooms convert foreign exceptions at their own edge. They say what went wrong in English, as a sentence with places for
values (``{file}``) and the values beside it: logs and the API take the whole sentence, screens look the sentence up in
the user's language and fill it anew (``ui.problem_words``). Words of a language are never a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_PLACE = re.compile(r"\{(\w+)\}")


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, why, and what the reader can do about it.

    The one message in which unknown fields are allowed: an old tracker can show the answer of a newer marketplace.
    ``code`` is stable and for programs; ``title``, ``message`` and ``action`` are sentences for people.
    ``retryable`` says whether the same request can succeed later without anyone changing it. ``values``: what stands in
    the places of the three sentences, by name; they are filled in already.
    """

    code: str
    title: str
    message: str
    action: str
    retryable: bool = False
    values: dict[str, str] = {}

    def __hash__(self) -> int:
        return hash((self.code, self.message, self.action))


class FairhourError(Exception):
    """An expected failure; ``problem`` is what the user is told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.message}")
        self.problem = problem


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """Return the sentence with each ``{name}`` of ``values`` in its place; what is not named stands as it is."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), sentence)


def places(sentence: str) -> frozenset[str]:
    """Return the names of the places in a sentence."""
    return frozenset(_PLACE.findall(sentence))


def make_problem(
    code: str, title: str, message: str, action: str, *, retryable: bool = False, **values: object
) -> Problem:
    """Return a Problem whose three sentences are filled with ``values`` (each as ``str`` gives it)."""
    said = {name: str(value) for name, value in values.items()}
    return Problem(code, fill(title, said), fill(message, said), fill(action, said), retryable, said)


def failure(
    code: str, title: str, message: str, action: str, *, retryable: bool = False, **values: object
) -> FairhourError:
    """Return the exception for a new Problem, so that callers write ``raise failure(...)``."""
    return FairhourError(make_problem(code, title, message, action, retryable=retryable, **values))
