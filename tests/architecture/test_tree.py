"""Sizes, and what must not stand in any file."""

import ast
import re
import statistics

import pytest

from tests.architecture import tree

LIMIT = 500
MEDIAN = 200
# A module past the limit says why, with these words, in its docstring.
REASON = "500 lines"

# Hosts of package indexes and mirrors: which one is used is the machine's business, never the project's.
REGISTRY = re.compile(
    r"(pypi|pythonhosted|npmjs|crates)\.(org|io|com)\b|(deb|archive)\.(debian|ubuntu)\.|index-url\s*=?\s*http"
)
HERE = re.escape(str(tree.ROOT))
MACHINE_PATH = re.compile(rf"{HERE}|(?<![\w.$}}/~-])/(home|Users|root)/\w|[A-Z]:\\\\?Users\\\\?\w")
MAY_NAME_PATHS = {"test_tree.py"}


def line_count(text: str) -> int:
    return text.count("\n")


def test_no_module_is_long_without_a_reason() -> None:
    for path in tree.modules():
        text = path.read_text(encoding="utf-8")
        if line_count(text) > LIMIT:
            assert REASON in (ast.get_docstring(ast.parse(text)) or ""), f"{path}: {line_count(text)} lines"


def test_the_median_module_is_short() -> None:
    sizes = [line_count(path.read_text(encoding="utf-8")) for path in tree.modules() if path.name != "__init__.py"]
    assert statistics.median(sizes) < MEDIAN


def test_every_module_says_what_lives_in_it() -> None:
    for path in tree.modules():
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), path


def test_no_file_names_a_package_index() -> None:
    for path, text in tree.texts():
        assert not REGISTRY.search(text), f"{path}: {REGISTRY.search(text)}"


def test_no_file_names_a_folder_of_one_machine() -> None:
    for path, text in tree.texts():
        if path.name not in MAY_NAME_PATHS:
            assert not MACHINE_PATH.search(text), f"{path}: {MACHINE_PATH.search(text)}"


@pytest.mark.parametrize("text", ["cd /home/someone", '"/root/x"', f"see {tree.ROOT}/ui", "C:\\Users\\me"])
def test_a_folder_of_one_machine_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)


def test_locks_have_hashes_and_no_addresses() -> None:
    for name in ("dev", "desktop", "marketplace", "benchmarks"):
        text = (tree.ROOT / "locks" / f"{name}.txt").read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_locks_that_are_made_together_name_the_same_versions() -> None:
    pinned = {
        name: set(re.findall(r"^\S+==\S+", (tree.ROOT / "locks" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("dev", "desktop", "marketplace", "benchmarks")
    }
    assert pinned["dev"] - pinned["benchmarks"] == set(), "python packaging/lock.py"
    assert (pinned["desktop"] | pinned["marketplace"]) - pinned["dev"] == set(), "python packaging/lock.py"
