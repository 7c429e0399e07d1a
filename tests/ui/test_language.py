"""Catalogues are loaded as Qt's own tools make them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui import language

TOOLS = Path(sys.executable).parent
CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context><name>words</name>
<message><source>Recording</source><translation>Aufnahme</translation></message>
</context>
</TS>
"""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """A folder with a German catalogue."""
    source = tmp_path / "fairhour_de.ts"
    source.write_text(CATALOGUE, encoding="utf-8")
    subprocess.run(
        [TOOLS / "pyside6-lrelease", source, "-qm", tmp_path / "fairhour_de.qm"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return tmp_path


def test_the_catalogue_of_the_users_language_is_spoken(qapp: QApplication, german: Path) -> None:
    app = language.speak(german, QLocale("de_AT"))
    assert app is not None
    try:
        assert QCoreApplication.translate("words", "Recording") == "Aufnahme"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    finally:
        for translator in app.findChildren(QTranslator):
            QCoreApplication.removeTranslator(translator)


def test_without_a_catalogue_it_is_english(qapp: QApplication, german: Path) -> None:
    assert language.speak(german, QLocale("fr_FR")) is None
    assert QCoreApplication.translate("words", "Recording") == "Recording"


def test_a_program_without_windows_speaks_it_too(german: Path) -> None:
    program = (
        "from pathlib import Path; from PySide6.QtCore import QCoreApplication, QLocale; from ui import language\n"
        f"app = language.speak(Path({str(german)!r}), QLocale('de_DE'))\n"
        "print(type(app).__name__, QCoreApplication.translate('words', 'Recording'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "QCoreApplication Aufnahme\n"
