"""Django's makemessages, which reads the words of Jinja2 templates too."""

from __future__ import annotations

from pathlib import Path

from django.core.management.commands import makemessages
from jinja2 import Environment


def jinja_words(source: str) -> str:
    """Return the words of a Jinja2 template as the calls that gettext's extractor understands, on their lines."""
    lines = [""] * (source.count("\n") + 1)
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for number, function, words in environment.extract_translations(source):  # type: ignore[attr-defined]
        several = words if isinstance(words, tuple) else (words,)
        literals = ", ".join(repr(word) for word in several if word is not None)
        lines[number - 1] += f"{function}({literals}); "
    return "\n".join(lines) + "\n"


class JinjaFile(makemessages.BuildFile):
    """A file of which the extractor gets a copy that it understands."""

    def preprocess(self) -> None:
        """Write that copy where it is wanted."""
        source = Path(self.path)
        if self.is_templatized and "jinja2" in source.parts:
            Path(self.work_path).write_text(jinja_words(source.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            super().preprocess()


class Command(makemessages.Command):
    """``django-admin makemessages``, in the folder ``marketplace``."""

    build_file_class = JinjaFile
