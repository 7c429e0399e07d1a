"""A problem's sentences and the values in them."""

from __future__ import annotations

import msgspec

from worktime.errors import Problem, failure, fill, make_problem, places


def test_values_stand_in_their_places_and_beside() -> None:
    problem = make_problem("full", "Full", "{count} of {limit} used", "Empty {file}.", count=3, limit=4, file="{count}")
    assert (problem.message, problem.action) == ("3 of 4 used", "Empty {count}.")
    assert problem.values == {"count": "3", "limit": "4", "file": "{count}"}
    assert failure("full", "Full", "{count} used", "Wait.", count=3).problem.message == "3 used"


def test_what_is_not_named_stands_as_it_is() -> None:
    assert fill("a {b} {} {c.d} {", {"x": "y"}) == "a {b} {} {c.d} {"
    assert places("a {b} {} {c} {b}") == {"b", "c"}


def test_values_are_optional_on_the_wire() -> None:
    old = b'{"code":"a","title":"b","message":"c","action":"d"}'
    assert msgspec.json.decode(old, type=Problem) == Problem("a", "b", "c", "d")
    with_values = make_problem("a", "b", "{n}", "d", n=1)
    assert msgspec.json.decode(msgspec.json.encode(with_values), type=Problem) == with_values


def test_equal_problems_count_once() -> None:
    assert len({make_problem("a", "b", "{n}", "d", n=n) for n in (1, 1, 2)}) == 2
