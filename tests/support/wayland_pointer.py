"""A real input generator for wlroots' desktops: a virtual pointer (wlr-virtual-pointer-unstable-v1), spoken by hand.

https://wayland.app/protocols/wlr-virtual-pointer-unstable-v1. One open connection and no process for each nudge, so
that an input is in the compositor within a millisecond.
"""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType

from idle import wire

_CALLBACK, _SEAT, _MANAGER, _POINTER = 3, 4, 5, 6
_FIRST_SYNC = 7
_INTERFACE = "zwlr_virtual_pointer_manager_v1"
_PIXEL = 256  # fixed point: 24 bits before and 8 bits after it
TIMEOUT_S = 10.0


class WaylandPointer:
    """Moves a pointer of its own. Raises OSError, EOFError and LookupError where the compositor has none."""

    def __init__(self, path: Path) -> None:
        self._buffer = bytearray()
        self._step = 1
        self._next = _FIRST_SYNC
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(TIMEOUT_S)
        self._socket.connect(str(path))
        self._send(wire.message(wire.DISPLAY, 1, wire.REGISTRY), wire.message(wire.DISPLAY, 0, _CALLBACK))
        offered = self._until(_CALLBACK)
        self._send(
            wire.message(wire.REGISTRY, 0, offered["wl_seat"], "wl_seat", 1, _SEAT),
            wire.message(wire.REGISTRY, 0, offered[_INTERFACE], _INTERFACE, 1, _MANAGER),
            wire.message(_MANAGER, 0, _SEAT, _POINTER),
        )

    def nudge(self) -> None:
        """Move the pointer by a pixel, and wait until the compositor has done so."""
        self._step = -self._step
        sync, self._next = self._next, self._next + 1
        self._send(
            wire.message(_POINTER, 0, 0, (self._step * _PIXEL) & 0xFFFFFFFF, 0),
            wire.message(_POINTER, 4),
            wire.message(wire.DISPLAY, 0, sync),
        )
        self._until(sync)

    def close(self) -> None:
        """Close the connection; the pointer goes with it."""
        self._socket.close()

    def __enter__(self) -> WaylandPointer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, *messages: bytes) -> None:
        self._socket.sendall(b"".join(messages))

    def _until(self, callback: int) -> dict[str, int]:
        """Read until ``callback`` is called; return the numbers of the globals that were offered meanwhile."""
        offered: dict[str, int] = {}
        while data := self._socket.recv(4096):
            self._buffer += data
            for sender, opcode, body in wire.split(self._buffer):
                if (sender, opcode) == (wire.DISPLAY, 0):
                    raise OSError(wire.words_and_text(body, 2)[1])
                if (sender, opcode) == (wire.REGISTRY, 0):
                    (number,), interface, _ = wire.words_and_text(body, 1)
                    offered.setdefault(interface, number)
                elif sender == callback:
                    return offered
        raise EOFError("the compositor closed the connection")
