"""GNOME (on Wayland): org.gnome.Mutter.IdleMonitor on the session bus. Other Wayland desktops don't have it.

logind's IdleHint is no substitute: KDE leaves it false for ever.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from typing import Any

from idle import problems
from worktime.errors import Problem

TIMEOUT_S = 1.0
"""Longest wait for an answer; it comes in 70 us, and the caller may be the program's main loop."""

_ABSENT = ("ServiceUnknown", "NameHasNoOwner", "UnknownMethod", "UnknownInterface", "UnknownObject")


class MutterIdle:
    """The counter of the compositor on the session bus of ``env``. Keeps one connection, opened at the first call."""

    name = "mutter"
    problem: Problem | None = None

    def __init__(self, env: Mapping[str, str]) -> None:
        self._address = bus_address(env)
        self._connection: Any = None
        self._lock = threading.Lock()

    def idle_ms(self) -> int:
        """Return milliseconds since the last input. Raises FairhourError; the next call connects anew."""
        from jeepney import DBusErrorResponse
        from jeepney.auth import AuthenticationError

        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _connect(self._address)
                return _ask(self._connection)
            except DBusErrorResponse as error:
                if error.name.endswith(_ABSENT):
                    raise problems.unavailable(
                        "This Wayland desktop does not tell when the last input was: it has neither GNOME's idle "
                        "monitor nor ext-idle-notify.",
                        "Stop the tracker yourself when you leave, or use an X11 session.",
                    ) from error
                raise problems.failed(
                    "GNOME does not tell when the last input was ({detail}).", detail=error.name
                ) from error
            # RuntimeError and ValueError: jeepney's words for an address that it can't use.
            except (OSError, AuthenticationError, RuntimeError, ValueError) as error:
                self._drop()
                raise problems.failed("The session bus does not answer ({detail}).", detail=error) from error

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def bus_address(env: Mapping[str, str]) -> str:
    """Return the address of the session bus; without one in ``env``, where systemd puts it."""
    return env.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={env.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"


def _connect(address: str) -> Any:
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(address, auth_timeout=TIMEOUT_S)


def _ask(connection: Any) -> int:
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    monitor = DBusAddress(
        "/org/gnome/Mutter/IdleMonitor/Core",
        bus_name="org.gnome.Mutter.IdleMonitor",
        interface="org.gnome.Mutter.IdleMonitor",
    )
    message = new_method_call(monitor, "GetIdletime")
    (age,) = unwrap_msg(connection.send_and_get_reply(message, timeout=TIMEOUT_S))
    return int(age)
