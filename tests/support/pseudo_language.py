"""A language in which everything that was translated can be told from what was not: «words» with their places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QTranslator

_SAID = re.compile(r"«[^«»]*»")


class PseudoLanguage(QTranslator):
    """Translates every text into itself, between quotation marks."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return f"«{text}»"

    def isEmpty(self) -> bool:
        return False


@contextmanager
def spoken() -> Iterator[None]:
    """Speak the language in here. There must be a Qt application."""
    language = PseudoLanguage()
    assert QCoreApplication.installTranslator(language)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(language)


def untranslated(text: str, *, values: tuple[str, ...] = ()) -> str:
    """Return the letters of ``text`` that nobody translated, ``values`` left out."""
    for value in values:
        text = text.replace(value, "")
    before = None
    while before != text:
        before, text = text, _SAID.sub("", text)
    return "".join(re.findall(r"[^\W\d_]+", text))
