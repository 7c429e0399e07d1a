"""What the build asks of a frozen tracker before it calls it one; a script stands in for the program."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from capture import darkroom
from tests.architecture import tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a script that names its own interpreter")
START = tree.ROOT / "packaging" / "start_tracker.py"
READS = "import sys\npixels = sys.stdin.buffer.read()\n"
OTHER = """
import subprocess, sys
sys.exit(subprocess.run([*{command!r}, "16", "32", "RGB", "16", "32", sys.argv[-1]]).returncode)
"""
NO_PICTURE = """
import struct
sys.stdout.buffer.write(struct.pack("<c?II", bytes(1), False, 12, 2) + b"RIFF1234WEBP" + bytes([255, 216]))
"""


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module: packaging is no package."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tree.ROOT))
    spec = importlib.util.spec_from_file_location("build_tracker", tree.ROOT / "packaging" / "build_tracker.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder: Path, source: str) -> Path:
    path = folder / "fairhour-tracker"
    path.write_text(f"#!{sys.executable}\n{source}")
    path.chmod(0o755)
    return path


def test_a_program_that_encodes_a_picture_is_taken(build: ModuleType, tmp_path: Path) -> None:
    # The recipe gives the program this folder.
    started = f"import runpy, sys\nsys.path.append({str(tree.ROOT / 'capture')!r})\n"
    started += f"runpy.run_path({str(START)!r}, run_name='__main__')\n"
    assert 30 < build.screenshot_bytes(program(tmp_path, started)) < 4096


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("raise SystemExit(1)", "no screenshot"),
        (READS, "it gave no answer"),
        (READS + NO_PICTURE, "no screenshot: cannot identify"),
        (OTHER.format(command=darkroom._command()), r"another screenshot: \(16, 32\)"),
    ],
    ids=["ends at once", "says nothing", "gives no picture", "gives another picture"],
)
def test_a_program_that_encodes_none_or_another_is_refused(
    build: ModuleType, tmp_path: Path, source: str, why: str
) -> None:
    with pytest.raises(SystemExit, match=why):
        build.screenshot_bytes(program(tmp_path, source))
