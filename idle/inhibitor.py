"""logind's delay inhibitor: the machine sleeps or goes down only after we let go (or after 5 s).

https://systemd.io/INHIBITOR_LOCKS/: the lock lasts as long as the file descriptor is open.
"""

from __future__ import annotations

import contextlib
import logging
from typing import Any

TIMEOUT_S = 1.0
log = logging.getLogger(__name__)


def take(address: str) -> int | None:
    """Return the lock's file descriptor, to be closed by the caller; None (and a line in the log) when refused.

    ``address`` is the system bus's. Without the lock a sleep loses at most the last tick, as a crash does.
    """
    from jeepney import DBusErrorResponse
    from jeepney.auth import AuthenticationError
    from jeepney.io.blocking import open_dbus_connection

    try:
        with contextlib.closing(open_dbus_connection(address, enable_fds=True, auth_timeout=TIMEOUT_S)) as connection:
            return _inhibit(connection)
    # RuntimeError and ValueError: jeepney's words for an address that it can't use.
    except (DBusErrorResponse, AuthenticationError, OSError, RuntimeError, ValueError) as error:
        log.info("logind gave no delay before sleep: %s", error)
        return None


def _inhibit(connection: Any) -> int:
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    manager = DBusAddress(
        "/org/freedesktop/login1", bus_name="org.freedesktop.login1", interface="org.freedesktop.login1.Manager"
    )
    arguments = ("sleep:shutdown", "Fairhour", "Close the running time record", "delay")
    message = new_method_call(manager, "Inhibit", "ssss", arguments)
    (descriptor,) = unwrap_msg(connection.send_and_get_reply(message, timeout=TIMEOUT_S))
    return int(descriptor.to_raw_fd())
