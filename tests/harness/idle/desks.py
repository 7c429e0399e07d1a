"""The desktops of the idle harness, and a hand on each."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support import wayland
from tests.support.xserver import x_server

REMOTE = "org.gnome.Mutter.RemoteDesktop"


@dataclass(frozen=True)
class Desk:
    """``touch`` moves something, ``start`` runs a Python module on the desktop with its output piped."""

    touch: Callable[[], None]
    start: Callable[..., subprocess.Popen[bytes]]


@contextlib.contextmanager
def x11() -> Iterator[Desk]:
    """A bare X server and xdotool."""
    with x_server() as server:

        def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [sys.executable, "-m", module, *arguments], env={**os.environ, **server.env}, stdout=subprocess.PIPE
            )

        yield Desk(lambda: _said_nothing(server.run("xdotool", "mousemove_relative", "3", "2")), start)


@contextlib.contextmanager
def sway() -> Iterator[Desk]:
    """sway, and a virtual keyboard that presses Shift."""
    with wayland.desktop("sway") as desktop:
        yield Desk(lambda: _said_nothing(desktop.run("wtype", "-k", "Shift_L")), _starter(desktop))


@contextlib.contextmanager
def mutter() -> Iterator[Desk]:
    """Mutter, and the pointer of its remote desktop, which goes the way of real devices."""
    with wayland.desktop("mutter") as desktop, _remote_pointer(desktop) as move:
        yield Desk(move, _starter(desktop))


DESKS = {"x11": x11, "sway": sway, "mutter": mutter}


def _starter(desktop: wayland.Wayland) -> Callable[..., subprocess.Popen[bytes]]:
    python = wayland.python()
    assert python is not None
    return lambda module, *arguments: desktop.start(python, "-m", module, *arguments, output=subprocess.PIPE)


def _said_nothing(said: str) -> None:
    assert not said.strip(), said


@contextlib.contextmanager
def _remote_pointer(desktop: wayland.Wayland) -> Iterator[Callable[[], None]]:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    with contextlib.closing(open_dbus_connection(desktop.env["DBUS_SESSION_BUS_ADDRESS"])) as connection:

        def call(path: str, interface: str, member: str, signature: str | None = None, body: Any = ()) -> Any:
            address = DBusAddress(path, bus_name=REMOTE, interface=interface)
            return unwrap_msg(
                connection.send_and_get_reply(new_method_call(address, member, signature, body), timeout=10)
            )

        (session,) = call("/org/gnome/Mutter/RemoteDesktop", REMOTE, "CreateSession")
        call(session, f"{REMOTE}.Session", "Start")
        yield lambda: call(session, f"{REMOTE}.Session", "NotifyPointerMotionRelative", "dd", (3.0, 2.0))
