"""Imports point down (docs/architecture.md)."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture import tree


def test_the_contracts_of_pyproject_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports.exe" if os.name == "nt" else "lint-imports")
    done = subprocess.run([program], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_product_imports_neither_tests_nor_devtools() -> None:
    for package in tree.PRODUCT:
        for path in (tree.ROOT / package).rglob("*.py"):
            assert not tree.imports(path) & {"tests", "devtools"}, path


def test_windows_are_in_ui_and_the_composition_root_only() -> None:
    # import-linter knows external packages as a whole, and idle needs Qt's D-Bus.
    for package in sorted({*tree.PRODUCT} - {"ui", "tracker_app"}):
        for path in (tree.ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "QtWidgets" not in text, path
            assert "QtGui" not in text, path


def test_every_folder_of_tests_is_a_package() -> None:
    # A folder without __init__.py would let tests/capture shadow capture.
    for path in tree.files(tree.ROOT / "tests"):
        if path.suffix == ".py":
            assert (path.parent / "__init__.py").exists(), path


def test_packaging_is_no_package() -> None:
    # With an __init__.py it would shadow the distribution of that name.
    assert not (tree.ROOT / "packaging" / "__init__.py").exists()
