"""Colours, sizes and times of the look.

Made by `python -m look.generate` from look/tokens.json and look/mark.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """One theme's colours as "#RRGGBB"."""

    paper: str
    surface: str
    line: str
    ink: str
    muted: str
    recorded: str
    other: str
    idle: str
    attention: str
    rejected: str


LIGHT = Colours(
    paper="#FFFFFF",
    surface="#F6F7F8",
    line="#D9DEE3",
    ink="#1A1F24",
    muted="#55606B",
    recorded="#0F766E",
    other="#6D28D9",
    idle="#606F86",
    attention="#B45309",
    rejected="#B91C1C",
)
DARK = Colours(
    paper="#131619",
    surface="#1B2024",
    line="#343B42",
    ink="#E8ECEF",
    muted="#9AA6B2",
    recorded="#2DD4BF",
    other="#A78BFA",
    idle="#94A3B8",
    attention="#FBBF24",
    rejected="#F87171",
)
FONT_12 = 12
FONT_14 = 14
FONT_16 = 16
FONT_20 = 20
FONT_28 = 28
SPACE = 4
CORNER = 6
MOTION_MS = 150
