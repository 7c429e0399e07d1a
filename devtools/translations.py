"""Brings the tracker's catalogues up to date with its source: `.venv/bin/python -m devtools.translations`.

What is new comes into ui/languages/*.ts as unfinished, what nobody says any more goes out, and the .qm that the tracker
loads are made anew. Exits 1 and names the texts while some are not translated. That a translation is whole and keeps
its places is for tests/architecture/test_catalogues.py.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from devtools.console import ROOT, say

CATALOGUES = ROOT / "ui" / "languages"
FOLDERS = ("ui", "tracker_app")


class Message(NamedTuple):
    """One text of a catalogue; ``state`` is "" when it is finished, else Qt's word for what it lacks."""

    context: str
    source: str
    translation: str
    state: str


def messages(catalogue: Path) -> Iterator[Message]:
    """Every text of a catalogue."""
    for context in ElementTree.parse(catalogue).iter("context"):  # noqa: S314 - our own file
        for each in context.iter("message"):
            said = each.find("translation")
            state = "missing" if said is None else said.get("type", "")
            text = "" if said is None else said.text or ""
            yield Message(context.findtext("name", ""), each.findtext("source", ""), text, state)


def gather(catalogue: Path) -> None:
    """Bring one catalogue up to date. Lines are left out: they would change with every edit elsewhere."""
    options = ("-extensions", "py", "-locations", "none", "-no-obsolete", "-source-language", "en")
    _tool("pyside6-lupdate", *options, *FOLDERS, "-ts", str(catalogue))


def release(catalogue: Path, to: Path) -> None:
    """Compile one catalogue."""
    _tool("pyside6-lrelease", str(catalogue), "-qm", str(to))


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).parent / name, *arguments], cwd=ROOT, check=True, capture_output=True)


def main() -> int:
    """The command line."""
    waiting = 0
    for catalogue in sorted(CATALOGUES.glob("*.ts")):
        gather(catalogue)
        release(catalogue, catalogue.with_suffix(".qm"))
        for message in messages(catalogue):
            if message.state or not message.translation:
                waiting += 1
                say(f"{catalogue.name}: {message.context}: {message.source}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
