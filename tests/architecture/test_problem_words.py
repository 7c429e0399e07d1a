"""Every sentence of every problem that the tracker can have is in the table that translators see, and the reverse."""

import ast

from tests.architecture import tree
from tests.architecture.problems_made import MAKERS, OWN, ROOMS, all_made, calls
from ui import problem_words
from ui.problem_table import KNOWN
from worktime.errors import places


def test_every_problem_of_the_tracker_can_be_translated() -> None:
    made = all_made()
    assert len(made) > 70
    missing = {
        (each.where, sentence)
        for each in made
        for sentence in (each.title, each.message, each.action)
        if sentence not in problem_words.sentences(each.code)
    }
    assert missing == set()


def test_the_places_of_a_problem_are_the_values_that_it_is_made_with() -> None:
    odd = {
        each.where: (places(each.title) | places(each.message) | places(each.action)) ^ each.values
        for each in all_made()
        if (places(each.title) | places(each.message) | places(each.action)) != each.values
    }
    assert odd == {}


def test_the_table_has_nothing_that_no_room_says() -> None:
    said = {(each.code, sentence) for each in all_made() for sentence in (each.title, each.message, each.action)}
    assert {(code, sentence) for code in KNOWN for sentence in problem_words.sentences(code)} - said == set()


def test_problems_are_made_in_one_way() -> None:
    """Who filled in a Problem's sentences alone would have them shown in English only."""
    by_hand = [
        f"{path.relative_to(tree.ROOT)}:{call.lineno}"
        for room in ROOMS
        for path in sorted((tree.ROOT / room).rglob("*.py"))
        if path.relative_to(tree.ROOT) != OWN
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), ("Problem", "errors.Problem"))
    ]
    assert by_hand == []
    assert MAKERS == ("failure", "make_problem")
