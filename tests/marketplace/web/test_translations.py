"""What the marketplace says is found by the command that makes catalogues (CONTRIBUTING.md, "Translations")."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from marketplace.web.management.commands.makemessages import Command, JinjaFile, jinja_words
from tests.architecture import tree

TEMPLATES = sorted((tree.ROOT / "marketplace" / "web" / "jinja2").rglob("*.html"))
OPERATORS = {"__main__.py", "preflight.py", "serving.py", "sample.py", "foundation/clock.py"}
"""What is said on the console of the person who runs the marketplace, before settings are loaded: English, as logs."""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_the_words_of_a_jinja_template_are_found_on_their_lines(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    lines = jinja_words(source).splitlines()
    for number, line in enumerate(source.splitlines()):
        for text in re.findall(r"\b_\(\"(.+?)\"", line):
            assert repr(text) in lines[number]
    ast.parse("\n".join(lines))


def test_plural_words_are_found_too() -> None:
    assert jinja_words('\n{{ ngettext("%(num)d hour", "%(num)d hours", n) }}') == (
        "\nngettext('%(num)d hour', '%(num)d hours'); \n"
    )
    assert Command.build_file_class is JinjaFile


def test_every_problem_of_the_marketplace_is_translated() -> None:
    """Titles, messages and actions are looked up where they are made: they go to the tracker and to pages as text."""
    english = []
    root = tree.ROOT / "marketplace"
    for path in sorted(root.rglob("*.py")):
        where = path.relative_to(root)
        if where.as_posix() in OPERATORS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("failure", "Problem", "make_problem"):
                english += [f"{where}:{node.lineno}" for each in node.args[1:4] if any(map(plain, parts(each)))]
    assert english == []


def parts(node: ast.expr) -> list[ast.expr]:
    """The values that an argument can have."""
    return [*parts(node.body), *parts(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def plain(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and bool(node.value))
