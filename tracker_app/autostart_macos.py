"""macOS: a property list in the user's LaunchAgents, which launchd loads at login (launchd.plist(5)).

It is neither loaded nor unloaded here: loading it would start a second Fairhour, unloading it would end this one.
"""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from sync.files import make_folder, write_whole
from tracker_app.autostart import unwritable

LABEL = "fairhour.tracker"


class MacAutostart:
    """The agent in ``folder`` that runs ``command``."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = list(command)
        self._path = folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Tell whether there is an agent that launchd would start."""
        try:
            agent = plistlib.loads(self._path.read_bytes())
        except (OSError, plistlib.InvalidFileException, ExpatError, ValueError):
            return False
        return isinstance(agent, dict) and bool(agent.get("RunAtLoad")) and not agent.get("Disabled")

    def switch(self, *, on: bool) -> None:
        """Write the agent, or remove it."""
        agent = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            # Only where there are windows, and not slowed down as a job of the background would be.
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        try:
            if on:
                make_folder(self._path.parent)
                write_whole(self._path, plistlib.dumps(agent))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self._path, error.strerror or error) from error
