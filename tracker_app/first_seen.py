"""Whether the first steps were shown in this installation: a mark in the data folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

FILE = "first-steps-seen"


def is_first_start(home: Path) -> bool:
    """Tell whether they were never gone through or closed here."""
    return not (home / FILE).exists()


def remember(home: Path) -> None:
    """Show them by themselves no more. Where the disk does not take that, they come once more."""
    with contextlib.suppress(OSError):
        (home / FILE).touch()
