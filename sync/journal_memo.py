"""Answers of the journal that are kept while no row changes: most rounds of sending find all as it was.

Only for what follows from rows alone, and from what is asked with. What depends on the time is for who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, TypeVarTuple

from sync.journal_db import Database

_AskedT = TypeVarTuple("_AskedT")
_AnswerT = TypeVar("_AnswerT")


class Memo(Generic[_AnswerT, *_AskedT]):
    """The last answer of ``ask``, which reads the journal. Thread-safe; raises what ``ask`` raises.

    Inside a transaction nothing is kept: what was written in it may be taken back.
    """

    def __init__(self, db: Database, ask: Callable[[*_AskedT], _AnswerT]) -> None:
        self._db = db
        self._ask = ask
        self._kept: tuple[int, tuple[*_AskedT], _AnswerT] | None = None

    def __call__(self, *asked: *_AskedT) -> _AnswerT:
        """Return what ``ask`` would."""
        kept = self._kept
        if kept is not None and kept[0] == self._db.changes and kept[1] == asked:
            return kept[2]
        with self._db.read():  # nobody else writes meanwhile
            answer, changes = self._ask(*asked), self._db.changes
        if changes is not None:
            self._kept = (changes, asked, answer)
        return answer
