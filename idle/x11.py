"""X11: the MIT-SCREEN-SAVER extension's idle counter. python-xlib connects; the question itself goes over its socket.

Not through libX11 or libXss: they end the whole process when the X server dies. Not through python-xlib's own call: it
builds and takes apart each message field by field, which costs four times what the question does. Input that a program
injects (XTest) resets the counter like real input; nothing can tell them apart.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING

from idle import problems
from worktime.errors import Problem

if TYPE_CHECKING:
    from Xlib.display import Display

EXTENSION = "MIT-SCREEN-SAVER"
TIMEOUT_S = 1
"""Longest wait for an answer; it comes in 50 us, and the caller may be the program's main loop."""

# The X protocol, "Encoding", and the extension's ScreenSaverQueryInfo: opcode, minor opcode, length in words, drawable.
_QUESTION = struct.Struct("=BBHI")
_QUERY_INFO = 1
_PACKET = 32
_ERROR, _REPLY = 0, 1
_IDLE_MS = struct.Struct("=16xI")


class X11Idle:
    """The counter of one X display (``display`` as in $DISPLAY). Keeps one connection, opened at the first call."""

    name = "x11"
    problem: Problem | None = None

    def __init__(self, display: str) -> None:
        self._name = display
        self._connection: _Connection | None = None
        self._lock = threading.Lock()

    def idle_ms(self) -> int:
        """Return milliseconds since the last input (50 us). Raises FairhourError; the next call connects anew."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _Connection(self._name)
                return self._connection.idle_ms()
            except _errors() as error:
                self._drop()
                raise problems.failed(
                    "The X server {server} does not answer ({detail}).", server=self._name, detail=error
                ) from error

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class _Connection:
    """A connection on which nothing but the one question is asked, so that the next reply is always its answer."""

    def __init__(self, name: str) -> None:
        self._display = _connect(name)
        self.socket: socket.socket = self._display.display.socket
        self.socket.setblocking(True)
        if sys.platform.startswith("linux"):
            # A limit of the kernel's: Python's own costs one more system call for each message.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", TIMEOUT_S, 0))
        major = self._display.display.get_extension_major(EXTENSION)
        self._question = _QUESTION.pack(major, _QUERY_INFO, _QUESTION.size // 4, self._display.screen().root.id)

    def idle_ms(self) -> int:
        """Ask, and return the answer. Raises OSError or EOFError; the connection is of no use then."""
        self.socket.sendall(self._question)
        while True:
            packet = self.socket.recv(_PACKET, socket.MSG_WAITALL)
            if len(packet) < _PACKET:
                raise EOFError("the connection was closed")
            if packet[0] == _REPLY:
                return int(_IDLE_MS.unpack_from(packet)[0])
            if packet[0] == _ERROR:
                raise OSError(f"X error {packet[1]}")
            # Some events come to everybody, a new keyboard layout for one.

    def close(self) -> None:
        """Close it, whatever its state."""
        try:
            self._display.close()
        except _errors():
            # The server is gone; there is nobody left to say goodbye to.
            return


def _connect(name: str) -> Display:
    from Xlib.display import Display

    display = Display(name)
    if not display.has_extension(EXTENSION):
        display.close()
        raise problems.unavailable(
            "The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none).",
            "Start Fairhour from within your desktop session.",
            server=name,
            extension=EXTENSION,
        )
    return display


def _errors() -> tuple[type[Exception], ...]:
    """What python-xlib raises: its own errors, those of sockets, and struct-like ones from a reply cut short."""
    from Xlib.error import ConnectionClosedError, DisplayError, XError

    return (ConnectionClosedError, DisplayError, XError, OSError, EOFError, ValueError)
