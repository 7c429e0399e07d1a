"""Where the tracker keeps its things. Loaded before the icon shows, so it needs next to nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

POINTER = "moved-to"
"""In the system's place for a user's programs: where the data folder was moved to, in the system's spelling."""
MOVING_TO = "moving-to"
"""In a data folder that is being moved: where (``half_copy``)."""
MOVED_FROM = "moved-from"
"""In a data folder that came from elsewhere: what of it may still lie there (``old_copy``)."""


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the tracker's data folder: FAIRHOUR_HOME, where it was moved to, else the system's place for programs."""
    if named := environ.get("FAIRHOUR_HOME"):
        return Path(named)
    usual = usual_folder()
    try:
        moved = Path(os.fsdecode((usual / POINTER).read_bytes()))
    except OSError:
        return usual
    return moved if moved.is_absolute() else usual


def is_gone(environ: Mapping[str, str]) -> bool:
    """Tell whether the data folder was moved to where it is not: on a disk that is not connected, perhaps."""
    if environ.get("FAIRHOUR_HOME"):
        return False
    home = data_folder(environ)
    return home != usual_folder() and not home.is_dir()


def usual_folder() -> Path:
    """Return the system's place for a user's programs."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Fairhour", appauthor=False))
