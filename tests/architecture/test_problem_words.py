"""Every problem that the tracker itself can have is in the table of words that translators see."""

import ast

from tests.architecture import tree
from ui.problem_words import KNOWN

ROOMS = ("sync", "capture", "idle", "tracker_app")


def made() -> dict[str, str]:
    """The codes of all problems made in the tracker's rooms, and where. One with a number stands without it."""
    found = {}
    for path in (path for room in ROOMS for path in sorted((tree.ROOT / room).rglob("*.py"))):
        module = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            node.targets[0].id: node.value.value
            for node in module.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("failure", "Problem")
            ):
                code = node.args[0]
                if isinstance(code, ast.JoinedStr):
                    code = code.values[0]
                said = names[code.id] if isinstance(code, ast.Name) else ast.literal_eval(code)
                found[said.rstrip("_")] = f"{path.relative_to(tree.ROOT)}:{node.lineno}"
    return found


def test_every_problem_of_the_tracker_can_be_translated() -> None:
    found = made()
    assert len(found) > 25
    assert {code: where for code, where in found.items() if code not in KNOWN} == {}
