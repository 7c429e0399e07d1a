"""Which language is spoken: the environment's, else the one that the user chose, else the system's."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from tracker_app.preferences import language_of
from tracker_app.settings import data_folder, language_fixed
from ui import language


def speak() -> QCoreApplication | None:
    """Speak it from now on, before anything else is said; returns what ``ui.language.speak`` does."""
    fixed = language_fixed(os.environ)
    return language.speak(locale=language.chosen(language_of(data_folder(os.environ)) if fixed is None else fixed))
