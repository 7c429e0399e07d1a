"""The desktop portal's Screenshot call on D-Bus, the one way to a picture on GNOME and KDE under Wayland.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Screenshot.html: the call returns a request
object, and the result follows as that object's Response signal: 0 with the file's address, 1 cancelled, 2 everything
else, a refused permission included. QtDBus can't read the ``a{sv}`` of the result in Python; jeepney can.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from capture import problems

APP_ID = "com.fairhour.Tracker"
"""Desktop file id; the portal remembers the user's permission for it."""

BUS_TIMEOUT_S = 3.0
_DESKTOP = "/org/freedesktop/portal/desktop"
_BUS_NAME = "org.freedesktop.portal.Desktop"
_INTERFACE = "org.freedesktop.portal.Screenshot"
_STORE = "org.freedesktop.impl.portal.PermissionStore"
_ABSENT = frozenset(
    f"org.freedesktop.DBus.Error.{name}"
    for name in (
        "ServiceUnknown",
        "NameHasNoOwner",
        "UnknownMethod",
        "UnknownInterface",
        "UnknownObject",
        "Spawn.ChildExited",
        "Spawn.ExecFailed",
        "Spawn.ServiceNotFound",
    )
)
_ALLOW = "Allow screenshots for Fairhour in the privacy settings of your desktop."


class PortalMissingError(Exception):
    """There is no session bus, no portal on it, or the portal takes no screenshots; the text says which."""


def take_file(address: str, *, timeout_s: float) -> Path:
    """Ask the portal on the bus at ``address`` for a picture of all monitors and return the file that it wrote.

    Waits at most ``timeout_s`` seconds (GNOME shows its question only over a focused window and otherwise never
    answers). Raises PortalMissingError, or FairhourError when refused, failed or late. The caller deletes the file.
    """
    with _asking(address, timeout_s) as (connection, deadline):
        return _screenshot(connection, deadline)


def check(address: str, *, timeout_s: float) -> None:
    """Ask the portal whether it takes screenshots and may, without taking one. Raises as ``take_file`` does."""
    with _asking(address, timeout_s) as (connection, deadline):
        _register(connection, deadline)
        properties = _method(_BUS_NAME, _DESKTOP, "org.freedesktop.DBus.Properties")
        _call(connection, properties("Get", "ss", (_INTERFACE, "version")), deadline)
        if _is_denied(connection, deadline):
            raise problems.permission("The desktop refused the screenshot.", _ALLOW)


@contextlib.contextmanager
def _asking(address: str, timeout_s: float) -> Iterator[tuple[Any, float]]:
    """A connection and the moment at which its time is over; what goes wrong on it becomes one of our errors."""
    from jeepney import DBusErrorResponse

    deadline = time.monotonic() + timeout_s
    with _connection(address) as connection:
        try:
            yield connection, deadline
        except DBusErrorResponse as error:
            if error.name in _ABSENT or _names_no_interface(error):
                raise PortalMissingError(error.name) from error
            raise problems.failed("The desktop portal refused the request ({detail}).", detail=error.name) from error
        except TimeoutError as error:
            raise problems.timed_out(
                "The desktop portal did not answer within {seconds} s; it may be asking you for permission.",
                seconds=f"{timeout_s:g}",
            ) from error
        except OSError as error:
            raise problems.failed("The session bus was lost ({detail}).", detail=error) from error


def _names_no_interface(error: Any) -> bool:
    """Whether GLib says that the object lacks the interface whose property was asked for: it has no name for that."""
    return bool(error.name == "org.freedesktop.DBus.Error.InvalidArgs" and "No such interface" in str(error.data))


@contextlib.contextmanager
def _connection(address: str) -> Iterator[Any]:
    from jeepney.auth import AuthenticationError
    from jeepney.io.blocking import open_dbus_connection

    try:
        connection = open_dbus_connection(address, auth_timeout=BUS_TIMEOUT_S)
    # RuntimeError and ValueError: jeepney's words for an address that it can't use.
    except (OSError, AuthenticationError, RuntimeError, ValueError) as error:
        raise PortalMissingError(str(error)) from error
    with contextlib.closing(connection):
        yield connection


def _screenshot(connection: Any, deadline: float) -> Path:
    from jeepney import MatchRule, message_bus

    _register(connection, deadline)
    rule = MatchRule(type="signal", interface="org.freedesktop.portal.Request", member="Response")
    _call(connection, message_bus.AddMatch(rule), deadline)
    responses: deque[Any] = deque()
    with connection.filter(rule, queue=responses):
        options = {"handle_token": ("s", f"fairhour{secrets.token_hex(8)}"), "interactive": ("b", False)}
        request = _method(_BUS_NAME, _DESKTOP, _INTERFACE)
        (handle,) = _call(connection, request("Screenshot", "sa{sv}", ("", options)), deadline)
        status, results = _response(connection, responses, handle, deadline)
    if status != 0:
        raise _refusal(connection, status, deadline)
    return _path(results)


def _response(connection: Any, responses: deque[Any], handle: str, deadline: float) -> tuple[int, dict[str, Any]]:
    from jeepney import HeaderFields

    while True:
        signal = connection.recv_until_filtered(responses, timeout=_left(deadline))
        if signal.header.fields.get(HeaderFields.path) == handle:
            status, results = signal.body
            return status, results


def _refusal(connection: Any, status: int, deadline: float) -> Exception:
    if status == 1 or _is_denied(connection, deadline):
        return problems.permission("The desktop refused the screenshot.", _ALLOW)
    return problems.failed("The desktop portal could not take the screenshot.")


def _is_denied(connection: Any, deadline: float) -> bool:
    """Whether the permission store says no: response 2 stands for that as well as for a broken back end."""
    from jeepney import DBusErrorResponse

    store = _method(_STORE, "/org/freedesktop/impl/portal/PermissionStore", _STORE)
    try:
        permissions, _data = _call(connection, store("Lookup", "ss", ("screenshot", "screenshot")), deadline)
    except (DBusErrorResponse, OSError):
        return False
    # Programs that the portal can't tell apart share the entry of the empty app id.
    answer = permissions.get(APP_ID, permissions.get("", []))
    return "no" in answer


def _register(connection: Any, deadline: float) -> None:
    """Tell the portal who asks, so that the permission is ours alone. Portals before 1.19.4 don't know the call."""
    from jeepney import DBusErrorResponse

    registry = _method(_BUS_NAME, _DESKTOP, "org.freedesktop.host.portal.Registry")
    with contextlib.suppress(DBusErrorResponse):
        _call(connection, registry("Register", "sa{sv}", (APP_ID, {})), deadline)


def _path(results: dict[str, Any]) -> Path:
    _signature, uri = results.get("uri", ("s", ""))
    parts = urlsplit(uri)
    if parts.scheme != "file" or not parts.path:
        raise problems.failed("The desktop portal answered without a file ({detail}).", detail=uri or "-")
    return Path(unquote(parts.path))


def _method(bus_name: str, path: str, interface: str) -> Any:
    from jeepney import DBusAddress, new_method_call

    address = DBusAddress(path, bus_name=bus_name, interface=interface)
    return lambda member, signature, body: new_method_call(address, member, signature, body)


def _call(connection: Any, message: Any, deadline: float) -> Any:
    from jeepney.wrappers import unwrap_msg

    return unwrap_msg(connection.send_and_get_reply(message, timeout=_left(deadline)))


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())
