"""The documents say what is so: commands exist, links lead somewhere, every room is in the picture."""

import re
from pathlib import Path

import pytest

from devtools import verbs
from tests.architecture import tree

DOCUMENTS = [path for path in tree.files() if path.suffix == ".md"]
COMMAND = re.compile(r"python3 dev\.py ([a-z]+)([^\n`#]*)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(tree.ROOT)))
def test_commands_and_links_of_a_document_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for verb, rest in COMMAND.findall(text):
        known = verbs.parser().parse_args([verb])
        options = [word.lstrip("-") for word in rest.split() if re.fullmatch(r"--[a-z]+", word)]
        assert verb == "test" or all(hasattr(known, option) for option in options), (verb, options)
    for target in LINK.findall(text):
        assert (path.parent / target).exists(), target


def test_the_readme_tells_the_two_commands() -> None:
    text = (tree.ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in text
    assert "python3 dev.py test" in text


def test_every_room_is_in_the_picture_of_the_house() -> None:
    picture = (tree.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [
        path for path in tree.ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in tree.IGNORED
    ]
    for room in rooms:
        assert f"{room.name}/" in picture, room


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (tree.ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_the_build_runs_the_readme_s_command() -> None:
    assert "python3 dev.py test" in (tree.ROOT / ".ci" / "run").read_text()


def test_documents_that_the_code_names_exist() -> None:
    docs = {path.name.lower() for path in DOCUMENTS}
    for path in tree.modules():
        for name in re.findall(r"\b([\w-]+\.md)\b", path.read_text(encoding="utf-8")):
            assert name.lower() in docs, f"{path}: {name}"
