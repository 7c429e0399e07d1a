"""What the tracker says is found by the tool that makes catalogues (CONTRIBUTING.md, "Translations")."""

import ast
from collections.abc import Iterator
from pathlib import Path

from devtools.translations import FOLDERS, Message
from tests.architecture import tree

WHERE_THE_TEXT_STANDS = {"tr": 0, "translate": 1, "QCoreApplication.translate": 1, "QT_TRANSLATE_NOOP": 1}
BY_TABLE = Path("ui/problem_words.py")


def texts() -> Iterator[tuple[str, ast.expr]]:
    """Every text that is marked for translation, and where."""
    for folder in FOLDERS:
        for path in sorted((tree.ROOT / folder).rglob("*.py")):
            where = path.relative_to(tree.ROOT)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and where != BY_TABLE:
                    place = WHERE_THE_TEXT_STANDS.get(ast.unparse(node.func).removeprefix("self."))
                    if place is not None:
                        yield f"{where}:{node.lineno}", node.args[place]


def test_every_marked_text_is_found_by_the_tool(gathered: list[Message]) -> None:
    found = {each.source for each in gathered}
    marked = {node.value: where for where, node in texts() if isinstance(node, ast.Constant)}
    assert len(marked) > 250
    assert {text: where for text, where in marked.items() if text not in found} == {}


def test_every_marked_text_is_a_literal() -> None:
    """A text that is put together in the program can't be looked up."""
    assert [where for where, node in texts() if not isinstance(node, ast.Constant)] == []
