"""X11: the MIT-SCREEN-SAVER extension's idle counter, asked for over a socket that python-xlib connects.

Not through libX11 or libXss: they end the whole process when the X server dies. Not through python-xlib's display: it
builds and takes apart each message field by field, which costs four times what the question does, and it holds every
message and extension of X in memory (4 MB) for the three that are needed here. Input that a program
injects (XTest) resets the counter like real input; nothing can tell them apart.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from typing import Any

from idle import problems
from worktime.errors import Problem

EXTENSION = "MIT-SCREEN-SAVER"
TIMEOUT_S = 1
"""Longest wait for an answer; it comes in 50 us, and the caller may be the program's main loop."""

# The X protocol, "Encoding", and the extension's ScreenSaverQueryInfo: opcode, minor opcode, length in words, drawable.
_QUESTION = struct.Struct("=BBHI")
_QUERY_INFO = 1
# "Connection Setup": byte order, version 11.0, the key's name and the key; the answer's head, and its fixed part.
_GREETING = struct.Struct("=BxHHHHxx")
_WELCOME = struct.Struct("=BBHHH")
_SETUP = struct.Struct("=16xHHBB10x")
_FORMAT_BYTES = 8
_QUERY_EXTENSION = struct.Struct("=BxHHxx")
_PRESENCE = struct.Struct("=8xBB")
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
        self.socket, key = _connect(name)
        try:
            if sys.platform.startswith("linux"):
                # A limit of the kernel's: Python's own costs one more system call for each message.
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", TIMEOUT_S, 0))
            root = self._greet(*key)
            self._question = _QUESTION.pack(self._extension(name), _QUERY_INFO, _QUESTION.size // 4, root)
        except BaseException:
            self.close()
            raise

    def _greet(self, kind: bytes, key: bytes) -> int:
        """Begin to talk; returns the first screen's root window: the counter is the whole server's."""
        order = ord("l" if sys.byteorder == "little" else "B")
        greeting = _GREETING.pack(order, 11, 0, len(kind), len(key))
        self.socket.sendall(greeting + _padded(kind) + _padded(key))
        welcome, said, _, _, words = _WELCOME.unpack(self._read(_WELCOME.size))
        rest = self._read(4 * words)
        if welcome != 1:
            raise OSError(rest[:said].decode(errors="replace").strip() or "the server lets nobody in")
        vendor, _, _, formats = _SETUP.unpack_from(rest)
        return int.from_bytes(
            rest[_SETUP.size + len(_padded(bytes(vendor))) + formats * _FORMAT_BYTES :][:4], sys.byteorder
        )

    def _extension(self, name: str) -> int:
        asked = EXTENSION.encode()
        words = (_QUERY_EXTENSION.size + len(_padded(asked))) // 4
        self.socket.sendall(_QUERY_EXTENSION.pack(98, words, len(asked)) + _padded(asked))
        present, major = _PRESENCE.unpack_from(self._reply())
        if not present:
            raise problems.unavailable(
                "The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none).",
                "Start Fairhour from within your desktop session.",
                server=name,
                extension=EXTENSION,
            )
        return int(major)

    def idle_ms(self) -> int:
        """Ask, and return the answer. Raises OSError or EOFError; the connection is of no use then."""
        self.socket.sendall(self._question)
        return int(_IDLE_MS.unpack_from(self._reply())[0])

    def close(self) -> None:
        """Close it, whatever its state."""
        self.socket.close()

    def _reply(self) -> bytes:
        while True:
            packet = self._read(_PACKET)
            if packet[0] == _REPLY:
                return packet
            if packet[0] == _ERROR:
                raise OSError(f"X error {packet[1]}")
            # Some events come to everybody, a new keyboard layout for one.

    def _read(self, size: int) -> bytes:
        data = self.socket.recv(size, socket.MSG_WAITALL)
        if len(data) < size:
            raise EOFError("the connection was closed")
        return data


def _connect(name: str) -> tuple[socket.socket, tuple[bytes, bytes]]:
    """Return a socket to the X server, and the name and the key with which it lets this user in."""
    from Xlib.support import connect as untyped

    connect: Any = untyped
    name, protocol, host, number, _ = connect.get_display(name)
    line: socket.socket = connect.get_socket(name, protocol, host, number)
    try:
        kind, key = connect.get_auth(line, name, protocol, host, number)
        line.setblocking(True)
    except BaseException:
        line.close()
        raise
    return line, (_as_bytes(kind), _as_bytes(key))


def _as_bytes(text: str | bytes) -> bytes:
    return text.encode("latin-1") if isinstance(text, str) else text


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _errors() -> tuple[type[Exception], ...]:
    """What python-xlib raises: its own errors, those of sockets, and those of a reply that is none."""
    from Xlib.error import ConnectionClosedError, DisplayError, XError

    return (ConnectionClosedError, DisplayError, XError, OSError, EOFError, ValueError, struct.error)
