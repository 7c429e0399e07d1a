"""Where the tracker keeps its things. Loaded before the icon shows, so it needs next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the tracker's data folder: FAIRHOUR_HOME, else the system's place for a user's programs."""
    if named := environ.get("FAIRHOUR_HOME"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("Fairhour", appauthor=False))
