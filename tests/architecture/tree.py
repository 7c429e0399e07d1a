"""The files of the project, as a commit would hold them: everything that .gitignore doesn't name.

Read from the folder and not from git, so that the checks also run where git is not installed.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()} | {".git"}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PRODUCT: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file below `folder`, generated and downloaded ones left out."""
    for path in sorted(folder.iterdir()):
        if path.name in IGNORED or any(path.match(pattern) for pattern in IGNORED if "*" in pattern):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that is text, with its text."""
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules() -> Iterator[Path]:
    """Every Python file except Django's generated migrations."""
    return (path for path in files() if path.suffix == ".py" and path.parent.name != "migrations")


def imports(path: Path) -> set[str]:
    """The top-level names that a Python file imports absolutely, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found
