"""Problems are said in the user's language where their words are known."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from ui import problem_words
from worktime.errors import Problem


def test_known_words_are_translated_and_others_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QCoreApplication, "translate", lambda _context, text: text.upper())
    full = Problem("disk_full", "The disk is full", "Why.", "Free some space on the disk.")
    assert (problem_words.title(full), problem_words.action(full)) == (full.title.upper(), full.action.upper())
    status = Problem("http_500", "Marketplace refused the request", "Why.", "Something else")
    assert problem_words.title(status) == status.title.upper()
    assert problem_words.action(status) == "Something else"
    foreign = Problem("elsewhere", "The disk is full", "Why.", "Wait.")
    assert problem_words.title(foreign) == foreign.title
