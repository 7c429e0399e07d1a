"""The part of ``problem_table`` about what can be set, in the window or by the environment."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SETTINGS: dict[str, tuple[object, ...]] = {
    "theme": (
        QT_TRANSLATE_NOOP("problems", "Theme not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_THEME is '{theme}'; it can be {themes}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "keep_days": (
        QT_TRANSLATE_NOOP("problems", "Days not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_KEEP_DAYS is '{days}'; it can be 0 to {most}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "hold_minutes": (
        QT_TRANSLATE_NOOP("problems", "Minutes not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_HOLD_MINUTES is '{minutes}'; it can be 0 to {most}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "language": (
        QT_TRANSLATE_NOOP("problems", "Language not understood"),
        QT_TRANSLATE_NOOP(
            "problems", "FAIRHOUR_LANGUAGE is '{language}'; it can be like de or pt_BR, or empty for the system's."
        ),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "notice": (
        QT_TRANSLATE_NOOP("problems", "Notice not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_NOTICE is '{notice}'; it can be {notices}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "preferences_damaged": (
        QT_TRANSLATE_NOOP("problems", "Your settings can't be read"),
        QT_TRANSLATE_NOOP(
            "problems", "The file was damaged, and lies here now: {file}. Fairhour works as it does without it."
        ),
        QT_TRANSLATE_NOOP("problems", "Choose anew under “Settings”."),
    ),
    "preferences_odd": (
        QT_TRANSLATE_NOOP("problems", "Some settings can't be meant"),
        QT_TRANSLATE_NOOP("problems", "In {file} these were taken for the nearest that can: {names}."),
        QT_TRANSLATE_NOOP("problems", "Look through “Settings”; the next change there puts the file right."),
    ),
    "preferences_unsaved": (
        QT_TRANSLATE_NOOP("problems", "Your settings could not be kept"),
        QT_TRANSLATE_NOOP("problems", "{file} can't be written ({detail}). They hold until Fairhour ends."),
        QT_TRANSLATE_NOOP("problems", "Make room on the disk, then change a setting again."),
    ),
    "proxy_address": (
        QT_TRANSLATE_NOOP("problems", "Proxy not understood"),
        QT_TRANSLATE_NOOP("problems", "'{proxy}' is no address of a proxy; one looks like http://proxy.example:3128."),
        QT_TRANSLATE_NOOP("problems", "Correct it and try again."),
    ),
    "proxy_secret": (
        QT_TRANSLATE_NOOP("problems", "No password here"),
        QT_TRANSLATE_NOOP("problems", "A name and a password in the proxy's address would lie open in a file."),
        QT_TRANSLATE_NOOP(
            "problems", "Put the whole address into HTTPS_PROXY in your environment, and choose the system's proxy."
        ),
    ),
}
