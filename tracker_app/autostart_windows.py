"""Windows: a value of the user's Run key.

https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys: a value is a command line of no more
than 260 characters. The task manager switches a program off by a value of the same name in another key, whose first
byte is odd then; nothing of Microsoft's documents that, so it is only read, and removed when the user wants it on.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Protocol

from tracker_app.autostart import unwritable
from worktime.errors import failure

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME = "Fairhour"
LONGEST = 260


class Registry(Protocol):
    """HKEY_CURRENT_USER, as far as it is needed. Raises OSError."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value, None for none."""

    def write(self, key: str, name: str, text: str) -> None:
        """Set a value of text."""

    def remove(self, key: str, name: str) -> None:
        """Remove a value, if there is one."""


class WindowsAutostart:
    """The value that runs ``command``."""

    def __init__(self, command: Sequence[str], registry: Registry) -> None:
        self._command = subprocess.list2cmdline(command)
        self._registry = registry

    def is_on(self) -> bool:
        """Tell whether there is a value, and the task manager has not switched it off."""
        try:
            approved = self._registry.read(APPROVED, NAME)
            is_off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
            return self._registry.read(RUN, NAME) is not None and not is_off
        except OSError:
            return False

    def switch(self, *, on: bool) -> None:
        """Set the value, or remove it."""
        if on and len(self._command) > LONGEST:
            raise failure(
                "autostart_long",
                "Start at login is not possible from here",
                "Windows takes no more than {limit} characters for what it starts, and Fairhour lies too deep.",
                "Move Fairhour into a folder with a shorter path.",
                limit=LONGEST,
            )
        try:
            if on:
                self._registry.write(RUN, NAME, self._command)
                self._registry.remove(APPROVED, NAME)
            else:
                self._registry.remove(RUN, NAME)
        except OSError as error:
            raise unwritable(f"HKEY_CURRENT_USER\\{RUN}", error.strerror or error) from error


if sys.platform == "win32":
    import winreg

    class CurrentUser:
        """HKEY_CURRENT_USER itself."""

        def read(self, key: str, name: str) -> str | bytes | None:
            """Return a value, None for none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else str(value)

        def write(self, key: str, name: str, text: str) -> None:
            """Set a value of text."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove(self, key: str, name: str) -> None:
            """Remove a value, if there is one."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return


def open_registry() -> Registry:
    """Return the user's part of the registry. Raises OSError where there is none."""
    if sys.platform == "win32":
        return CurrentUser()
    raise OSError("only Windows has a registry")
