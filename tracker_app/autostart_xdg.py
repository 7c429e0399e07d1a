"""Linux: a desktop entry in the user's autostart folder.

https://specifications.freedesktop.org/autostart-spec/latest/ and .../desktop-entry-spec/latest/exec-variables.html.
GNOME's own settings switch an entry off by a key of theirs instead of removing it.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from sync.files import make_folder, write_whole
from tracker_app.autostart import unwritable

log = logging.getLogger(__name__)

FILE = "fairhour.desktop"
_GROUP = "[Desktop Entry]"
_RESERVED = re.compile(r"""[\s"'\\><~|&;$*?#()`]|^$""")
_ESCAPED = re.compile(r'["`$\\]')


class XdgAutostart:
    """The entry in ``folder`` that runs ``command``."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._path = folder / FILE

    def is_on(self) -> bool:
        """Tell whether there is an entry, and nobody has switched it off."""
        try:
            # Paths have any bytes, and the entry has them as they are.
            text = os.fsdecode(self._path.read_bytes())
        except FileNotFoundError:
            return False
        except OSError as error:
            log.info("%s can't be read: %s", self._path, type(error).__name__)
            return False
        keys = _keys(text)
        is_off = keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
        return _GROUP in text and not is_off

    def switch(self, *, on: bool) -> None:
        """Write the entry, or remove it."""
        try:
            if on:
                make_folder(self._path.parent)
                write_whole(self._path, os.fsencode(self._entry()))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self._path, error.strerror or error) from error

    def _entry(self) -> str:
        lines = [
            _GROUP,
            "Type=Application",
            "Name=Fairhour",
            f"Exec={exec_value(self._command)}",
            # Nothing is started, and nothing fails, when Fairhour was removed.
            f"TryExec={_string(self._command[0])}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        ]
        return "\n".join(lines) + "\n"


def exec_value(command: Sequence[str]) -> str:
    """Return a command as the value of Exec: arguments quoted, per cents doubled, then escaped as every string is."""
    return _string(" ".join(_quoted(argument.replace("%", "%%")) for argument in command))


def _quoted(argument: str) -> str:
    if not _RESERVED.search(argument):
        return argument
    return '"' + _ESCAPED.sub(lambda found: "\\" + found[0], argument) + '"'


def _string(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _keys(text: str) -> dict[str, str]:
    """Return the keys of the entry's own group."""
    found: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("["):
            group = line.strip()
        elif group == _GROUP and "=" in line:
            name, _, value = line.partition("=")
            found[name.strip()] = value.strip()
    return found
