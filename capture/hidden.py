"""What the freelancer wants hidden from screenshots, as frozen values: windows, areas, monitors, or all that is small
enough to read. What is done with them is in ``redaction``; where they are kept is the composition root's matter."""

from __future__ import annotations

import unicodedata
from typing import Annotated

import msgspec

from capture.rects import Rect

MAX_RULES = 100
MAX_PATTERN = 200

Pattern = Annotated[str, msgspec.Meta(max_length=MAX_PATTERN)]


class WindowRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Windows whose program and whose title have these texts in them, in any case of letters; empty fits every one.

    Raises ValueError when both are empty: that would be every window.
    """

    program: Pattern = ""
    title: Pattern = ""

    def __post_init__(self) -> None:
        if not plain(self.program) and not plain(self.title):
            raise ValueError("a rule for windows needs a program or a title")


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangle in desktop pixels, and the monitors as they stood when it was chosen: elsewhere it means nothing.

    Raises ValueError for an empty one.
    """

    rect: Rect
    screens: tuple[Rect, ...]

    def __post_init__(self) -> None:
        if self.rect.empty:
            raise ValueError("an area to hide has at least one pixel")


class OnlyMonitor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one monitor (its place in ``screens``) that is shown; all others are hidden.

    Raises ValueError for one that is not among them.
    """

    number: int
    screens: tuple[Rect, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.number < len(self.screens):
            raise ValueError(f"there is no monitor {self.number} among {len(self.screens)}")


class Hidden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is to be hidden. ``blur``: the whole picture, below reading size."""

    windows: Annotated[tuple[WindowRule, ...], msgspec.Meta(max_length=MAX_RULES)] = ()
    areas: Annotated[tuple[Area, ...], msgspec.Meta(max_length=MAX_RULES)] = ()
    only: OnlyMonitor | None = None
    blur: bool = False

    @property
    def count(self) -> int:
        """How many rules there are."""
        return len(self.windows) + len(self.areas) + (self.only is not None) + self.blur

    @property
    def nothing(self) -> bool:
        """Whether pictures stay as they are."""
        return self.count == 0


def plain(text: str) -> str:
    """Return ``text`` as it is compared: one form of each letter, no capitals, no spaces around it."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def fits(rule: WindowRule, program: str, title: str) -> bool:
    """Tell whether a window of this program and title is meant. A program that the system does not tell may be any."""
    if not plain(program):
        return plain(rule.title) in plain(title)
    return plain(rule.program) in plain(program) and plain(rule.title) in plain(title)
