"""The part of ``problem_table`` about what the system lets programs do."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

PERMISSIONS: dict[str, tuple[object, ...]] = {
    "accessibility": (
        QT_TRANSLATE_NOOP("problems", "Accessibility is switched off"),
        QT_TRANSLATE_NOOP("problems", "macOS does not tell whether Fairhour may see keys and clicks ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Update macOS."),
        QT_TRANSLATE_NOOP(
            "problems",
            "macOS does not let Fairhour see keys and clicks in other programs. Only their counts need it.",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "Where you want them counted, switch Fairhour on in System Settings, Privacy & Security, Accessibility. "
            'This opens that page: open "{address}"',
        ),
    ),
}
