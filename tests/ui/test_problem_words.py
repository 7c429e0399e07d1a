"""Problems are said in the user's language where their words are known."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.architecture.problems_made import Made, all_made
from tests.support.pseudo_language import spoken, untranslated
from ui.parts import note_of
from worktime.errors import Problem, make_problem


@pytest.mark.parametrize("made", all_made(), ids=lambda made: made.where)
def test_title_message_and_action_of_a_shown_problem_are_translated(qapp: QApplication, made: Made) -> None:
    values = {name: f"<{name}>" for name in made.values}
    problem = make_problem(made.code, made.title, made.message, made.action, retryable=False, **values)
    with spoken():
        said = note_of(problem)
    assert [untranslated(part, values=tuple(values.values())) for part in said] == ["", "", ""]
    assert all(value in " ".join(said) for value in values.values())
    assert said != note_of(problem) == (problem.title, problem.message, problem.action)


def test_the_answer_of_a_status_is_known_by_its_number(qapp: QApplication) -> None:
    problem = make_problem(
        "http_503",
        "Marketplace refused the request",
        "The marketplace, or something on the way there, answered with status {status}.",
        "This is tried again by itself.",
        status=503,
    )
    with spoken():
        assert note_of(problem)[1] == "«The marketplace, or something on the way there, answered with status 503.»"


def test_the_marketplaces_own_words_stand(qapp: QApplication) -> None:
    foreign = Problem("no_job", "Kein Auftrag", "Der Auftrag {file} ist beendet.", "Warten.")
    elsewhere = Problem("elsewhere", "The disk is full", "Why.", "Wait.")
    with spoken():
        assert note_of(foreign) == (foreign.title, foreign.message, foreign.action)
        assert note_of(elsewhere)[0] == "The disk is full"


def test_a_value_in_braces_is_no_place(qapp: QApplication) -> None:
    problem = make_problem(
        "token_file",
        "Sign-in file not usable",
        "The sign-in could not be read from {file} ({detail}).",
        "Have a new one issued and start the tracker again.",
        file="{detail}",
        detail="gone",
    )
    assert problem.message == "The sign-in could not be read from {detail} (gone)."
    with spoken():
        assert note_of(problem)[1] == "«The sign-in could not be read from {detail} (gone).»"
