"""The look's colours where the system asks for high contrast: the user's own, or the look's strongest.

Windows' contrast themes and others like them bring a palette that the user chose to be able to read: it is taken over
whole, and the look keeps its own signal colours only where they can be read on it. Pure: palettes in, colours out.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QColor, QPalette

from ui.tokens import Colours

LEAST_TEXT = 7.0
"""The contrast of text where high contrast is wanted (WCAG 2.2, 1.4.6)."""
LEAST_SIGNAL = 4.5
"""That of a colour that also stands for something; shape and words say it too."""


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_dark(system: QPalette) -> bool:
    """Tell whether a palette's ground is nearer to black than its text."""
    role = QPalette.ColorRole
    return luminance(system.color(role.Window)) < luminance(system.color(role.WindowText))


def strong(look: Colours, system: QPalette | None) -> Colours:
    """Return the look without greys, on the ``system``'s own ground where that is one to read on."""
    colours = replace(look, muted=look.ink, line=look.ink, idle=look.ink)
    if system is None:
        return colours
    role = QPalette.ColorRole
    paper, ink = max(
        ((system.color(ground), system.color(text)) for ground, text in _GROUNDS),
        key=lambda pair: ratio(*pair),
    )
    if ratio(paper, ink) < LEAST_TEXT:
        return colours
    base = replace(colours, paper=paper.name(), surface=paper.name())
    base = replace(base, ink=ink.name(), muted=ink.name(), line=ink.name(), idle=ink.name())
    signals = {name: getattr(look, name) for name in ("recorded", "other", "attention", "rejected")}
    chosen = system.color(role.Highlight)
    if ratio(paper, chosen) >= LEAST_SIGNAL:
        signals["recorded"] = chosen.name()
    for name, colour in signals.items():
        if ratio(paper, QColor(colour)) < LEAST_SIGNAL:
            signals[name] = ink.name()
    return replace(base, **signals)


_GROUNDS = (
    (QPalette.ColorRole.Base, QPalette.ColorRole.Text),
    (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText),
)
