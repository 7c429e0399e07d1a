"""Says the tracker's own problems in the user's language. Rooms without Qt make them in English, and name their values.

The sentences themselves are in ``problem_table``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QCoreApplication

from worktime.errors import Problem, fill


def title(problem: Problem) -> str:
    """Return the title in the user's language, as it stands where it is not known."""
    return _said(problem, problem.title)


def message(problem: Problem) -> str:
    """Return what happened, likewise."""
    return _said(problem, problem.message)


def action(problem: Problem) -> str:
    """Return what the reader can do, likewise."""
    return _said(problem, problem.action)


@cache
def sentences(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sentences that belong to a code, each whole with the parts that translators see."""
    # Loaded with the first problem.
    from ui.problem_table import KNOWN

    known = KNOWN.get("http" if code.startswith("http_") else code, ())
    parts = (tuple(map(str, each)) if isinstance(each, tuple) else (str(each),) for each in known)
    return {" ".join(each): each for each in parts}


def _said(problem: Problem, english: str) -> str:
    # The marketplace's own sentences can come with the same code: they are not replaced by others.
    for sentence, parts in sentences(problem.code).items():
        if fill(sentence, problem.values) == english:
            translated = " ".join(QCoreApplication.translate("problems", part) for part in parts)
            return fill(translated, problem.values)
    return english
