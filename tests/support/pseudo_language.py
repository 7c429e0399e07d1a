"""Languages that nobody speaks: one that tells translated text from other, one from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from string import ascii_lowercase, ascii_uppercase

from PySide6.QtCore import QCoreApplication, QTranslator

_ALEPH = 0x05D0
_HEBREW = {ord(letter): chr(_ALEPH + at % 26) for at, letter in enumerate(ascii_lowercase + ascii_uppercase)}
_SAID = re.compile(r"«[^«»]*»")


class PseudoLanguage(QTranslator):
    """Translates every text into itself, between quotation marks."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return f"«{text}»"

    def isEmpty(self) -> bool:
        return False


class MirroredLanguage(QTranslator):
    """Translates every text into letters that are written from right to left, as many as it had."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        parts = re.split(r"(\{\w*\})", text)
        return "".join(part if part.startswith("{") else part.translate(_HEBREW) for part in parts)

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
