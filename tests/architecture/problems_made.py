"""Every problem that the tracker's rooms can make, read from their source: its sentences and the names of its values.

A problem is made by ``failure`` or ``make_problem``, or by a function around one of them that takes a sentence as an
argument (``problems.failed("...")``). Sentences stand in the source as literals, or nobody could translate them.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.architecture import tree

ROOMS = ("sync", "capture", "idle", "tracker_app", "worktime")
MAKERS = ("failure", "make_problem")
Known = Mapping[str, tuple[str, ...]]
NOT_VALUES = {"retryable"}
OWN = Path("worktime/errors.py")


@dataclass(frozen=True)
class Made:
    """One way in which a problem is made. ``values``: the names of what is filled in."""

    where: str
    code: str
    title: str
    message: str
    action: str
    values: frozenset[str]


@dataclass(frozen=True)
class Maker:
    """A function that makes a problem of the sentences that it is given."""

    parameters: tuple[str, ...]
    call: ast.Call
    constants: Known


class Room:
    """One module: its constants, and what it calls."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.module = ast.parse((tree.ROOT / path).read_text(encoding="utf-8"))
        self.constants: Known = {
            node.targets[0].id: (node.value.value,)
            for node in self.module.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }
        self.makers = dict(self._own_makers())

    def _own_makers(self) -> Iterator[tuple[str, Maker]]:
        for function in (node for node in ast.walk(self.module) if isinstance(node, ast.FunctionDef)):
            parameters = tuple(each.arg for each in function.args.args)
            for call in calls(function, MAKERS):
                used = {node.id for each in call.args for node in ast.walk(each) if isinstance(node, ast.Name)}
                if used & set(parameters):
                    yield function.name, Maker(parameters, call, self.constants)

    def made(self, shared: dict[str, Maker]) -> Iterator[Made]:
        """Every problem that is made here; ``shared``: the makers of the room's ``problems`` module."""
        inside = {maker.call for maker in self.makers.values()}
        for call in calls(self.module, MAKERS):
            if call not in inside:
                yield from self._filled(call, call, self.constants)
        for name, maker in self.makers.items():
            for call in calls(self.module, (name,)):
                yield from self._filled(call, maker.call, self._bound(call, maker))
        for name, maker in shared.items():
            for call in calls(self.module, (f"problems.{name}",)):
                yield from self._filled(call, maker.call, self._bound(call, maker))

    def _bound(self, call: ast.Call, maker: Maker) -> Known:
        given = zip(maker.parameters, call.args, strict=False)
        return {**maker.constants, **{name: self._text(each, self.constants) for name, each in given}}

    def _filled(self, call: ast.Call, maker: ast.Call, known: Known) -> Iterator[Made]:
        names = {each.arg for each in (*call.keywords, *maker.keywords) if each.arg} - NOT_VALUES
        parts = [self._text(each, known) for each in maker.args]
        for code, title, message, action in product(*parts):
            where = f"{self.path}:{call.lineno}"
            yield Made(where, code.rstrip("_"), title, message, action, frozenset(names))

    def _text(self, node: ast.expr, known: Known) -> tuple[str, ...]:
        match node:
            case ast.Constant(value=str() as text):
                return (text,)
            case ast.Name(id=name) if name in known:
                return known[name]
            case ast.IfExp(body=one, orelse=other):
                return self._text(one, known) + self._text(other, known)
            case ast.JoinedStr(values=[ast.Constant(value="http_"), ast.FormattedValue()]):
                return ("http_",)
            case ast.JoinedStr(values=parts):
                return tuple("".join(each) for each in product(*(self._text(part, known) for part in parts)))
            case ast.FormattedValue(value=ast.Name(id=name)) if name in known:
                return known[name]
        raise AssertionError(f"{self.path}:{node.lineno}: a sentence that is no literal can't be translated")


def calls(where: ast.AST, names: tuple[str, ...]) -> Iterator[ast.Call]:
    """Every call of a function of one of these names."""
    return (node for node in ast.walk(where) if isinstance(node, ast.Call) and ast.unparse(node.func) in names)


def rooms() -> Iterator[Room]:
    """Every module of the rooms that make problems."""
    for room in ROOMS:
        for path in sorted((tree.ROOT / room).rglob("*.py")):
            if path.relative_to(tree.ROOT) != OWN:
                yield Room(path.relative_to(tree.ROOT))


def all_made() -> list[Made]:
    """Every problem of the tracker, once for each way in which it is made."""
    modules = list(rooms())
    shared = {room.path.parent: room.makers for room in modules if room.path.name == "problems.py"}
    return [made for room in modules for made in room.made(shared.get(room.path.parent, {}))]
