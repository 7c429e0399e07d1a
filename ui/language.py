"""Which language the tracker speaks: loads the catalogue of the system's language, where there is one.

Catalogues are made with Qt's tools (CONTRIBUTING.md, "Translations") and stand in ``ui/languages``. Without one
everything is said in English, as it stands in the source.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CATALOGUES = Path(__file__).with_name("languages")


def chosen(name: str) -> QLocale:
    """Return the locale of a language that the user chose, "" for the system's; dates and figures follow it too."""
    locale = QLocale(name) if name else QLocale.system()
    QLocale.setDefault(locale)
    return locale


def there_are(folder: Path = CATALOGUES) -> list[str]:
    """Return the languages that can be chosen, as Qt names them: English, and those with a catalogue."""
    found = (path.stem.removeprefix("fairhour_") for path in folder.glob("fairhour_*.qm"))
    return sorted({"en", *found})


def speak(folder: Path = CATALOGUES, locale: QLocale | None = None) -> QCoreApplication | None:
    """Install the catalogue that fits ``locale`` (the system's by default), and Qt's own words in that language.

    Returns the application that speaks it now, which the caller keeps: the one that runs, or a new one without windows.
    None when there is no catalogue: then nothing is installed, and no application is made.
    """
    locale = QLocale() if locale is None else locale
    ours = QTranslator()
    # "fairhour_de_AT.qm", then "fairhour_de.qm"; the languages as the user ranks them.
    if not ours.load(locale, "fairhour", "_", str(folder)):
        return None
    app = QCoreApplication.instance() or QCoreApplication([])
    qts = QTranslator(app)
    if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qts)
    ours.setParent(app)
    app.installTranslator(ours)
    return app
