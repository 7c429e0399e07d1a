"""The part of ``problem_table`` about a marketplace that can't be reached, or not for everything."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

REACHING: dict[str, tuple[object, ...]] = {
    "not_fetched": (
        QT_TRANSLATE_NOOP("problems", "Jobs and weeks may be out of date here"),
        QT_TRANSLATE_NOOP(
            "problems",
            "What is recorded is sent, but news of jobs and rejections could not be fetched from the marketplace.",
        ),
        QT_TRANSLATE_NOOP("problems", "It is tried again by itself; the marketplace's own pages show how it stands."),
    ),
    "offline": (
        QT_TRANSLATE_NOOP("problems", "Marketplace not reachable"),
        QT_TRANSLATE_NOOP("problems", "The marketplace could not be reached ({detail}). Recording goes on."),
        QT_TRANSLATE_NOOP("problems", "Nothing: what is recorded is kept and sent when the marketplace is back."),
    ),
}
